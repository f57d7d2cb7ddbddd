"""Ways to reach a constituent; one primary of each kind, held by the database."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


def one_primary(table: str) -> sa.Index:
    return sa.Index(
        f"uq_{table}_primary",
        "constituent_id",
        unique=True,
        sqlite_where=sa.text("is_primary = 1"),
        postgresql_where=sa.text("is_primary"),
    )


class Email(Table, table=True):
    __tablename__ = "email"
    __table_args__ = (one_primary("email"),)

    id: int | None = key()
    constituent_id: int = link("constituent.id")
    address: str
    """As the person writes it."""
    folded: str = Field(index=True)
    """Small letters; what is compared."""
    label: str = "home"
    is_primary: bool = False
    status: str = "ok"
    """ok, on_hold (bounced), invalid, former"""
    status_reason: str = ""
    status_on: date | None = None
    bounces: int = 0
    verified_on: date | None = None
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)


class Phone(Table, table=True):
    __tablename__ = "phone"
    __table_args__ = (one_primary("phone"),)

    id: int | None = key()
    constituent_id: int = link("constituent.id")
    number: str = Field(index=True)
    """E.164 where it could be read, such as +15035550142; else as it was given."""
    shown: str = ""
    """As people write it here."""
    extension: str = ""
    label: str = "mobile"
    takes_text: bool = False
    is_primary: bool = False
    status: str = "ok"
    """ok, invalid, former, unreadable"""
    status_reason: str = ""
    status_on: date | None = None
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)


class Address(Table, table=True):
    __tablename__ = "address"
    __table_args__ = (
        one_primary("address"),
        sa.Index("ix_address_postal", "country", "postal_code"),
    )

    id: int | None = key()
    constituent_id: int = link("constituent.id")
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    """ISO code of two letters"""
    district: str = ""
    latitude: float | None = None
    longitude: float | None = None
    match_key: str = Field(default="", index=True)
    """Folded street, number and postal code; equal for the same door."""
    label: str = "home"
    is_primary: bool = False
    shared_from_id: int | None = link("address.id", delete="SET NULL", default=None)
    """The household's address this one follows: when that moves, this one moves."""
    season_from: str = ""
    """Month and day, such as 11-15; empty for the whole year."""
    season_to: str = ""
    status: str = "ok"
    """ok, undeliverable, former"""
    status_reason: str = ""
    status_on: date | None = None
    verified_on: date | None = None
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)


class Website(Table, table=True):
    __tablename__ = "website"
    __table_args__ = (one_primary("website"),)

    id: int | None = key()
    constituent_id: int = link("constituent.id")
    url: str
    label: str = "main"
    is_primary: bool = False
    status: str = "ok"
    status_reason: str = ""
    status_on: date | None = None
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)
