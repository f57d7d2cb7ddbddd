"""State of one gift: its parts, its ledger, its receipt, and what can be done."""

from typing import Any, TypedDict

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.giving import service
from crm_app.features.giving.schemas import CodingDraft, GiftFull
from crm_app.features.giving.state.choosing import DonorState, PurposeState
from crm_app.features.giving.state.words import (
    CREDIT,
    KIND,
    LEDGER,
    METHOD,
    STATUS,
    THANKS,
    amount_in,
    day_in,
    last_number,
    number_in,
    text_in,
)
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do

READ, EDIT = Permission.GIVING_READ, Permission.GIVING_EDIT


class Pair(TypedDict):
    name: str
    value: str
    to: str


class LedgerShown(TypedDict):
    day: str
    what: str
    amount: str
    balance: str
    note: str


class Head(TypedDict):
    """What the page says about the gift."""

    title: str
    donor: str
    person: int
    paid: str
    net: str
    receiptable: str
    status: str
    good: bool
    counts: bool
    counts_words: str
    owed: bool
    receipt: str
    receipt_to: str
    reason: str
    replaced: str
    replaces: str
    amount: str
    day: str
    method: str
    fund: str
    campaign: str
    reference: str
    note: str
    thanks_due: bool


EMPTY: Head = {
    "title": "Gift", "donor": "", "person": 0, "paid": "", "net": "", "receiptable": "", "status": "", "good": True,
    "counts": False, "counts_words": "", "owed": False, "receipt": "", "receipt_to": "", "reason": "", "replaced": "", "replaces": "",
    "amount": "", "day": "", "method": "", "fund": "", "campaign": "", "reference": "", "note": "",
    "thanks_due": False,
}  # fmt: skip


class GiftState(rx.State):
    at: int = 0
    loaded: bool = False
    head: Head = EMPTY
    facts: list[Pair] = []
    splits: list[Pair] = []
    credits: list[Pair] = []
    ledger: list[LedgerShown] = []
    twins: list[Pair] = []
    problems: list[str] = []
    doing: str = ""
    errors: dict[str, str] = {}

    async def _load(self) -> None:
        made = await ask(self, _gift, self.at)
        self.head, self.facts, self.splits, self.credits, self.ledger, self.twins, self.problems = made
        self.loaded = True

    @action(READ)
    async def load(self):
        self.at, self.loaded, self.doing, self.errors = last_number(self.router.url.path), False, "", {}
        await listen(self, "giving", GiftState.refresh)
        await self._load()
        return PurposeState.load

    @action(READ)
    async def refresh(self):
        await self._load()

    @action(EDIT)
    async def begin(self, doing: str):
        """Open one of the forms: refund, pay, correct, edit, remove."""
        self.doing, self.errors = doing, {}
        if doing == "correct":
            (await self.get_state(DonorState))._set(self.head["person"], self.head["donor"])

    @action(EDIT)
    async def stop(self):
        self.doing = ""

    @action(EDIT)
    async def refund(self, form: dict[str, Any]):
        self.errors = {}
        style = await ask(self, service.style)
        kind = "chargeback" if text_in(form, "kind") == "chargeback" else "refund"
        said = (amount_in(form, "amount", style), day_in(form, "on"), text_in(form, "reason"), kind)
        await do(self, service.refund, self.at, *said)
        return await self._done("Written down in the ledger.")

    @action(EDIT)
    async def pay(self, form: dict[str, Any]):
        self.errors = {}
        style = await ask(self, service.style)
        await do(self, service.pay, self.at, amount_in(form, "amount", style), on=day_in(form, "on"), reference=text_in(form, "reference"))  # fmt: skip
        return await self._done("The payment is kept.")

    @action(EDIT)
    async def correct(self, form: dict[str, Any]):
        self.errors = {}
        donor = await self.get_state(DonorState)
        draft = await ask(self, _corrected, self.at, donor.chosen or self.head["person"], form)
        new_id = await do(self, service.correct, self.at, draft, text_in(form, "reason"))
        self.doing = ""
        return [
            ui.said("Corrected: the old gift is reversed, this one counts."),
            rx.redirect(f"/giving/gifts/{new_id}"),
        ]

    @action(EDIT)
    async def remove(self, form: dict[str, Any]):
        self.errors = {}
        await do(self, service.remove, self.at, text_in(form, "reason"))
        return await self._done("Reversed: it counts nowhere, and stays to be seen.")

    @action(EDIT)
    async def edit(self, form: dict[str, Any]):
        draft = CodingDraft(
            campaign_id=number_in(form, "campaign"), reference=text_in(form, "reference"), note=text_in(form, "note")
        )
        await do(self, service.recode, self.at, draft)
        return await self._done("Saved.")

    @action(EDIT)
    async def receipt(self):
        """Issue the receipt that the preview shows."""
        receipt_id = await do(self, service.issue, [self.at])
        await self._load()
        return ui.said(f"Receipt {self.head['receipt']} is issued.", f"It is number {receipt_id} of the register.")

    @action(EDIT)
    async def thank(self):
        await do(self, service.done, self.at)
        await self._load()
        return ui.said_with_undo("Thanked.", GiftState.unthank)

    @action(EDIT)
    async def unthank(self):
        await do(self, service.undo_thanks, self.at)
        await self._load()

    async def _done(self, words: str) -> rx.event.EventSpec:
        self.doing = ""
        await self._load()
        return ui.said(words)


