"""Tables of volunteering: roles, shifts, who signed up, hours."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


class VolunteerRole(Table, table=True):
    __tablename__ = "volunteer_role"

    id: int | None = key()
    name: str = Field(unique=True)
    skills: str = ""
    """What somebody should bring, in words with commas: driving, first aid."""
    description: str = ""
    retired_at: datetime | None = Field(default=None, sa_type=Moment)


class Shift(Table, table=True):
    """Work at one time in one place. `taken` moves by one conditional statement, and the belt below holds it."""

    __tablename__ = "volunteer_shift"
    __table_args__ = (
        sa.CheckConstraint("taken >= 0", name="taken_not_negative"),
        sa.CheckConstraint("maximum IS NULL OR taken <= maximum", name="taken_under_maximum"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )

    id: int | None = key()
    role_id: int = link("volunteer_role.id")
    event_id: int | None = link("event.id", default=None, delete="SET NULL")
    series_id: int | None = Field(default=None, index=True)
    """The first shift of those planned together, week after week."""
    starts_at: datetime = Field(sa_type=Moment, index=True)
    ends_at: datetime = Field(sa_type=Moment)
    time_zone: str = "UTC"
    place: str = ""
    minimum: int = 1
    maximum: int | None = None
    taken: int = 0
    note: str = ""
    cancelled_at: datetime | None = Field(default=None, sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    """When it was finished: who was still there has left, who never came is marked."""
    created_by: str = ""
    created_at: datetime = Field(sa_type=Moment)


class Signup(Table, table=True):
    __tablename__ = "volunteer_signup"
    __table_args__ = (sa.Index("ix_volunteer_signup_person", "constituent_id", "status"),)

    id: int | None = key()
    shift_id: int = link("volunteer_shift.id", delete="CASCADE")
    constituent_id: int = link("constituent.id", index=False)
    status: str = "signed_up"
    """signed_up, arrived, completed, no_show, cancelled"""
    status_at: datetime = Field(sa_type=Moment)
    arrived_at: datetime | None = Field(default=None, sa_type=Moment)
    left_at: datetime | None = Field(default=None, sa_type=Moment)
    overlap_reason: str = ""
    """Why somebody is on two shifts at one time."""
    note: str = ""
    by: str = ""


class HoursEntry(Table, table=True):
    """Time given: from a shift, or without one."""

    __tablename__ = "volunteer_hours_entry"
    __table_args__ = (
        sa.CheckConstraint("minutes > 0", name="minutes_positive"),
        sa.CheckConstraint("people > 0", name="people_positive"),
        sa.Index("ix_volunteer_hours_entry_person_day", "constituent_id", "worked_on"),
        sa.Index("ix_volunteer_hours_entry_status", "status", "worked_on"),
    )

    id: int | None = key()
    constituent_id: int = link("constituent.id", index=False)
    signup_id: int | None = link("volunteer_signup.id", default=None, delete="SET NULL")
    role_id: int | None = link("volunteer_role.id", index=False, default=None, delete="SET NULL")
    worked_on: date
    minutes: int
    people: int = 1
    """A group that came under one name."""
    status: str = "drafted"
    """drafted, submitted, approved, declined"""
    reason: str = ""
    """Why it was declined."""
    note: str = ""
    by: str = ""
    decided_by: str = ""
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)
