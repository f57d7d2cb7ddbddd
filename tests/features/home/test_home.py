"""The morning: what is mine, what is late, what the role shows."""

from datetime import timedelta

from crm_app.core.access import Actor, Role
from crm_app.core.database import Database
from crm_app.core.work import Work, open_work
from crm_app.features.constituents import service as constituents
from crm_app.features.constituents.schemas import ConstituentDraft
from crm_app.features.home import service


def test_the_first_hour_is_when_nobody_is_there(work: Work):
    assert service.desk(work).nobody
    constituents.create(work, ConstituentDraft(first_name="Maria", last_name="Okonkwo"))
    assert not service.desk(work).nobody
    assert service.people(work) == "1"


def test_tasks_that_are_late_are_said(work: Work):
    mine = Actor.of(None, "Rosa Lindqvist", Role.ADMINISTRATOR)
    work.actor = mine
    service.add_task(work, "Call Maria", (work.now.date() - timedelta(days=3)).isoformat())
    service.add_task(work, "Write to Ade", "")
    assert [task.late for task in service.tasks(work)] in ([True, False], [])
    assert service.desk(work).greeting.endswith(", Rosa")


def test_a_day_without_tasks_is_a_good_day(work: Work):
    assert "Nothing waits" in service.desk(work).sentence


def test_the_door_sees_neither_tasks_nor_changes(db: Database):
    with open_work(db, Actor.of(None, "Dora Door", Role.DOOR), write=False) as work:
        assert service.tasks(work) == []
        assert service.changes(work) == []
        assert service.desk(work).sentence == ""
        assert not service.desk(work).nobody


def test_nothing_given_is_said_in_the_organizations_money(work: Work):
    assert service.given(work) == "$0"
