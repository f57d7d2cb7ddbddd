"""Who comes: a registration is a party, each person in it has a seat."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link
from crm_app.features.events.models.event import cents


class Registration(Table, table=True):
    """A party. Its seat axis is `status`; money comes from its payments, attendance from its seats."""

    __tablename__ = "registration"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "code", name="uq_registration_event_code"),
        sa.CheckConstraint("seats > 0", name="seats_positive"),
        sa.Index("ix_registration_event_status", "event_id", "status"),
        sa.Index(
            "ix_registration_waiting",
            "event_id",
            "priority",
            "position",
            sqlite_where=sa.text("status = 'waitlisted'"),
            postgresql_where=sa.text("status = 'waitlisted'"),
        ),
    )

    id: int | None = key()
    event_id: int = link("event.id", index=False, delete="CASCADE")
    ticket_type_id: int = link("ticket_type.id", index=False)
    constituent_id: int | None = link("constituent.id", default=None)
    """The host; empty for somebody we know by name only."""
    name: str
    email: str = ""
    phone: str = ""
    code: str
    """The order code on the ticket."""
    seats: int = 1
    status: str
    """held, registered, awaiting_approval, waitlisted, offered, cancelled, declined, expired, transferred, called_off"""
    status_at: datetime = Field(sa_type=Moment)
    status_by: str = ""
    until: datetime | None = Field(default=None, sa_type=Moment, index=True)
    """Until when a hold or an offer stands."""
    position: int = 0
    """The place in the waitlist, in order of coming."""
    priority: int = 0
    due: int = cents()
    """What the party owes in all, after discounts."""
    paid: int = cents()
    """The sum of its payments, kept by the same transaction that writes them."""
    extra: int = cents()
    """The voluntary gift beside the price, part of what is due."""
    discount: str = ""
    attention: str = ""
    """What the door should know."""
    note: str = ""
    source: str = "staff"
    """staff, public, door, import, notebook"""
    reason: str = ""
    """Why over capacity, why out of turn, why cancelled."""
    to_tell: str = ""
    """What changed by itself and the party should hear: promoted, offered, lapsed, called_off; empty once told."""
    moved_to_id: int | None = Field(default=None)
    nonce: str | None = Field(default=None, unique=True)
    """Sent by the form: a registration that arrives twice is made once."""
    import_id: int | None = None
    version: int = 1
    created_by: str = ""
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)


class Seat(Table, table=True):
    """One person of a party, named or not yet."""

    __tablename__ = "registration_seat"
    __table_args__ = (
        sa.Index("ix_registration_seat_door", "event_id", "live", "found_by"),
        sa.Index("ix_registration_seat_names", "event_id", "live", "sort_name", "registration_id", "position"),
        sa.Index("ix_registration_seat_person", "constituent_id", "event_id"),
    )

    id: int | None = key()
    registration_id: int = link("registration.id", delete="CASCADE")
    event_id: int = link("event.id", index=False, delete="CASCADE")
    constituent_id: int | None = link("constituent.id", index=False, default=None)
    position: int = 0
    """0 is the host."""
    name: str = ""
    """Empty: a guest not named yet."""
    sort_name: str = ""
    found_by: str = ""
    """Folded words of the name, the e-mail, the phone's last digits and the order code, for the door."""
    email: str = ""
    phone: str = ""
    diet: str = ""
    access: str = ""
    attention: str = ""
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    table_id: int | None = link("event_table.id", default=None, delete="SET NULL")
    live: bool = True
    """False: this one dropped out while the party still comes."""
    attendance: str = "unknown"
    """unknown, in, left, no_show, excused: derived from the check-ins and the close-out"""
    arrived_at: datetime | None = Field(default=None, sa_type=Moment)
    first_time: bool = False
    version: int = 1


class RegistrationPayment(Table, table=True):
    """Money received for a registration; refunds are rows below zero. Card numbers have no place here."""

    __tablename__ = "registration_payment"

    id: int | None = key()
    registration_id: int = link("registration.id", delete="CASCADE")
    kind: str = "payment"
    """payment, refund, waived"""
    amount: int = cents()
    currency: str
    method: str = "cash"
    """cash, card_terminal, transfer, cheque, online, waived"""
    paid_on: date
    reference: str = ""
    gift_id: int | None = link("gift.id", index=False, default=None, delete="SET NULL")
    by: str = ""
    created_at: datetime = Field(sa_type=Moment)


class GuestNeed(Table, table=True):
    """What we remember about a guest from one event to the next."""

    __tablename__ = "guest_need"

    id: int | None = key()
    constituent_id: int = link("constituent.id", unique=True)
    diet: str = ""
    access: str = ""
    updated_at: datetime = Field(sa_type=Moment)
