"""The page of members, types and renewals."""

from datetime import date
from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.engine.money import read
from crm_app.features.constituents import service as constituents
from crm_app.features.memberships import service
from crm_app.features.memberships.schemas import (
    AlsoRow,
    MembershipPage,
    MembershipRow,
    Numbers,
    PayingGift,
    RenewDraft,
    StartDraft,
    TermRow,
    TypeDraft,
    TypeRow,
)
from crm_app.features.settings import service as settings
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do

READ, EDIT = Permission.PEOPLE_READ, Permission.GIVING_EDIT
STATUSES = ("current", "grace", "lapsed", "pending", "cancelled")


class MembershipsState(rx.State):
    """Who is due, members of each type, and the one that is open."""

    due: list[MembershipRow] = []
    listed: list[MembershipRow] = []
    show: str = "lapsed"
    kind: int = 0
    types: list[TypeRow] = []
    type_options: list[ui.Option] = []
    numbers: Numbers = Numbers()
    today: str = ""
    currency: str = "USD"
    window: str = ""
    errors: dict[str, str] = {}
    at: int = 0
    one: MembershipPage | None = None
    terms: list[TermRow] = []
    also: list[AlsoRow] = []
    gifts: list[PayingGift] = []
    next_days: str = ""

    @action(READ)
    async def load(self):
        await listen(self, "memberships", MembershipsState.refresh)
        self.window, self.errors, self.at, self.one = "", {}, 0, None
        await self._look()
        wanted = str(dict(self.router.url.query_parameters).get("open", ""))
        if wanted.isdigit() and len(wanted) < 10:
            await self._open(int(wanted))

    @action(READ)
    async def refresh(self):
        await self._look()
        if self.at:
            await self._open(self.at)

    async def _look(self) -> None:
        self.due, self.listed, self.types, self.numbers, self.today, self.currency = await ask(
            self, _all, self.show, self.kind
        )
        self.type_options = [{"value": str(row.id), "label": f"{row.name}, {row.price_words}"} for row in self.types]

    @action(READ)
    async def look_at(self, status: str):
        if status in STATUSES:
            self.show, self.kind = status, 0
            await self._look()

    @action(READ)
    async def members_of(self, type_id: int):
        self.show, self.kind = "current", type_id
        await self._look()

    @action(READ)
    async def open(self, membership_id: int):
        self.errors = {}
        await self._open(membership_id)

    async def _open(self, membership_id: int) -> None:
        self.one = await ask(self, service.show, membership_id)
        self.at, self.terms, self.also, self.gifts = membership_id, self.one.terms, self.one.also, self.one.gifts
        self.next_days = await ask(self, _next, membership_id)

    @action(READ)
    async def shut(self):
        self.at, self.one, self.window = 0, None, ""

    @action(EDIT)
    async def open_window(self, window: str):
        self.window, self.errors = window, {}
        (await self.get_state(MemberWhoState))._set()

    @action(EDIT)
    async def shut_window(self):
        self.window = ""

    @action(EDIT)
    async def start(self, form: dict[str, Any]):
        self.errors = {}
        who = await self.get_state(MemberWhoState)
        name = who.name
        made = await do(self, service.start, _start_draft(form, who.chosen))
        self.window = ""
        await self._look()
        await self._open(made)
        return ui.said(f"{name} is a member.")

    @action(EDIT)
    async def renew(self, membership_id: int):
        """Renew as it is, paid today."""
        await do(self, service.renew, membership_id, RenewDraft(on=date.fromisoformat(self.today)))
        await self._again()
        return ui.said("Renewed.")

    @action(EDIT)
    async def renew_with(self, form: dict[str, Any]):
        self.errors = {}
        await do(self, service.renew, self.at, _renew_draft(form, self.gifts))
        await self._again()
        return ui.said("Renewed.")

    async def _again(self) -> None:
        await self._look()
        if self.at:
            await self._open(self.at)

    @action(EDIT)
    async def pay(self, term_id: int):
        await do(self, service.mark_paid, term_id)
        await self._again()

    @action(EDIT)
    async def link_gift(self, term_id: int, gift_id: str):
        if gift_id.isdigit():
            await do(self, service.link_gift, term_id, int(gift_id))
            await self._again()
            return ui.said("The gift is linked to the term.")

    @action(EDIT)
    async def drop_term(self, term_id: int):
        await do(self, service.drop_waiting, term_id)
        await self._again()

    @action(EDIT)
    async def inherit(self):
        made = await do(self, service.inherit, self.at)
        await self._again()
        words = [f"{said} {', '.join(names)}." for said, names in (("Added", made.added), ("No room for", made.left_out), ("Ended for", made.ended)) if names]  # fmt: skip
        return ui.said(" ".join(words) or "Nothing to change: it is as the household is.")

    @action(EDIT)
    async def drop_member(self, inherited_id: int):
        await do(self, service.drop_inherited, inherited_id)
        await self._again()

    @action(EDIT)
    async def cancel(self, form: dict[str, Any]):
        self.errors = {}
        await do(self, service.cancel, self.at, _said(form, "reason"))
        await self._again()

    @action(EDIT)
    async def reinstate(self):
        await do(self, service.reinstate, self.at)
        await self._again()

    @action(EDIT)
    async def save_type(self, form: dict[str, Any]):
        self.errors = {}
        await do(self, service.save_type, _type_draft(form, self.currency))
        self.window = ""
        await self._look()
        return ui.said("The type is there.")

    @action(EDIT)
    async def retire_type(self, type_id: int):
        await do(self, service.retire_type, type_id)
        await self._look()


