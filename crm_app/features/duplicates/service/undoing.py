"""Undo a merge, today or in ten years: both records stand again with every row that was theirs."""

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Conflict
from crm_app.core.work import Work
from crm_app.features.constituents.models import Constituent
from crm_app.features.constituents.service import editing, finding
from crm_app.features.duplicates import queries
from crm_app.features.duplicates.models import Merge
from crm_app.features.duplicates.schemas import Undone
from crm_app.features.duplicates.service import keys
from crm_app.features.duplicates.service.back import go_back
from crm_app.features.relationships import service as relationships


class AlreadyUndone(Conflict):
    message = "This merge is undone already."


def undo(work: Work, merge_id: int) -> Undone:
    """Take a merge back, also after later merges and edits; what was changed since stays and is told."""
    work.require(Permission.MERGE)
    record = work.get(Merge, merge_id, "There is no merge with this number.")
    if record.undone_at:
        raise AlreadyUndone(merge=merge_id)
    kept, dropped = work.get(Constituent, record.kept_id), work.get(Constituent, record.dropped_id)
    work.session.flush()
    heirs = _heirs(work, kept)
    rows = queries.merge_rows(work.session, merge_id)
    stayed = go_back(work.session, [(r.table, r.row, r.step, r.before, r.after) for r in rows], heirs)
    work.session.expire_all()
    dropped.merged_into_id, dropped.deleted_at = None, None
    record.undone_at, record.undone_by, record.stayed = work.now, work.actor.name, stayed
    _settle(work, [kept, dropped, *(work.get(Constituent, heir) for heir in sorted(heirs - {kept.id}))])
    for row, other in ((kept, dropped), (dropped, kept)):
        history.record(
            work, "constituent", row.id, "merge undone", after={"from": other.display_name}, note=f"merge {merge_id}"
        )
    work.tell("people", "duplicates", f"person:{kept.id}", f"person:{dropped.id}")
    return Undone(merge_id=merge_id, rows=len(rows), stayed=stayed)


def undo_batch(work: Work, batch: str) -> list[Undone]:
    """All merges of one bulk merge, the last first."""
    return [undo(work, record.id) for record in queries.merge_of_batch(work.session, batch)]


def undo_all(work: Work, merges: list[int]) -> list[Undone]:
    """These merges, in this order, all or none."""
    return [undo(work, number) for number in merges]


def _heirs(work: Work, kept: Constituent) -> set[int]:
    """The kept record and whatever it was merged into since: where moved rows may be by now."""
    heirs, row = {kept.id}, kept
    while row.merged_into_id and row.merged_into_id not in heirs:
        row = work.get(Constituent, row.merged_into_id)
        heirs.add(row.id)
    return heirs


def _settle(work: Work, rows: list[Constituent]) -> None:
    for row in rows:
        if row.deleted_at is None:
            editing.settle(work, row, frozenset(editing.NAMES))
        for household in queries.households_of(work.session, row.id):
            relationships.rename(work, household)
    ids = [row.id for row in rows]
    finding.reindex(work, ids)
    keys.touch(work.session, ids)
