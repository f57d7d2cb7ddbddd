"""What people said they would give: pledges and recurring gifts."""

from datetime import date, datetime

from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link
from crm_app.features.giving.models.columns import cents


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
