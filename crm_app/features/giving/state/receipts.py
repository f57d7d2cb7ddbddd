"""State of the register of receipts."""

from typing import Any, TypedDict

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.giving import service
from crm_app.features.giving.schemas import ReceiptRow
from crm_app.features.giving.state.words import text_in
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do

READ, EDIT = Permission.GIVING_READ, Permission.GIVING_EDIT


class ReceiptShown(TypedDict):
    id: int
    label: str
    donor: str
    person: int
    day: str
    kind: str
    amount: str
    receiptable: str
    void: bool
    state: str
    pdf: str


class WaitingShown(TypedDict):
    person: int
    name: str
    gifts: str
    amount: str
    why: str


class ReceiptsState(rx.State):
    rows: list[ReceiptShown] = []
    first: int = 0
    total: int = 0
    query: str = ""
    text: str = ""
    status: str = ""
    year: str = ""
    last_year: str = ""
    waiting: list[WaitingShown] = []
    at: int = 0
    label: str = ""
    replacing: bool = False
    errors: dict[str, str] = {}
    missing: str = ""

    async def _load(self) -> None:
        self.rows, self.total = await ask(self, _receipts, self.text, self.status, self.first)
        self.query = f"{self.text} {self.status}"

    @action(READ)
    async def load(self):
        await listen(self, "giving", ReceiptsState.refresh)
        self.text = dict(self.router.url.query_parameters).get("text", "")[:60]
        self.first, self.at, self.errors = 0, 0, {}
        await self._load()
        self.year, self.last_year, self.missing = await ask(self, _years)

    @action(READ)
    async def refresh(self):
        await self._load()
        if self.waiting:
            self.waiting = await ask(self, _waiting, int(self.last_year))

    @action(READ, supersedes=True)
    async def show_from(self, first: int):
        self.first = max(0, first)
        await self._load()

    @action(READ, supersedes=True)
    async def seek(self, text: str):
        self.text, self.first = text[:60], 0
        await self._load()

    @action(READ)
    async def choose(self, status: str):
        self.status, self.first = status, 0
        await self._load()

    @action(READ)
    async def who_waits(self):
        """Who has no receipt for last year, and why."""
        self.waiting = await ask(self, _waiting, int(self.last_year))

    @action(EDIT)
    async def run(self):
        """Annual receipts for last year: a job that shows how far it is."""
        await do(self, service.start_annual, int(self.last_year))
        return ui.said("The receipts are being made.", "You can close this page; it goes on.")

    @action(EDIT)
    async def begin(self, receipt_id: int, label: str, replacing: bool):
        self.at, self.label, self.replacing, self.errors = receipt_id, label, replacing, {}

    @action(EDIT)
    async def shut(self):
        self.at = 0

    @action(EDIT)
    async def save(self, form: dict[str, Any]):
        self.errors = {}
        reason = text_in(form, "reason")
        if not reason:
            raise Invalid(fields={"reason": "Please say why: the register keeps it."})
        await do(self, service.replace if self.replacing else service.void, self.at, reason)
        words = "Voided and replaced." if self.replacing else "Voided. Its number stays in the register."
        self.at = 0
        await self._load()
        return ui.said(words)


def _receipts(work: Work, text: str, status: str, first: int) -> tuple[list[ReceiptShown], int]:
    style = service.style(work)
    total = service.count_receipts(work, status=status, text=text)
    rows = service.list_receipts(work, status=status, text=text, first=first, size=ui.ROWS)
    return [_shown(row, style) for row in rows], total


def _shown(row: ReceiptRow, style: service.Style) -> ReceiptShown:
    return {
        "id": row.id,
        "label": row.label,
        "donor": row.donor,
        "person": row.constituent_id,
        "day": style.day(row.issued_on),
        "kind": row.kind,
        "amount": style.money(row.amount, row.currency),
        "receiptable": style.money(row.receiptable, row.currency),
        "void": row.status == "voided",
        "state": f"void: {row.void_reason}" if row.status == "voided" else "in force",
        "pdf": f"/giving/receipts/{row.id}.pdf",
    }


def _years(work: Work) -> tuple[str, str, str]:
    today = service.style(work).today
    return str(today.year), str(today.year - 1), service.what_is_missing(work)


def _waiting(work: Work, year: int) -> list[WaitingShown]:
    style = service.style(work)
    return [
        {
            "person": row.constituent_id,
            "name": row.name,
            "gifts": str(row.gifts),
            "amount": style.money(row.amount),
            "why": row.why,
        }
        for row in service.not_issued(work, year)
    ]
