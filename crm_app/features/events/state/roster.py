"""The roster: a view of everybody, live; one guest in a drawer; who sits where."""

import uuid
from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.events import service
from crm_app.features.events.schemas import Line, PartyCard, PaymentDraft, SeatDraft, TableCard, Tap
from crm_app.features.events.state.forms import cents, said, whole
from crm_app.features.events.state.one import READ, EventState, event_in, look
from crm_app.ui.combo import Found
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do
from crm_app.ui.table import ROWS
from crm_app.ui.telling import said as told
from crm_app.ui.telling import said_with_undo, warned

EDIT, DOOR = Permission.EVENTS_EDIT, Permission.DOOR
SHOWS = ("everybody", "to_come", "in", "due", "needs", "waiting", "to_tell", "gone")
GROUPS = ("", "table", "ticket", "letter", "diet")


class RosterState(EventState):
    """One view of the roster and the window of it that is in sight."""

    show: str = "everybody"
    group: str = ""
    text: str = ""
    lines: list[Line] = []
    first: int = 0
    total: int = 0
    people: int = 0
    ticked: list[int] = []
    tables: list[dict[str, str]] = []
    card: PartyCard = PartyCard()
    is_open: bool = False
    window: str = ""
    errors: dict[str, str] = {}
    found: list[Found] = []

    @action(READ)
    async def load(self) -> None:
        at = event_in(self.router.url.path)
        if at != self.at:
            self.show, self.group, self.text, self.ticked, self.is_open = "everybody", "", "", [], False
        self.at, self.first = at, 0
        await listen(self, f"event:{at}", RosterState.refresh)
        await self._look()

    @action(READ)
    async def refresh(self) -> None:
        await self._look()

    async def _look(self) -> None:
        """Read the view and keep the window of it."""
        asked = (self.at, self.show, self.group, self.text, self.first)
        (self.event, self.counts), self.tables, (self.first, self.total, self.people, lines) = await ask(
            self, _view, *asked
        )
        self.lines = [line.model_copy(update={"ticked": line.id in self.ticked}) for line in lines]

    @action(READ)
    async def show_from(self, first: int) -> None:
        self.first = max(0, first)
        await self._look()

    @action(READ)
    async def choose_show(self, show: str) -> None:
        self.show, self.first, self.ticked = show if show in SHOWS else "everybody", 0, []
        await self._look()

    @action(READ)
    async def choose_group(self, group: str) -> None:
        self.group, self.first = group if group in GROUPS else "", 0
        await self._look()

    @action(READ)
    async def find(self, text: str) -> None:
        self.text, self.first = text[:80], 0
        await self._look()

    @rx.var
    def query(self) -> str:
        """Changes when the list is another one."""
        return f"{self.show} {self.group} {self.text}"

    @action(READ)
    async def tick(self, seat_id: int) -> None:
        if seat_id > 0:
            self.ticked = (
                [n for n in self.ticked if n != seat_id] if seat_id in self.ticked else [*self.ticked, seat_id]
            )
            self.lines = [line.model_copy(update={"ticked": line.id in self.ticked}) for line in self.lines]

    @action(READ)
    async def tick_none(self) -> None:
        self.ticked = []
        self.lines = [line.model_copy(update={"ticked": False}) for line in self.lines]

    @action(DOOR)
    async def tap(self, seat_id: int):
        """Check somebody in from the roster."""
        answer = await do(self, service.tap, self.at, Tap(nonce=uuid.uuid4().hex, seat_id=seat_id, device="roster"))
        if answer.outcome == "refused":
            return warned(answer.words)
        if answer.outcome == "already":
            return told(f"{answer.name} is {answer.words}.")
        return said_with_undo(f"{answer.name} is in.", RosterState.untap(seat_id))

    @action(DOOR)
    async def untap(self, seat_id: int):
        answer = await do(
            self, service.tap, self.at, Tap(nonce=uuid.uuid4().hex, seat_id=seat_id, verb="undo", device="roster")
        )
        return told(f"{answer.name} is {answer.words}.")

    @action(READ)
    async def open_card(self, seat_id: int) -> None:
        self.errors, self.found = {}, []
        self.card = await ask(self, service.party_card, seat_id)
        self.is_open = True

    @action(READ)
    async def close_card(self) -> None:
        self.is_open = False

    async def _again(self) -> None:
        self.card = await ask(self, service.party_card, self.card.seat_id)

    @action(EDIT)
    async def save_card(self, form: dict[str, Any]):
        self.errors = {}
        draft = SeatDraft(
            **{name: said(form, name) for name in ("name", "email", "phone", "diet", "access", "attention", "note")},
            table_id=whole(form, "table", 0),
            version=self.card.version,
        )
        await do(self, service.change_seat, self.card.seat_id, draft)
        self.is_open = False
        return told("Saved.")

    @action(EDIT)
    async def move(self, verb: str):
        """Cancel, reinstate, approve, decline, accept …"""
        party = self.card.registration_id
        if verb == "offered":
            await do(self, service.offer_now, party, "by hand")
        else:
            await do(self, service.change_status, party, verb)
        await self._again()
        if verb == "cancelled":
            return said_with_undo(f"{self.card.host} is cancelled.", RosterState.reinstate(party))
        return told("Done.")

    @action(EDIT)
    async def reinstate(self, registration_id: int):
        await do(self, service.change_status, registration_id, "reinstated")
        return told("Registered again.")

    @action(EDIT)
    async def resize(self, by: int) -> None:
        await do(self, service.resize_party, self.card.registration_id, self.card.seats + by)
        await self._again()

    @action(EDIT)
    async def drop_guest(self):
        await do(self, service.drop_seat, self.card.seat_id)
        self.is_open = False
        return told("Off the list.")

    @action(EDIT)
    async def pay(self, form: dict[str, Any]):
        self.errors = {}
        draft = PaymentDraft(
            amount=cents(form, "amount", self.event.currency) or self.card.due_cents,
            method=said(form, "method") or "cash",
            reference=said(form, "reference"),
        )
        await do(self, service.pay, self.card.registration_id, draft)
        await self._again()
        return told("The payment is written down.")

    @action(EDIT)
    async def excuse(self) -> None:
        await do(self, service.excuse, self.card.seat_id, self.card.attendance != "excused")
        await self._again()

    @action(EDIT, Permission.PEOPLE_READ)
    async def find_person(self, text: str) -> None:
        self.found = await ask(self, people_found, text)

    @action(EDIT)
    async def leave_person(self) -> None:
        self.found = []

    @action(EDIT, Permission.PEOPLE_READ)
    async def link_person(self, value: str) -> None:
        await do(self, service.link, self.card.seat_id, int(value))
        self.found = []
        await self._again()

    @action(EDIT, Permission.PEOPLE_EDIT)
    async def make_person(self):
        await do(self, service.make_person, self.card.seat_id)
        await self._again()
        return told(f"{self.card.name} is among your people now.")

    @action(DOOR)
    async def bulk_tap(self):
        for seat_id in self.ticked:
            await do(self, service.tap, self.at, Tap(nonce=uuid.uuid4().hex, seat_id=seat_id, device="roster"))
        words = f"{len(self.ticked)} checked in."
        self.ticked = []
        return told(words)

    @action(EDIT)
    async def bulk_seat(self, table_id: str):
        seated = await do(self, service.seat_at, self.ticked, int(table_id) if table_id.isdigit() else None)
        self.ticked = []
        return told(f"{seated} seated." if table_id else f"{seated} without a table.")

    @action(EDIT)
    async def bulk_told(self):
        done = await do(self, service.mark_told_of, self.ticked)
        self.ticked = []
        return told(f"{done} parties have been told.")


