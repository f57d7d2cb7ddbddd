"""The trash: out of every list and search, and back again with everything."""

from collections.abc import Sequence

import sqlalchemy as sa

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.constituents.models import Constituent
from crm_app.features.constituents.service import finding


def discard(work: Work, ids: Sequence[int], note: str = "") -> list[int]:
    """Move to the trash; returns who was moved."""
    work.require(Permission.PEOPLE_DELETE)
    return _move(work, ids, "moved to the trash", note, gone=True)


def restore(work: Work, ids: Sequence[int], note: str = "") -> list[int]:
    """Bring back; records that were merged into others stay where they are."""
    work.require(Permission.PEOPLE_DELETE)
    return _move(work, ids, "restored", note, gone=False)


def _move(work: Work, ids: Sequence[int], action: str, note: str, *, gone: bool) -> list[int]:
    moved: list[int] = []
    for start in range(0, len(ids), 500):
        part = list(ids[start : start + 500])
        query = sa.select(Constituent).where(Constituent.id.in_(part), Constituent.merged_into_id.is_(None))
        query = query.where(Constituent.deleted_at.is_(None) if gone else Constituent.deleted_at.is_not(None))
        for row in work.session.execute(query).scalars():
            row.deleted_at = work.now if gone else None
            row.version += 1
            row.updated_at = work.now
            history.record(work, "constituent", row.id, action, note=note)
            moved.append(row.id)
            work.tell(f"person:{row.id}")
        finding.reindex(work, part)
    work.tell("people")
    return moved
