"""Selects of pledges and recurring gifts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from crm_app.features.constituents.models.person import Constituent
from crm_app.features.giving.models import (
    Campaign,
    Fund,
    Gift,
    Pledge,
    PledgeInstallment,
    RecurringGift,
    RecurringSchedule,
)


def installments(session: Session, pledge_ids: Iterable[int]) -> dict[int, list[PledgeInstallment]]:
    query = select(PledgeInstallment).where(PledgeInstallment.pledge_id.in_(list(pledge_ids)))
    found: dict[int, list[PledgeInstallment]] = defaultdict(list)
    for row in session.execute(query.order_by(PledgeInstallment.due_on, PledgeInstallment.id)).scalars():
        found[row.pledge_id].append(row)
    return found


def pledge_payments(session: Session, pledge_ids: Iterable[int]) -> dict[int, list[Any]]:
    """(gift, day, paid) of each pledge; what was refunded or reversed fills nothing."""
    query = select(Gift.pledge_id, Gift.id, Gift.given_on, Gift.paid)
    query = query.where(Gift.pledge_id.in_(list(pledge_ids)), Gift.paid > 0).order_by(Gift.given_on, Gift.id)
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query):
        found[row.pledge_id].append(row)
    return found


def pledges(session: Session, *, status: str = "", constituent_id: int | None = None, limit: int = 5000) -> list[Any]:
    """(pledge, name, fund, campaign), newest first."""
    query = (
        select(Pledge, Constituent.display_name, Fund.name, Campaign.name)
        .join(Constituent, Constituent.id == Pledge.constituent_id)
        .outerjoin(Fund, Fund.id == Pledge.fund_id)
        .outerjoin(Campaign, Campaign.id == Pledge.campaign_id)
        .order_by(Pledge.pledged_on.desc(), Pledge.id.desc())
        .limit(limit)
    )
    if status:
        query = query.where(Pledge.status == status)
    if constituent_id:
        query = query.where(Pledge.constituent_id == constituent_id)
    return list(session.execute(query))


def pledge(session: Session, pledge_id: int) -> Any | None:
    query = (
        select(Pledge, Constituent.display_name, Fund.name, Campaign.name)
        .join(Constituent, Constituent.id == Pledge.constituent_id)
        .outerjoin(Fund, Fund.id == Pledge.fund_id)
        .outerjoin(Campaign, Campaign.id == Pledge.campaign_id)
        .where(Pledge.id == pledge_id)
    )
    return session.execute(query).first()


def recurring(session: Session, *, status: str = "", ids: Iterable[int] = (), limit: int = 5000) -> list[Any]:
    """(recurring gift, name), the next expected first."""
    query = select(RecurringGift, Constituent.display_name).join(
        Constituent, Constituent.id == RecurringGift.constituent_id
    )
    if status:
        query = query.where(RecurringGift.status == status)
    if ids:
        query = query.where(RecurringGift.id.in_(list(ids)))
    order = (RecurringGift.next_on.is_(None), RecurringGift.next_on, RecurringGift.id)
    return list(session.execute(query.order_by(*order).limit(limit)))


def versions(session: Session, recurring_ids: Iterable[int]) -> dict[int, list[RecurringSchedule]]:
    query = select(RecurringSchedule).where(RecurringSchedule.recurring_gift_id.in_(list(recurring_ids)))
    found: dict[int, list[RecurringSchedule]] = defaultdict(list)
    for row in session.execute(query.order_by(RecurringSchedule.from_on, RecurringSchedule.id)).scalars():
        found[row.recurring_gift_id].append(row)
    return found


def drop_version(session: Session, recurring_id: int | None, from_on: date) -> None:
    mine = (RecurringSchedule.recurring_gift_id == recurring_id, RecurringSchedule.from_on == from_on)
    session.execute(sa.delete(RecurringSchedule).where(*mine))


def answered(session: Session, recurring_ids: Iterable[int]) -> dict[int, set[date]]:
    """The expected days that have a gift."""
    query = select(Gift.recurring_gift_id, Gift.occurrence_on)
    query = query.where(Gift.recurring_gift_id.in_(list(recurring_ids)), Gift.occurrence_on.is_not(None))
    found: dict[int, set[date]] = defaultdict(set)
    for recurring_id, on in session.execute(query):
        found[recurring_id].add(on)
    return found
