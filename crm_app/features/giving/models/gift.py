"""The gift itself, its parts by fund, and who else is credited with it."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link
from crm_app.features.giving.models.columns import cents, where_filled

RARE_LINKS = (
    "appeal_id",
    "batch_id",
    "pledge_id",
    "installment_id",
    "recurring_gift_id",
    "matches_gift_id",
    "tribute_constituent_id",
    "notify_constituent_id",
    "import_id",
    "replaces_gift_id",
)


def _paid(context: Any) -> int:
    """A gift that arrives as received is paid in full, unless it says otherwise."""
    values = context.get_current_parameters()
    return values["amount"] if values.get("status", "received") == "received" else 0


def _receiptable(context: Any) -> int:
    values = context.get_current_parameters()
    paid = values.get("paid")
    return max(0, (_paid(context) if paid is None else paid) - (values.get("benefit") or 0))


class Gift(Table, table=True):
    __tablename__ = "gift"
    __table_args__ = (
        sa.Index("ix_gift_person_date", "constituent_id", "given_on"),
        sa.Index(
            "uq_gift_external",
            "external_source",
            "external_id",
            unique=True,
            sqlite_where=sa.text("external_id <> ''"),
            postgresql_where=sa.text("external_id <> ''"),
        ),
        sa.Index(
            "ix_gift_unthanked",
            "given_on",
            sqlite_where=sa.text("thanks = 'due'"),
            postgresql_where=sa.text("thanks = 'due'"),
        ),
        sa.Index(
            "uq_gift_occurrence",
            "recurring_gift_id",
            "occurrence_on",
            unique=True,
            sqlite_where=sa.text("occurrence_on IS NOT NULL"),
            postgresql_where=sa.text("occurrence_on IS NOT NULL"),
        ),
        *(where_filled("gift", column) for column in RARE_LINKS),
    )

    id: int | None = key()
    constituent_id: int = link("constituent.id", index=False)
    kind: str = "donation"
    """donation, in_kind, stock, grant, matching, membership, event, bequest, sponsorship, other"""
    method: str = "card"
    """cash, cheque, card, bank, direct_debit, wallet, payroll, stock, goods, other"""
    status: str = "received"
    """received, part_paid, pending, failed, cancelled, refunded, partly_refunded, charged_back, corrected"""
    status_reason: str = ""
    given_on: date = Field(index=True)
    amount: int = cents()
    currency: str
    paid: int | None = Field(default=None, sa_type=sa.BigInteger, nullable=False, sa_column_kwargs={"default": _paid})
    """What counts: the sum of the ledger. Kept beside the gift so that lists need not add it up."""
    benefit: int = cents()
    """What the donor got in return is worth this much: a dinner, a place at the gala."""
    receiptable: int | None = Field(
        default=None, sa_type=sa.BigInteger, nullable=False, sa_column_kwargs={"default": _receiptable}
    )
    """The part that counts for a tax receipt: paid less what was given back."""
    fee: int = cents()
    fee_covered: bool = False
    campaign_id: int | None = link("campaign.id", default=None)
    appeal_id: int | None = link("appeal.id", index=False, default=None)
    batch_id: int | None = link("gift_batch.id", index=False, default=None)
    pledge_id: int | None = link("pledge.id", index=False, default=None)
    installment_id: int | None = link("pledge_installment.id", index=False, default=None)
    recurring_gift_id: int | None = link("recurring_gift.id", index=False, default=None)
    occurrence_on: date | None = None
    """The expected day of the recurring gift this answers; each day once."""
    replaces_gift_id: int | None = link("gift.id", index=False, default=None)
    """The gift this one corrects; that one was taken out by a reversal."""
    matches_gift_id: int | None = link("gift.id", index=False, default=None)
    """The gift an employer matched with this one."""
    reference: str = ""
    external_source: str = ""
    external_id: str = ""
    description: str = ""
    """What was given, for goods and services; who valued it."""
    anonymous: bool = False
    tribute: str = ""
    """honour or memory; empty for none"""
    tribute_name: str = ""
    tribute_constituent_id: int | None = link("constituent.id", index=False, default=None)
    notify_constituent_id: int | None = link("constituent.id", index=False, default=None)
    notified_on: date | None = None
    thanks: str = "due"
    """due, sent, not_wanted, none"""
    thanked_at: datetime | None = Field(default=None, sa_type=Moment)
    thanked_by: str = ""
    note: str = ""
    import_id: int | None = None
    version: int = 1
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)
    created_by: str = ""


class GiftSplit(Table, table=True):
    """The parts of a gift by fund; they always sum to the gift."""

    __tablename__ = "gift_split"
    __table_args__ = (sa.Index("ix_gift_split_fund_gift", "fund_id", "gift_id"),)

    id: int | None = key()
    gift_id: int = link("gift.id", delete="CASCADE")
    fund_id: int = link("fund.id", index=False)
    amount: int = cents()


class SoftCredit(Table, table=True):
    __tablename__ = "soft_credit"

    id: int | None = key()
    gift_id: int = link("gift.id", delete="CASCADE")
    constituent_id: int = link("constituent.id")
    role: str = "influencer"
    """solicitor, influencer, honoree, matched_donor, fund_adviser, fundraiser, spouse, other"""
    amount: int = cents()
    created_at: datetime = Field(sa_type=Moment)
