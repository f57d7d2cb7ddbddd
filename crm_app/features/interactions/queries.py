"""Every select of conversations and tasks."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, select

from crm_app.features.constituents.models import Constituent
from crm_app.features.interactions.models import Interaction, Task


def interactions_of(session: Session, constituent_id: int, limit: int) -> Sequence[Interaction]:
    query = select(Interaction).where(Interaction.constituent_id == constituent_id, Interaction.deleted_at.is_(None))
    query = query.order_by(Interaction.happened_at.desc(), Interaction.id.desc())
    return session.execute(query.limit(limit)).scalars().all()


def tasks(
    session: Session, owner_id: int | None, constituent_id: int | None, until: date | None, limit: int
) -> Sequence[tuple[Task, str | None]]:
    """Open tasks by day they are due; those without a day last."""
    query = select(Task, Constituent.display_name).outerjoin(Constituent, Constituent.id == Task.constituent_id)
    query = query.where(Task.status == "open")
    if owner_id is not None:
        query = query.where(Task.owner_id == owner_id)
    if constituent_id is not None:
        query = query.where(Task.constituent_id == constituent_id)
    if until:
        query = query.where(Task.due_on <= until)
    return session.execute(query.order_by(Task.due_on.is_(None), Task.due_on, Task.id).limit(limit)).all()
