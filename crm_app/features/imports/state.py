"""State of the pages of imports."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.imports import service
from crm_app.features.imports.schemas import CellSeen, ColumnSeen, CountSeen, ImportFull, ImportSeen, Policy, RowSeen
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do

IMPORT = Permission.IMPORT
SIZE = 50
NOTHING = ImportFull(
    id=0, name="", status="", words="", tool="", format="", facts=[], notes=[], sheets=[], sheet="", columns=[], unknown=[],
    questions=0, counts=[], policy=Policy(), rows=0, publish=0, needs=0, job_id=0,
)  # fmt: skip


class ImportsState(rx.State):
    """The list of imports."""

    imports: list[ImportSeen] = []

    @action(IMPORT)
    async def load(self):
        await listen(self, "imports", ImportsState.refresh)
        self.imports = await ask(self, service.everything)

    @action(IMPORT)
    async def refresh(self):
        self.imports = await ask(self, service.everything)


class ImportState(rx.State):
    """One import: what was recognised, its rows, its columns."""

    one: ImportFull = NOTHING
    will: list[CountSeen] = []
    outcome: str = ""
    sought: str = ""
    asking_undo: bool = False
    busy: bool = False
    all_columns: bool = False
    shown: list[ColumnSeen] = []

    def _number(self) -> int:
        last = self.router.url.path.rstrip("/").rsplit("/", 1)[-1]
        return int(last) if last.isdigit() else 0

    @action(IMPORT)
    async def load(self):
        self.outcome, self.sought, self.asking_undo, self.all_columns = "", "", False, False
        await listen(self, [f"import:{self._number()}", "jobs"], ImportState.refresh)
        await self._read()
        return ImportRows.load

    @action(IMPORT)
    async def refresh(self):
        before = (self.one.status, self.one.words, [one.count for one in self.one.counts])
        await self._read()
        if before != (self.one.status, self.one.words, [one.count for one in self.one.counts]):
            return ImportRows.refresh

    async def _read(self) -> None:
        number = self._number()
        self.one = await ask(self, service.one, number)
        self.will = await ask(self, service.will, number)
        self.shown = [
            c for c in self.one.columns if self.all_columns or (c.meaning != "ignore" and (c.sample or c.question))
        ]

    @action(IMPORT)
    async def show_all_columns(self):
        self.all_columns = not self.all_columns
        self.shown = [
            c for c in self.one.columns if self.all_columns or (c.meaning != "ignore" and (c.sample or c.question))
        ]

    @action(IMPORT)
    async def publish(self):
        await do(self, service.publish, self._number())
        await self._read()

    @action(IMPORT)
    async def stop(self):
        await do(self, service.stop, self._number())
        return ui.said("It stops after the rows it is working on.", "What is in stays in; you can go on later.")

    @action(IMPORT)
    async def ask_undo(self):
        self.asking_undo = True

    @action(IMPORT)
    async def keep_it(self):
        self.asking_undo = False

    @action(IMPORT)
    async def undo(self):
        self.asking_undo = False
        await do(self, service.undo, self._number())
        await self._read()

    @action(IMPORT)
    async def again(self):
        await do(self, service.again, self._number())
        await self._read()

    @action(IMPORT)
    async def remap(self):
        await do(self, service.remap, self._number())
        await self._read()

    @action(IMPORT)
    async def forget(self):
        await do(self, service.forget, self._number())
        return rx.redirect("/imports")

    @action(IMPORT)
    async def order_all(self, order: str):
        await do(self, service.order_all, self._number(), order)
        await self._read()

    @action(IMPORT)
    async def choose_sheet(self, sheet: str):
        await do(self, service.choose_sheet, self._number(), sheet)
        await self._read()

    @action(IMPORT)
    async def set_existing(self, value: str):
        await do(self, service.set_policy, self._number(), existing=value)
        await self._read()

    @action(IMPORT)
    async def set_flag(self, name: str, value: bool):
        await do(self, service.set_policy, self._number(), **{name: value})
        await self._read()

    @action(IMPORT)
    async def set_tag(self, form: dict[str, Any]):
        await do(self, service.set_policy, self._number(), tag=str(form.get("tag", "")).strip())
        await self._read()

    @action(IMPORT)
    async def set_shared(self, form: dict[str, Any]):
        await do(self, service.set_for_all, self._number(), str(form.get("shared", "")), str(form.get("value", "")))
        await self._read()

    @action(IMPORT)
    async def word(self, kind: str, word: str, value: str):
        await do(self, service.word_means, self._number(), kind, word, value)
        await self._read()


class ImportColumn(rx.State):
    """The column whose meaning is being changed."""

    open: bool = False
    column: ColumnSeen = ColumnSeen(
        place=0, header="", meaning="ignore", label="", sure=0, why="", sample="", order="", mark="", blank="keep"
    )

    @action(IMPORT)
    async def show(self, place: int):
        page = await self.get_state(ImportState)
        self.column = next((c for c in page.one.columns if c.place == place), self.column)
        self.open = True

    @action(IMPORT)
    async def close(self):
        self.open = False

    @action(IMPORT)
    async def save(self, form: dict[str, Any]):
        page = await self.get_state(ImportState)
        said = {name: str(form[name]) for name in ("meaning", "order", "mark", "blank") if form.get(name)}
        await do(self, service.map_column, page.one.id, self.column.place, **said)
        self.open = False
        return ImportState.refresh


class ImportRows(rx.State):
    """The rows of the import, a screenful at a time."""

    rows: list[RowSeen] = []
    total: int = 0
    first: int = 0
    span: str = ""
    outcome: str = ""
    sought: str = ""
    row: int = 0
    cells: list[CellSeen] = []
    chosen: RowSeen = RowSeen(
        id=0,
        row=0,
        line=0,
        outcome="",
        words="",
        reason="",
        evidence="",
        summary="",
        constituent_id=0,
        gift_id=0,
        done=False,
        choice="",
    )

    @action(IMPORT)
    async def load(self):
        page = await self.get_state(ImportState)
        self.row, self.first, self.sought = 0, 0, ""
        self.outcome = "ask" if page.one.needs else ""
        await self._read()

    @action(IMPORT)
    async def refresh(self):
        await self._read()

    async def _read(self) -> None:
        page = await self.get_state(ImportState)
        number = page.one.id
        if not number:
            return
        self.rows, self.total = await ask(self, service.rows, number, self.outcome, self.sought, self.first, SIZE)
        last = min(self.first + SIZE, self.total)
        self.span = f"{self.first + 1:,} to {last:,} of {self.total:,}" if self.total else ""

    @action(IMPORT)
    async def show(self, outcome: str):
        self.outcome, self.first = outcome, 0
        await self._read()

    @action(IMPORT, supersedes=True)
    async def seek(self, text: str):
        self.sought, self.first = text, 0
        await self._read()

    @action(IMPORT)
    async def turn(self, by: int):
        self.first = max(0, min(self.first + by * SIZE, max(self.total - 1, 0) // SIZE * SIZE))
        await self._read()

    @action(IMPORT)
    async def open(self, row: int):
        page = await self.get_state(ImportState)
        self.cells = await ask(self, service.cells, page.one.id, row)
        self.chosen = next((one for one in self.rows if one.row == row), self.chosen)
        self.row = row

    @action(IMPORT)
    async def close(self):
        self.row = 0

    @action(IMPORT)
    async def mend(self, form: dict[str, Any]):
        page = await self.get_state(ImportState)
        changed = {
            c.place: str(form[f"cell-{c.place}"])
            for c in self.cells
            if str(form.get(f"cell-{c.place}", c.text)) != c.text
        }
        if changed:
            await do(self, service.put_right, page.one.id, self.row, changed)
        self.row = 0
        return ImportState.refresh

    @action(IMPORT)
    async def decide(self, choice: str):
        page = await self.get_state(ImportState)
        await do(self, service.decide, page.one.id, [self.row], choice)
        self.row = 0
        return ImportState.refresh
