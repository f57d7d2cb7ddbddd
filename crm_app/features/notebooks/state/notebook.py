"""A notebook on the screen: its cells, and everything that changes them. Each change is kept at once."""

import datetime as dt
from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.engine.segment import edit
from crm_app.engine.segment.definition import Notebook
from crm_app.engine.segment.edit import DEPTH, Spot
from crm_app.engine.segment.text import from_data, from_json, to_json
from crm_app.features.notebooks.schemas import CellView, OnShelf, SettingView
from crm_app.features.notebooks.service import building, keeping, shaping, showing, snapshots
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do
from crm_app.ui.telling import said, said_with_undo

READ, EDIT = Permission.NOTEBOOKS_READ, Permission.NOTEBOOKS_EDIT


class ShelfState(rx.State):
    """The notebooks one may open."""

    rows: list[OnShelf] = []
    loaded: bool = False

    @action(READ)
    async def load(self):
        self.rows = await ask(self, keeping.shelf)
        self.loaded = True
        await listen(self, "notebooks", ShelfState.refresh)

    @action(READ)
    async def refresh(self):
        self.rows = await ask(self, keeping.shelf)

    @action(EDIT)
    async def start(self):
        """A new notebook with one cell of people in it."""
        notebook, _ = shaping.added(Notebook(title="Untitled notebook"), "people", "")
        return rx.redirect(f"/notebooks/{await do(self, keeping.create, notebook)}")

    @action(EDIT)
    async def read_file(self, form: dict[str, Any]):
        return rx.redirect(f"/notebooks/{await do(self, keeping.from_file, str(form.get('text', '')))}")

    @action(EDIT)
    async def remove(self, notebook_id: int):
        await do(self, keeping.remove, notebook_id)
        return said_with_undo("The notebook is off the shelf.", ShelfState.bring_back(notebook_id))

    @action(EDIT)
    async def bring_back(self, notebook_id: int):
        await do(self, keeping.bring_back, notebook_id)


