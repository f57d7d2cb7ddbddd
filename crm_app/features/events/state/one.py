"""The event every page of it is about."""

import re

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.events import service
from crm_app.features.events.schemas import Counts, EventView
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask

READ = Permission.EVENTS_READ


def event_in(path: str) -> int:
    """The number in /events/12/roster."""
    found = re.search(r"/events/(\d{1,9})(?:/|$)", path)
    return int(found.group(1)) if found else 0


def look(work: Work, event_id: int) -> tuple[EventView, Counts]:
    return service.event(work, event_id), service.counts(work, event_id)


class EventState(rx.State):
    """What every page of one event shows: its name and its counts."""

    at: int = 0
    event: EventView = EventView()
    counts: Counts = Counts()

    @action(READ)
    async def load(self) -> None:
        self.at = event_in(self.router.url.path)
        await listen(self, f"event:{self.at}", EventState.refresh)
        self.event, self.counts = await ask(self, look, self.at)

    @action(READ)
    async def refresh(self) -> None:
        if self.at:
            self.event, self.counts = await ask(self, look, self.at)

    @rx.var
    def base(self) -> str:
        return f"/events/{self.at}"

    @rx.var
    def taken(self) -> str:
        of = f" of {self.counts.capacity:,}" if self.counts.capacity is not None else ""
        return f"{self.counts.held:,}{of}"

    @rx.var
    def fill(self) -> int:
        return min(100, round(100 * self.counts.held / self.counts.capacity)) if self.counts.capacity else 0