def _gift(work: Work, gift_id: int) -> tuple:
    gift, style = service.show_gift(work, gift_id), service.style(work)
    splits: list[Pair] = [
        {"name": one.fund, "value": style.money(one.amount, gift.currency), "to": ""} for one in gift.splits
    ]
    credited: list[Pair] = [
        {
            "name": f"{one.name}, {CREDIT.get(one.role, one.role)}",
            "value": style.money(one.amount, gift.currency),
            "to": f"/people/{one.constituent_id}",
        }
        for one in gift.soft_credits
    ]
    twins: list[Pair] = [
        {"name": style.day(one.given_on), "value": one.why, "to": f"/giving/gifts/{one.gift_id}"} for one in gift.twins
    ]
    problems = [] if gift.receipt_id else [one.words for one in service.preview(work, [gift_id]).problems]
    return _head(gift, style), _facts(gift, style), splits, credited, _ledger(gift, style), twins, problems


def _head(gift: GiftFull, style: service.Style) -> Head:
    return {
        "title": f"{style.money(gift.amount, gift.currency)} from {gift.name}",
        "donor": gift.name,
        "person": gift.constituent_id,
        "paid": style.money(gift.paid, gift.currency),
        "net": style.money(gift.net, gift.currency),
        "receiptable": style.money(gift.receiptable, gift.currency),
        "status": STATUS.get(gift.status, gift.status),
        "good": gift.status == "received",
        "counts": gift.paid > 0,
        "counts_words": "worth of goods, not counted as money" if gift.kind == "in_kind" else "counts",
        "owed": gift.paid < gift.amount and gift.status in ("pending", "part_paid"),
        "receipt": gift.receipt_label,
        "receipt_to": f"/giving/receipts/{gift.receipt_id}.pdf" if gift.receipt_id else "",
        "reason": gift.status_reason,
        "replaced": f"/giving/gifts/{gift.replaced_by_id}" if gift.replaced_by_id else "",
        "replaces": f"/giving/gifts/{gift.replaces_gift_id}" if gift.replaces_gift_id else "",
        "amount": style.money(gift.amount, gift.currency).lstrip(style.symbol),
        "day": gift.given_on.isoformat(),
        "method": gift.method,
        "fund": str(gift.splits[0].fund_id) if len(gift.splits) == 1 else "",
        "campaign": str(gift.campaign_id or ""),
        "reference": gift.reference,
        "note": gift.note,
        "thanks_due": gift.thanks == "due" and gift.paid > 0,
    }


def _facts(gift: GiftFull, style: service.Style) -> list[Pair]:
    tribute = f"in {gift.tribute} of {gift.tribute_name}" if gift.tribute else ""
    thanked = f"{THANKS.get(gift.thanks, gift.thanks)} {gift.thanked_by}".strip()
    said = [
        ("Given on", style.day(gift.given_on), ""),
        ("Kind", KIND.get(gift.kind, gift.kind), ""),
        ("Way", METHOD.get(gift.method, gift.method), ""),
        ("Campaign", gift.campaign, f"/giving/gifts?campaign={gift.campaign_id}"),
        ("Appeal", gift.appeal, ""),
        ("Batch", gift.batch, f"/giving/batches/{gift.batch_id}"),
        ("Pledge", f"number {gift.pledge_id}" if gift.pledge_id else "", f"/giving/pledges?open={gift.pledge_id}"),
        ("Recurring", style.day(gift.occurrence_on), f"/giving/recurring?open={gift.recurring_gift_id}"),
        ("Reference", gift.reference, ""),
        ("What was given", gift.description, ""),
        ("They got", style.money(gift.benefit, gift.currency) if gift.benefit else "", ""),
        ("Fee", style.money(gift.fee, gift.currency) if gift.fee else "", ""),
        ("Tribute", tribute, ""),
        ("To be told", gift.notify_name, ""),
        ("Anonymous", "not named in public" if gift.anonymous else "", ""),
        ("Thanks", thanked, ""),
        ("Note", gift.note, ""),
        ("Entered", f"{style.day(gift.created_at.date())} by {gift.created_by}", ""),
    ]
    return [{"name": name, "value": value, "to": to} for name, value, to in said if value]


def _ledger(gift: GiftFull, style: service.Style) -> list[LedgerShown]:
    return [
        {
            "day": style.day(row.paid_on),
            "what": LEDGER.get(row.kind, row.kind),
            "amount": style.money(row.amount, gift.currency),
            "balance": style.money(row.balance, gift.currency),
            "note": " · ".join(part for part in (row.reference, row.note, row.by) if part),
        }
        for row in gift.payments
    ]


def _corrected(work: Work, gift_id: int, donor: int, form: dict[str, Any]) -> Any:
    style, draft = service.style(work), service.draft_of(work, gift_id)
    amount, fund = amount_in(form, "amount", style), number_in(form, "fund")
    same = amount == draft.amount and fund is None
    return draft.model_copy(
        update={
            "constituent_id": donor,
            "amount": amount,
            "given_on": day_in(form, "given_on") or draft.given_on,
            "method": text_in(form, "method") or draft.method,
            "fund_id": fund,
            "splits": draft.splits if same else [],
            "benefit": min(draft.benefit, amount),
            "fee": min(draft.fee, amount),
        }
    )
