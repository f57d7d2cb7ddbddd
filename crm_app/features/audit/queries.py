"""Every select of the history page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from crm_app.core.history import Change
from crm_app.features.audit.schemas import Asked
from crm_app.features.constituents.models import Constituent
from crm_app.features.settings.models import Organization


def changes(session: Session, asked: Asked, since: datetime | None, first: int, size: int) -> Sequence[Change]:
    query = _asked(select(Change), asked, since).order_by(Change.id.desc()).offset(first).limit(size)
    return session.execute(query).scalars().all()


def number(session: Session, asked: Asked, since: datetime | None) -> int:
    return session.execute(_asked(select(sa.func.count()).select_from(Change), asked, since)).scalar_one()


def names(session: Session, people: set[int]) -> dict[int, str]:
    """Names of the people some changes are about, also of those in the trash."""
    rows = session.execute(select(Constituent.id, Constituent.display_name).where(Constituent.id.in_(people)))
    return {row[0]: row[1] for row in rows}


def kinds(session: Session) -> list[str]:
    """Every kind in the history, one step of the index each, however long the history is."""
    found: list[str] = []
    while (following := session.execute(_kind_after(found)).scalar()) is not None:
        found.append(following)
    return found


def _kind_after(found: list[str]) -> Any:
    lowest = select(sa.func.min(Change.kind))
    return lowest.where(Change.kind > found[-1]) if found else lowest


def time_zone(session: Session) -> str:
    return session.execute(select(Organization.time_zone).limit(1)).scalar() or "UTC"


def _asked(query: Any, asked: Asked, since: datetime | None) -> Any:
    if asked.user_id is not None:
        query = query.where(Change.user_id == asked.user_id)
    if asked.kind:
        query = query.where(Change.kind == asked.kind)
    if asked.record_id is not None:
        query = query.where(Change.record_id == asked.record_id)
    if asked.constituent_id is not None:
        query = query.where(Change.constituent_id == asked.constituent_id)
    if since is not None:
        query = query.where(Change.at >= since)
    return query
