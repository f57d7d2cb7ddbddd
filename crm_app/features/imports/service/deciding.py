"""What people decide about an import: the mapping, the policy, single rows, cells put right."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from crm_app.core import history, jobs
from crm_app.core.access import Permission
from crm_app.core.errors import Conflict, Invalid
from crm_app.core.work import Work
from crm_app.engine.tabular.mapping import Mapping
from crm_app.engine.tabular.meanings import MEANINGS
from crm_app.engine.tabular.shape import Reading
from crm_app.features.imports import queries
from crm_app.features.imports.models import (
    CHECKED,
    PUBLISHED,
    REFUSED,
    UNDONE,
    Import,
    ImportRow,
    RememberedMapping,
)
from crm_app.features.imports.schemas import Policy
from crm_app.features.imports.service.receiving import read, rows_path, settle, start_check, told, with_meanings

STILL = (CHECKED, PUBLISHED, UNDONE, REFUSED)


def _open(work: Work, import_id: int) -> Import:
    work.require(Permission.IMPORT)
    imported = work.get(Import, import_id)
    imported.status = settle(work, imported)
    if imported.status not in STILL:
        raise Conflict("Please wait until it is done.", hint="The import is being worked on.")
    return imported


def map_column(work: Work, import_id: int, place: int, **said: str) -> None:
    """Say what a column means, how its dates are ordered, which mark its decimals have, what a blank does."""
    imported = _open(work, import_id)
    mapping = Mapping.from_dict(imported.mapping)
    column = next((column for column in mapping.columns if column.place == place), None)
    if column is None:
        raise Invalid("The file has no such column.")
    meaning = said.pop("meaning", column.meaning)
    if meaning not in MEANINGS:
        raise Invalid("Choose what the column means.")
    if meaning != column.meaning:
        frame = read(work, imported)
        header = Reading(**imported.reading).header
        if frame is not None:
            mapping = with_meanings(mapping, frame, header, {place: meaning}, "You said so.")
    known = {name: value for name, value in said.items() if name in ("order", "mark", "blank")}
    mapping.columns = [replace(c, **known) if c.place == place else c for c in mapping.columns]
    _keep(work, imported, mapping)


def order_all(work: Work, import_id: int, order: str) -> None:
    """All undecided dates of the file are day first, or month first."""
    imported = _open(work, import_id)
    mapping = Mapping.from_dict(imported.mapping)
    if order not in ("dmy", "mdy"):
        raise Invalid("Choose day or month first.")
    mapping.columns = [replace(c, order=order) if c.order == "ask" else c for c in mapping.columns]
    _keep(work, imported, mapping)


def set_for_all(work: Work, import_id: int, meaning: str, text: str) -> None:
    """Something every row of the file shares and no column says: the day of the gifts, the event, the fund."""
    imported = _open(work, import_id)
    mapping = Mapping.from_dict(imported.mapping)
    if meaning not in MEANINGS:
        raise Invalid("Choose what every row shares.")
    mapping.fixed = {name: value for name, value in {**mapping.fixed, meaning: text.strip()}.items() if value}
    _keep(work, imported, mapping)


def word_means(work: Work, import_id: int, kind: str, word: str, value: str) -> None:
    """A word of the file stands for one of ours."""
    imported = _open(work, import_id)
    mapping = Mapping.from_dict(imported.mapping)
    mapping.words = {**mapping.words, kind: {**mapping.words.get(kind, {}), word: value}}
    _keep(work, imported, mapping)


def _keep(work: Work, imported: Import, mapping: Mapping) -> None:
    """The import's own mapping, and the one remembered for the next file with these columns."""
    imported.mapping, imported.format = mapping.as_dict(), mapping.format
    kept = queries.remembered(work.session, imported.header_key)
    if kept is None:
        kept = RememberedMapping(header_key=imported.header_key, updated_at=work.now)
    kept.name, kept.mapping, kept.by, kept.updated_at = imported.name, imported.mapping, work.actor.name, work.now
    work.add(kept)
    start_check(work, imported)


