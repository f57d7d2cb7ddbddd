"""The ground holds: transactions, history, jobs, files, migrations."""

import threading
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlmodel import select

from crm_app.core import files, history, jobs, live
from crm_app.core.access import MATRIX, Actor, Permission, Role
from crm_app.core.database import Database
from crm_app.core.errors import NotAllowed
from crm_app.core.migrations import differences, migrate, version
from crm_app.core.work import Work, open_work


def test_models_and_tables_agree(db: Database):
    assert differences(db) == []


def test_a_migration_goes_back_and_forth(db: Database):
    head = version(db)
    migrate(db, "base")
    assert version(db) is None
    migrate(db)
    assert version(db) == head


def test_a_failed_work_leaves_nothing_and_tells_nobody(db: Database, admin: Actor):
    heard: list[set[str]] = []
    live.subscribe(heard.append)
    with pytest.raises(RuntimeError), open_work(db, admin) as work:
        history.record(work, "thing", 1, "made")
        work.tell("things-that-failed")
        raise RuntimeError
    with db.read() as session:
        assert session.execute(select(history.Change)).first() is None
    assert {"things-that-failed"} not in heard


def test_a_read_cannot_write_on_postgresql(db: Database, admin: Actor):
    if db.sqlite:
        pytest.skip("SQLite reads are kept apart by habit, PostgreSQL's by the server")
    with pytest.raises(sa.exc.DBAPIError), open_work(db, admin, write=False) as work:
        history.record(work, "thing", 1, "made")
        work.session.flush()


def test_writers_wait_in_a_line(db: Database, admin: Actor):
    def write() -> None:
        for n in range(10):
            with open_work(db, admin) as work:
                history.record(work, "thing", n, "made")

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.read() as session:
        assert session.execute(select(sa.func.count()).select_from(history.Change)).scalar() == 60


def test_history_keeps_what_differs_and_its_seal_breaks_when_touched(db: Database, admin: Actor):
    with open_work(db, admin) as work:
        history.record(work, "thing", 1, "edited", before={"a": 1, "b": 2}, after={"a": 1, "b": 3})
        history.record(work, "thing", 2, "made", after={"day": datetime(2026, 1, 2, tzinfo=UTC)})
        work.session.flush()
        assert history.seal(work.session) == 2
    with open_work(db, admin) as work:
        first = work.session.execute(select(history.Change).order_by(history.Change.id)).scalars().first()
        assert (first.before, first.after) == ({"b": 2}, {"b": 3})
        assert list(history.broken(work.session)) == []
        first.note = "nobody will notice"
        work.session.flush()
        assert list(history.broken(work.session)) == [first.id]


@jobs.runner("test.count")
def count(job: jobs.Running) -> dict[str, int]:
    for n in range(job.payload["to"]):
        job.progress(n, job.payload["to"], "counting")
    return {"counted": job.payload["to"]}


def test_a_job_runs_once_and_keeps_its_result(db: Database, admin: Actor):
    with open_work(db, admin) as work:
        number = jobs.enqueue(work, "test.count", {"to": 3})
    assert jobs.run_all(db) == 1
    with open_work(db, admin, write=False) as work:
        seen = jobs.look(work, number)
    assert (seen.status, seen.result, seen.done) == (jobs.DONE, {"counted": 3}, 2)


def test_a_cancelled_job_does_not_run(db: Database, admin: Actor):
    with open_work(db, admin) as work:
        number = jobs.enqueue(work, "test.count", {"to": 3})
    with open_work(db, admin) as work:
        jobs.cancel(work, number)
    assert jobs.run_all(db) == 0


def test_the_same_content_is_kept_once(work: Work):
    first = files.keep(work, "../../etc/passwd", b"hello", "test")
    second = files.keep(work, "b.txt", b"hello", "test")
    assert first.name == "passwd"
    assert files.path(first) == files.path(second)
    assert files.path(first).read_bytes() == b"hello"


def test_a_viewer_may_not_write(db: Database):
    viewer = Actor.of(1, "Vera", Role.VIEWER)
    with open_work(db, viewer, write=False) as work, pytest.raises(NotAllowed):
        work.require(Permission.PEOPLE_EDIT)


def test_every_role_is_in_the_matrix():
    assert set(MATRIX) == set(Role)
