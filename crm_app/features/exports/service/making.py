"""An export asked for, made as a job, fetched by its owner, and gone after a week."""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from crm_app.core import files, history, jobs
from crm_app.core.access import Actor, Permission
from crm_app.core.database import Database
from crm_app.core.errors import Invalid, NotAllowed, NotFound
from crm_app.core.files import StoredFile
from crm_app.core.work import Work, open_work
from crm_app.features.constituents import service as constituents
from crm_app.features.constituents.schemas import Filters
from crm_app.features.exports import queries
from crm_app.features.exports.models import Export, ExportColumns
from crm_app.features.exports.schemas import FORMS, ColumnSeen, ColumnsKept, ExportDraft, ExportSeen
from crm_app.features.exports.service import offering as registry
from crm_app.features.exports.service.everything import write_everything
from crm_app.features.exports.service.files import write_cards, write_csv, write_xlsx

KEPT_FOR = timedelta(days=7)
KINDS = {"people": "People", "gifts": "Gifts", "everything": "Everything"}
STATUSES = {"working": "being made", "ready": "ready", "failed": "failed", "expired": "gone"}


def ask_for(work: Work, draft: ExportDraft) -> int:
    """Write down who takes out what and why, and start making it."""
    _may(work, draft)
    export = work.add(
        Export(
            name=_file_name(work, draft),
            kind=draft.kind,
            form=draft.form,
            columns=draft.columns,
            query=draft.query,
            reason=draft.reason,
            user_id=work.actor.user_id,
            by=work.actor.name,
            created_at=work.now,
            expires_at=work.now + KEPT_FOR,
        )
    )
    export.job_id = jobs.enqueue(work, "exports.make", {"export_id": export.id}, title=f"Taking out {export.name}")
    history.record(work, "export", export.id, "asked for", after=draft.model_dump(exclude_defaults=True))
    work.tell("exports")
    return export.id or 0


def _may(work: Work, draft: ExportDraft) -> None:
    work.require(Permission.EXPORT, Permission.PEOPLE_READ)
    wrong = {}
    if draft.kind not in KINDS:
        wrong["kind"] = "Choose what to take out."
    if draft.form not in FORMS or (draft.form == "zip") != (draft.kind == "everything"):
        wrong["form"] = "Choose the kind of file."
    if draft.form == "vcf" and draft.kind != "people":
        wrong["form"] = "Only people can be address cards."
    if len(draft.reason) < 3:
        wrong["reason"] = "Please say what it is for; it is written down."
    if wrong:
        raise Invalid(fields=wrong)
    if draft.kind == "gifts":
        work.require(Permission.GIVING_READ)
    if draft.kind == "everything":
        work.require(Permission.BACKUP)
    unknown = set(draft.columns) - {column.key for column in registry.offered(work, draft.kind)}
    if unknown and draft.kind != "everything":
        raise NotAllowed("Your role may not take out some of these columns.", columns=sorted(unknown))


def _file_name(work: Work, draft: ExportDraft) -> str:
    words = draft.name or KINDS[draft.kind].lower()
    plain = "".join(c if c.isalnum() or c in " -_" else " " for c in words).strip()[:60]
    return f"{plain} {work.now:%Y-%m-%d}.{draft.form}"


def run(database: Database, actor: Actor, export_id: int, progress: Callable[[int, int, str], None]) -> dict[str, Any]:
    """Make the file; what the actor may not see does not get into it."""
    with tempfile.TemporaryDirectory(prefix="export-") as folder, open_work(database, actor, write=False) as work:
        export = work.get(Export, export_id)
        draft = ExportDraft(
            kind=export.kind, form=export.form, columns=export.columns, query=export.query, reason=export.reason
        )
        path = Path(folder) / "out"
        rows = write(work, draft, path)
        with open_work(database, actor) as keeping:
            stored = files.keep(keeping, export.name, path, "export")
            kept = keeping.get(Export, export_id)
            kept.status, kept.rows, kept.size, kept.file_id = "ready", rows, stored.size, stored.id
            history.record(keeping, "export", export_id, "made", after={"rows": rows, "file": export.name})
            keeping.tell("exports")
    return {"rows": rows}


