"""State of the batches and of the grid of one."""

from typing import Any, TypedDict

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.giving import service
from crm_app.features.giving.schemas import BatchDraft, BatchFull, BatchRow, GiftDraft
from crm_app.features.giving.state.choosing import DonorState, PurposeState
from crm_app.features.giving.state.words import METHOD, amount_in, day_in, last_number, number_in, text_in, whole_in
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do

READ, EDIT = Permission.GIVING_READ, Permission.GIVING_EDIT


class BatchShown(TypedDict):
    id: int
    name: str
    day: str
    by: str
    count: str
    total: str
    open: bool
    state: str


class BatchesState(rx.State):
    """The list, and the form that opens a new one."""

    rows: list[BatchShown] = []
    loaded: bool = False
    opening: bool = False
    errors: dict[str, str] = {}

    async def _load(self) -> None:
        self.rows = await ask(self, _batches)
        self.loaded = True

    @action(READ)
    async def load(self):
        await listen(self, "giving", BatchesState.refresh)
        self.opening, self.errors = False, {}
        await self._load()
        return PurposeState.load

    @action(READ)
    async def refresh(self):
        await self._load()

    @action(EDIT)
    async def begin(self):
        self.opening, self.errors = True, {}

    @action(EDIT)
    async def shut(self):
        self.opening = False

    @action(EDIT)
    async def save(self, form: dict[str, Any]):
        self.errors = {}
        style = await ask(self, service.style)
        draft = BatchDraft(
            name=text_in(form, "name"),
            expected_count=whole_in(form, "count") if text_in(form, "count") else None,
            expected_total=amount_in(form, "total", style) if text_in(form, "total") else None,
            defaults={
                "given_on": day_in(form, "given_on"),
                "method": text_in(form, "method"),
                "fund": number_in(form, "fund"),
                "campaign": number_in(form, "campaign"),
            },
        )
        batch_id = await do(self, service.open_batch, draft)
        self.opening = False
        return rx.redirect(f"/giving/batches/{batch_id}")


def _batches(work: Work) -> list[BatchShown]:
    style = service.style(work)
    return [_batch(row, style) for row in service.list_batches(work)]


def _batch(row: BatchRow, style: service.Style) -> BatchShown:
    count = f"{row.count} of {row.expected_count}" if row.expected_count is not None else str(row.count)
    total = style.money(row.total, row.currency)
    if row.expected_total is not None:
        total += f" of {style.money(row.expected_total, row.currency)}"
    return {
        "id": row.id,
        "name": row.name,
        "day": style.day(row.created_at.date()),
        "by": row.opened_by,
        "count": count,
        "total": total,
        "open": row.status == "open",
        "state": "open" if row.status == "open" else f"posted by {row.posted_by}",
    }


class LineShown(TypedDict):
    id: int
    n: int
    name: str
    person: int
    amount: str
    plain: str
    day: str
    iso: str
    method: str
    method_key: str
    fund: str
    fund_key: str
    reference: str
    twin: str


class Control(TypedDict):
    """The control total and what is missing."""

    name: str
    open: bool
    count: str
    total: str
    typed: str
    typed_total: str
    of_count: str
    of_total: str
    count_left: str
    total_left: str
    balanced: bool
    posted: str


NONE: Control = {
    "name": "", "open": True, "count": "", "total": "", "count_left": "", "total_left": "", "balanced": False,
    "typed": "", "typed_total": "", "of_count": "", "of_total": "",
    "posted": "",
}  # fmt: skip


