"""Volunteers at work: roles, shifts, who signed up, hours."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


class ShiftRole(Table, table=True):
    __tablename__ = "shift_role"

    id: int | None = key()
    name: str = Field(unique=True)
    description: str = ""
    retired_at: datetime | None = Field(default=None, sa_type=Moment)


class Shift(Table, table=True):
    __tablename__ = "shift"
    __table_args__ = (
        sa.CheckConstraint("taken >= 0", name="taken_not_negative"),
        sa.CheckConstraint("maximum IS NULL OR taken <= maximum", name="taken_under_maximum"),
    )

    id: int | None = key()
    event_id: int | None = link("event.id", default=None, delete="CASCADE")
    """Empty: work that belongs to no event."""
    shift_role_id: int = link("shift_role.id", index=False)
    starts_at: datetime = Field(sa_type=Moment, index=True)
    ends_at: datetime = Field(sa_type=Moment)
    place: str = ""
    minimum: int = 1
    maximum: int | None = None
    taken: int = 0
    note: str = ""


class ShiftSignup(Table, table=True):
    __tablename__ = "shift_signup"
    __table_args__ = (sa.Index("ix_shift_signup_person", "constituent_id", "status"),)

    id: int | None = key()
    shift_id: int = link("shift.id", delete="CASCADE")
    constituent_id: int = link("constituent.id", index=False)
    status: str = "signed_up"
    """signed_up, confirmed, arrived, completed, no_show, cancelled"""
    status_at: datetime = Field(sa_type=Moment)
    arrived_at: datetime | None = Field(default=None, sa_type=Moment)
    left_at: datetime | None = Field(default=None, sa_type=Moment)
    overlap_reason: str = ""
    note: str = ""
    by: str = ""


class VolunteerHours(Table, table=True):
    """Time given: from a shift, or without one."""

    __tablename__ = "volunteer_hours"
    __table_args__ = (sa.Index("ix_volunteer_hours_person_day", "constituent_id", "worked_on"),)

    id: int | None = key()
    constituent_id: int = link("constituent.id", index=False)
    shift_signup_id: int | None = link("shift_signup.id", index=False, default=None, delete="SET NULL")
    event_id: int | None = link("event.id", index=False, default=None, delete="SET NULL")
    role: str = ""
    worked_on: date
    minutes: int
    people: int = 1
    """A group that came under one name."""
    status: str = "submitted"
    """draft, submitted, approved, returned"""
    note: str = ""
    by: str = ""
    created_at: datetime = Field(sa_type=Moment)
