"""What every table shares: names of constraints, moments in UTC, keys and links."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = SQLModel.metadata
metadata.naming_convention = CONVENTION


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the zone, PostgreSQL keeps it; here it is always there."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(SQLModel):
    """Base of every table."""


def key() -> Any:
    """The primary key."""
    return Field(default=None, primary_key=True)


def link(target: str, *, index: bool = True, delete: str | None = None, **more: Any) -> Any:
    """A foreign key, indexed unless told otherwise; `delete` is CASCADE or SET NULL."""
    return Field(foreign_key=target, index=index, ondelete=delete, **more)
