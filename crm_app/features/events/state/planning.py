"""The overview of an event: changing it, its tickets, questions, doors, tables and budget."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.events import service
from crm_app.features.events.schemas import EventDraft, QuestionDraft, TicketDraft
from crm_app.features.events.state.forms import cents, event_draft, said, ticket_draft, whole, yes
from crm_app.features.events.state.one import EventState
from crm_app.ui.handlers import action
from crm_app.ui.session import ask, do
from crm_app.ui.telling import said as told

EDIT = Permission.EVENTS_EDIT
WINDOWS = ("edit", "ticket", "question", "budget", "tables", "door", "copy", "repeat", "call_off", "")


class PlanState(EventState):
    """What is planned; `window` names the dialog that is open."""

    window: str = ""
    errors: dict[str, str] = {}
    draft: EventDraft = EventDraft(name="", starts="", ends="")
    ticket: TicketDraft = TicketDraft(name="")
    ticket_id: int = 0
    capacity: str = ""
    price: str = ""
    benefit: str = ""
    extra: str = ""
    ticket_places: str = ""

    @action(EDIT)
    async def open_window(self, name: str) -> None:
        self.errors = {}
        if name == "edit":
            self.draft = await ask(self, service.draft_of, self.at)
            self.capacity = "" if self.draft.capacity is None else str(self.draft.capacity)
        if name == "ticket":
            self._show_ticket(0, TicketDraft(name=""))
        self.window = name if name in WINDOWS else ""

    @action(EDIT)
    async def edit_ticket(self, ticket_id: int) -> None:
        self.errors = {}
        self._show_ticket(ticket_id, await ask(self, service.ticket_draft, ticket_id))
        self.window = "ticket"

    def _show_ticket(self, ticket_id: int, ticket: TicketDraft) -> None:
        self.ticket_id, self.ticket = ticket_id, ticket
        self.price, self.benefit, self.extra = (
            f"{amount / 100:.2f}" if amount else ""
            for amount in (ticket.price, ticket.benefit_value, ticket.voluntary_extra)
        )
        self.ticket_places = "" if ticket.capacity is None else str(ticket.capacity)

    @action(EDIT)
    async def close_window(self) -> None:
        self.window = ""

    async def _done(self, words: str = "Saved.") -> rx.event.EventSpec:
        self.window, self.errors = "", {}
        return told(words)

    @action(EDIT)
    async def save(self, form: dict[str, Any]):
        self.errors = {}
        await do(self, service.change, self.at, event_draft(form), self.event.version)
        return await self._done()

    @action(EDIT)
    async def save_ticket(self, form: dict[str, Any]):
        self.errors = {}
        draft = ticket_draft(form, self.event.currency)
        if self.ticket_id:
            await do(self, service.change_ticket, self.ticket_id, draft)
        else:
            await do(self, service.add_ticket, self.at, draft)
        return await self._done()

    @action(EDIT)
    async def retire_ticket(self, ticket_id: int):
        await do(self, service.retire_ticket, ticket_id)
        return await self._done("Not offered any more.")

    @action(EDIT)
    async def save_question(self, form: dict[str, Any]):
        self.errors = {}
        options = [line.strip() for line in said(form, "options").splitlines() if line.strip()]
        draft = QuestionDraft(
            label=said(form, "label"),
            kind=said(form, "kind") or "text",
            options=options,
            ticket_type_id=whole(form, "ticket") or None,
            required=yes(form, "required"),
        )
        await do(self, service.add_question, self.at, draft)
        return await self._done()

    @action(EDIT)
    async def drop_question(self, question_id: int) -> None:
        await do(self, service.drop_question, question_id)

    @action(EDIT)
    async def save_budget(self, form: dict[str, Any]):
        self.errors = {}
        actual = cents(form, "actual", self.event.currency) if said(form, "actual") else None
        planned = cents(form, "planned", self.event.currency)
        await do(self, service.set_budget, self.at, said(form, "kind") or "cost", said(form, "name"), planned, actual)
        return await self._done()

    @action(EDIT)
    async def drop_budget(self, line_id: int) -> None:
        await do(self, service.drop_budget, line_id)

    @action(EDIT)
    async def save_tables(self, form: dict[str, Any]):
        self.errors = {}
        await do(self, service.add_tables, self.at, whole(form, "count", 1) or 1, whole(form, "seats", 8) or 8)
        return await self._done("The tables are on the roster, under Tables.")

    @action(EDIT)
    async def save_door(self, form: dict[str, Any]):
        self.errors = {}
        await do(self, service.add_checkpoint, self.at, said(form, "name"), yes(form, "arrival"))
        return await self._done()

    @action(EDIT)
    async def step(self, verb: str):
        await do(self, service.step, self.at, verb)
        return told({"publish": "Registration is open.", "close": "Registration is closed."}.get(verb, "Done."))

    @action(EDIT)
    async def copy(self, form: dict[str, Any]):
        self.errors = {}
        new = await do(self, service.copy, self.at, said(form, "day"), said(form, "name"))
        self.window = ""
        return rx.redirect(f"/events/{new}")

    @action(EDIT)
    async def repeat(self, form: dict[str, Any]):
        self.errors = {}
        rule = f"FREQ={said(form, 'every') or 'WEEKLY'};COUNT={(whole(form, 'times', 4) or 4)}"
        made = await do(self, service.make_series, self.at, rule)
        return await self._done(f"{len(made)} more dates are planned.")

    @action(EDIT)
    async def call_off(self, form: dict[str, Any]):
        self.errors = {}
        parties = await do(self, service.call_off, self.at, said(form, "reason"))
        return await self._done(f"Called off. {parties} parties are listed to be told.")

    @rx.var
    def ticket_choices(self) -> list[dict[str, str]]:
        return [{"value": str(one.id), "label": one.name} for one in self.event.tickets]