def _view(work: Work, event_id: int, show: str, group: str, text: str, first: int) -> tuple[Any, Any, Any]:
    tables = [{"value": str(one), "label": name} for one, name in service.table_names(work, event_id)]
    return look(work, event_id), tables, service.window(work, event_id, show, group, text, first, ROWS)


def people_found(work: Work, text: str) -> list[Found]:
    return [
        {"value": str(one), "label": name, "detail": detail} for one, name, detail in service.find_people(work, text)
    ]


class SeatingState(EventState):
    """Who sits where: pick somebody up, put them down at a table; by mouse, by finger or by keyboard."""

    tables: list[TableCard] = []
    picked: int = 0
    picked_name: str = ""

    @action(READ)
    async def load(self) -> None:
        self.at = event_in(self.router.url.path)
        self.picked, self.picked_name = 0, ""
        await listen(self, f"event:{self.at}", SeatingState.refresh)
        await self._look()

    @action(READ)
    async def refresh(self) -> None:
        await self._look()

    async def _look(self) -> None:
        (self.event, self.counts), self.tables = await ask(self, _seating, self.at)

    @action(EDIT)
    async def pick(self, seat_id: int, name: str) -> None:
        self.picked, self.picked_name = (0, "") if seat_id == self.picked else (seat_id, name)

    @action(EDIT)
    async def lift(self, seat_id: int, name: str) -> None:
        """Dragging begins: never puts down."""
        self.picked, self.picked_name = seat_id, name

    @action(EDIT)
    async def put(self, table_id: int):
        if not self.picked:
            return None
        name, seat_id = self.picked_name, self.picked
        self.picked, self.picked_name = 0, ""
        await do(self, service.seat_at, [seat_id], table_id or None)
        await self._look()
        where = next((table.name for table in self.tables if table.id == table_id), "")
        return told(f"{name}: {where}." if table_id else f"{name} has no table.")

    @action(EDIT)
    async def fill_tables(self):
        seated = await do(self, service.seat_parties, self.at)
        return told(f"{seated} seated, parties together.")

    @action(EDIT)
    async def add_table(self) -> None:
        chairs = self.tables[-1].seats if len(self.tables) > 1 else 8
        await do(self, service.add_tables, self.at, 1, chairs)

    @action(EDIT)
    async def drop_table(self, table_id: int) -> None:
        await do(self, service.drop_table, table_id)


def _seating(work: Work, event_id: int) -> tuple[Any, list[TableCard]]:
    return look(work, event_id), service.tables(work, event_id)
