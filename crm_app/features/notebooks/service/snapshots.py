"""People frozen with their date: on demand, on a schedule, and whenever a list leaves the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import numpy as np

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import NotFound
from crm_app.core.work import Work
from crm_app.engine.segment.definition import Notebook, Snapshot
from crm_app.engine.segment.graph import resolve
from crm_app.engine.segment.text import from_data, to_data
from crm_app.features.notebooks import models, queries
from crm_app.features.notebooks.schemas import Compared, SnapshotRow
from crm_app.features.notebooks.service.asking import ask
from crm_app.features.notebooks.service.people import _named

BATCH = 5_000
SHOWN = 50
EVERY = {"day": timedelta(hours=23), "week": timedelta(days=7), "month": timedelta(days=30)}


def take(work: Work, notebook_id: int, notebook: Notebook, cell: str, reason: str = "kept", out: dict[int, str] | None = None, ids: list[int] | None = None) -> int:  # fmt: skip
    """Freeze who is in a cell now (or `ids`, where they were settled before), with those left out and why."""
    work.require(Permission.NOTEBOOKS_READ)
    asking = ask(work, notebook)
    found, _ = resolve(notebook, cell)
    if found is None:
        raise NotFound(f"There is no cell called “{cell}”.")
    people = asking.reader.frames.ids[asking.run.mask(cell)].tolist() if ids is None else ids
    made = models.NotebookSnapshot(
        notebook_id=notebook_id,
        cell=cell,
        taken_at=work.now,
        by=work.actor.name,
        reason=reason,
        people=len(people),
        left_out=len(out or {}),
        sentence=asking.speech.text(found)[:2000],
        definition=to_data(notebook),
    )
    work.add(made)
    _keep(work, made.id, [(number, "") for number in people] + list((out or {}).items()))
    history.record(
        work, "notebook", notebook_id, "snapshot", after={"cell": cell, "people": len(people), "reason": reason}
    )
    work.tell(f"notebook:{notebook_id}")
    return made.id


def _keep(work: Work, snapshot_id: int, members: Iterable[tuple[int, str]]) -> None:
    rows = [{"snapshot_id": snapshot_id, "constituent_id": number, "left_out": why[:200]} for number, why in members]
    for start in range(0, len(rows), BATCH):
        work.session.execute(models.NotebookSnapshotMember.__table__.insert(), rows[start : start + BATCH])


def of(work: Work, notebook_id: int, cell: str = "") -> list[SnapshotRow]:
    work.require(Permission.NOTEBOOKS_READ)
    if queries.one(work.session, work.actor, notebook_id) is None:
        return []
    return [_row(one) for one in queries.snapshots(work.session, notebook_id, cell)]


def _row(one: models.NotebookSnapshot) -> SnapshotRow:
    return SnapshotRow(id=one.id, cell=one.cell, people=one.people, at=f"{one.taken_at:%-d %b %Y, %H:%M}", by=one.by, reason=one.reason)  # fmt: skip


def compare(work: Work, notebook: Notebook, snapshot_id: int) -> Compared:
    """Who joined and who left since: the cell as it is now beside the people frozen then."""
    work.require(Permission.NOTEBOOKS_READ, Permission.PEOPLE_READ)
    kept: models.NotebookSnapshot = work.get(models.NotebookSnapshot, snapshot_id)
    if queries.one(work.session, work.actor, kept.notebook_id) is None:
        raise NotFound
    asking = ask(work, notebook)
    ids, before = asking.reader.frames.ids, np.array(queries.members(work.session, snapshot_id), np.int64)
    now = asking.run.mask(kept.cell)
    then = np.isin(ids, before)
    joined, left = np.flatnonzero(now & ~then), np.flatnonzero(then & ~now & asking.reader.frames.alive)
    return Compared(
        snapshot=_row(kept), joined=len(joined), left=len(before) - int(np.count_nonzero(now & then)),
        joined_people=_named(asking, joined[:SHOWN]), left_people=_named(asking, left[:SHOWN]),
    )  # fmt: skip


def due(work: Work) -> list[tuple[int, str]]:
    """Snapshot cells whose time has come: notebook and the cell to freeze."""
    out = []
    for row in queries.scheduled(work.session):
        for cell in from_data(row.definition).cells:
            if isinstance(cell, Snapshot) and cell.every and cell.of:
                last = next(iter(queries.snapshots(work.session, row.id, cell.of, 1)), None)
                if last is None or work.now - last.taken_at >= EVERY[cell.every]:
                    out.append((row.id, cell.of))
    return out
