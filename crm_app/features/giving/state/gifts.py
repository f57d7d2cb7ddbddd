"""State of the list of gifts and of the form for a single one."""

from datetime import date
from typing import Any, TypedDict

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.giving import service
from crm_app.features.giving.schemas import GiftDraft, GiftFilters, GiftLine
from crm_app.features.giving.state.choosing import DonorState, PurposeState
from crm_app.features.giving.state.words import KIND, STATUS, THANKS, amount_in, day_in, number_in, text_in
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do

READ, EDIT = Permission.GIVING_READ, Permission.GIVING_EDIT
YEARS = {"": "Any day", "this": "This year", "last": "Last year"}


class GiftShown(TypedDict):
    id: int
    person: int
    name: str
    day: str
    amount: str
    paid: str
    kind: str
    fund: str
    campaign: str
    status: str
    good: bool
    soft: str
    thanks: str


class GiftsState(rx.State):
    """A window of the list, what is asked, and the form of a single gift."""

    rows: list[GiftShown] = []
    first: int = 0
    total: int = 0
    count: str = "0"
    sum: str = ""
    query: str = ""
    sort: str = "given_on"
    descending: bool = True
    text: str = ""
    kind: str = ""
    status: str = ""
    fund: str = ""
    campaign: str = ""
    year: str = ""
    span: str = ""
    entering: bool = False
    errors: dict[str, str] = {}
    twins: list[str] = []
    _first: date | None = None
    _last: date | None = None

    async def _load(self, *, anew: bool = True) -> None:
        filters = self._filters()
        if anew:
            self.first = 0
        made = await ask(self, _gifts, filters, self.sort, self.descending, self.first, None if anew else self.total)
        self.rows, self.total, total_sum = made
        self.count = f"{self.total:,}"
        self.sum = total_sum or self.sum
        self.query = f"{filters.model_dump_json()} {self.sort} {self.descending}"

    def _filters(self) -> GiftFilters:
        first, last = (self._first, self._last) if self.span else _span(self.year)
        return GiftFilters(
            text=self.text,
            kind=self.kind,
            status=self.status,
            fund_id=int(self.fund) if self.fund.isdigit() else None,
            campaign_id=int(self.campaign) if self.campaign.isdigit() else None,
            first=first,
            last=last,
            counted=bool(self.span),
        )

    @action(READ)
    async def load(self):
        await listen(self, "giving", GiftsState.refresh)
        self.entering, self.twins = False, []
        said = dict(self.router.url.query_parameters)
        self.campaign, self.fund = said.get("campaign", ""), said.get("fund", "")
        self.text, self.status, self.errors = said.get("text", "")[:80], said.get("status", "")[:20], {}
        self._first, self._last = _day(said.get("first", "")), _day(said.get("last", ""))
        self.span = f"{self._first:%-d %b %Y} to {self._last:%-d %b %Y}, counted" if self._first and self._last else ""
        await self._load()
        return PurposeState.load

    @action(READ)
    async def refresh(self):
        first = self.first
        await self._load()
        if first:
            self.first = first
            await self._load(anew=False)

    @action(READ, supersedes=True)
    async def show_from(self, first: int):
        self.first = max(0, first)
        await self._load(anew=False)

    @action(READ, supersedes=True)
    async def seek(self, text: str):
        self.text = text[:80]
        await self._load()

    @action(READ)
    async def narrow(self, name: str, value: str):
        if name in ("kind", "status", "fund", "campaign", "year"):
            setattr(self, name, value[:40])
            await self._load()

    @action(READ)
    async def any_day(self):
        self.span = ""
        await self._load()

    @action(READ)
    async def sort_by(self, key: str):
        self.descending = not (key == self.sort and self.descending)
        self.sort = key
        await self._load()

    @action(EDIT)
    async def enter(self):
        donor = await self.get_state(DonorState)
        donor._set()
        self.entering, self.errors, self.twins = True, {}, []
        return PurposeState.load

    @action(EDIT)
    async def shut(self):
        self.entering = False

    @action(EDIT)
    async def save(self, form: dict[str, Any]):
        self.errors = {}
        donor = await self.get_state(DonorState)
        if not donor.chosen:
            raise Invalid("Choose who gave it: type two letters and press Enter on the name.")
        draft = await ask(self, _draft, donor.chosen, form)
        if not self.twins:
            self.twins = await ask(self, _twins, draft)
            if self.twins:
                return ui.warned("This looks like a gift that is there already.", "Save once more to keep it anyway.")
        gift_id = await do(self, service.record_gift, draft)
        self.entering, self.twins = False, []
        await self._load()
        return [ui.said("The gift is kept."), rx.redirect(f"/giving/gifts/{gift_id}")]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _span(year: str) -> tuple[date | None, date | None]:
    if not year:
        return None, None
    of = date.today().year - (year == "last")
    return date(of, 1, 1), date(of, 12, 31)


def _gifts(work: Work, filters: GiftFilters, sort: str, descending: bool, first: int, total: int | None) -> tuple:
    style, words = service.style(work), ""
    if total is None:
        total, counted = service.count_gifts(work, filters)
        words = f"{style.money(counted)} received"
    rows = service.list_gifts(work, filters, sort=sort, descending=descending, first=first, size=ui.ROWS, total=total)
    return [_shown(row, style) for row in rows], total, words


def _shown(row: GiftLine, style: service.Style) -> GiftShown:
    return {
        "id": row.id,
        "person": row.constituent_id,
        "name": row.name,
        "day": style.day(row.given_on),
        "amount": style.money(row.amount, row.currency),
        "paid": style.money(row.paid, row.currency) if row.paid != row.amount else "",
        "kind": KIND.get(row.kind, row.kind),
        "fund": row.fund,
        "campaign": row.campaign,
        "status": STATUS.get(row.status, row.status),
        "good": row.status == "received",
        "soft": style.money(row.soft, row.currency) if row.soft else "",
        "thanks": THANKS.get(row.thanks, row.thanks),
    }


def _draft(work: Work, donor: int, form: dict[str, Any]) -> GiftDraft:
    style = service.style(work)
    return GiftDraft(
        constituent_id=donor,
        amount=amount_in(form, "amount", style),
        given_on=day_in(form, "given_on"),
        kind=text_in(form, "kind") or "donation",
        method=text_in(form, "method") or "cheque",
        fund_id=number_in(form, "fund"),
        campaign_id=number_in(form, "campaign"),
        reference=text_in(form, "reference"),
        benefit=amount_in(form, "benefit", style, must=False),
        description=text_in(form, "description"),
        anonymous="anonymous" in form and bool(form["anonymous"]),
        tribute=text_in(form, "tribute"),
        tribute_name=text_in(form, "tribute_name"),
    )


def _twins(work: Work, draft: GiftDraft) -> list[str]:
    style = service.style(work)
    found = service.twins_of(work, draft.constituent_id, draft.amount, draft)
    return [f"{style.money(one.amount)} on {style.day(one.given_on)}, {one.why}" for one in found]
