"""Tables of duplicates: keys, open pairs, verdicts, merges and every row they moved."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


class MatchKey(Table, table=True):
    """Hashed keys under which a record is looked up when another may be the same."""

    __tablename__ = "match_key"
    __table_args__ = (sa.Index("ix_match_key_constituent_id", "constituent_id"), {"sqlite_with_rowid": False})

    key: int = Field(sa_column=sa.Column(sa.BigInteger, primary_key=True, autoincrement=False))
    constituent_id: int = Field(sa_column=sa.Column(sa.Integer, primary_key=True, autoincrement=False))
    """No foreign key: these rows are derived, and rewritten whenever their constituent changes."""


class MatchModel(Table, table=True):
    """The weights learned from this database, so that a score can be explained later."""

    __tablename__ = "match_model"

    id: int | None = key()
    kind: str = Field(unique=True)
    body: str = Field(sa_type=sa.Text)
    rows: int
    learned_at: datetime = Field(sa_type=Moment)


class Suggestion(Table, table=True):
    """An open pair in the stewards' queue; gone once decided."""

    __tablename__ = "suggestion"
    __table_args__ = (
        sa.UniqueConstraint("low_id", "high_id", name="uq_suggestion_pair"),
        sa.Index("ix_suggestion_queue", "band", "rank", "id"),
    )

    id: int | None = key()
    kind: str = "person"
    low_id: int = Field(index=False)
    high_id: int = Field(index=True)
    score: float
    household: float = 0.0
    band: str = "review"
    """certain, review, possible or household"""
    group_id: int = Field(index=True)
    """The lowest record of the cluster this pair belongs to."""
    worth: int = Field(default=0, sa_type=sa.BigInteger)
    """What both gave, in minor units: what is at stake."""
    rank: float = 0.0
    """Certainty times worth; the queue's order."""
    leased_by: int | None = None
    leased_until: datetime | None = Field(default=None, sa_type=Moment)
    skipped_until: datetime | None = Field(default=None, sa_type=Moment)
    found_at: datetime = Field(sa_type=Moment)


class Verdict(Table, table=True):
    """Somebody looked and said what two records are to each other; it holds for whatever they are merged into."""

    __tablename__ = "verdict"
    __table_args__ = (sa.UniqueConstraint("low_id", "high_id", name="uq_verdict_pair"),)

    id: int | None = key()
    low_id: int = Field(index=False)
    high_id: int = Field(index=True)
    verdict: str = "different"
    """different or household"""
    score: float = 0.0
    note: str = ""
    user_id: int | None = None
    by: str = ""
    at: datetime = Field(sa_type=Moment)


class Merge(Table, table=True):
    """One record became part of another: who, when, why; kept for ever, since it can be undone for ever."""

    __tablename__ = "merge"
    __table_args__ = (sa.Index("ix_merge_at", "at"),)

    id: int | None = key()
    kept_id: int = Field(index=True)
    dropped_id: int = Field(index=True)
    """By number only: history outlives records."""
    kept_name: str = ""
    dropped_name: str = ""
    mode: str = "hand"
    """hand, bulk or command"""
    batch: str = Field(default="", index=True)
    score: float | None = None
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    user_id: int | None = None
    by: str = ""
    at: datetime = Field(sa_type=Moment)
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
    undone_by: str = ""
    stayed: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    """What an undo could not take back, because it was changed since."""


class MergeRow(Table, table=True):
    """One row a merge touched, as it was and as it became."""

    __tablename__ = "merge_row"

    id: int | None = key()
    merge_id: int = link("merge.id", delete="CASCADE")
    table: str = Field(sa_column=sa.Column("table_name", sa.String, nullable=False))
    row: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    """The primary key."""
    step: str
    """move, change, combine or add"""
    before: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


class MergeRule(Table, table=True):
    """Which record's value is proposed for a field; administrators change it."""

    __tablename__ = "merge_rule"

    id: int | None = key()
    field: str = Field(unique=True)
    rule: str = "kept"
    """kept, newest, longest, oldest or yes (true wins)"""
