"""What gifts are for and what asked for them."""

from datetime import date, datetime

from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link
from crm_app.features.giving.models.columns import cents


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
