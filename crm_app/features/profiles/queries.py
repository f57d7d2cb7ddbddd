"""Every select of profiles."""

from collections.abc import Sequence

from sqlmodel import Session, select

from crm_app.core.history import Change


def changes(session: Session, constituent_id: int, but: Sequence[str], most: int) -> Sequence[Change]:
    query = select(Change).where(Change.constituent_id == constituent_id, Change.kind.not_in(but))
    return session.execute(query.order_by(Change.at.desc(), Change.id.desc()).limit(most)).scalars().all()
