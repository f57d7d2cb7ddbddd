"""What the pages of imports show."""

import csv
import io
from collections.abc import Iterator

import polars as pl

from crm_app.core import jobs
from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.engine.tabular import kept
from crm_app.engine.tabular.formats import FORMATS, PLAIN
from crm_app.engine.tabular.mapping import Column, Mapping
from crm_app.engine.tabular.meanings import IGNORE, MEANINGS
from crm_app.engine.tabular.shape import Reading
from crm_app.engine.tabular.understand import understand, unknown_words
from crm_app.features.imports import queries
from crm_app.features.imports.models import ASK, CHECKING, PUBLISHED, PUBLISHING, UNDOING, Import, ImportRow
from crm_app.features.imports.schemas import (
    CellSeen,
    ColumnSeen,
    CountSeen,
    ImportFull,
    ImportSeen,
    Policy,
    RowSeen,
    WordSeen,
)
from crm_app.features.imports.service.planning import put_right
from crm_app.features.imports.service.receiving import rows_path, settle

OUTCOMES = {"new": "New", "update": "Known", "same": "Here already", "skip": "Left out", "ask": "Needs you"}
STATUSES = {"uploaded": "Arrived", "checking": "Being checked", "checked": "Ready", "publishing": "Coming in", "published": "Published", "undoing": "Going out", "undone": "Taken out", "refused": "Refused"}  # fmt: skip
COUNTED = (
    ("people", "people new"),
    ("organizations", "organizations new"),
    ("households", "households new"),
    ("gifts", "gifts"),
    ("refunds", "refunds"),
    ("pledges", "pledges"),
)
TIMED = {"dmy": "day first", "mdy": "month first"}


def everything(work: Work) -> list[ImportSeen]:
    work.require(Permission.IMPORT)
    return [
        ImportSeen(
            id=row.id or 0,
            name=row.name,
            tool=(FORMATS.get(row.format) or PLAIN).name,
            status=STATUSES.get(row.status, row.status),
            words=row.words or _ready(row),
            rows=row.rows,
            by=row.by,
            when=f"{row.created_at:%-d %b %Y, %H:%M}",
        )
        for row in queries.newest(work.session)
    ]


def _ready(row: Import) -> str:
    ready = row.counts.get("new", 0) + row.counts.get("update", 0)
    if row.status != "checked" or not ready:
        return ""
    return f"{ready:,} rows ready" + (f", {row.counts['ask']:,} need you" if row.counts.get("ask") else "")


def one(work: Work, import_id: int) -> ImportFull:
    """The whole page but its rows."""
    work.require(Permission.IMPORT)
    imported = work.get(Import, import_id, "This import is not here any more.")
    mapping = Mapping.from_dict(imported.mapping) if imported.mapping else None
    reading = Reading(**imported.reading) if imported.reading else None
    sample = _sample(imported)
    by_outcome = _outcomes(work, import_id)
    publication = queries.publication(work.session, import_id)
    same = queries.same_file(work.session, imported.sha256, import_id) if imported.sha256 else None
    status = settle(work, imported)
    job = jobs.look(work, imported.job_id) if imported.job_id and status in (CHECKING, PUBLISHING, UNDOING) else None
    return ImportFull(
        id=import_id,
        name=imported.name,
        status=status,
        words=imported.words,
        tool=(FORMATS.get(imported.format) or PLAIN).name,
        format=imported.format,
        facts=_facts(reading),
        notes=reading.notes if reading else [],
        sheets=reading.sheets if reading and len(reading.sheets) > 1 else [],
        sheet=imported.sheet,
        columns=_columns(mapping, sample) if mapping else [],
        unknown=_unknown(mapping, sample) if mapping and sample is not None else [],
        questions=len(mapping.questions()) if mapping else 0,
        counts=_counts(imported, by_outcome),
        policy=Policy(**imported.policy),
        rows=imported.rows,
        publish=by_outcome.get(("new", False), 0) + by_outcome.get(("update", False), 0),
        needs=by_outcome.get((ASK, False), 0),
        job_id=imported.job_id or 0,
        done=job.done if job else 0,
        total=job.total if job else 0,
        job_words=job.words if job else "",
        result=imported.words if imported.status == PUBLISHED else "",
        kept=publication.kept[:50] if publication else [],
        again=f"The same file came in with import {same.id}." if same else "",
        by=imported.by,
    )


def _outcomes(work: Work, import_id: int) -> dict[tuple[str, bool], int]:
    return {(outcome, done): count for outcome, done, count in queries.counts(work.session, import_id)}


def _sample(imported: Import) -> pl.DataFrame | None:
    path = rows_path(imported)
    return kept.rows(path, 0, 2_000) if imported.reading and path.exists() else None


def _facts(reading: Reading | None) -> list[str]:
    if reading is None:
        return []
    said = [f"{reading.rows:,} rows", f"{len(reading.header)} columns"]
    said += [part for part in (reading.encoding, f"{reading.delimiter}-separated" if reading.delimiter else "") if part]
    if reading.sheet:
        said.append(f"sheet “{reading.sheet}”")
    return said


