"""Tables of giving: amounts are whole minor units (cents) beside their currency."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


def where_filled(table: str, column: str) -> sa.Index:
    """An index of the few rows where a link is set; millions of gifts have none."""
    filled = sa.text(f"{column} IS NOT NULL")
    return sa.Index(f"ix_{table}_{column}", column, sqlite_where=filled, postgresql_where=filled)


def cents(default: int | None = 0) -> int:
    return Field(default=default, sa_type=sa.BigInteger)


class Fund(Table, table=True):
    __tablename__ = "fund"

    id: int | None = key()
    name: str
    code: str = Field(unique=True)
    restricted: bool = False
    description: str = ""
    retired_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)


class Campaign(Table, table=True):
    __tablename__ = "campaign"

    id: int | None = key()
    name: str
    code: str = Field(unique=True)
    parent_id: int | None = link("campaign.id", default=None)
    starts_on: date | None = None
    ends_on: date | None = None
    goal: int | None = cents(None)
    currency: str = ""
    description: str = ""
    retired_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)


class Appeal(Table, table=True):
    """One ask within a campaign: the spring letter, the June e-mail."""

    __tablename__ = "appeal"

    id: int | None = key()
    campaign_id: int | None = link("campaign.id", default=None)
    name: str
    code: str = Field(unique=True)
    channel: str = ""
    sent_on: date | None = None
    cost: int | None = cents(None)
    retired_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)


class GiftBatch(Table, table=True):
    __tablename__ = "gift_batch"

    id: int | None = key()
    name: str
    status: str = "open"
    """open, balanced, posted"""
    expected_count: int | None = None
    expected_total: int | None = cents(None)
    currency: str = ""
    opened_by: str = ""
    created_at: datetime = Field(sa_type=Moment)
    posted_at: datetime | None = Field(default=None, sa_type=Moment)


class Pledge(Table, table=True):
    __tablename__ = "pledge"

    id: int | None = key()
    constituent_id: int = link("constituent.id")
    amount: int = cents()
    currency: str
    pledged_on: date
    fund_id: int | None = link("fund.id", default=None)
    campaign_id: int | None = link("campaign.id", default=None)
    appeal_id: int | None = link("appeal.id", default=None)
    status: str = "open"
    """open, completed, cancelled, written_off"""
    note: str = ""
    created_at: datetime = Field(sa_type=Moment)


class PledgeInstallment(Table, table=True):
    __tablename__ = "pledge_installment"

    id: int | None = key()
    pledge_id: int = link("pledge.id", delete="CASCADE")
    due_on: date = Field(index=True)
    amount: int = cents()
    written_off: int = cents()
    written_off_on: date | None = None
    written_off_reason: str = ""
    reminded_at: datetime | None = Field(default=None, sa_type=Moment)
    reminders: int = 0


class RecurringGift(Table, table=True):
    __tablename__ = "recurring_gift"

    id: int | None = key()
    constituent_id: int = link("constituent.id")
    status: str = "active"
    """active, paused, failing, ended"""
    status_reason: str = ""
    method: str = "card"
    currency: str
    fund_id: int | None = link("fund.id", default=None)
    campaign_id: int | None = link("campaign.id", default=None)
    starts_on: date
    ends_on: date | None = None
    next_on: date | None = Field(default=None, index=True)
    failures: int = 0
    external_source: str = ""
    external_id: str = ""
    note: str = ""
    created_at: datetime = Field(sa_type=Moment)


class RecurringSchedule(Table, table=True):
    """What was agreed from a day on; an upgrade or a pause is a new row."""

    __tablename__ = "recurring_schedule"

    id: int | None = key()
    recurring_gift_id: int = link("recurring_gift.id", delete="CASCADE")
    from_on: date
    amount: int = cents()
    unit: str = "month"
    """week, month, quarter, year"""
    every: int = 1
    day: int = 1
    """Day of the month; 31 means the last one."""
    paused: bool = False
    reason: str = ""
    created_at: datetime = Field(sa_type=Moment)


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
)


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
        *(where_filled("gift", column) for column in RARE_LINKS),
    )

    id: int | None = key()
    constituent_id: int = link("constituent.id", index=False)
    kind: str = "donation"
    """donation, in_kind, stock, grant, matching, membership, event, bequest, sponsorship, other"""
    method: str = "card"
    """cash, cheque, card, bank, direct_debit, wallet, payroll, stock, goods, other"""
    status: str = "received"
    """received, pending, failed, cancelled, refunded, partly_refunded, charged_back"""
    status_reason: str = ""
    given_on: date = Field(index=True)
    amount: int = cents()
    currency: str
    receiptable: int = cents()
    """The part that counts for a tax receipt: paid less what was given back."""
    fee: int = cents()
    fee_covered: bool = False
    campaign_id: int | None = link("campaign.id", default=None)
    appeal_id: int | None = link("appeal.id", index=False, default=None)
    batch_id: int | None = link("gift_batch.id", index=False, default=None)
    pledge_id: int | None = link("pledge.id", index=False, default=None)
    installment_id: int | None = link("pledge_installment.id", index=False, default=None)
    recurring_gift_id: int | None = link("recurring_gift.id", index=False, default=None)
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


class Payment(Table, table=True):
    """One movement of money for a gift; refunds and chargebacks are rows below zero, nothing is overwritten."""

    __tablename__ = "payment"

    id: int | None = key()
    gift_id: int = link("gift.id", delete="CASCADE")
    kind: str = "payment"
    """payment, refund, chargeback, adjustment"""
    amount: int = cents()
    currency: str
    method: str = ""
    paid_on: date
    reference: str = ""
    note: str = ""
    by: str = ""
    created_at: datetime = Field(sa_type=Moment)
