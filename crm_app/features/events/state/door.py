"""The door: three letters and one tap. Taps themselves go through a plain endpoint, so that a bad line loses none."""

import uuid
from typing import Any

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.events import service
from crm_app.features.events.schemas import DoorRow, WalkIn
from crm_app.features.events.state.forms import said, whole
from crm_app.features.events.state.one import EventState, event_in, look
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do
from crm_app.ui.telling import said as told

DOOR = Permission.DOOR


class DoorState(EventState):
    """What a helper at the door sees."""

    text: str = ""
    rows: list[DoorRow] = []
    door: int = 0
    door_name: str = ""
    window: str = ""
    errors: dict[str, str] = {}
    nonce: str = ""
    naming: int = 0

    @action(DOOR)
    async def load(self) -> None:
        at = event_in(self.router.url.path)
        if at != self.at:
            self.door, self.text = 0, ""
        self.at, self.window = at, ""
        await listen(self, [f"event:{at}", f"door:{at}"], DoorState.refresh)
        await self._look()
        if self.door not in [one.id for one in self.event.doors] and self.event.doors:
            self.door, self.door_name = self.event.doors[0].id, self.event.doors[0].name

    @action(DOOR)
    async def refresh(self) -> None:
        await self._look()

    async def _look(self) -> None:
        (self.event, self.counts), self.rows = await ask(self, _door, self.at, self.text)

    @action(DOOR, supersedes=True)
    async def find(self, text: str) -> None:
        self.text = text[:60]
        self.rows = await ask(self, service.search, self.at, self.text)

    @action(DOOR)
    async def choose_door(self, value: str) -> None:
        for one in self.event.doors:
            if str(one.id) == value:
                self.door, self.door_name = one.id, one.name

    @action(DOOR)
    async def open_walk_in(self) -> None:
        self.errors, self.nonce, self.window = {}, uuid.uuid4().hex, "walk_in"

    @action(DOOR)
    async def open_name(self, seat_id: int) -> None:
        self.errors, self.naming, self.window = {}, seat_id, "name"

    @action(DOOR)
    async def close_window(self) -> None:
        self.window = ""

    @action(DOOR)
    async def walk_in(self, form: dict[str, Any]):
        self.errors = {}
        draft = WalkIn(
            name=said(form, "name")[:160],
            email=said(form, "email")[:160],
            phone=said(form, "phone")[:60],
            seats=min(max(whole(form, "seats", 1) or 1, 1), 20),
            ticket_type_id=whole(form, "ticket") or None,
            checkpoint_id=self.door or None,
            over_reason=said(form, "over_reason")[:300],
            nonce=self.nonce,
        )
        made = await do(self, service.walk_in, self.at, draft)
        self.window, self.text = "", ""
        await self._look()
        return told(f"{draft.name} is in." if len(made) < 2 else f"{draft.name} and {len(made) - 1} more are in.")

    @action(DOOR)
    async def save_name(self, form: dict[str, Any]) -> None:
        self.errors = {}
        await do(self, service.name_guest, self.at, self.naming, said(form, "name"))
        self.window = ""


def _door(work: Work, event_id: int, text: str) -> tuple[Any, list[DoorRow]]:
    return look(work, event_id), service.search(work, event_id, text)
