"""Columns and indexes that giving uses often: amounts are whole minor units (cents) beside their currency."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field


def where_filled(table: str, column: str) -> sa.Index:
    """An index of the few rows where a link is set; millions of gifts have none."""
    filled = sa.text(f"{column} IS NOT NULL")
    return sa.Index(f"ix_{table}_{column}", column, sqlite_where=filled, postgresql_where=filled)


def cents(default: int | None = 0) -> Any:
    return Field(default=default, sa_type=sa.BigInteger)