class NotebookState(rx.State):
    """One notebook. Its definition is text in `_now`, with those before and after it; vars are only what is seen of it."""

    number: int = 0
    title: str = ""
    owner: str = ""
    sharing: str = "team"
    changed_words: str = ""
    snapshots: int = 0
    pinned: bool = False
    may_edit: bool = False
    loaded: bool = False
    as_of: str = ""
    cells: list[CellView] = []
    chosen: str = ""
    settings: list[SettingView] = []
    can_undo: bool = False
    can_redo: bool = False
    renaming: bool = False

    _now: str = ""
    _past: list[str] = []
    _future: list[str] = []
    _version: int = 0

    def _notebook(self) -> Notebook:
        return from_json(self._now) if self._now else Notebook()

    @rx.var
    def heading(self) -> str:
        return self.title or "Notebook"

    @rx.var
    def shared_with(self) -> str:
        return keeping.SHARING.get(self.sharing, "")

    @action(READ)
    async def load(self):
        self._wipe()
        last = self.router.url.path.rstrip("/").rsplit("/", 1)[-1]
        self.number = int(last) if last.isdigit() else 0
        await self._read()
        await self._begin()
        await listen(self, f"notebook:{self.number}", NotebookState.refresh)
        await listen(self, ["people", "giving", "events"], NotebookState.recount)

    def _wipe(self) -> None:
        self.cells, self.chosen, self.settings, self.loaded = [], "", [], False
        self._now, self._past, self._future = "", [], []

    async def _begin(self) -> None:
        """A new notebook is open where its first clause belongs."""
        new = [cell.name for cell in self.cells if cell.kind == "people" and not cell.clauses]
        if new and self.may_edit:
            self.chosen = new[0]
            self.settings = await ask(self, building.settings, self._notebook(), self.chosen)

    async def _read(self) -> None:
        found = await ask(self, keeping.opened, self.number)
        notebook = from_data(found.definition)
        if notebook != self._notebook():
            self._now, self._past, self._future = to_json(notebook), [], []
        self._version, self.title, self.owner = found.version, found.title, found.owner or "Commonplace"
        self.sharing, self.may_edit, self.snapshots = found.sharing, found.may_edit, found.snapshots
        self.pinned = found.pinned
        self.changed_words = f"changed {found.updated_at:%-d %b} by {found.updated_by}"
        await self._show()
        self.loaded = True

    async def _show(self) -> None:
        now = self._notebook()
        self.cells = await ask(self, showing.show, now, self.number)
        self.title, self.as_of = now.title, str(now.as_of or "")
        self.can_undo, self.can_redo = bool(self._past), bool(self._future)
        if self.chosen and now.cell(self.chosen) is None:
            self.chosen = ""
        self.settings = await ask(self, building.settings, now, self.chosen) if self.chosen else []

    async def _become(self, changed: Notebook, words: str) -> None:
        """Keep a change; undo brings back what was before it."""
        if changed != self._notebook():
            before = self._now
            await self._keep(to_json(changed), words)
            self._past, self._future = [*self._past, before][-DEPTH:], []
            self.can_undo, self.can_redo = True, False

    async def _keep(self, text: str, words: str) -> None:
        self._version = await do(self, keeping.save, self.number, from_json(text), self._version, words)
        self._now = text
        await self._show()

    @action(READ)
    async def refresh(self):
        """Somebody saved it, here or elsewhere."""
        found = await ask(self, keeping.opened, self.number)
        if found.version != self._version:
            await self._read()
        self.snapshots, self.sharing = found.snapshots, found.sharing

    @action(READ)
    async def recount(self):
        """People or gifts changed: the same cells, new numbers."""
        if self.number:
            await self._show()

    @action(READ)
    async def choose(self, name: str):
        self.chosen, self.renaming = name, False
        self.settings = await ask(self, building.settings, self._notebook(), name) if name else []

    @action(EDIT)
    async def undo(self):
        if self._past:
            *past, text = self._past
            future = [self._now, *self._future]
            self._past, self._future = past, future
            await self._keep(text, "undone")

    @action(EDIT)
    async def redo(self):
        if self._future:
            text, *future = self._future
            self._past, self._future = [*self._past, self._now], future
            await self._keep(text, "redone")

    @action(EDIT)
    async def retitle(self, title: str):
        if title.strip():
            await self._become(self._notebook().model_copy(update={"title": title.strip()[:200]}), "another title")

    @action(EDIT)
    async def re_date(self, day: str):
        """Windows count from this day; what is known is still what is known today."""
        as_of = dt.date.fromisoformat(day) if day else None
        await self._become(edit.dated(self._notebook(), as_of), "as of another day")

    @action(EDIT)
    async def add(self, kind: str):
        if kind not in shaping.NEW:
            raise Invalid("There is no such kind of cell.")
        notebook, name = shaping.added(self._notebook(), kind, self.chosen)
        self.chosen = name
        await self._become(notebook, f"added {name}")

    @action(EDIT)
    async def open_bar(self, chart: str, at: int):
        notebook, name = await ask(self, building.from_bar, self._notebook(), chart, at)
        self.chosen = name
        await self._become(notebook, f"opened {name}")

    @action(EDIT)
    async def remove(self, name: str):
        try:
            changed = edit.remove_cell(self._notebook(), name)
        except edit.InUse as used:
            raise Invalid(str(used)) from used
        await self._become(changed, f"removed {name}")
        return said_with_undo(f"{name} is gone.", NotebookState.undo)

    @action(EDIT)
    async def duplicate(self, name: str):
        await self._become(edit.duplicate_cell(self._notebook(), name), f"copied {name}")

    @action(EDIT)
    async def move(self, name: str, by: int):
        await self._become(edit.move_cell(self._notebook(), name, by), f"moved {name}")

    @action(EDIT)
    async def begin_rename(self, name: str):
        self.chosen, self.renaming = name, True
        self.settings = await ask(self, building.settings, self._notebook(), name)

    @action(EDIT)
    async def rename(self, form: dict[str, Any]):
        new = str(form.get("name", "")).strip()[:80]
        try:
            changed = edit.rename_cell(self._notebook(), self.chosen, new)
        except edit.NameTaken as taken:
            raise Invalid(str(taken)) from taken
        self.renaming = False
        if new:
            self.chosen = new.replace("/", " ")
        await self._become(changed, f"called {new}")

    @action(EDIT)
    async def write(self, name: str, text: str):
        await self._become(edit.change_cell(self._notebook(), name, text=text), f"wrote {name}")

    @action(EDIT)
    async def set_up(self, setting: str, value: str):
        changed = await ask(self, building.set_up, self._notebook(), self.chosen, setting, value)
        await self._become(changed, f"changed {self.chosen}")

    @action(EDIT)
    async def take_out(self, path: str):
        """Remove a clause of the chosen cell."""
        await self._become(edit.remove_clause(self._notebook(), Spot(self.chosen), path), "removed a clause")

    @action(EDIT)
    async def shift(self, path: str, by: int):
        await self._become(edit.move_clause(self._notebook(), Spot(self.chosen), path, by), "moved a clause")

    @action(EDIT)
    async def wrap(self, path: str):
        await self._become(edit.wrap_clause(self._notebook(), Spot(self.chosen), path), "made a group")

    @action(EDIT)
    async def share(self, sharing: str):
        await do(self, keeping.share, self.number, sharing)
        self.sharing = sharing
        return said(f"Shared with: {keeping.SHARING[sharing]}.")

    @action(EDIT)
    async def pin(self):
        self.pinned = not self.pinned
        await do(self, keeping.pin, self.number, self.pinned)

    @action(READ)
    async def copy(self):
        return rx.redirect(f"/notebooks/{await do(self, keeping.copy, self.number)}")

    @action(EDIT)
    async def throw_away(self):
        await do(self, keeping.remove, self.number)
        return rx.redirect("/notebooks")

    @action(READ)
    async def freeze(self, cell: str):
        """Keep who is in the cell now."""
        await do(self, snapshots.take, self.number, self._notebook(), cell)
        self.snapshots += 1
        await self._show()
        return said(f"Kept: who is in {cell} today.")
