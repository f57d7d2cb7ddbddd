"""The builder: one clause of the chosen cell as fields, and the list of what can be asked."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.engine.segment.edit import Spot, group_at, remove_clause
from crm_app.features.notebooks.schemas import DraftView, FactView
from crm_app.features.notebooks.service import building
from crm_app.features.notebooks.state.notebook import NotebookState
from crm_app.ui.handlers import action
from crm_app.ui.session import ask

READ, EDIT = Permission.NOTEBOOKS_READ, Permission.NOTEBOOKS_EDIT
SHOWN = 60


class BuilderState(rx.State):
    """Which clause is open, and what is looked for."""

    cell: str = ""
    path: str = ""
    draft: DraftView = DraftView()
    adding: bool = False
    into: str = ""
    looking: str = ""
    facts: list[FactView] = []
    more: int = 0

    async def _page(self) -> NotebookState:
        return await self.get_state(NotebookState)

    async def _read(self) -> None:
        page = await self._page()
        self.draft = await ask(self, building.draft, page._notebook(), self.cell, self.path)

    @action(EDIT)
    async def open(self, cell: str, path: str):
        """Open a clause, from the sentence or from the list of clauses; the same press closes it."""
        page = await self._page()
        if page.chosen != cell:
            page.chosen = cell
            page.settings = await ask(self, building.settings, page._notebook(), cell)
        elif self.cell == cell and self.path == path:
            self.path = ""
            return
        self.cell, self.path, self.adding = cell, path, False
        await self._read()

    @action(EDIT)
    async def close(self):
        self.path, self.adding = "", False

    @action(EDIT)
    async def set_part(self, part: str, value: str):
        """One field of the clause; the counts follow at once."""
        page = await self._page()
        changed = await ask(self, building.changed, page._notebook(), self.cell, self.path, part, value)
        await page._become(changed, "changed a clause")
        await self._read()

    @action(EDIT)
    async def flip(self, part: str):
        await self._flip(part)

    async def _flip(self, part: str) -> None:
        page = await self._page()
        value = ("" if self.draft.negate else "yes") if part == "negate" else ""
        changed = await ask(self, building.changed, page._notebook(), self.cell, self.path, part, value)
        await page._become(changed, "changed a clause")
        await self._read()

    @action(EDIT)
    async def take_out(self, path: str):
        page = await self._page()
        self.path = ""
        await page._become(remove_clause(page._notebook(), Spot(page.chosen), path), "removed a clause")

    @action(EDIT)
    async def look(self, text: str):
        """Facts with these words; the list is in the words of the sentence."""
        page = await self._page()
        self.looking = text
        found = await ask(self, building.facts, page._notebook(), page.chosen, text)
        self.facts, self.more = found[:SHOWN], max(0, len(found) - SHOWN)

    @action(EDIT)
    async def begin(self, cell: str, into: str):
        """Show what can be asked, for the end of a group."""
        page = await self._page()
        if page.chosen != cell:
            page.chosen = cell
            page.settings = await ask(self, building.settings, page._notebook(), cell)
        self.cell, self.into, self.path, self.adding, self.looking = cell, into, "", True, ""
        found = await ask(self, building.facts, page._notebook(), cell, "")
        self.facts, self.more = found[:SHOWN], max(0, len(found) - SHOWN)

    @action(EDIT)
    async def take(self, key: str):
        """A clause about this fact, open for its fields."""
        page = await self._page()
        changed = await ask(self, building.begun, page._notebook(), self.cell, self.into, key)
        await page._become(changed, "added a clause")
        group = group_at(changed, Spot(self.cell))
        for place in self.into.split(".") if self.into else []:
            group = group.clauses[int(place)]
        last = str(len(group.clauses) - 1)
        self.path, self.adding = f"{self.into}.{last}" if self.into else last, False
        await self._read()
