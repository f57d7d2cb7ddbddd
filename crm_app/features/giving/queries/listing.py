"""Selects of the list of gifts, at any size."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session

from crm_app.features.constituents.models.contact import Email, Phone
from crm_app.features.constituents.models.person import Constituent
from crm_app.features.giving.models import Campaign, Fund, Gift, GiftSplit, RecurringGift, SoftCredit, ThankYou
from crm_app.features.giving.schemas import GiftFilters

SORTS = {"given_on": (Gift.given_on, Gift.id), "amount": (Gift.amount, Gift.id), "id": (Gift.id,)}


def where(filters: GiftFilters) -> list[Any]:
    """The conditions of a filter."""
    found: list[Any] = []
    for name in ("kind", "status", "method", "thanks"):
        if getattr(filters, name):
            found.append(getattr(Gift, name) == getattr(filters, name))
    for name in ("campaign_id", "constituent_id"):
        if getattr(filters, name):
            found.append(getattr(Gift, name) == getattr(filters, name))
    if filters.first:
        found.append(Gift.given_on >= filters.first)
    if filters.last:
        found.append(Gift.given_on <= filters.last)
    if filters.counted:
        found.append(Gift.paid > 0)
    if filters.fund_id:
        found.append(Gift.id.in_(sa.select(GiftSplit.gift_id).where(GiftSplit.fund_id == filters.fund_id)))
    if filters.text.strip():
        found.append(_text(filters.text.strip()))
    return found


def _text(text: str) -> Any:
    named = sa.select(Constituent.id).where(Constituent.display_name.ilike(f"%{text}%"))
    return sa.or_(Gift.constituent_id.in_(named), Gift.reference == text, Gift.external_id == text)


def count_gifts(session: Session, filters: GiftFilters) -> tuple[int, int]:
    """How many, and how much money counts; goods are not money."""
    money = sa.case((Gift.kind != "in_kind", Gift.paid), else_=0)
    query = sa.select(sa.func.count(Gift.id), sa.func.coalesce(sa.func.sum(money), 0)).where(*where(filters))
    count, total = session.execute(query).one()
    return count, int(total)


def gift_ids(
    session: Session, filters: GiftFilters, sort: str, descending: bool, first: int, size: int, total: int
) -> list[int]:
    """A window of the list; far down it counts from the other end, which is nearer."""
    if total and first > total // 2:
        last = max(0, total - first - size)
        return _ids(session, filters, sort, not descending, last, min(size, total - first))[::-1]
    return _ids(session, filters, sort, descending, first, size)


def _ids(session: Session, filters: GiftFilters, sort: str, descending: bool, first: int, size: int) -> list[int]:
    order = [column.desc() if descending else column.asc() for column in SORTS.get(sort, SORTS["given_on"])]
    query = sa.select(Gift.id).where(*where(filters)).order_by(*order).offset(first).limit(size)
    return list(session.execute(query).scalars())


def gift_lines(session: Session, ids: Sequence[int]) -> list[Any]:
    """(gift, name, campaign) for these ids, in their order."""
    query = (
        sa.select(Gift, Constituent.display_name, Campaign.name)
        .join(Constituent, Constituent.id == Gift.constituent_id)
        .outerjoin(Campaign, Campaign.id == Gift.campaign_id)
        .where(Gift.id.in_(ids))
    )
    rows = {row[0].id: row for row in session.execute(query)}
    return [rows[one] for one in ids if one in rows]


def soft_sums(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Of each gift what others are credited with, the largest credit of each person once."""
    once = (
        sa.select(SoftCredit.gift_id, sa.func.max(SoftCredit.amount).label("amount"))
        .where(SoftCredit.gift_id.in_(ids))
        .group_by(SoftCredit.gift_id, SoftCredit.constituent_id)
        .subquery()
    )
    query = sa.select(once.c.gift_id, sa.func.sum(once.c.amount)).group_by(once.c.gift_id)
    return {row[0]: int(row[1]) for row in session.execute(query)}


def soft_credits(session: Session, gift_id: int) -> list[Any]:
    query = sa.select(SoftCredit, Constituent.display_name).join(
        Constituent, Constituent.id == SoftCredit.constituent_id
    )
    return list(session.execute(query.where(SoftCredit.gift_id == gift_id).order_by(SoftCredit.id)))


def splits(session: Session, gift_id: int) -> list[Any]:
    query = sa.select(GiftSplit.fund_id, Fund.name, GiftSplit.amount).join(Fund, Fund.id == GiftSplit.fund_id)
    return list(session.execute(query.where(GiftSplit.gift_id == gift_id).order_by(GiftSplit.id)))


def replacement_of(session: Session, gift_id: int) -> int | None:
    return session.execute(sa.select(Gift.id).where(Gift.replaces_gift_id == gift_id)).scalar()


def unthanked(session: Session, since: Any, limit: int) -> list[Any]:
    """(gift, name, kind of donor, thank-you) of paid gifts that wait for thanks, the oldest first."""
    query = (
        sa.select(Gift, Constituent, ThankYou)
        .join(Constituent, Constituent.id == Gift.constituent_id)
        .outerjoin(ThankYou, ThankYou.gift_id == Gift.id)
        .where(*_waits(since))
        .order_by(Gift.created_at, Gift.id)
        .limit(limit)
    )
    return list(session.execute(query))


def count_unthanked(session: Session, since: Any) -> int:
    return session.execute(sa.select(sa.func.count(Gift.id)).where(*_waits(since))).scalar() or 0


def _waits(since: Any) -> list[Any]:
    return [sa.literal_column("gift.thanks = 'due'"), Gift.given_on >= since, Gift.paid > 0]


def thank_you(session: Session, gift_id: int) -> ThankYou | None:
    return session.execute(sa.select(ThankYou).where(ThankYou.gift_id == gift_id)).scalars().first()


def earlier_givers(session: Session, gifts: Sequence[Gift]) -> set[int]:
    """Gifts whose giver had given before."""
    other = aliased(Gift)
    before = sa.exists().where(
        other.constituent_id == Gift.constituent_id,
        other.paid > 0,
        sa.or_(other.given_on < Gift.given_on, sa.and_(other.given_on == Gift.given_on, other.id < Gift.id)),
    )
    query = sa.select(Gift.id).where(Gift.id.in_([gift.id for gift in gifts]), before)
    return set(session.execute(query).scalars())


def reach(session: Session, ids: Sequence[int]) -> tuple[dict[int, str], dict[int, str]]:
    """E-mail and phone of each, the primary one, where they work."""
    emails = sa.select(Email.constituent_id, Email.address).where(
        Email.constituent_id.in_(ids), Email.is_primary, Email.status == "ok"
    )
    phones = sa.select(Phone.constituent_id, Phone.shown).where(Phone.constituent_id.in_(ids), Phone.is_primary)
    return dict(session.execute(emails).all()), dict(session.execute(phones).all())


def display_names(session: Session, ids: Sequence[int]) -> dict[int, str]:
    query = sa.select(Constituent.id, Constituent.display_name).where(Constituent.id.in_(ids))
    return dict(session.execute(query).all())


def count_sustainers(session: Session) -> int:
    query = sa.select(sa.func.count(RecurringGift.id)).where(RecurringGift.status.in_(["active", "failing"]))
    return session.execute(query).scalar() or 0
