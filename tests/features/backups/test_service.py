"""Backups from the browser."""

import pytest

from crm_app.core import jobs
from crm_app.core.access import Actor, Role
from crm_app.core.database import Database
from crm_app.core.errors import Invalid, NotAllowed
from crm_app.core.work import open_work
from crm_app.features.backups import jobs as runners  # noqa: F401
from crm_app.features.backups import service


def test_a_backup_is_made_tried_and_the_oldest_rotated_away(db: Database, admin: Actor):
    with open_work(db, admin) as work:
        service.set_plan(work, 24, 2)
    for _ in range(3):
        with open_work(db, admin) as work:
            service.ask_for(work)
        jobs.run_all(db)
    with open_work(db, admin) as work:
        rows = service.listed(work)
        service.ask_for_drill(work, rows[0].id)
        assert not service.due(work)
    jobs.run_all(db)
    with open_work(db, admin) as work:
        assert [row.drill for row in service.listed(work)] == ["whole", ""]
    assert len(list(service.folder().glob("*.crm"))) == 2


def test_a_damaged_backup_is_found_by_its_drill(db: Database, admin: Actor):
    with open_work(db, admin) as work:
        service.ask_for(work)
    jobs.run_all(db)
    path = next(service.folder().glob("*.crm"))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with open_work(db, admin) as work:
        service.ask_for_drill(work, service.listed(work)[0].id)
    jobs.run_all(db)
    with open_work(db, admin) as work:
        assert "not a backup" in service.listed(work)[0].drill


def test_a_plan_out_of_range_and_a_viewer_are_refused(db: Database, admin: Actor):
    with open_work(db, admin) as work, pytest.raises(Invalid):
        service.set_plan(work, 24, 0)
    with open_work(db, Actor.of(1, "Vera", Role.VIEWER)) as work, pytest.raises(NotAllowed):
        service.ask_for(work)
