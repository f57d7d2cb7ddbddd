"""Selects that find people by words: prefix ranges of an index, met in the middle."""

import sqlalchemy as sa
from sqlmodel import Session

from crm_app.features.constituents.models import Constituent, SearchTerm

CAP = 3_000
"""Beyond this a word is common, and how common does not matter."""


def after(prefix: str) -> str:
    """The first text behind all that begin with the prefix."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def begins(column: sa.ColumnElement[str], prefix: str) -> sa.ColumnElement[bool]:
    return sa.and_(column >= prefix, column < after(prefix))


def matches(column: sa.ColumnElement[str], prefix: str, exactly: tuple[str, ...]) -> sa.ColumnElement[bool]:
    return sa.or_(begins(column, prefix), *(column == word for word in exactly))


def how_common(session: Session, prefix: str) -> int:
    some = sa.select(sa.literal(1)).where(begins(SearchTerm.term, prefix)).limit(CAP).subquery()
    return session.execute(sa.select(sa.func.count()).select_from(some)).scalar() or 0


def by_prefix(session: Session, prefix: str, limit: int) -> list[int]:
    """Ids in the order of the term that matched, each once."""
    query = sa.select(SearchTerm.constituent_id).where(begins(SearchTerm.term, prefix))
    rows = session.execute(query.order_by(SearchTerm.term, SearchTerm.constituent_id).limit(limit * 3)).scalars()
    return list(dict.fromkeys(rows))[:limit]


def by_exact(session: Session, words: tuple[str, ...], limit: int) -> list[int]:
    if not words:
        return []
    query = sa.select(SearchTerm.constituent_id).where(SearchTerm.term.in_(words))
    return list(dict.fromkeys(session.execute(query.limit(limit * 2)).scalars()))[:limit]


def by_words(session: Session, rarest: str, others: list[tuple[str, tuple[str, ...]]], limit: int) -> list[int]:
    """People with a term that begins with the rarest word and, for each other word, one that begins with it."""
    first = sa.orm.aliased(SearchTerm)
    query = sa.select(first.constituent_id).where(begins(first.term, rarest))
    for prefix, exactly in others:
        other = sa.orm.aliased(SearchTerm)
        query = query.where(
            sa.exists().where(other.constituent_id == first.constituent_id, matches(other.term, prefix, exactly))
        )
    return list(dict.fromkeys(session.execute(query.limit(limit * 3)).scalars()))[:limit]


def shown(session: Session, ids: list[int]) -> dict[int, Constituent]:
    query = sa.select(Constituent).where(Constituent.id.in_(ids), Constituent.deleted_at.is_(None))
    return {row.id: row for row in session.execute(query).scalars()}
