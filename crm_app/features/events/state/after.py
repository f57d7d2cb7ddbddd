"""After the event: did it work?"""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.events import service
from crm_app.features.events.schemas import Evaluation
from crm_app.features.events.state.one import READ, EventState, event_in, look
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do
from crm_app.ui.telling import said, said_with_undo

EDIT = Permission.EVENTS_EDIT


class AfterState(EventState):
    """The evaluation, and the close-out before it."""

    said: Evaluation = Evaluation()
    missing: list[str] = []
    missing_count: int = 0
    is_closing: bool = False

    @action(READ)
    async def load(self) -> None:
        self.at, self.is_closing = event_in(self.router.url.path), False
        await listen(self, f"event:{self.at}", AfterState.refresh)
        await self._look()

    @action(READ)
    async def refresh(self) -> None:
        await self._look()

    async def _look(self) -> None:
        (self.event, self.counts), self.said = await ask(self, _after, self.at)

    @action(EDIT)
    async def preview(self) -> None:
        names = await ask(self, service.preview, self.at)
        self.missing, self.missing_count, self.is_closing = names[:40], len(names), True

    @action(EDIT)
    async def cancel(self) -> None:
        self.is_closing = False

    @action(EDIT)
    async def close_out(self):
        marked = await do(self, service.close_out, self.at)
        self.is_closing = False
        return said_with_undo(f"{marked} marked as not having come.", AfterState.reopen)

    @action(EDIT)
    async def reopen(self):
        marked = await do(self, service.reopen, self.at)
        return said(f"{marked} are not marked any more.")

    @action(EDIT, Permission.PEOPLE_EDIT)
    async def make_people(self):
        made = await do(self, service.make_people, self.at)
        return said(f"{made} guests are among your people now.")

    @rx.var
    def has_come(self) -> bool:
        return self.said.arrived > 0


def _after(work: Work, event_id: int) -> tuple[Any, Evaluation]:
    return look(work, event_id), service.evaluate(work, event_id)
