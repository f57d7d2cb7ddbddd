"""State of the duplicates page."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.duplicates import service
from crm_app.features.duplicates.schemas import CaseShown, Counts, DoneRow, PairRow
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do

NEEDS = Permission.MERGE
VIEWS = {"open": ("certain", "review"), "possible": ("possible",), "household": ("household",)}


class DuplicatesState(rx.State):
    """The queue: what is shown of it, and how many are left."""

    view: str = "open"
    counts: Counts = Counts()
    pairs: list[PairRow] = []
    done: list[DoneRow] = []
    loaded: bool = False
    is_bulk: bool = False
    bulk: list[PairRow] = []
    _bulk_made: list[int] = []

    async def _load(self) -> None:
        self.counts = await ask(self, service.counts)
        if self.view in VIEWS:
            self.pairs = await ask(self, service.listed, VIEWS[self.view])
        else:
            self.done = await ask(self, service.decided)
        self.loaded = True

    @action(NEEDS)
    async def load(self):
        await listen(self, "duplicates", DuplicatesState.refresh)
        await self._load()
        case = await self.get_state(CaseState)
        if self.view in VIEWS and not case.case.pair_id:
            await case._next(VIEWS[self.view])

    @action(NEEDS)
    async def refresh(self):
        """Somebody decided something: the counts and the list follow, and a pair that is gone makes room."""
        await self._load()
        case = await self.get_state(CaseState)
        if self.view in VIEWS and (not case.case.pair_id or not await case._stands()):
            await case._next(VIEWS[self.view])

    @action(NEEDS)
    async def choose_view(self, view: str):
        self.view = view if view in VIEWS else "done"
        case = await self.get_state(CaseState)
        case._clear()
        await self._load()
        if self.view in VIEWS:
            await case._next(VIEWS[self.view])

    @action(NEEDS)
    async def find(self):
        await do(self, service.start)
        return ui.said("Looking for duplicates.", "You can go on working; the list fills by itself.")

    @action(NEEDS)
    async def ask_bulk(self):
        self.bulk = await ask(self, service.listed, ("certain",), 12)
        self.is_bulk = True

    @action(NEEDS)
    async def close_bulk(self):
        self.is_bulk = False

    @action(NEEDS)
    async def merge_certain(self):
        self.is_bulk = False
        made = await do(self, service.merge_certain)
        (await self.get_state(CaseState))._clear()
        self._bulk_made = made
        return ui.said_with_undo(f"{len(made):,} pairs merged.", DuplicatesState.undo_bulk)

    @action(NEEDS)
    async def undo_bulk(self):
        """All of the last bulk merge, the last merge first."""
        made, self._bulk_made = self._bulk_made, []
        undone = await do(self, service.undo_all, list(reversed(made)))
        return ui.said(f"{len(undone):,} merges undone.", " ".join(words for one in undone for words in one.stayed[:1]))

    @action(NEEDS)
    async def undo(self, merge_id: int):
        undone = await do(self, service.undo, merge_id)
        return ui.said("The merge is undone.", " ".join(undone.stayed[:3]))

    @action(NEEDS)
    async def take_back(self, verdict_id: int):
        await do(self, service.take_back, verdict_id)
        return ui.said("Taken back: the pair may come up again.")


class CaseState(rx.State):
    """The pair in hand."""

    case: CaseShown = CaseShown()
    last: int = 0
    busy: bool = False
    _chosen: dict[str, int] = {}
    _keep: int | None = None
    _without: list[int] = []

    def _clear(self) -> None:
        self.case, self._chosen, self._keep, self._without = CaseShown(), {}, None, []

    async def _next(self, bands: tuple[str, ...]) -> None:
        self._clear()
        self.case = await do(self, service.open_next, bands) or CaseShown()

    async def _stands(self) -> bool:
        return await ask(self, service.stands, self.case.pair_id)

    async def _onward(self) -> None:
        queue = await self.get_state(DuplicatesState)
        await self._next(VIEWS.get(queue.view, VIEWS["open"]))

    async def _again(self) -> None:
        self.case = await do(self, service.show, self.case.pair_id, self._chosen, self._keep, self._without)

    @action(NEEDS)
    async def open(self, pair_id: int):
        self._clear()
        self.case = await do(self, service.open_pair, pair_id)

    @action(NEEDS)
    async def choose(self, field: str, record: int):
        """Keep this record's value of a field."""
        self._chosen = {**self._chosen, field: record}
        await self._again()

    @action(NEEDS)
    async def keep(self, record: int):
        """Keep this record; the others join it."""
        self._keep, self._chosen = record, {}
        await self._again()

    @action(NEEDS)
    async def leave_out(self, record: int):
        """This one is somebody else: only the others are looked at now."""
        self._without = [*self._without, record]
        await self._again()

    @action(NEEDS)
    async def merge(self):
        made, words = await do(self, service.merge_shown, self.case.pair_id, self._chosen, self._keep, self._without)
        self.last = made[-1]
        await self._onward()
        return ui.said_with_undo(words, DuplicatesState.undo(self.last))

    @action(NEEDS)
    async def apart(self):
        await do(self, service.apart_shown, self.case.pair_id, self._without)
        await self._onward()
        return ui.said("Remembered: not the same.")

    @action(NEEDS)
    async def household(self):
        await do(self, service.household_shown, self.case.pair_id)
        await self._onward()
        return ui.said("They share a household now.")

    @action(NEEDS)
    async def later(self):
        await do(self, service.skip, self.case.pair_id)
        await self._onward()

    @action(NEEDS)
    async def undo_last(self):
        if not self.last:
            return ui.said("There is nothing to undo.")
        number, self.last = self.last, 0
        return DuplicatesState.undo(number)