def _columns(mapping: Mapping, sample: pl.DataFrame | None) -> list[ColumnSeen]:
    return [
        ColumnSeen(
            place=column.place,
            header=column.header,
            meaning=column.meaning,
            label=MEANINGS[column.meaning].label,
            sure=round(column.sure * 100),
            why=column.why,
            sample=_example(sample, column.place),
            order=column.order,
            mark=column.mark,
            blank=column.blank,
            question=_question(column),
        )
        for column in mapping.columns
    ]


def _example(sample: pl.DataFrame | None, place: int) -> str:
    if sample is None or f"c{place}" not in sample.columns:
        return ""
    filled = [cell.strip() for cell in sample[f"c{place}"].head(200).to_list() if cell and cell.strip()]
    return " · ".join(cell[:40] for cell in dict.fromkeys(filled[:12]))[:90]


def _question(column: Column) -> str:
    if column.order == "ask":
        return "Are these dates day first or month first?"
    return "Is the comma or the dot the decimal mark here?" if column.mark == "ask" else ""


def _unknown(mapping: Mapping, sample: pl.DataFrame) -> list[WordSeen]:
    return [
        WordSeen(kind=kind, word=word, value=value, sure=round(sure * 100))
        for kind, words in unknown_words(sample, mapping).items()
        for word, value, sure in words[:30]
        if sure < 0.92
    ]


def _counts(imported: Import, by_outcome: dict[tuple[str, bool], int]) -> list[CountSeen]:
    totals = {name: by_outcome.get((name, False), 0) + by_outcome.get((name, True), 0) for name in OUTCOMES}
    return [CountSeen(key=name, label=OUTCOMES[name], count=count) for name, count in totals.items()]


def will(work: Work, import_id: int) -> list[CountSeen]:
    """What publishing would make, as counted by the check."""
    counts = work.get(Import, import_id).counts
    return [CountSeen(key=key, label=label, count=counts[key]) for key, label in COUNTED if counts.get(key)]


def rows(
    work: Work, import_id: int, outcome: str = "", text: str = "", start: int = 0, size: int = 50
) -> tuple[list[RowSeen], int]:
    """A window of the rows, and how many the filter leaves."""
    work.require(Permission.IMPORT)
    outcomes = [outcome] if outcome in OUTCOMES else []
    found = queries.rows(work.session, import_id, outcomes, text, start, min(size, 200))
    return [_row(row) for row in found], queries.rows_count(work.session, import_id, outcomes, text)


def _row(row: ImportRow) -> RowSeen:
    return RowSeen(
        id=row.id or 0,
        row=row.row,
        line=row.line,
        outcome=row.outcome,
        words=OUTCOMES.get(row.outcome, row.outcome),
        reason=row.reason,
        evidence=row.evidence,
        summary=row.summary,
        constituent_id=row.constituent_id or 0,
        gift_id=row.gift_id or 0,
        done=row.done,
        choice=row.choice,
    )


def cells(work: Work, import_id: int, row: int) -> list[CellSeen]:
    """One row cell by cell, with what is wrong where."""
    work.require(Permission.IMPORT)
    imported = work.get(Import, import_id)
    frame = kept.rows(rows_path(imported)).filter(pl.col(kept.ROW) == row)
    mapping = Mapping.from_dict(imported.mapping)
    frame = put_right(frame, queries.decided(work.session, import_id))
    wrong = {meaning: words for found in understand(frame, mapping) for meaning, words in found.problems}
    found = [
        CellSeen(
            place=column.place,
            header=column.header,
            text=frame[f"c{column.place}"][0] or "",
            meaning=MEANINGS[column.meaning].label if column.meaning != IGNORE else "",
            wrong=wrong.get(column.meaning, ""),
        )
        for column in mapping.columns
        if column.meaning != IGNORE or frame[f"c{column.place}"][0]
    ]
    return sorted(found, key=lambda cell: (not cell.wrong, not cell.text, cell.place))


def rejected(work: Work, import_id: int) -> Iterator[str]:
    """The rows that need somebody or were left out, as a file: every column, and why. It can be brought in again."""
    work.require(Permission.IMPORT)
    imported = work.get(Import, import_id)
    reading = Reading(**imported.reading)
    frame = kept.rows(rows_path(imported))
    query = ["ask", "skip"]
    wanted = queries.numbers_of(work.session, import_id, query)
    why = {row.row: row.reason for row in queries.rows(work.session, import_id, query, "", 0, 1_000_000)}
    frame = put_right(frame.filter(pl.col(kept.ROW).is_in(wanted)), queries.decided(work.session, import_id))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*reading.header, "Reason"])
    for values in frame.select(kept.ROW, *(f"c{place}" for place in range(len(reading.header)))).iter_rows():
        writer.writerow([*values[1:], why.get(values[0], "")])
        if out.tell() > 1 << 16:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()
