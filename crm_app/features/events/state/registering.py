"""Registering a party by hand."""

import uuid
from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.events import service
from crm_app.features.events.schemas import GuestDraft, PartyDraft
from crm_app.features.events.state.forms import said, whole, yes
from crm_app.features.events.state.one import EventState
from crm_app.features.events.state.roster import people_found
from crm_app.ui.combo import Found
from crm_app.ui.handlers import action
from crm_app.ui.session import ask, do
from crm_app.ui.telling import said as told

EDIT = Permission.EVENTS_EDIT


class RegisterState(EventState):
    """The dialog in which somebody is put on the list."""

    is_open: bool = False
    errors: dict[str, str] = {}
    found: list[Found] = []
    name: str = ""
    typed: str = ""
    person: int = 0
    person_words: str = ""
    nonce: str = ""
    turn: int = 0

    @action(EDIT)
    async def start(self) -> None:
        self._clear()
        self.is_open = True

    def _clear(self) -> None:
        self.errors, self.found, self.name, self.typed, self.person, self.person_words = {}, [], "", "", 0, ""
        self.nonce = uuid.uuid4().hex
        self.turn += 1

    @action(EDIT)
    async def close(self) -> None:
        self.is_open = False

    @action(EDIT)
    async def find(self, text: str) -> None:
        self.typed, self.person, self.person_words = text[:160], 0, ""
        self.found = await ask(self, people_found, text.strip())

    @action(EDIT)
    async def choose(self, value: str) -> None:
        one = next((one for one in self.found if one["value"] == value), None)
        if one:
            self.person, self.name, self.typed = int(value), one["label"], one["label"]
            self.person_words = one["detail"] or "one of your people"
        self.found = []
        self.turn += 1

    @action(EDIT)
    async def leave(self) -> None:
        self.found = []

    @action(EDIT)
    async def save(self, form: dict[str, Any]):
        self.errors = {}
        made = await do(self, service.register, self.at, self._draft(form))
        words = f"{said(form, 'name') or self.typed}: {made.words}."
        if yes(form, "another"):
            self._clear()
        else:
            self.is_open = False
        return told(words, f"Order code {made.code}")

    def _draft(self, form: dict[str, Any]) -> PartyDraft:
        guests = [GuestDraft(name=line.strip()) for line in said(form, "guests").splitlines() if line.strip()]
        name = said(form, "name") or self.typed
        return PartyDraft(
            name=name,
            constituent_id=self.person if self.person and name == self.name else None,
            email=said(form, "email"),
            phone=said(form, "phone"),
            ticket_type_id=whole(form, "ticket") or None,
            seats=whole(form, "seats", 1) or 1,
            guests=guests,
            diet=said(form, "diet"),
            access=said(form, "access"),
            attention=said(form, "attention"),
            note=said(form, "note"),
            over_reason=said(form, "over_reason"),
            again_reason=said(form, "again_reason"),
            nonce=self.nonce,
        )

    @rx.var
    def tickets(self) -> list[dict[str, str]]:
        return [{"value": str(one.id), "label": f"{one.name}, {one.price}"} for one in self.event.tickets]
