"""Every select of profiles."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, select

from crm_app.core.history import Change
from crm_app.features.events.models import Event, Registration, Seat


def changes(session: Session, constituent_id: int, but: Sequence[str], most: int) -> Sequence[Change]:
    query = select(Change).where(Change.constituent_id == constituent_id, Change.kind.not_in(but))
    return session.execute(query.order_by(Change.at.desc(), Change.id.desc()).limit(most)).scalars().all()


def seats(session: Session, constituent_id: int, most: int) -> Sequence[tuple[Seat, Registration, Event]]:
    """Seats somebody has or had, the newest event first."""
    query = select(Seat, Registration, Event).join(Registration, Registration.id == Seat.registration_id)
    query = query.join(Event, Event.id == Seat.event_id).where(Seat.constituent_id == constituent_id)
    return session.execute(query.order_by(Event.starts_at.desc(), Seat.id).limit(most)).all()


def attendance(session: Session, constituent_id: int, now: datetime) -> tuple[int, int]:
    """Of the past events somebody had a seat at: how many they came to, and how many there were."""
    came = sa.func.sum(sa.case((Seat.attendance.in_(("in", "left")), 1), else_=0))
    query = sa.select(came, sa.func.count()).join(Event, Event.id == Seat.event_id)
    query = query.where(Seat.constituent_id == constituent_id, Seat.live, Event.starts_at < now)
    came_to, all_of = session.execute(query).one()
    return int(came_to or 0), int(all_of)