class MemberWhoState(rx.State):
    """The person who joins, found while their name is typed."""

    chosen: int = 0
    name: str = ""
    fresh: int = 0
    found: list[ui.Found] = []

    @action(READ, supersedes=True)
    async def find(self, text: str):
        if text != self.name:
            self.chosen = 0
        rows = await ask(self, constituents.search, text[:80], 8)
        self.found = [{"value": str(row.id), "label": row.name, "detail": row.detail} for row in rows]

    @action(READ)
    async def choose(self, value: str):
        row = next((one for one in self.found if one["value"] == value), None)
        if row:
            self._set(int(value), row["label"])

    @action(READ)
    async def leave(self):
        self.found = []

    def _set(self, number: int = 0, name: str = "") -> None:
        self.chosen, self.name, self.found, self.fresh = number, name, [], self.fresh + 1


def _all(work: Work, status: str, kind: int) -> tuple[Any, ...]:
    return (
        service.due(work),
        service.listed(work, status, kind or None),
        service.list_types(work),
        service.numbers(work),
        work.now.date().isoformat(),
        settings.organization(work).currency,
    )


def _next(work: Work, membership_id: int) -> str:
    try:
        return service.preview(work, membership_id, RenewDraft(on=work.now.date()))
    except service.ForLife:
        return ""


def _said(form: dict[str, Any], name: str) -> str:
    return str(form.get(name) or "").strip()


def _whole(form: dict[str, Any], name: str) -> int | None:
    text = _said(form, name)
    if text and not (text.isdigit() and len(text) < 7):
        raise Invalid(fields={name: "A whole number, please."})
    return int(text) if text else None


def _day(form: dict[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(_said(form, name))
    except ValueError:
        raise Invalid(fields={name: "A day, please."}) from None


def _yes(form: dict[str, Any], name: str) -> bool:
    return form.get(name) in (True, "on", "true")


def _start_draft(form: dict[str, Any], constituent_id: int) -> StartDraft:
    wrong: dict[str, str] = {}
    kind = _whole(form, "type")
    if not constituent_id:
        wrong["person"] = "Choose somebody from the list."
    if not kind:
        wrong["type"] = "Choose a type; make one first if there is none."
    if wrong:
        raise Invalid(fields=wrong)
    return StartDraft(
        constituent_id=constituent_id, type_id=kind or 0, on=_day(form, "on"), waits=not _yes(form, "paid"),
        note=_said(form, "note"),
    )  # fmt: skip


def _renew_draft(form: dict[str, Any], gifts: list[PayingGift]) -> RenewDraft:
    gift = _whole(form, "gift")
    known = gift if gift in {one.id for one in gifts} else None
    return RenewDraft(
        on=_day(form, "on"), type_id=_whole(form, "type"), waits=not _yes(form, "paid"), gift_id=known
    )  # fmt: skip


def _type_draft(form: dict[str, Any], currency: str) -> TypeDraft:
    try:
        price = read(_said(form, "price"), currency) if _said(form, "price") else 0
    except ValueError:
        raise Invalid(fields={"price": "An amount, such as 60.00."}) from None
    begins, rollover = _month_day(form, "begins"), _month_day(form, "rollover")
    grace = _whole(form, "grace_days")
    return TypeDraft(
        name=_said(form, "name"),
        period=_said(form, "period") or "rolling",
        months=_whole(form, "months") or 12,
        begins_month=begins[0] if begins else 1,
        begins_day=begins[1] if begins else 1,
        rollover_month=rollover[0] if rollover else None,
        rollover_day=rollover[1] if rollover else None,
        grace_days=30 if grace is None else grace,
        price=price,
        inherits=_yes(form, "inherits"),
        most_inherited=_whole(form, "most_inherited"),
    )


def _month_day(form: dict[str, Any], name: str) -> tuple[int, int] | None:
    """`09-01` as month and day."""
    text = _said(form, name)
    if not text:
        return None
    month, _, day = text.replace("/", "-").replace(".", "-").partition("-")
    if not (month.isdigit() and day.isdigit()):
        raise Invalid(fields={name: "Month and day, such as 09-01."})
    return int(month), int(day)
