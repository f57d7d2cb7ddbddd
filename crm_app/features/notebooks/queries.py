"""Selects of notebooks."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, select

from crm_app.core.access import Actor, Role
from crm_app.features.constituents.models import Constituent
from crm_app.features.notebooks.models import (
    Notebook,
    NotebookShare,
    NotebookSnapshot,
    NotebookSnapshotMember,
    NotebookVersion,
)
from crm_app.features.settings.models import Organization


def readable(actor: Actor) -> sa.ColumnElement[bool]:
    """Notebooks that are there and that this person may open."""
    if actor.role == Role.ADMINISTRATOR:
        return Notebook.deleted_at.is_(None)
    shared = select(NotebookShare.notebook_id).where(NotebookShare.user_id == actor.user_id)
    mine = sa.or_(Notebook.sharing != "private", Notebook.owner_id == actor.user_id, Notebook.id.in_(shared))
    return sa.and_(Notebook.deleted_at.is_(None), mine)


def shelf(session: Session, actor: Actor) -> Sequence[Notebook]:
    order = (Notebook.pinned.desc(), Notebook.updated_at.desc(), Notebook.id)
    return session.execute(select(Notebook).where(readable(actor)).order_by(*order)).scalars().all()


def one(session: Session, actor: Actor, notebook_id: int) -> Notebook | None:
    return session.execute(select(Notebook).where(readable(actor), Notebook.id == notebook_id)).scalars().first()


def titled(session: Session, actor: Actor, title: str) -> Notebook | None:
    query = select(Notebook).where(readable(actor), sa.func.lower(Notebook.title) == title.lower())
    return session.execute(query.order_by(Notebook.id)).scalars().first()


def shipped(session: Session) -> set[str]:
    return set(session.execute(select(Notebook.shipped).where(Notebook.shipped != "")).scalars())


def share(session: Session, notebook_id: int, user_id: int | None) -> NotebookShare | None:
    query = select(NotebookShare).where(NotebookShare.notebook_id == notebook_id, NotebookShare.user_id == user_id)
    return session.execute(query).scalars().first()


def versions(session: Session, notebook_id: int, limit: int = 50) -> Sequence[NotebookVersion]:
    query = select(NotebookVersion).where(NotebookVersion.notebook_id == notebook_id)
    return session.execute(query.order_by(NotebookVersion.number.desc()).limit(limit)).scalars().all()


def version(session: Session, notebook_id: int, number: int) -> NotebookVersion | None:
    query = select(NotebookVersion).where(NotebookVersion.notebook_id == notebook_id, NotebookVersion.number == number)
    return session.execute(query).scalars().first()


def snapshots(session: Session, notebook_id: int, cell: str = "", limit: int = 60) -> Sequence[NotebookSnapshot]:
    query = select(NotebookSnapshot).where(NotebookSnapshot.notebook_id == notebook_id)
    if cell:
        query = query.where(NotebookSnapshot.cell == cell)
    return session.execute(query.order_by(NotebookSnapshot.id.desc()).limit(limit)).scalars().all()


def count_snapshots(session: Session, notebook_id: int) -> int:
    query = select(sa.func.count()).select_from(NotebookSnapshot).where(NotebookSnapshot.notebook_id == notebook_id)
    return session.execute(query).scalar_one()


def members(session: Session, snapshot_id: int) -> Sequence[int]:
    """Who was in, ascending; those left out are not among them."""
    query = select(NotebookSnapshotMember.constituent_id).where(
        NotebookSnapshotMember.snapshot_id == snapshot_id, NotebookSnapshotMember.left_out == ""
    )
    return session.execute(query.order_by(NotebookSnapshotMember.constituent_id)).scalars().all()


def people_called(session: Session, text: str, limit: int = 8) -> Sequence[tuple[int, str]]:
    like = f"%{text.lower().replace('%', '')}%"
    query = select(Constituent.id, Constituent.display_name).where(
        Constituent.deleted_at.is_(None),
        Constituent.merged_into_id.is_(None),
        sa.func.lower(Constituent.display_name).like(like),
    )
    return session.execute(query.order_by(Constituent.display_name).limit(limit)).all()


def organization(session: Session) -> Organization | None:
    return session.execute(select(Organization).order_by(Organization.id)).scalars().first()


def scheduled(session: Session) -> Sequence[Notebook]:
    """Notebooks with a snapshot cell that has a schedule; the words are looked for in the definition's text."""
    text = sa.cast(Notebook.definition, sa.String)
    query = select(Notebook).where(Notebook.deleted_at.is_(None), text.like('%"snapshot"%'))
    return session.execute(query).scalars().all()