def write(work: Work, draft: ExportDraft, path: Path) -> int:
    """The file itself; returns the number of its rows."""
    _may(work, draft)
    if draft.kind == "everything":
        return write_everything(work, path)
    offered = {column.key: column for column in registry.offered(work, draft.kind)}
    chosen = [offered[key] for key in draft.columns if key in offered] or [c for c in offered.values() if c.usual]
    ids = _whom(work, draft)
    if draft.form == "vcf":
        return write_cards(path, registry.people(work, ids or []))
    if draft.kind == "gifts":
        rows = registry.gift_rows(work, queries.gift_ids(work.session, ids if draft.query else None), chosen)
    else:
        rows = registry.people_rows(work, ids or [], chosen)
    writer = write_xlsx if draft.form == "xlsx" else write_csv
    return writer(path, [column.label for column in chosen], rows)


def _whom(work: Work, draft: ExportDraft) -> list[int]:
    if not draft.query:
        return queries.everybody(work.session)
    known = {name: value for name, value in draft.query.items() if name in Filters.model_fields}
    return constituents.listing.matching(work, Filters(**known), 5_000_000)


def listed(work: Work) -> list[ExportSeen]:
    """One's own exports; an administrator sees everybody's, and who fetches nobody else's."""
    work.require(Permission.EXPORT)
    rows = queries.of_user(work.session, work.actor.user_id, work.may(Permission.USERS_EDIT))
    return [_seen(work, row) for row in rows]


def _seen(work: Work, row: Export) -> ExportSeen:
    gone = row.expires_at < work.now
    job = work.session.get(jobs.Job, row.job_id) if row.job_id else None
    failed = row.status == "working" and job is not None and job.status in (jobs.FAILED, jobs.CANCELLED)
    return ExportSeen(
        id=row.id or 0,
        name=row.name,
        what=KINDS.get(row.kind, row.kind),
        form=row.form,
        reason=row.reason,
        status="expired" if gone else "failed" if failed else row.status,
        words=job.words if failed and job else STATUSES.get("expired" if gone else row.status, ""),
        rows=f"{row.rows:,}",
        size=f"{row.size / 1024:,.0f} kB" if row.size else "",
        by=row.by,
        when=f"{row.created_at:%-d %b %Y, %H:%M}",
        until=f"{row.expires_at:%-d %b}",
        mine=row.user_id == work.actor.user_id and row.status == "ready" and not gone,
    )


def fetch(work: Work, export_id: int) -> tuple[str, Path]:
    """The file, for the one who asked for it, until it expires; each time is written down."""
    work.require(Permission.EXPORT)
    export = work.get(Export, export_id, "This export is not here any more.")
    if export.user_id != work.actor.user_id:
        raise NotFound("This export is not here any more.")
    if export.expires_at < work.now or export.file_id is None:
        raise NotFound("This export has expired.", hint="Ask for a new one.")
    stored = work.get(StoredFile, export.file_id)
    export.fetched += 1
    history.record(work, "export", export_id, "fetched", after={"rows": export.rows})
    return export.name, files.path(stored)


def sweep(work: Work) -> int:
    """Files of exports whose time is over go."""
    gone = [
        row for row in queries.of_user(work.session, None, True, 10_000) if row.expires_at < work.now and row.file_id
    ]
    for row in gone:
        stored = work.session.get(StoredFile, row.file_id)
        row.file_id, row.status = None, "expired"
        if stored:
            files.path(stored).unlink(missing_ok=True)
            work.session.flush()
            work.session.delete(stored)
    return len(gone)


def columns(work: Work, kind: str = "people") -> list[ColumnSeen]:
    work.require(Permission.EXPORT)
    return [ColumnSeen(key=c.key, label=c.label, group=c.group, usual=c.usual) for c in registry.offered(work, kind)]


def kept(work: Work) -> list[ColumnsKept]:
    work.require(Permission.EXPORT)
    return [
        ColumnsKept(id=row.id or 0, name=row.name, kind=row.kind, columns=row.columns)
        for row in queries.kept_columns(work.session)
    ]


def keep_columns(work: Work, name: str, kind: str, chosen: list[str]) -> int:
    """A choice of columns under a name, for everybody."""
    work.require(Permission.EXPORT)
    if not name.strip() or not chosen:
        raise Invalid(fields={"columns_name": "Give the choice a name, and choose some columns."})
    return work.add(
        ExportColumns(name=name.strip()[:80], kind=kind, columns=chosen, by=work.actor.name, created_at=work.now)
    ).id


def drop_columns(work: Work, columns_id: int) -> None:
    work.require(Permission.EXPORT)
    work.session.delete(work.get(ExportColumns, columns_id))