def remap(work: Work, import_id: int) -> None:
    """Forget what was said about the columns and propose anew."""
    imported = _open(work, import_id)
    imported.mapping = {}
    kept = queries.remembered(work.session, imported.header_key)
    if kept:
        work.session.delete(kept)
    start_check(work, imported)


def choose_sheet(work: Work, import_id: int, sheet: str) -> None:
    imported = _open(work, import_id)
    imported.sheet, imported.reading, imported.mapping = sheet, {}, {}
    rows_path(imported).unlink(missing_ok=True)
    start_check(work, imported)


def set_policy(work: Work, import_id: int, **said: Any) -> None:
    """How rows find their records, and what they may do there; the check counts anew."""
    imported = _open(work, import_id)
    policy = Policy(**{**imported.policy, **said})
    if policy.existing not in ("fill", "update", "add", "ask"):
        raise Invalid("Choose what happens to records that are here already.")
    imported.policy = {**imported.policy, **policy.model_dump()}
    start_check(work, imported)


def decide(work: Work, import_id: int, rows: list[int], choice: str) -> None:
    """For single rows: new (somebody new), skip, or the number of the record it is; empty leaves it to the rules."""
    imported = _open(work, import_id)
    if choice not in ("", "new", "skip") and not choice.isdigit():
        raise Invalid("Choose what to do with these rows.")
    touched = sa.update(ImportRow).where(
        ImportRow.import_id == import_id, ImportRow.row.in_(rows), ImportRow.done.is_(False)
    )
    work.session.execute(touched.values(choice=choice))
    start_check(work, imported)


def put_right(work: Work, import_id: int, row: int, cells: dict[int, str]) -> None:
    """Correct cells of one row; the file itself stays as it came."""
    imported = _open(work, import_id)
    kept = _row(work, import_id, row)
    kept.edits = {**(kept.edits or {}), **{str(place): text for place, text in cells.items()}}
    work.session.flush()
    history.record(work, "import", import_id, "corrected", after={"row": row, "cells": len(cells)})
    start_check(work, imported)


def put_right_all(work: Work, import_id: int, place: int, was: str, now: str) -> int:
    """Replace one word of a column in every row that has it and is not published yet."""
    imported = _open(work, import_id)
    frame = read(work, imported)
    if frame is None or f"c{place}" not in frame.columns:
        raise Invalid("The file has no such column.")
    rows = [
        row for row, cell in zip(frame["__row"], frame[f"c{place}"], strict=True) if (cell or "").strip() == was.strip()
    ]
    for part in queries.parts(rows):
        query = sa.select(ImportRow).where(
            ImportRow.import_id == import_id, ImportRow.row.in_(part), ImportRow.done.is_(False)
        )
        for kept in work.session.execute(query).scalars():
            kept.edits = {**(kept.edits or {}), str(place): now}
    work.session.flush()
    start_check(work, imported)
    return len(rows)


def _row(work: Work, import_id: int, row: int) -> ImportRow:
    query = sa.select(ImportRow).where(ImportRow.import_id == import_id, ImportRow.row == row)
    kept = work.session.execute(query).scalars().first()
    if kept is None or kept.done:
        raise Invalid("This row is published already; change the record itself.")
    return kept


def stop(work: Work, import_id: int) -> None:
    """Ask the work on this import to stop after the part it is at."""
    work.require(Permission.IMPORT)
    imported = work.get(Import, import_id)
    if imported.job_id:
        jobs.cancel(work, imported.job_id)
    told(work, import_id)


def forget(work: Work, import_id: int) -> None:
    """Take an import that never changed anything off the list."""
    imported = _open(work, import_id)
    if imported.status == PUBLISHED or queries.publication(work.session, import_id):
        raise Conflict("It was published; take it out instead.")
    history.record(work, "import", import_id, "forgotten", before={"file": imported.name})
    work.session.execute(sa.delete(ImportRow).where(ImportRow.import_id == import_id))
    rows_path(imported).unlink(missing_ok=True)
    work.session.delete(imported)
    told(work, import_id)


__all__ = ["choose_sheet", "decide", "forget", "map_column", "order_all", "put_right", "put_right_all", "remap", "set_for_all", "set_policy",
    "stop", "word_means"]  # fmt: skip
