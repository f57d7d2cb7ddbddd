"""Tables of memberships."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


class MembershipType(Table, table=True):
    __tablename__ = "membership_type"

    id: int | None = key()
    name: str = Field(unique=True)
    description: str = ""
    period: str = "rolling"
    """rolling (from the day of joining), fixed (a year everybody shares), lifetime"""
    months: int = 12
    begins_month: int = 1
    begins_day: int = 1
    rollover_month: int | None = None
    rollover_day: int | None = None
    """Whoever joins a fixed year on this day or later gets the next year as well."""
    grace_days: int = 30
    price: int = Field(default=0, sa_type=sa.BigInteger)
    currency: str = "USD"
    inherits: bool = False
    """The others of the household are members as well …"""
    most_inherited: int | None = None
    """… but at most so many; empty for all of them."""
    retired_at: datetime | None = Field(default=None, sa_type=Moment)


class Membership(Table, table=True):
    __tablename__ = "membership"

    id: int | None = key()
    constituent_id: int = link("constituent.id")
    type_id: int = link("membership_type.id")
    joined_on: date
    cancelled_on: date | None = None
    cancel_reason: str = ""
    note: str = ""
    created_by: str = ""
    created_at: datetime = Field(sa_type=Moment)


class MembershipTerm(Table, table=True):
    """A term is a row of its own and is never moved; terms of one membership never overlap."""

    __tablename__ = "membership_term"
    __table_args__ = (
        sa.UniqueConstraint("membership_id", "starts_on", name="uq_membership_term_start"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        sa.Index(
            "uq_membership_term_gift",
            "gift_id",
            unique=True,
            sqlite_where=sa.text("gift_id IS NOT NULL"),
            postgresql_where=sa.text("gift_id IS NOT NULL"),
        ),
        sa.Index("ix_membership_term_ends_on", "ends_on"),
    )

    id: int | None = key()
    membership_id: int = link("membership.id", delete="CASCADE")
    type_id: int = link("membership_type.id", index=False)
    """The type it was bought as; the membership may have changed since."""
    starts_on: date
    ends_on: date | None = None
    """The last day; empty for life."""
    price: int = Field(default=0, sa_type=sa.BigInteger)
    currency: str = "USD"
    gift_id: int | None = link("gift.id", index=False, default=None, delete="SET NULL")
    """The gift that paid for it; one gift pays one term."""
    waits: bool = False
    """Not paid yet: it does not count."""
    by: str = ""
    created_at: datetime = Field(sa_type=Moment)


class InheritedMember(Table, table=True):
    """A member through somebody else's membership."""

    __tablename__ = "inherited_member"

    id: int | None = key()
    membership_id: int = link("membership.id", delete="CASCADE")
    constituent_id: int = link("constituent.id")
    since: date
    until: date | None = None
    """Set when they left the household or were taken off."""
    by: str = ""
