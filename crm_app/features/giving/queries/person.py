"""Selects of what one person gave."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from crm_app.features.constituents.models.person import Constituent
from crm_app.features.giving.models import Fund, Gift, GiftSplit, SoftCredit
from crm_app.features.relationships.models import HouseholdMember


def gifts_of(session: Session, constituent_id: int, limit: int, before: Any = None) -> Sequence[Gift]:
    query = select(Gift).where(Gift.constituent_id == constituent_id)
    if before:
        query = query.where(Gift.given_on < before)
    return session.execute(query.order_by(Gift.given_on.desc(), Gift.id.desc()).limit(limit)).scalars().all()


def credited_to(session: Session, constituent_id: int, limit: int) -> Sequence[tuple[SoftCredit, Gift, str]]:
    query = select(SoftCredit, Gift, Constituent.display_name).join(Gift, Gift.id == SoftCredit.gift_id)
    query = query.join(Constituent, Constituent.id == Gift.constituent_id)
    query = query.where(SoftCredit.constituent_id == constituent_id).order_by(Gift.given_on.desc(), Gift.id.desc())
    return session.execute(query.limit(limit)).all()


def funds_of(session: Session, gift_ids: Sequence[int]) -> dict[int, list[str]]:
    query = sa.select(GiftSplit.gift_id, Fund.name).join(Fund, Fund.id == GiftSplit.fund_id)
    found: dict[int, list[str]] = {}
    for gift_id, name in session.execute(query.where(GiftSplit.gift_id.in_(gift_ids)).order_by(GiftSplit.id)):
        found.setdefault(gift_id, []).append(name)
    return found


def sums(session: Session, constituent_ids: Sequence[int]) -> Sequence[sa.Row[Any]]:
    """Counted gifts by currency and day: what totals are made of."""
    query = sa.select(Gift.currency, Gift.given_on, Gift.amount, Gift.paid, Gift.id, Gift.constituent_id)
    query = query.where(Gift.constituent_id.in_(constituent_ids), Gift.paid > 0)
    return session.execute(query.order_by(Gift.given_on, Gift.id)).all()


def soft_sum(session: Session, constituent_id: int, currency: str) -> int:
    """Each gift once, whatever the number of roles: the largest credit counts."""
    best = sa.select(sa.func.max(SoftCredit.amount).label("amount")).join(Gift, Gift.id == SoftCredit.gift_id)
    best = best.where(SoftCredit.constituent_id == constituent_id, Gift.paid > 0, Gift.currency == currency)
    best = best.where(Gift.constituent_id != constituent_id).group_by(Gift.id)
    return session.execute(sa.select(sa.func.coalesce(sa.func.sum(best.subquery().c.amount), 0))).scalar() or 0


def household_of(session: Session, constituent_id: int) -> list[int]:
    """Everyone whose gifts count for the same household, the household itself included."""
    mine = sa.select(HouseholdMember.household_id).where(
        HouseholdMember.person_id == constituent_id, HouseholdMember.is_primary, HouseholdMember.ended_on.is_(None)
    )
    household_id = session.execute(mine).scalar() or constituent_id
    members = sa.select(HouseholdMember.person_id).where(
        HouseholdMember.household_id == household_id, HouseholdMember.is_primary, HouseholdMember.ended_on.is_(None)
    )
    return list({constituent_id, household_id, *session.execute(members).scalars()})
