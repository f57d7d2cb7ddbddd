"""What is looked at beside a notebook: people, why, left out, versions, snapshots, sending."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.notebooks.schemas import Compared, Person, SnapshotRow, Verified, VersionRow, Why
from crm_app.features.notebooks.service import keeping, people, sending, snapshots
from crm_app.features.notebooks.state.notebook import NotebookState
from crm_app.ui.combo import Found
from crm_app.ui.handlers import action
from crm_app.ui.session import ask, do
from crm_app.ui.telling import said

READ, EDIT = Permission.NOTEBOOKS_READ, Permission.NOTEBOOKS_EDIT
NOBODY = Why(constituent_id=0, name="", inside=False, words="")


class AsideState(rx.State):
    """One drawer with one thing in it at a time."""

    showing: str = ""
    title: str = ""
    cell: str = ""
    people: list[Person] = []
    more: str = ""
    found: list[Found] = []
    why: Why = NOBODY
    versions: list[VersionRow] = []
    snapshots: list[SnapshotRow] = []
    compared: Compared = Compared(
        snapshot=SnapshotRow(id=0, cell="", people=0, at="", by="", reason=""), joined=0, left=0
    )
    comparing: bool = False
    verified: Verified = Verified(agree=True, people=0, words="")
    has_verified: bool = False
    suppressed: bool = True

    async def _page(self) -> NotebookState:
        return await self.get_state(NotebookState)

    def _open(self, showing: str, title: str, cell: str = "") -> None:
        self.showing, self.title, self.cell, self.people, self.more, self.found = showing, title, cell, [], "", []
        self.why, self.comparing, self.has_verified = NOBODY, False, False

    @action(READ)
    async def close(self):
        self.showing = ""

    @action(READ)
    async def sample(self, cell: str):
        """Some of the people, each a way to their page."""
        page = await self._page()
        self._open("people", f"People in {cell}", cell)
        self.people = await ask(self, people.sample, page._notebook(), cell, 0, 60)

    @action(READ)
    async def left_out(self, cell: str):
        page = await self._page()
        self._open("people", f"Left out of {cell}", cell)
        self.people = await ask(self, people.left_out, page._notebook(), cell)

    @action(READ)
    async def only(self, cell: str, path: str):
        """People whom only this clause leaves out."""
        page = await self._page()
        self._open("people", "Only this clause leaves them out", cell)
        self.people = await ask(self, people.only_this, page._notebook(), cell, path)
        self.more = "" if self.people else "Nobody: without this clause the cell would have the same people."

    @action(READ)
    async def ask_why(self, cell: str):
        self._open("why", f"Who is in {cell}, and why?", cell)

    @action(READ)
    async def seek(self, text: str):
        rows = await ask(self, people.find, text)
        self.found = [{"value": str(one.id), "label": one.name, "detail": f"No. {one.id}"} for one in rows]

    @action(READ)
    async def leave(self):
        self.found = []

    @action(READ)
    async def explain(self, person: str):
        page = await self._page()
        self.found = []
        if person.isdigit():
            self.why = await ask(self, people.why, page._notebook(), self.cell, int(person))

    @action(READ)
    async def why_person(self, cell: str, person: int):
        page = await self._page()
        self._open("why", f"Who is in {cell}, and why?", cell)
        self.why = await ask(self, people.why, page._notebook(), cell, person)

    @action(READ)
    async def list_versions(self):
        page = await self._page()
        self._open("versions", "Versions")
        self.versions = await ask(self, keeping.versions, page.number)

    @action(EDIT)
    async def go_back(self, number: int):
        page = await self._page()
        await page._become(await ask(self, keeping.at_version, page.number, number), f"back to version {number}")
        self.showing = ""
        return said(f"Version {number} is here again.")

    @action(READ)
    async def list_snapshots(self):
        page = await self._page()
        self._open("snapshots", "Snapshots")
        self.snapshots = await ask(self, snapshots.of, page.number)

    @action(READ)
    async def compare(self, snapshot_id: int):
        page = await self._page()
        self.compared = await ask(self, snapshots.compare, page._notebook(), snapshot_id)
        self.comparing = True

    @action(READ)
    async def send(self, cell: str):
        """Read the list a second time before it leaves."""
        page = await self._page()
        self._open("send", f"Send {cell}", cell)
        self.suppressed = sending.has_suppression(page._notebook(), cell)
        self.verified = await ask(self, sending.verify, page._notebook(), cell)
        self.has_verified = True

    @action(Permission.PEOPLE_EDIT)
    async def put_tag(self, form: dict[str, Any]):
        page = await self._page()
        name = str(form.get("tag", ""))
        new = await do(self, sending.tag, page.number, page._notebook(), self.cell, name)
        self.showing = ""
        return said(f"{new:,} people have the tag {name} now.")

    @action(Permission.TASKS)
    async def make_tasks(self, form: dict[str, Any]):
        page = await self._page()
        count = await do(self, sending.tasks, page.number, page._notebook(), self.cell, str(form.get("title", "")))
        self.showing = ""
        return said(f"{count:,} tasks are waiting for you.")
