"""The few selects Home needs itself."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, select

from crm_app.features.constituents.models import Constituent
from crm_app.features.events.models import Event
from crm_app.features.giving.models import Gift


def people(session: Session) -> int:
    return _number(session, select(sa.func.count()).select_from(Constituent).where(Constituent.deleted_at.is_(None)))


def anybody(session: Session) -> bool:
    here = select(Constituent.id).where(Constituent.deleted_at.is_(None))
    return session.execute(here.limit(1)).first() is not None


def new_people(session: Session, since: datetime) -> int:
    new = select(sa.func.count()).select_from(Constituent)
    return _number(session, new.where(Constituent.deleted_at.is_(None), Constituent.created_at >= since))


def given(session: Session, since: date, until: date, currency: str) -> int:
    """In minor units: money paid of the gifts of these days, in the organization's own currency, as giving counts it."""
    paid = select(sa.func.sum(Gift.paid)).where(Gift.given_on >= since, Gift.given_on <= until)
    return _number(session, paid.where(Gift.currency == currency, Gift.kind != "in_kind"))


def unthanked(session: Session) -> int:
    return _number(session, select(sa.func.count()).select_from(Gift).where(Gift.thanks == "due"))


def events(session: Session, since: datetime, until: datetime) -> int:
    coming = select(sa.func.count()).select_from(Event).where(Event.status == "published")
    return _number(session, coming.where(Event.starts_at >= since, Event.starts_at < until))


def _number(session: Session, query: sa.Select) -> int:
    return int(session.execute(query).scalar() or 0)
