"""State of the pledges."""

from typing import Any, TypedDict

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.giving import service
from crm_app.features.giving.schemas import DueRow, PlanDraft, PledgeDraft, PledgeRow
from crm_app.features.giving.state.choosing import DonorState, PurposeState
from crm_app.features.giving.state.words import amount_in, day_in, number_in, text_in, whole_in
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do

READ, EDIT = Permission.GIVING_READ, Permission.GIVING_EDIT
MOST = 300


class PledgeShown(TypedDict):
    id: int
    person: int
    name: str
    day: str
    amount: str
    paid: str
    left: str
    overdue: str
    next: str
    state: str
    share: int


class DueShown(TypedDict):
    day: str
    amount: str
    paid: str
    state: str
    late: bool


class PledgesState(rx.State):
    """The list, one pledge in the drawer, and the forms."""

    rows: list[PledgeShown] = []
    loaded: bool = False
    show: str = "open"
    sums: str = ""
    at: int = 0
    one: PledgeShown = {
        "id": 0, "person": 0, "name": "", "day": "", "amount": "", "paid": "", "left": "", "overdue": "", "next": "",
        "state": "", "share": 0,
    }  # fmt: skip
    dues: list[DueShown] = []
    preview: list[DueShown] = []
    doing: str = ""
    errors: dict[str, str] = {}

    async def _load(self) -> None:
        self.rows, self.sums = await ask(self, _pledges, self.show)
        if self.at:
            self.one, self.dues = await ask(self, _pledge, self.at)
        self.loaded = True

    @action(READ)
    async def load(self):
        await listen(self, "giving", PledgesState.refresh)
        said = dict(self.router.url.query_parameters)
        self.show = said.get("show", "open") if said.get("show") in ("open", "overdue", "all") else "open"
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
    async def look(self, pledge_id: int):
        self.at, self.preview, self.doing = pledge_id, [], ""
        await self._load()

    @action(READ)
    async def shut(self):
        self.at = 0

    @action(EDIT)
    async def begin(self, doing: str):
        self.doing, self.errors, self.preview = doing, {}, []
        if doing == "new":
            (await self.get_state(DonorState))._set()

    @action(EDIT)
    async def stop(self):
        self.doing, self.preview = "", []

    @action(EDIT)
    async def make(self, form: dict[str, Any]):
        """First shows the installments, then keeps what was shown."""
        self.errors = {}
        donor = await self.get_state(DonorState)
        if not donor.chosen:
            raise Invalid("Choose who promises it: type two letters and press Enter on the name.")
        draft = await ask(self, _draft, donor.chosen, form)
        seen = await ask(self, _previewed, draft)
        if seen != self.preview:
            self.preview = seen
            return None
        await do(self, service.make_pledge, draft)
        self.doing, self.preview = "", []
        await self._load()
        return ui.said("The pledge is kept.")

    @action(EDIT)
    async def replan(self, form: dict[str, Any]):
        """First shows what the schedule would be, then keeps it."""
        self.errors = {}
        draft = await ask(self, _plan, form)
        seen = await ask(self, _replanned, self.at, draft)
        if seen != self.preview:
            self.preview = seen
            return None
        await do(self, service.replan, self.at, draft, text_in(form, "reason"))
        self.doing, self.preview = "", []
        await self._load()
        return ui.said("Planned again. What was paid kept its place.")

    @action(EDIT)
    async def write_off(self, form: dict[str, Any]):
        self.errors = {}
        style = await ask(self, service.style)
        amount = amount_in(form, "amount", style, must=False) or None
        await do(self, service.write_off, self.at, text_in(form, "reason"), amount)
        self.doing = ""
        await self._load()
        return ui.said("Written off, and kept apart from what was paid.")


def _pledges(work: Work, show: str) -> tuple[list[PledgeShown], str]:
    style = service.style(work)
    rows = service.list_pledges(work, status="" if show == "all" else "open")
    if show == "overdue":
        rows = [row for row in rows if row.overdue]
    ours = [row for row in rows if row.currency == style.currency]
    left, overdue = sum(row.left for row in ours), sum(row.overdue for row in ours)
    words = f"{len(rows):,} pledges, {style.money(left)} to come, {style.money(overdue)} overdue"
    return [_shown(row, style) for row in rows[:MOST]], words


def _shown(row: PledgeRow, style: service.Style) -> PledgeShown:
    return {
        "id": row.id,
        "person": row.constituent_id,
        "name": row.name,
        "day": style.day(row.pledged_on),
        "amount": style.money(row.amount, row.currency),
        "paid": style.money(row.paid, row.currency),
        "left": style.money(row.left, row.currency),
        "overdue": style.money(row.overdue, row.currency) if row.overdue else "",
        "next": f"{style.money(row.next_amount, row.currency)} on {style.day(row.next_on)}" if row.next_on else "",
        "state": row.status.replace("_", " "),
        "share": min(100, round(100 * row.paid / row.amount)) if row.amount else 0,
    }


def _pledge(work: Work, pledge_id: int) -> tuple[PledgeShown, list[DueShown]]:
    one, style = service.show_pledge(work, pledge_id), service.style(work)
    return _shown(one, style), [_due(due, style, one.currency) for due in one.dues]


def _due(due: DueRow, style: service.Style, currency: str = "") -> DueShown:
    state = due.state
    if due.written_off:
        state = f"{style.money(due.written_off, currency)} written off"
    return {
        "day": style.day(due.on),
        "amount": style.money(due.amount, currency),
        "paid": style.money(due.paid, currency) if due.paid else "",
        "state": state,
        "late": due.state == "overdue",
    }


def _draft(work: Work, donor: int, form: dict[str, Any]) -> PledgeDraft:
    return PledgeDraft(
        constituent_id=donor,
        amount=amount_in(form, "amount", service.style(work)),
        times=whole_in(form, "times", other=1),
        first_on=day_in(form, "first_on"),
        unit=text_in(form, "unit") or "month",
        fund_id=number_in(form, "fund"),
        campaign_id=number_in(form, "campaign"),
    )


def _plan(work: Work, form: dict[str, Any]) -> PlanDraft:
    amount = amount_in(form, "amount", service.style(work)) if text_in(form, "amount") else None
    times, first = whole_in(form, "times", other=1), day_in(form, "first_on")
    return PlanDraft(amount=amount, times=times, first_on=first, unit=text_in(form, "unit") or "month")


def _previewed(work: Work, draft: PledgeDraft) -> list[DueShown]:
    style = service.style(work)
    return [_due(due, style) for due in service.preview_pledge(work, draft)]


def _replanned(work: Work, pledge_id: int, draft: PlanDraft) -> list[DueShown]:
    style = service.style(work)
    return [_due(due, style) for due in service.preview_plan(work, pledge_id, draft)]
