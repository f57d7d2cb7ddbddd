"""State of the thank-you board."""

from typing import Any, TypedDict

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.giving import service
from crm_app.features.giving.schemas import ThanksRow
from crm_app.features.giving.state.words import WAY, text_in
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do

READ, EDIT = Permission.GIVING_READ, Permission.GIVING_EDIT


class WaitShown(TypedDict):
    id: int
    person: int
    name: str
    amount: str
    day: str
    waits: str
    late: bool
    way: str
    way_words: str
    marks: str
    by: str
    taken: bool
    drafted: bool
    reach: str


class ThanksState(rx.State):
    rows: list[WaitShown] = []
    total: int = 0
    late: int = 0
    loaded: bool = False
    mine: bool = False
    way: str = ""
    at: int = 0
    name: str = ""
    to: str = ""
    subject: str = ""
    text: str = ""
    draft_way: str = ""
    waiving: bool = False
    errors: dict[str, str] = {}
    _last: int = 0

    async def _load(self) -> None:
        self.rows, self.total, self.late = await ask(self, _board, self.mine, self.way)
        self.loaded = True

    @action(READ)
    async def load(self):
        await listen(self, "giving", ThanksState.refresh)
        self.at, self.errors = 0, {}
        await self._load()

    @action(READ)
    async def refresh(self):
        await self._load()

    @action(READ)
    async def choose(self, way: str):
        self.way = way
        await self._load()

    @action(READ)
    async def only_mine(self, mine: bool):
        self.mine = mine
        await self._load()

    @action(EDIT)
    async def take(self, gift_id: int):
        await do(self, service.take, gift_id)
        await self._load()

    @action(EDIT)
    async def hand_back(self, gift_id: int):
        await do(self, service.hand_back, gift_id)
        await self._load()

    @action(EDIT)
    async def say_by(self, gift_id: int, way: str):
        await do(self, service.set_way, gift_id, way)
        await self._load()

    @action(EDIT)
    async def done(self, gift_id: int):
        await do(self, service.done, gift_id)
        self._last, self.at = gift_id, 0
        await self._load()
        return ui.said_with_undo("Thanked.", ThanksState.undo)

    @action(EDIT)
    async def undo(self):
        if self._last:
            await do(self, service.undo_thanks, self._last)
            await self._load()

    @action(EDIT)
    async def write(self, gift_id: int):
        """Open the words that could be said."""
        made = await ask(self, service.draft, gift_id)
        self.at, self.waiving, self.errors = gift_id, False, {}
        self.to, self.subject, self.text, self.draft_way = made.to, made.subject, made.text, made.way
        self.name = next((row["name"] for row in self.rows if row["id"] == gift_id), "")

    @action(EDIT)
    async def keep(self, form: dict[str, Any]):
        self.text = str(form.get("text", ""))
        await do(self, service.keep_draft, self.at, self.text)
        await self._load()
        return ui.said("The words are kept.")

    @action(EDIT)
    async def begin_waive(self, gift_id: int):
        self.at, self.waiving, self.errors = gift_id, True, {}
        self.name = next((row["name"] for row in self.rows if row["id"] == gift_id), "")

    @action(EDIT)
    async def waive(self, form: dict[str, Any]):
        self.errors = {}
        reason = text_in(form, "reason")
        if not reason:
            raise Invalid(fields={"reason": "Please say why no thanks are needed."})
        await do(self, service.waive, self.at, reason)
        self._last, self.at = self.at, 0
        await self._load()
        return ui.said_with_undo("Waived.", ThanksState.undo)

    @action(READ)
    async def shut(self):
        self.at = 0


def _board(work: Work, mine: bool, way: str) -> tuple[list[WaitShown], int, int]:
    style = service.style(work)
    rows = service.board(work, mine=mine)
    late = sum(row.late for row in rows)
    shown = [_shown(row, style) for row in rows if way in ("", row.way)]
    return shown, service.count_waiting(work), late


def _shown(row: ThanksRow, style: service.Style) -> WaitShown:
    marks = [
        words
        for words, on in (("first gift", row.first_gift), ("anonymous", row.anonymous), (row.tribute, row.tribute))
        if on
    ]
    waits = f"{row.hours} h" if row.hours < 48 else f"{row.hours // 24} days"
    return {
        "id": row.id,
        "person": row.constituent_id,
        "name": row.name,
        "amount": style.money(row.amount, row.currency),
        "day": style.day(row.given_on),
        "waits": waits,
        "late": row.late,
        "way": row.way,
        "way_words": WAY[row.way],
        "marks": " · ".join(marks),
        "by": row.assigned_name,
        "taken": row.assigned_name != "",
        "drafted": row.status == "drafted",
        "reach": row.phone if row.way == "call" else row.email if row.way == "email" else "",
    }
