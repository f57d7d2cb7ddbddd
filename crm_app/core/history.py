"""Who did what to which record, before and after: append-only, and chained so that a missing link shows."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, select

from crm_app.core import bulk
from crm_app.core.tables import Moment, Table, key
from crm_app.core.work import Work


class Change(Table, table=True):
    __tablename__ = "change"
    __table_args__ = (
        sa.Index("ix_change_record", "kind", "record_id"),
        sa.Index("ix_change_constituent_id_at", "constituent_id", "at"),
    )

    id: int | None = key()
    at: datetime = Field(sa_type=Moment, index=True)
    user_id: int | None = Field(default=None, index=True)
    by: str
    kind: str
    record_id: int | None = None
    constituent_id: int | None = None
    """The person whose timeline shows it; no foreign key, history outlives records."""
    action: str
    before: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    note: str = ""
    seal: str | None = None
    """Hash of this row and of the seal before it; set a little later, in order of id."""


def record(
    work: Work,
    kind: str,
    record_id: int | None,
    action: str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    constituent_id: int | None = None,
    note: str = "",
) -> None:
    """Write one change. Of two dicts with the same keys only what differs is kept."""
    was, now = differing(plain(before or {}), plain(after or {}))
    work.session.add(
        Change(
            at=work.now,
            user_id=work.actor.user_id,
            by=work.actor.name,
            kind=kind,
            record_id=record_id,
            constituent_id=record_id if kind == "constituent" and constituent_id is None else constituent_id,
            action=action,
            before=was,
            after=now,
            note=note,
        )
    )


def record_many(work: Work, kind: str, action: str, said: Iterable[tuple[int, dict[str, Any]]], note: str = "") -> None:
    """The same thing done to many records at once, written without objects; `said` is (record, what it is now)."""
    shared = {"at": work.now, "user_id": work.actor.user_id, "by": work.actor.name, "kind": kind, "action": action}
    shared |= {"before": {}, "note": note, "seal": None}
    rows = [
        {
            **shared,
            "record_id": number,
            "constituent_id": number if kind == "constituent" else None,
            "after": plain(after),
        }
        for number, after in said
    ]
    bulk.insert(work.session, Change, rows)


def differing(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    same = {name for name in before.keys() & after.keys() if before[name] == after[name]}
    return (
        {name: value for name, value in before.items() if name not in same},
        {name: value for name, value in after.items() if name not in same},
    )


def plain(value: Any) -> Any:
    """The value as JSON can keep it."""
    if isinstance(value, dict):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def seal(session: Session, limit: int = 100_000) -> int:
    """Chain the rows that have no seal yet; returns how many. Call it inside a write transaction."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("SELECT pg_advisory_xact_lock(727001)"))
    last = session.execute(
        select(Change.seal).where(Change.seal.is_not(None)).order_by(Change.id.desc()).limit(1)
    ).scalar()
    rows = session.execute(select(Change).where(Change.seal.is_(None)).order_by(Change.id).limit(limit)).scalars().all()
    previous = last or ""
    for row in rows:
        previous = row.seal = link_of(row, previous)
    session.flush()
    return len(rows)


def link_of(row: Change, previous: str) -> str:
    said = [row.id, row.at.isoformat(), row.user_id, row.by, row.kind, row.record_id, row.constituent_id]
    said += [row.action, row.before, row.after, row.note]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((previous + text).encode()).hexdigest()


def broken(session: Session) -> Iterator[int]:
    """Ids of rows whose seal does not follow from the row before: changed or missing history."""
    previous = ""
    rows = session.execute(select(Change).where(Change.seal.is_not(None)).order_by(Change.id)).scalars()
    for row in rows.yield_per(2_000):
        if link_of(row, previous) != row.seal:
            yield row.id or 0
        previous = row.seal or ""
