"""Make, rotate and try backups. The work itself is `core.backup`; here it is kept in a list and in somebody's name."""

import tempfile
from datetime import timedelta
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from crm_app.core import backup, history, jobs
from crm_app.core.access import Permission
from crm_app.core.config import settings
from crm_app.core.database import Database
from crm_app.core.errors import CrmError, Invalid
from crm_app.core.work import Work, open_work
from crm_app.features.backups import queries
from crm_app.features.backups.models import BackupPlan, BackupRecord
from crm_app.features.backups.schemas import BackupRow, Plan

WHOLE = "whole"


def folder() -> Path:
    return settings().data / "backups"


def listed(work: Work) -> list[BackupRow]:
    work.require(Permission.BACKUP)
    return [_row(record) for record in work.session.execute(queries.kept()).scalars()]


def plan(work: Work) -> Plan:
    work.require(Permission.BACKUP)
    found = work.session.execute(queries.plan()).scalars().first()
    return Plan(every_hours=found.every_hours, keep=found.keep) if found else Plan()


def set_plan(work: Work, every_hours: int, keep: int) -> None:
    """How often a backup is made by itself (0: never), and how many are kept."""
    work.require(Permission.BACKUP)
    if not 0 <= every_hours <= 24 * 31:
        raise Invalid(fields={"every_hours": "Between 0 (only by hand) and 744 hours."})
    if not 2 <= keep <= 400:
        raise Invalid(fields={"keep": "Between 2 and 400."})
    found = work.session.execute(queries.plan()).scalars().first() or BackupPlan()
    before = {"every_hours": found.every_hours, "keep": found.keep}
    found.every_hours, found.keep = every_hours, keep
    work.add(found)
    history.record(
        work, "backup plan", found.id, "changed", before=before, after={"every_hours": every_hours, "keep": keep}
    )


def ask_for(work: Work) -> int:
    """Queue a backup; it runs while others go on working."""
    work.require(Permission.BACKUP)
    return jobs.enqueue(work, "backups.make", {}, title="Backup")


def ask_for_drill(work: Work, backup_id: int) -> int:
    """Queue a drill: restore into a place beside and compare every count and sum."""
    work.require(Permission.BACKUP)
    work.get(BackupRecord, backup_id)
    return jobs.enqueue(work, "backups.drill", {"backup_id": backup_id}, title="Restore drill")


def make(job: jobs.Running) -> dict[str, int]:
    """Make one backup now and remove the oldest ones beyond the plan."""
    with open_work(job.database, job.actor, write=False) as work:
        name = f"commonplace-{work.now:%Y-%m-%d-%H%M%S}-{job.id}.crm"
        keep = plan(work).keep
    job.progress(0, 2, "copying")
    made = backup.back_up(job.database, folder() / name)
    with open_work(job.database, job.actor) as work:
        record = work.add(
            BackupRecord(
                name=name,
                made_at=work.now,
                by=work.actor.name,
                rows=sum(made.rows.values()),
                files=made.files,
                size=(folder() / name).stat().st_size,
            )
        )
        history.record(work, "backup", record.id, "made", note=name)
        _rotate(work, keep)
        work.tell("backups")
        return {"backup_id": record.id}


def drill(job: jobs.Running) -> dict[str, str]:
    """Restore a backup into an empty place beside, compare, throw the place away, and write down what was found."""
    with open_work(job.database, job.actor, write=False) as work:
        record = work.get(BackupRecord, job.payload["backup_id"])
        source = folder() / record.name
    job.progress(0, 1, "restoring into a place beside")
    try:
        _try(source, job.database)
        found = WHOLE
    except (CrmError, OSError) as error:
        found = str(error)[:300]
    with open_work(job.database, job.actor) as work:
        record = work.get(BackupRecord, job.payload["backup_id"])
        record.drilled_at, record.drill = work.now, found
        history.record(work, "backup", record.id, "tried", note=found)
        work.tell("backups")
    return {"drill": found}


def due(work: Work) -> bool:
    """Whether the plan wants a backup now and none is under way."""
    wanted = plan(work).every_hours
    if not wanted:
        return False
    last = work.session.execute(queries.kept().limit(1)).scalars().first()
    return last is None or work.now - last.made_at >= timedelta(hours=wanted)


def _try(source: Path, like: Database) -> None:
    with tempfile.TemporaryDirectory() as place:
        if like.sqlite:
            beside = Database(f"sqlite:///{Path(place) / 'drill.db'}")
            try:
                backup.restore(source, beside, files_too=False)
            finally:
                beside.dispose()
            return
        name = f"crm_drill_{Path(place).name.replace('-', '_').lower()}"
        url = make_url(like.url).set(database=name, query={}).render_as_string(hide_password=False)
        server = make_url(like.url).set(drivername="postgresql", query={}).render_as_string(hide_password=False)
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
            beside = Database(url)
            try:
                backup.restore(source, beside, files_too=False)
            finally:
                beside.dispose()
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _rotate(work: Work, keep: int) -> None:
    for record in work.session.execute(queries.kept().offset(keep)).scalars():
        record.removed = True
        path = folder() / record.name
        work.after(lambda path=path: path.unlink(missing_ok=True))


def _row(record: BackupRecord) -> BackupRow:
    return BackupRow(
        id=record.id,
        name=record.name,
        made=f"{record.made_at:%d %b %Y, %H:%M} UTC",
        by=record.by,
        words=f"{record.rows:,} rows, {record.files:,} files, {record.size / 1e6:,.1f} MB",
        drill=record.drill,
        drilled=f"{record.drilled_at:%d %b %Y}" if record.drilled_at else "",
    )