class BatchState(rx.State):
    """The grid: rows that are kept, and the one being typed."""

    at: int = 0
    loaded: bool = False
    control: Control = NONE
    rows: list[LineShown] = []
    editing: int = 0
    fresh: int = 0
    day: str = ""
    method: str = "cheque"
    fund: str = ""
    amount: str = ""
    reference: str = ""
    asking: bool = False
    errors: dict[str, str] = {}
    _twins: dict[int, str] = {}
    _campaign: int | None = None

    async def _load(self) -> None:
        self.control, rows, defaults = await ask(self, _lines, self.at)
        for row in rows:
            row["twin"] = self._twins.get(row["id"], "")
        self.rows = rows
        if not self.loaded:
            self.day = str(defaults.get("given_on") or "") or (await ask(self, service.style)).today.isoformat()
            self.method = str(defaults.get("method") or "cheque")
            self.fund = str(defaults.get("fund") or "")
            self._campaign = defaults.get("campaign")
        self.loaded = True

    @action(READ)
    async def load(self):
        self.at, self.loaded, self.errors, self._twins, self.asking = (
            last_number(self.router.url.path),
            False,
            {},
            {},
            False,
        )
        await listen(self, f"batch:{self.at}", BatchState.refresh)
        await self._load()
        await self._clear()
        return PurposeState.load

    @action(READ)
    async def refresh(self):
        await self._load()

    @action(EDIT)
    async def save(self, form: dict[str, Any]):
        """Keep the row and make room for the next; the hand never leaves the keyboard."""
        self.errors = {}
        donor = await self.get_state(DonorState)
        if not donor.chosen:
            raise Invalid("Choose who gave it: type two letters and press Enter on the name.")
        draft = await ask(self, _draft, donor.chosen, form, self._campaign)
        if self.editing:
            line = await do(self, service.change_row, self.at, self.editing, draft)
        else:
            line = await do(self, service.add_row, self.at, draft)
        self._twins = {**self._twins, line.id: line.twin}
        self.day, self.method = text_in(form, "given_on"), text_in(form, "method")
        self.fund = text_in(form, "fund")
        await self._load()
        await self._clear()
        return rx.set_focus("field-donor")

    @action(EDIT)
    async def change(self, line_id: int):
        row = next((one for one in self.rows if one["id"] == line_id), None)
        if row is None:
            return None
        (await self.get_state(DonorState))._set(row["person"], row["name"])
        self.editing, self.fresh = line_id, self.fresh + 1
        self.amount, self.reference = row["plain"], row["reference"]
        self.day, self.method, self.fund = row["iso"], row["method_key"], row["fund_key"]
        return rx.set_focus("field-amount")

    @action(EDIT)
    async def leave(self):
        await self._clear()

    @action(EDIT)
    async def remove(self, line_id: int):
        await do(self, service.remove_row, self.at, line_id)
        await self._load()
        if self.editing == line_id:
            await self._clear()

    @action(EDIT)
    async def post(self):
        if not self.control["balanced"]:
            self.asking = True
            return None
        count = await do(self, service.post_batch, self.at)
        await self._load()
        return ui.said(f"Posted: {count} gifts count now.")

    @action(EDIT)
    async def post_anyway(self, form: dict[str, Any]):
        self.errors = {}
        reason = text_in(form, "reason")
        if not reason:
            raise Invalid(fields={"reason": "Please say why it does not agree."})
        count = await do(self, service.post_batch, self.at, anyway=reason)
        self.asking = False
        await self._load()
        return ui.said(f"Posted: {count} gifts count now.")

    @action(EDIT)
    async def shut(self):
        self.asking = False

    async def _clear(self) -> None:
        (await self.get_state(DonorState))._set()
        self.editing, self.amount, self.reference, self.fresh = 0, "", "", self.fresh + 1


def _lines(work: Work, batch_id: int) -> tuple[Control, list[LineShown], dict[str, Any]]:
    batch, style = service.show_batch(work, batch_id), service.style(work)
    rows: list[LineShown] = [
        {
            "id": line.id,
            "n": nth + 1,
            "name": line.name,
            "person": line.constituent_id,
            "amount": style.money(line.amount, batch.currency),
            "plain": style.money(line.amount, batch.currency).lstrip(style.symbol),
            "day": style.day(line.given_on),
            "iso": line.given_on.isoformat(),
            "method": METHOD.get(line.method, line.method),
            "method_key": line.method,
            "fund": line.fund,
            "fund_key": str(line.fund_id or ""),
            "reference": line.reference,
            "twin": "",
        }
        for nth, line in enumerate(batch.lines)
    ]
    return _control(batch, style), rows, batch.defaults


def _control(batch: BatchFull, style: service.Style) -> Control:
    missing = None if batch.expected_count is None else batch.expected_count - batch.count
    short = None if batch.expected_total is None else batch.expected_total - batch.total
    shown = _batch(batch, style)
    posted = f"Posted {style.day(batch.posted_at.date())} by {batch.posted_by}" if batch.posted_at else ""
    return {
        "name": batch.name,
        "open": batch.status == "open",
        "count": shown["count"],
        "total": shown["total"],
        "typed": str(batch.count),
        "typed_total": style.money(batch.total, batch.currency),
        "of_count": "" if batch.expected_count is None else f" of {batch.expected_count}",
        "of_total": "" if batch.expected_total is None else f" of {style.money(batch.expected_total, batch.currency)}",
        "count_left": "" if not missing else f"{abs(missing)} {'to go' if missing > 0 else 'too many'}",
        "total_left": ""
        if not short
        else f"{style.money(abs(short), batch.currency)} {'to go' if short > 0 else 'too much'}",
        "balanced": batch.balanced and batch.count > 0,
        "posted": posted,
    }


def _draft(work: Work, donor: int, form: dict[str, Any], campaign: int | None) -> GiftDraft:
    return GiftDraft(
        constituent_id=donor,
        amount=amount_in(form, "amount", service.style(work)),
        given_on=day_in(form, "given_on"),
        method=text_in(form, "method") or "cheque",
        fund_id=number_in(form, "fund"),
        campaign_id=campaign,
        reference=text_in(form, "reference"),
    )
