"""An event and what is planned for it: capacity, tickets, questions, budget."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


def cents(default: int | None = 0) -> int:
    return Field(default=default, sa_type=sa.BigInteger)


class EventSeries(Table, table=True):
    """What belongs together: the weekly workshop, the yearly gala."""

    __tablename__ = "event_series"

    id: int | None = key()
    name: str
    rule: str = ""
    """A recurrence rule (RRULE), or empty for a series by hand."""
    created_at: datetime = Field(sa_type=Moment)


class Event(Table, table=True):
    __tablename__ = "event"
    __table_args__ = (sa.Index("ix_event_status_starts_at", "status", "starts_at"),)

    id: int | None = key()
    series_id: int | None = link("event_series.id", default=None, delete="SET NULL")
    copied_from_id: int | None = Field(default=None)
    slug: str = Field(unique=True)
    """The last part of the public address."""
    name: str
    kind: str = "event"
    """event, workshop, fundraiser, meeting, training"""
    status: str = "draft"
    """draft, published, closed, cancelled"""
    template: bool = False
    summary: str = ""
    description: str = ""
    starts_at: datetime = Field(sa_type=Moment, index=True)
    ends_at: datetime = Field(sa_type=Moment)
    time_zone: str = "UTC"
    """Where it happens; moments are kept in UTC."""
    venue: str = ""
    address: str = ""
    currency: str = "USD"
    pool_id: int | None = None
    """The pool every seat of the event is taken from."""
    waitlist: bool = True
    promotes: str = "confirm"
    """What a freed seat does for the head of the waitlist: confirm (registered at once) or offer (they answer)."""
    party_policy: str = "strict"
    """strict (a head that does not fit blocks), first_fit (the first party that fits)"""
    offer_hours: int = 24
    hold_minutes: int = 15
    waitlist_stops_hours: int = 0
    """Nobody is moved up in the last hours before the start."""
    self_cancel_hours: int = 24
    """People may cancel by themselves until so long before the start."""
    public: bool = False
    """There is a page people can register on."""
    registration_opens_at: datetime | None = Field(default=None, sa_type=Moment)
    registration_closes_at: datetime | None = Field(default=None, sa_type=Moment)
    discount_percent: int = 0
    """For regular attendees: so much off …"""
    discount_visits: int = 0
    """… who came at least so often in the last twelve months."""
    door_note: str = ""
    closed_out_at: datetime | None = Field(default=None, sa_type=Moment)
    closed_out_by: str = ""
    sequence: int = 0
    """Grows when time or place change, so that calendars notice."""
    version: int = 1
    created_by: str = ""
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)


class CapacityPool(Table, table=True):
    """Places that can run out. `held` moves by one conditional statement, and the belt below holds it."""

    __tablename__ = "capacity_pool"
    __table_args__ = (
        sa.CheckConstraint("held >= 0", name="held_not_negative"),
        sa.CheckConstraint("ceiling IS NULL OR held <= ceiling", name="held_under_ceiling"),
    )

    id: int | None = key()
    event_id: int = link("event.id", delete="CASCADE")
    parent_id: int | None = link("capacity_pool.id", index=False, default=None)
    """A place taken here is taken there as well."""
    name: str
    capacity: int | None = None
    """None: without limit."""
    ceiling: int | None = None
    """The capacity, or more where it was lowered below what is taken, or raised by letting somebody in."""
    held: int = 0


class TicketType(Table, table=True):
    __tablename__ = "ticket_type"

    id: int | None = key()
    event_id: int = link("event.id", delete="CASCADE")
    pool_id: int = link("capacity_pool.id", index=False)
    name: str
    description: str = ""
    price: int = cents()
    """For each person, in minor units of the event's currency."""
    benefit_value: int = cents()
    """What the guest gets for it (dinner, goods): not receiptable."""
    voluntary_extra: int = cents()
    """A gift proposed beside the price."""
    approval: bool = False
    min_party: int = 1
    max_party: int = 10
    public: bool = True
    sale_from: datetime | None = Field(default=None, sa_type=Moment)
    sale_until: datetime | None = Field(default=None, sa_type=Moment)
    position: int = 0
    retired_at: datetime | None = Field(default=None, sa_type=Moment)


class Question(Table, table=True):
    """Asked only of those who hold a ticket it makes sense for."""

    __tablename__ = "event_question"

    id: int | None = key()
    event_id: int = link("event.id", delete="CASCADE")
    ticket_type_id: int | None = link("ticket_type.id", index=False, default=None, delete="CASCADE")
    label: str
    kind: str = "text"
    """text, choice, yes_no, diet, access"""
    options: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    required: bool = False
    position: int = 0


class BudgetLine(Table, table=True):
    __tablename__ = "event_budget_line"

    id: int | None = key()
    event_id: int = link("event.id", delete="CASCADE")
    kind: str = "cost"
    """cost or income"""
    name: str
    planned: int = cents()
    actual: int | None = cents(None)
    position: int = 0
