"""Every select of relationships."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, select

from crm_app.features.constituents.models import Constituent
from crm_app.features.relationships.models import HouseholdMember, Relationship, RelationshipType


def of(session: Session, constituent_id: int) -> Sequence[tuple[Relationship, RelationshipType, Constituent]]:
    """Relationships of one constituent with the one at the other end; current ones first."""
    mine = sa.or_(Relationship.from_id == constituent_id, Relationship.to_id == constituent_id)
    other = sa.case((Relationship.from_id == constituent_id, Relationship.to_id), else_=Relationship.from_id)
    query = select(Relationship, RelationshipType, Constituent)
    query = query.join(RelationshipType, RelationshipType.id == Relationship.type_id)
    query = query.join(Constituent, Constituent.id == other).where(mine, Constituent.deleted_at.is_(None))
    return session.execute(query.order_by(Relationship.ended_on.is_not(None), Relationship.id)).all()


def members(session: Session, household_id: int) -> Sequence[tuple[HouseholdMember, Constituent]]:
    """Current members in the household's own order."""
    query = select(HouseholdMember, Constituent).join(Constituent, Constituent.id == HouseholdMember.person_id)
    query = query.where(HouseholdMember.household_id == household_id, HouseholdMember.ended_on.is_(None))
    query = query.where(Constituent.deleted_at.is_(None))
    return session.execute(query.order_by(HouseholdMember.position, HouseholdMember.id)).all()


def households_of(session: Session, person_id: int) -> Sequence[tuple[HouseholdMember, Constituent]]:
    """Households a person is in now, the main one first."""
    query = select(HouseholdMember, Constituent).join(Constituent, Constituent.id == HouseholdMember.household_id)
    query = query.where(HouseholdMember.person_id == person_id, HouseholdMember.ended_on.is_(None))
    query = query.where(Constituent.deleted_at.is_(None))
    return session.execute(query.order_by(HouseholdMember.is_primary.desc(), HouseholdMember.id)).all()


def types(session: Session) -> Sequence[RelationshipType]:
    query = select(RelationshipType).order_by(RelationshipType.position, RelationshipType.id)
    return session.execute(query).scalars().all()


def used(session: Session) -> dict[int, int]:
    query = sa.select(Relationship.type_id, sa.func.count()).group_by(Relationship.type_id)
    return dict(session.execute(query).all())
