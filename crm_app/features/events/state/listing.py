"""The list of events, and a new one."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.events import service
from crm_app.features.events.schemas import EventDraft, EventRow
from crm_app.features.events.state.forms import event_draft
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do

READ, EDIT = Permission.EVENTS_READ, Permission.EVENTS_EDIT
SHOWS = ("coming", "past", "draft", "all")


class EventsState(rx.State):
    """Events to come, past ones, drafts."""

    rows: list[EventRow] = []
    show: str = "coming"
    text: str = ""
    loaded: bool = False

    @action(READ)
    async def load(self) -> None:
        await listen(self, "events", EventsState.refresh)
        self.rows = (await ask(self, service.events, self.show, self.text))[:200]
        self.loaded = True

    @action(READ)
    async def refresh(self) -> None:
        self.rows = (await ask(self, service.events, self.show, self.text))[:200]

    @action(READ)
    async def choose(self, show: str) -> None:
        self.show = show if show in SHOWS else "coming"
        self.rows = (await ask(self, service.events, self.show, self.text))[:200]

    @action(READ)
    async def find(self, text: str) -> None:
        self.text = text[:80]
        self.rows = (await ask(self, service.events, self.show, self.text))[:200]


class NewEventState(rx.State):
    """The form of a new event."""

    errors: dict[str, str] = {}
    zone: str = ""

    @action(EDIT)
    async def load(self) -> None:
        self.errors = {}
        self.zone = await ask(self, service.home_zone)

    @action(EDIT)
    async def save(self, form: dict[str, Any]):
        self.errors = {}
        draft: EventDraft = event_draft(form)
        event_id = await do(self, service.create, draft)
        return rx.redirect(f"/events/{event_id}")
