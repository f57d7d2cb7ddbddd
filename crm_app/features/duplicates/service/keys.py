"""The key table: rewritten in the transaction that changes a record, whoever changes it."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from crm_app.core.work import Work
from crm_app.engine.match.keys import of_frame, of_one
from crm_app.engine.match.records import many
from crm_app.features.duplicates.models import MatchKey
from crm_app.store import matching

PENDING = "duplicates.pending"
PART = 400
KINDS = ("person", "organization", "household")


def touch(session: Session, ids: Iterable[int | None]) -> None:
    """These records changed: their keys are rewritten before the transaction ends."""
    session.info.setdefault(PENDING, set()).update(number for number in ids if number)


def settle(session: Session) -> list[int]:
    """Rewrite the keys of all records touched so far in this transaction."""
    ids = sorted(session.info.pop(PENDING, ()))
    for at in range(0, len(ids), PART):
        rekey(session, ids[at : at + PART])
    return ids


def rekey(session: Session, ids: list[int]) -> None:
    """Records that do not stand any more lose their keys."""
    session.execute(sa.delete(MatchKey).where(MatchKey.constituent_id.in_(ids)))
    rows: list[dict[str, Any]] = []
    for number, (kind, record) in matching.few(session, ids).items():
        keys = of_one(record, matching.ladder_kind(kind))
        rows += [{"key": key, "constituent_id": number} for key in keys]
    if rows:
        session.execute(sa.insert(MatchKey.__table__), rows)


def rebuild(work: Work) -> int:
    """All keys anew: after a restore, or when the rules changed."""
    work.session.execute(sa.delete(MatchKey))
    total = 0
    for kind in KINDS:
        frame = matching.everyone(work.session, kind)
        if frame.is_empty():
            continue
        ladder = matching.ladder_kind(kind)
        keys = of_frame(many(frame, ladder), ladder)
        ids = frame["id"].gather(keys["row"])
        pairs = keys.select("key").with_columns(constituent_id=ids).unique()
        for part in pairs.iter_slices(20_000):
            work.session.execute(sa.insert(MatchKey.__table__), part.to_dicts())
        total += pairs.height
    return total
