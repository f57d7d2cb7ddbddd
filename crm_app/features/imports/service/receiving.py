"""A file arrives: kept with its hash, read in a process of its own, recognised, and given a mapping."""

import hashlib
import re
from pathlib import Path

import polars as pl

from crm_app.core import files, history, jobs
from crm_app.core.access import Permission
from crm_app.core.config import settings
from crm_app.core.errors import Invalid
from crm_app.core.files import StoredFile
from crm_app.core.work import Work
from crm_app.engine.tabular import kept
from crm_app.engine.tabular.child import read_apart
from crm_app.engine.tabular.header import key
from crm_app.engine.tabular.mapping import Mapping, propose_mapping
from crm_app.engine.tabular.shape import Reading, Unreadable
from crm_app.features.imports import queries
from crm_app.features.imports.models import CHECKED, CHECKING, PUBLISHED, PUBLISHING, REFUSED, UNDOING, UPLOADED, Import
from crm_app.features.imports.schemas import Policy
from crm_app.features.settings.service import organization


def receive(work: Work, name: str, content: bytes | Path, sheet: str = "") -> int:
    """Keep the file and start reading it; returns the import's number."""
    work.require(Permission.IMPORT)
    stored = files.keep(work, name, content, "import")
    if stored.size == 0:
        raise Invalid("This file is empty.", hint="Choose the file that holds your list.")
    imported = work.add(
        Import(
            name=stored.name,
            file_id=stored.id,
            sha256=stored.sha256,
            sheet=sheet,
            policy=Policy().model_dump(),
            user_id=work.actor.user_id,
            by=work.actor.name,
            created_at=work.now,
        )
    )
    history.record(work, "import", imported.id, "uploaded", after={"file": stored.name, "sha256": stored.sha256})
    start_check(work, imported)
    work.tell("imports")
    return imported.id or 0


def start_check(work: Work, imported: Import) -> None:
    """Read and check again as a job; what people decided for rows stays."""
    imported.status, imported.words = CHECKING, ""
    work.session.flush()
    imported.job_id = jobs.enqueue(work, "imports.check", {"import_id": imported.id}, title=f"Checking {imported.name}")
    told(work, imported.id or 0)


def settle(work: Work, imported: Import) -> str:
    """The status it really has: work that was cancelled or failed leaves the import where it can go on from."""
    if imported.status not in (UPLOADED, CHECKING, PUBLISHING, UNDOING) or not imported.job_id:
        return imported.status
    job = work.session.get(jobs.Job, imported.job_id)
    if job is not None and job.status in jobs.OPEN:
        return imported.status
    published = queries.publication(work.session, imported.id or 0)
    return PUBLISHED if published and not published.undone_at else CHECKED if imported.rows else REFUSED


def told(work: Work, import_id: int) -> None:
    work.tell("imports", f"import:{import_id}")


def read(work: Work, imported: Import) -> pl.DataFrame | None:
    """The rows of the file as text, from the reading kept beside it; None when the file was refused."""
    out = rows_path(imported)
    if not out.exists() or not imported.reading:
        stored = work.get(StoredFile, imported.file_id)
        source = _named_as_uploaded(files.path(stored), imported.name)
        try:
            reading = read_apart(source, out, sheet=imported.sheet)
        except Unreadable as refused:
            imported.status, imported.words = REFUSED, f"{refused.message} {refused.hint}".strip()
            return None
        imported.reading, imported.rows = reading.as_dict(), reading.rows
        imported.header_key = header_key(reading.header)
        imported.sheet = reading.sheet
    return kept.rows(out)


def rows_path(imported: Import) -> Path:
    folder = settings().data / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    sheet = re.sub(r"\W+", "-", imported.sheet)[:40]
    return folder / f"{imported.sha256}-{imported.id}-{sheet}.parquet"


def _named_as_uploaded(path: Path, name: str) -> Path:
    """The reader looks at the ending of a name; kept files are called by their hash."""
    ending = Path(name).suffix.lower()
    if not re.fullmatch(r"\.[a-z0-9]{1,5}", ending):
        return path
    folder = settings().data / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / f"{path.name}{ending}"
    if not link.exists():
        link.symlink_to(path.resolve())
    return link


def header_key(header: list[str]) -> str:
    return hashlib.sha256("\x1f".join(key(name) for name in header).encode()).hexdigest()[:32]


def give_mapping(work: Work, imported: Import, frame: pl.DataFrame) -> Mapping:
    """The mapping decided before, the one remembered for these columns, or a fresh proposal."""
    if imported.mapping:
        return Mapping.from_dict(imported.mapping)
    reading = Reading(**imported.reading)
    ours = organization(work)
    proposed = propose_mapping(reading.header, frame, region=ours.country, currency=ours.currency)
    kept = queries.remembered(work.session, imported.header_key)
    if kept:
        said = {column["place"]: column["meaning"] for column in kept.mapping["columns"]}
        proposed = with_meanings(proposed, frame, reading.header, said, "Remembered from last time.")
        proposed.words = kept.mapping.get("words", {})
    imported.format, imported.mapping = proposed.format, proposed.as_dict()
    return proposed


def with_meanings(mapping: Mapping, frame: pl.DataFrame, header: list[str], said: dict[int, str], why: str) -> Mapping:
    """The mapping with some columns meaning something else; their dates and amounts are decided anew."""
    from dataclasses import replace

    from crm_app.engine.tabular.mapping import decided

    columns = []
    for column in mapping.columns:
        meaning = said.get(column.place, column.meaning)
        if meaning != column.meaning:
            column = decided(
                replace(column, meaning=meaning, sure=1.0, why=why, order="", mark=""), frame, mapping.form, header
            )
        columns.append(column)
    mapping.columns = columns
    return mapping


__all__ = [
    "UPLOADED",
    "give_mapping",
    "header_key",
    "read",
    "receive",
    "rows_path",
    "start_check",
    "told",
    "with_meanings",
]
