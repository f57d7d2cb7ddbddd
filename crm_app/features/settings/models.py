"""Tables of the organization's own settings."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


class Organization(Table, table=True):
    """We ourselves: one row."""

    __tablename__ = "organization"

    id: int | None = key()
    name: str = ""
    legal_name: str = ""
    tax_number: str = ""
    fiscal_year_start: int = 1
    """Month in which the fiscal year begins."""
    currency: str = "USD"
    country: str = "US"
    locale: str = "en_US"
    time_zone: str = "UTC"
    address: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    logo_id: int | None = link("stored_file.id", index=False, delete="SET NULL", default=None)
    updated_at: datetime = Field(sa_type=Moment)


class Setting(Table, table=True):
    """Anything else a feature lets the organization decide, by name."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_type=sa.JSON)
    updated_at: datetime = Field(sa_type=Moment)
