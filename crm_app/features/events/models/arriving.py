"""Who came: doors, and the log of check-ins. Nothing in the log is overwritten."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


class Checkpoint(Table, table=True):
    """A door, a session's entrance, the bar."""

    __tablename__ = "checkpoint"

    id: int | None = key()
    event_id: int = link("event.id", delete="CASCADE")
    name: str
    arrival: bool = True
    """An entry here means that the person is at the event."""
    position: int = 0


OPEN = "kind = 'entry' AND undone_at IS NULL AND left_at IS NULL"


class CheckIn(Table, table=True):
    __tablename__ = "check_in"
    __table_args__ = (
        sa.Index(
            "uq_check_in_open",
            "seat_id",
            "checkpoint_id",
            unique=True,
            sqlite_where=sa.text(OPEN),
            postgresql_where=sa.text(OPEN),
        ),
        sa.Index("ix_check_in_event_received", "event_id", "received_at"),
    )

    id: int | None = key()
    event_id: int = link("event.id", index=False, delete="CASCADE")
    seat_id: int = link("registration_seat.id", delete="CASCADE")
    checkpoint_id: int = link("checkpoint.id", index=False)
    kind: str = "entry"
    """entry or exit"""
    occurred_at: datetime = Field(sa_type=Moment)
    """When it was tapped."""
    received_at: datetime = Field(sa_type=Moment)
    """When it arrived here; later for a device that was cut off."""
    left_at: datetime | None = Field(default=None, sa_type=Moment)
    device: str = ""
    user_id: int | None = None
    by: str = ""
    nonce: str = Field(unique=True)
    """Made by the device for each tap: a tap that arrives twice counts once."""
    offline: bool = False
    forced: bool = False
    reason: str = ""
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
    undone_by: str = ""


class ScanAttempt(Table, table=True):
    """A tap or scan that did not let anybody in, and why."""

    __tablename__ = "scan_attempt"

    id: int | None = key()
    event_id: int = link("event.id", delete="CASCADE")
    seat_id: int | None = link("registration_seat.id", index=False, default=None, delete="SET NULL")
    text: str = ""
    reason: str
    device: str = ""
    by: str = ""
    at: datetime = Field(sa_type=Moment)
