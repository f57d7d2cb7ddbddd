"""A gift as it comes in, as it is listed, and as its page shows it."""

from datetime import date, datetime
from decimal import Decimal

from pydantic import BaseModel


class SplitDraft(BaseModel):
    """A part for one fund: an amount, a percentage, or neither for what is left."""

    fund_id: int
    amount: int | None = None
    percent: Decimal | None = None


class SoftCreditDraft(BaseModel):
    constituent_id: int
    role: str = "influencer"
    amount: int | None = None
    """The whole gift when it says nothing."""


class GiftDraft(BaseModel):
    """A gift to record. Amounts are whole minor units; only who and how much must be said."""

    constituent_id: int
    amount: int
    currency: str = ""
    """The organization's own when empty."""
    given_on: date | None = None
    kind: str = "donation"
    method: str = "card"
    status: str = "received"
    """received, or pending for what is expected (or stands in an open batch)"""
    fund_id: int | None = None
    """The one fund; `splits` for several."""
    splits: list[SplitDraft] = []
    soft_credits: list[SoftCreditDraft] = []
    fee: int = 0
    fee_covered: bool = False
    benefit: int = 0
    receiptable: int | None = None
    """The part that counts for a receipt, where a file says so instead of the benefit."""
    campaign_id: int | None = None
    appeal_id: int | None = None
    batch_id: int | None = None
    pledge_id: int | None = None
    installment_id: int | None = None
    recurring_gift_id: int | None = None
    occurrence_on: date | None = None
    matches_gift_id: int | None = None
    reference: str = ""
    external_source: str = ""
    external_id: str = ""
    description: str = ""
    anonymous: bool = False
    tribute: str = ""
    tribute_name: str = ""
    tribute_constituent_id: int | None = None
    notify_constituent_id: int | None = None
    thanks: str = "due"
    note: str = ""
    import_id: int | None = None


class CodingDraft(BaseModel):
    """What may be changed on a gift without touching its money; None leaves it as it is."""

    campaign_id: int | None = None
    appeal_id: int | None = None
    reference: str | None = None
    note: str | None = None
    description: str | None = None
    anonymous: bool | None = None
    tribute: str | None = None
    tribute_name: str | None = None
    notify_constituent_id: int | None = None


class Twin(BaseModel):
    """A gift that looks like the one being entered."""

    gift_id: int
    given_on: date
    amount: int
    reference: str
    why: str


class SplitRow(BaseModel):
    fund_id: int
    fund: str
    amount: int


class SoftCreditRow(BaseModel):
    id: int
    constituent_id: int
    name: str
    role: str
    amount: int


class PaymentRow(BaseModel):
    id: int
    kind: str
    amount: int
    balance: int
    """What the ledger comes to after this row."""
    paid_on: date
    method: str
    reference: str
    note: str
    by: str


class GiftLine(BaseModel):
    """A line of a list."""

    id: int
    constituent_id: int
    name: str
    given_on: date
    amount: int
    paid: int
    currency: str
    kind: str
    method: str
    status: str
    fund: str
    campaign: str
    reference: str
    thanks: str
    anonymous: bool
    soft: int = 0
    """Credited to others as well, never added to the amount."""


class GiftFull(GiftLine):
    """Everything a gift's page shows."""

    benefit: int
    receiptable: int
    fee: int
    fee_covered: bool
    net: int
    campaign_id: int | None
    appeal_id: int | None
    appeal: str
    batch_id: int | None
    batch: str
    pledge_id: int | None
    recurring_gift_id: int | None
    occurrence_on: date | None
    replaces_gift_id: int | None
    replaced_by_id: int | None
    matches_gift_id: int | None
    description: str
    tribute: str
    tribute_name: str
    notify_constituent_id: int | None
    notify_name: str
    notified_on: date | None
    status_reason: str
    note: str
    thanked_at: datetime | None
    thanked_by: str
    created_at: datetime
    created_by: str
    version: int
    receipt_id: int | None
    receipt_label: str
    splits: list[SplitRow]
    soft_credits: list[SoftCreditRow]
    payments: list[PaymentRow]
    twins: list[Twin]
