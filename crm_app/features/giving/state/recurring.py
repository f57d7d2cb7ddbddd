"""State of the recurring gifts."""

from typing import Any, TypedDict

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.giving import service
from crm_app.features.giving.schemas import ChangeDraft, RecurringDraft, RecurringRow
from crm_app.features.giving.state.choosing import DonorState, PurposeState
from crm_app.features.giving.state.pledges import DueShown
from crm_app.features.giving.state.words import METHOD, amount_in, day_in, number_in, text_in, whole_in
from crm_app.ui import parts as ui
from crm_app.ui.chart import Stick, sticks
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do

READ, EDIT = Permission.GIVING_READ, Permission.GIVING_EDIT
MOST = 300
SHIFT = {
    "began": "began",
    "upgrade": "gives more",
    "downgrade": "gives less",
    "rescheduled": "other days",
    "paused": "paused",
    "resumed": "goes on",
}


class RecurringShown(TypedDict):
    id: int
    person: int
    name: str
    amount: str
    words: str
    annual: str
    next: str
    method: str
    status: str
    good: bool
    late: bool


class ShiftShown(TypedDict):
    day: str
    what: str
    value: str


class RecurringState(rx.State):
    rows: list[RecurringShown] = []
    loaded: bool = False
    show: str = "active"
    sums: str = ""
    months: list[Stick] = []
    at: int = 0
    one: RecurringShown = {
        "id": 0, "person": 0, "name": "", "amount": "", "words": "", "annual": "", "next": "", "method": "",
        "status": "", "good": True, "late": False,
    }  # fmt: skip
    log: list[ShiftShown] = []
    expected: list[DueShown] = []
    doing: str = ""
    errors: dict[str, str] = {}

    async def _load(self) -> None:
        self.rows, self.sums, self.months = await ask(self, _recurring, self.show)
        if self.at:
            self.one, self.log, self.expected = await ask(self, _one, self.at)
        self.loaded = True

    @action(READ)
    async def load(self):
        await listen(self, "giving", RecurringState.refresh)
        said = dict(self.router.url.query_parameters)
        self.at = int(said.get("open", "0")) if said.get("open", "0").isdigit() else 0
        self.doing, self.errors = "", {}
        await self._load()
        return PurposeState.load

    @action(READ)
    async def refresh(self):
        await self._load()

    @action(READ)
    async def choose(self, show: str):
        self.show = show
        await self._load()

    @action(READ)
    async def look(self, recurring_id: int):
        self.at, self.doing = recurring_id, ""
        await self._load()

    @action(READ)
    async def shut(self):
        self.at = 0

    @action(EDIT)
    async def begin(self, doing: str):
        self.doing, self.errors = doing, {}
        if doing == "new":
            (await self.get_state(DonorState))._set()

    @action(EDIT)
    async def stop(self):
        self.doing = ""

    @action(EDIT)
    async def make(self, form: dict[str, Any]):
        self.errors = {}
        donor = await self.get_state(DonorState)
        if not donor.chosen:
            raise Invalid("Choose who gives it: type two letters and press Enter on the name.")
        draft = await ask(self, _draft, donor.chosen, form)
        self.at = await do(self, service.start_recurring, draft)
        return await self._done("Agreed.")

    @action(EDIT)
    async def change(self, form: dict[str, Any]):
        self.errors = {}
        style = await ask(self, service.style)
        draft = ChangeDraft(
            from_on=day_in(form, "from_on"),
            amount=amount_in(form, "amount", style) if text_in(form, "amount") else None,
            day=whole_in(form, "day") if text_in(form, "day") else None,
            reason=text_in(form, "reason"),
        )
        await do(self, service.change_recurring, self.at, draft)
        return await self._done("From that day on it is different; what was before stays written.")

    @action(EDIT)
    async def pause(self, form: dict[str, Any]):
        self.errors = {}
        until = day_in(form, "until")
        await do(
            self, service.pause_recurring, self.at, until, text_in(form, "reason"), from_on=day_in(form, "from_on")
        )
        return await self._done("Paused: nothing is expected in between.")

    @action(EDIT)
    async def resume(self):
        await do(self, service.resume_recurring, self.at)
        return await self._done("It goes on from today.")

    @action(EDIT)
    async def end(self, form: dict[str, Any]):
        self.errors = {}
        await do(self, service.end_recurring, self.at, text_in(form, "reason"))
        return await self._done("Ended.")

    @action(EDIT)
    async def came(self):
        """The gift of the earliest open day came."""
        gift_id = await do(self, service.answer, self.at)
        await self._load()
        return ui.said("Recorded.", f"Gift {gift_id}")

    async def _done(self, words: str) -> rx.event.EventSpec:
        self.doing = ""
        await self._load()
        return ui.said(words)


def _recurring(work: Work, show: str) -> tuple[list[RecurringShown], str, list[Stick]]:
    style = service.style(work)
    rows = service.list_recurring(work, status="" if show == "all" else show)
    running = [row for row in rows if row.currency == style.currency]
    year = sum(row.annual for row in running)
    words = f"{len(rows):,} gifts, {style.money(round(year / 12), cents=False)} a month"
    coming = service.forecast(work)
    months = sticks(
        [
            (
                f"{row.month:%b}",
                row.recurring + row.pledged,
                f"{row.month:%B %Y}: {style.money(row.recurring, cents=False)} recurring, "
                f"{style.money(row.pledged, cents=False)} pledged",
            )
            for row in coming
        ]
    )
    return [_shown(row, style) for row in rows[:MOST]], words, months


def _shown(row: RecurringRow, style: service.Style) -> RecurringShown:
    return {
        "id": row.id,
        "person": row.constituent_id,
        "name": row.name,
        "amount": style.money(row.amount, row.currency),
        "words": row.words,
        "annual": style.money(row.annual, row.currency, cents=False),
        "next": style.day(row.next_on),
        "method": METHOD.get(row.method, row.method),
        "status": row.status if not row.failures else f"{row.status}, {row.failures} failed",
        "good": row.status == "active",
        "late": bool(row.next_on and row.next_on < style.today and row.status != "ended"),
    }


def _one(work: Work, recurring_id: int) -> tuple[RecurringShown, list[ShiftShown], list[DueShown]]:
    one, style = service.show_recurring(work, recurring_id), service.style(work)
    log: list[ShiftShown] = [
        {
            "day": style.day(shift.on),
            "what": SHIFT[shift.kind],
            "value": f"{style.money(shift.before, one.currency)} → {style.money(shift.after, one.currency)} a year",
        }
        for shift in reversed(one.shifts)
    ]
    expected: list[DueShown] = [
        {
            "day": style.day(due.on),
            "amount": style.money(due.amount, one.currency),
            "paid": style.money(due.paid, one.currency) if due.paid else "",
            "state": due.state,
            "late": due.state == "overdue",
        }
        for due in one.expected
    ]
    return _shown(one, style), log, expected


def _draft(work: Work, donor: int, form: dict[str, Any]) -> RecurringDraft:
    return RecurringDraft(
        constituent_id=donor,
        amount=amount_in(form, "amount", service.style(work)),
        starts_on=day_in(form, "starts_on"),
        ends_on=day_in(form, "ends_on"),
        unit=text_in(form, "unit") or "month",
        every=whole_in(form, "every", other=1),
        day=whole_in(form, "day", other=1),
        method=text_in(form, "method") or "card",
        fund_id=number_in(form, "fund"),
    )
