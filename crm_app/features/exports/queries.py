"""Every select of exports."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from crm_app.features.constituents.models import (
    Address,
    Constituent,
    CustomField,
    CustomValue,
    Email,
    ExternalId,
    Hat,
    HatType,
    Phone,
    Tag,
    Tagging,
    Website,
)
from crm_app.features.exports.models import Export, ExportColumns
from crm_app.features.giving.models import Appeal, Campaign, Fund, Gift, GiftSplit

PART = 2_000


def of_user(session: Session, user_id: int | None, everyone: bool, limit: int = 100) -> Sequence[Export]:
    query = select(Export).order_by(Export.id.desc()).limit(limit)
    if not everyone:
        query = query.where(Export.user_id == user_id)
    return session.execute(query).scalars().all()


def kept_columns(session: Session) -> Sequence[ExportColumns]:
    return session.execute(select(ExportColumns).order_by(ExportColumns.name)).scalars().all()


def everybody(session: Session) -> list[int]:
    there = sa.and_(Constituent.deleted_at.is_(None), Constituent.merged_into_id.is_(None))
    return list(
        session.execute(
            sa.select(Constituent.id).where(there).order_by(Constituent.sort_name, Constituent.id)
        ).scalars()
    )


def people(session: Session, ids: Sequence[int]) -> dict[int, Constituent]:
    return {row.id: row for row in session.execute(select(Constituent).where(Constituent.id.in_(ids))).scalars()}


def points(session: Session, table: type[Any], ids: Sequence[int]) -> dict[int, list[Any]]:
    """Contact points of these people, the primary one first."""
    query = select(table).where(table.constituent_id.in_(ids)).order_by(table.is_primary.desc(), table.id)
    found: dict[int, list[Any]] = {}
    for row in session.execute(query).scalars():
        found.setdefault(row.constituent_id, []).append(row)
    return found


POINTS = {"email": Email, "phone": Phone, "address": Address, "website": Website}


def hats(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    query = sa.select(Hat.constituent_id, HatType.name).join(HatType, HatType.id == Hat.hat_type_id)
    return _listed(
        session.execute(query.where(Hat.constituent_id.in_(ids), Hat.ended_on.is_(None)).order_by(HatType.position))
    )


def tags(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    query = sa.select(Tagging.constituent_id, Tag.name).join(Tag, Tag.id == Tagging.tag_id)
    return _listed(session.execute(query.where(Tagging.constituent_id.in_(ids)).order_by(Tag.folded)))


def numbers(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    query = sa.select(ExternalId.constituent_id, ExternalId.system, ExternalId.value)
    rows = session.execute(query.where(ExternalId.constituent_id.in_(ids)).order_by(ExternalId.id))
    return _listed((number, f"{system}: {value}") for number, system, value in rows)


def _listed(rows: Iterable[Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for number, words in rows:
        found.setdefault(number, []).append(words)
    return found


def custom_fields(session: Session) -> Sequence[CustomField]:
    query = select(CustomField).where(CustomField.retired_at.is_(None)).order_by(CustomField.position, CustomField.id)
    return session.execute(query).scalars().all()


def custom_values(session: Session, ids: Sequence[int]) -> dict[tuple[int, int], CustomValue]:
    rows = session.execute(select(CustomValue).where(CustomValue.constituent_id.in_(ids))).scalars()
    return {(row.constituent_id, row.field_id): row for row in rows}


def given(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, int, Any]]:
    """Number of gifts, their sum in minor units, and the day of the last, by person."""
    counted = sa.and_(Gift.constituent_id.in_(ids), Gift.paid > 0)
    query = sa.select(Gift.constituent_id, sa.func.count(), sa.func.sum(Gift.paid), sa.func.max(Gift.given_on))
    rows = session.execute(query.where(counted).group_by(Gift.constituent_id))
    return {number: (count, int(total), last) for number, count, total, last in rows}


def gift_ids(session: Session, ids: Sequence[int] | None) -> list[int]:
    query = sa.select(Gift.id).order_by(Gift.given_on, Gift.id)
    if ids is None:
        return list(session.execute(query).scalars())
    found: list[int] = []
    for start in range(0, len(ids), PART):
        found += session.execute(query.where(Gift.constituent_id.in_(ids[start : start + PART]))).scalars()
    return found


def gifts(session: Session, ids: Sequence[int]) -> list[Any]:
    query = (
        sa.select(Gift, Constituent.display_name, Campaign.name, Appeal.name)
        .join(Constituent, Constituent.id == Gift.constituent_id)
        .outerjoin(Campaign, Campaign.id == Gift.campaign_id)
        .outerjoin(Appeal, Appeal.id == Gift.appeal_id)
        .where(Gift.id.in_(ids))
        .order_by(Gift.given_on, Gift.id)
    )
    return list(session.execute(query))


def funds(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    query = sa.select(GiftSplit.gift_id, Fund.name).join(Fund, Fund.id == GiftSplit.fund_id)
    return _listed(session.execute(query.where(GiftSplit.gift_id.in_(ids)).order_by(GiftSplit.id)))
