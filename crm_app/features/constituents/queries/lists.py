"""Selects behind the list of people."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from crm_app.features.constituents.models import (
    Address,
    Constituent,
    Email,
    Hat,
    HatType,
    Phone,
    Tag,
    Tagging,
)
from crm_app.features.constituents.schemas.lists import Filters
from crm_app.features.giving.models import Gift

POINTS: dict[str, type[Any]] = {"email": Email, "phone": Phone, "address": Address}
ORDERS = {"name": Constituent.sort_name, "changed": Constituent.updated_at, "added": Constituent.created_at}


def where(filters: Filters) -> list[sa.ColumnElement[bool]]:
    """The conditions of a filter; the words of a search are looked up before and come as ids."""
    said: list[sa.ColumnElement[bool]] = [
        sa.and_(Constituent.deleted_at.is_not(None), Constituent.merged_into_id.is_(None))
        if filters.trash
        else Constituent.deleted_at.is_(None)
    ]
    if filters.ids is not None:
        said.append(Constituent.id.in_(filters.ids))
    if filters.kind:
        said.append(Constituent.kind == filters.kind)
    if filters.owner_id is not None:
        said.append(Constituent.owner_id == filters.owner_id if filters.owner_id else Constituent.owner_id.is_(None))
    if filters.hat_id:
        worn = sa.select(Hat.constituent_id).where(Hat.hat_type_id == filters.hat_id)
        said.append(Constituent.id.in_(worn.where(Hat.ended_on.is_(None))))
    if filters.tag_id:
        said.append(Constituent.id.in_(sa.select(Tagging.constituent_id).where(Tagging.tag_id == filters.tag_id)))
    if filters.reach:
        said.append(_reach(filters.reach))
    if filters.deceased:
        said.append(Constituent.deceased.is_(filters.deceased == "yes"))
    return said


def _reach(reach: str) -> sa.ColumnElement[bool]:
    table = POINTS.get(reach.removeprefix("no_"), Email)
    has = sa.exists().where(table.constituent_id == Constituent.id, table.status == "ok")
    return sa.not_(has) if reach.startswith("no_") else has


def count(session: Session, filters: Filters) -> int:
    return session.execute(sa.select(sa.func.count()).select_from(Constituent).where(*where(filters))).scalar() or 0


def ids(session: Session, filters: Filters, sort: str, descending: bool, start: int, size: int) -> list[int]:
    """A window of ids by position; only an index is walked to get there."""
    column = ORDERS[sort]
    order = (column.desc(), Constituent.id.desc()) if descending else (column, Constituent.id)
    query = sa.select(Constituent.id).where(*where(filters)).order_by(*order)
    return list(session.execute(query.offset(start).limit(size)).scalars())


def every_id(session: Session, filters: Filters, limit: int) -> list[int]:
    query = sa.select(Constituent.id).where(*where(filters)).order_by(Constituent.sort_name, Constituent.id)
    return list(session.execute(query.limit(limit)).scalars())


def people(session: Session, wanted: Sequence[int]) -> dict[int, Constituent]:
    return {row.id: row for row in session.execute(sa.select(Constituent).where(Constituent.id.in_(wanted))).scalars()}


def primary(session: Session, table: type[Any], column: Any, wanted: Sequence[int]) -> dict[int, str]:
    query = sa.select(table.constituent_id, column).where(table.constituent_id.in_(wanted), table.is_primary)
    return dict(session.execute(query).all())


def hats(session: Session, wanted: Sequence[int]) -> dict[int, list[str]]:
    query = sa.select(Hat.constituent_id, HatType.name).join(HatType, HatType.id == Hat.hat_type_id)
    query = query.where(Hat.constituent_id.in_(wanted), Hat.ended_on.is_(None)).order_by(HatType.position)
    return _gathered(session, query)


def tags(session: Session, wanted: Sequence[int]) -> dict[int, list[str]]:
    query = sa.select(Tagging.constituent_id, Tag.name).join(Tag, Tag.id == Tagging.tag_id)
    return _gathered(session, query.where(Tagging.constituent_id.in_(wanted)).order_by(Tag.folded))


def given(session: Session, wanted: Sequence[int], currency: str) -> dict[int, tuple[int, Any]]:
    """What each gave in one currency, and the day of the last gift."""
    query = sa.select(Gift.constituent_id, sa.func.sum(Gift.paid), sa.func.max(Gift.given_on))
    query = query.where(Gift.constituent_id.in_(wanted), Gift.paid > 0, Gift.currency == currency)
    return {number: (total, last) for number, total, last in session.execute(query.group_by(Gift.constituent_id))}


def _gathered(session: Session, query: sa.Select[Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for number, name in session.execute(query):
        if name not in found.setdefault(number, []):
            found[number].append(name)
    return found
