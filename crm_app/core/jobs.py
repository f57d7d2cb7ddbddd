"""Long work: a table of jobs, leased by runners, that survives a crash and shows how far it is."""

import logging
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel
from sqlmodel import Field, select

from crm_app.core.access import Actor, Role
from crm_app.core.database import Database
from crm_app.core.errors import CrmError, NotAllowed
from crm_app.core.tables import Moment, Table, key
from crm_app.core.work import Work, open_work

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
TRIES = 5
WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
OPEN = (WAITING, RUNNING)


class Cancelled(CrmError):
    message = "This was cancelled."


class Job(Table, table=True):
    __tablename__ = "job"
    __table_args__ = (sa.Index("ix_job_status_id", "status", "id"),)

    id: int | None = key()
    kind: str
    title: str = ""
    status: str = WAITING
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    result: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    done: int = 0
    total: int = 0
    words: str = ""
    cancel: bool = False
    tries: int = 0
    user_id: int | None = Field(default=None, index=True)
    by: str = ""
    role: str = Role.ADMINISTRATOR
    created_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    run_after: datetime | None = Field(default=None, sa_type=Moment)
    leased_until: datetime | None = Field(default=None, sa_type=Moment)
    lease: str | None = None


class Seen(BaseModel):
    """A job as screens show it."""

    id: int
    kind: str
    title: str
    status: str
    done: int
    total: int
    words: str
    payload: dict[str, Any] = {}
    result: dict[str, Any] = {}


@dataclass
class Running:
    """What a runner gets."""

    id: int
    payload: dict[str, Any]
    database: Database
    actor: Actor
    lease: str
    result: dict[str, Any] = field(default_factory=dict)

    def progress(self, done: int, total: int, words: str = "") -> None:
        """Say how far it is; raises `Cancelled` when somebody asked for it."""
        values = {"done": done, "total": total, "words": words, "leased_until": datetime.now(UTC) + LEASE}
        with open_work(self.database, self.actor) as work:
            mine = sa.update(Job).where(Job.id == self.id, Job.lease == self.lease).values(**values)
            if work.session.execute(mine).rowcount == 0:
                raise Cancelled("Another runner took this over.")
            work.tell("jobs")
        if self.cancelled():
            raise Cancelled

    def cancelled(self) -> bool:
        with self.database.read() as session:
            return bool(session.execute(select(Job.cancel).where(Job.id == self.id)).scalar())


Run = Callable[[Running], dict[str, Any] | None]
_runners: dict[str, Run] = {}
_wake = threading.Event()


def runner(kind: str) -> Callable[[Run], Run]:
    """Declare the function that does jobs of this kind. It must be able to start again after a crash."""

    def declare(run: Run) -> Run:
        _runners[kind] = run
        return run

    return declare


def enqueue(work: Work, kind: str, payload: dict[str, Any], *, title: str = "", after: datetime | None = None) -> int:
    """Queue a job in the same transaction as the rows it is about; it runs in the actor's name."""
    job = work.add(
        Job(
            kind=kind,
            title=title or kind,
            payload=payload,
            user_id=work.actor.user_id,
            by=work.actor.name,
            role=work.actor.role,
            created_at=work.now,
            run_after=after,
        )
    )
    work.tell("jobs")
    work.after(_wake.set)
    return job.id


def cancel(work: Work, job_id: int) -> None:
    """Ask a job to stop; one that waits is cancelled at once. One's own jobs, or any for an administrator."""
    job = work.get(Job, job_id)
    if job.user_id != work.actor.user_id and work.actor.role != Role.ADMINISTRATOR:
        raise NotAllowed
    job.cancel = True
    if job.status == WAITING:
        job.status, job.ended_at = CANCELLED, work.now
    work.tell("jobs")


