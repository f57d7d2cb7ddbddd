"""Many rows at once: numbers taken beforehand, rows written without objects."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel


def numbers(session: Session, table: type[SQLModel], count: int) -> list[int]:
    """The next ids of a table, reserved for this transaction."""
    if count == 0:
        return []
    name = table.__tablename__
    if session.get_bind().dialect.name == "postgresql":
        query = sa.text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
        return [row[0] for row in session.execute(query, {"name": name, "count": count})]
    last = session.execute(sa.select(sa.func.max(table.__table__.c.id))).scalar() or 0  # type: ignore[attr-defined]
    return list(range(last + 1, last + 1 + count))


def insert(session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        session.execute(sa.insert(table.__table__), list(rows))  # type: ignore[attr-defined]