def seen(work: Work, *, limit: int = 8, minutes: int = 10) -> list[Seen]:
    """The actor's jobs that are open or ended a moment ago, newest first."""
    recent = sa.or_(Job.status.in_(OPEN), Job.ended_at > work.now - timedelta(minutes=minutes))
    mine = Job.user_id == work.actor.user_id
    rows = work.session.execute(select(Job).where(mine, recent).order_by(Job.id.desc()).limit(limit)).scalars()
    return [Seen.model_validate(row, from_attributes=True) for row in rows]


def look(work: Work, job_id: int) -> Seen:
    return Seen.model_validate(work.get(Job, job_id), from_attributes=True)


def is_open(work: Work, kind: str) -> bool:
    """Whether a job of this kind waits or runs."""
    return work.session.execute(select(Job.id).where(Job.kind == kind, Job.status.in_(OPEN))).first() is not None


def run_one(database: Database) -> bool:
    """Take the oldest job that may run and do it; False when there is none."""
    job = _take(database)
    if job is None:
        return False
    running = Running(
        job.id or 0, job.payload, database, Actor.of(job.user_id, job.by, Role(job.role)), job.lease or ""
    )
    try:
        result = _runners[job.kind](running) or {}
        _end(running, DONE, result=result)
    except Cancelled as stopped:
        _end(running, CANCELLED, words=stopped.message)
    except CrmError as error:
        _end(running, FAILED, words=error.words)
    except Exception:
        log.exception("job %s (%s) failed", job.id, job.kind)
        _end(running, FAILED, words="Something unexpected happened. Nothing half-done was kept.")
    return True


def run_all(database: Database) -> int:
    """Do every waiting job here and now: for the command line and tests."""
    count = 0
    while run_one(database):
        count += 1
    return count


def _take(database: Database) -> Job | None:
    now = datetime.now(UTC)
    free = sa.or_(
        sa.and_(Job.status == WAITING, sa.or_(Job.run_after.is_(None), Job.run_after <= now)),
        sa.and_(Job.status == RUNNING, Job.leased_until < now),
    )
    with database.read() as session:
        waiting = session.execute(select(Job.id).where(free, Job.kind.in_(list(_runners))).limit(1)).first()
    if not waiting:
        return None
    with open_work(database, Actor.system(), now=now) as work:
        query = select(Job).where(free, Job.kind.in_(list(_runners))).order_by(Job.id).limit(1)
        job = work.session.execute(query.with_for_update(skip_locked=True)).scalars().first()
        if job is None:
            return None
        job.tries += 1
        if job.tries > TRIES:
            job.status, job.ended_at, job.words = FAILED, now, "This stopped several times and was given up."
            return None
        job.status, job.lease, job.leased_until = RUNNING, uuid.uuid4().hex, now + LEASE
        work.session.flush()
        work.session.expunge(job)
        return job


def _end(running: Running, status: str, *, result: dict[str, Any] | None = None, words: str = "") -> None:
    values: dict[str, Any] = {"status": status, "ended_at": datetime.now(UTC), "lease": None, "leased_until": None}
    if result is not None:
        values["result"] = result
    if words:
        values["words"] = words
    with open_work(running.database, running.actor) as work:
        work.session.execute(sa.update(Job).where(Job.id == running.id, Job.lease == running.lease).values(**values))
        work.tell("jobs")


class Runner:
    """Threads that do jobs until told to stop."""

    def __init__(self, database: Database, threads: int = 2):
        self.database = database
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._loop, name=f"job-{n}", daemon=True) for n in range(threads)]

    def start(self) -> None:
        _reclaim(self.database)
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        _wake.set()

    def _loop(self) -> None:
        while not self._stop.is_set():
            try:
                found = run_one(self.database)
            except sa.exc.SQLAlchemyError:
                log.exception("the job table could not be read")
                found = False
            if not found:
                _wake.wait(timeout=2)
                _wake.clear()


def _reclaim(database: Database) -> None:
    """With the embedded database no other process runs jobs: what was left running can start again at once."""
    if database.sqlite:
        with open_work(database, Actor.system()) as work:
            past = datetime.now(UTC) - LEASE
            work.session.execute(sa.update(Job).where(Job.status == RUNNING).values(leased_until=past))
