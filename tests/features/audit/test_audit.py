"""The history as the page reads it."""

import pytest

from crm_app.core import history
from crm_app.core.access import Actor, Role
from crm_app.core.database import Database
from crm_app.core.errors import NotAllowed
from crm_app.core.work import Work, open_work
from crm_app.features.audit import service
from crm_app.features.audit.schemas import Asked


def told(work: Work) -> None:
    history.record(
        work,
        "constituent",
        7,
        "edited",
        before={"last_name": "Okonko", "first_name": "M"},
        after={"last_name": "Okonkwo", "first_name": "M"},
    )
    history.record(work, "gift", 3, "added", after={"amount": 12000, "fund": "Kitchen"}, constituent_id=7)
    history.record(work, "note", 5, "written", after={"body": "She is ill."}, constituent_id=7)
    work.session.flush()


def test_the_newest_change_comes_first_and_says_what_changed(work: Work):
    told(work)
    window = service.changes(work, Asked(), 0, 60)
    assert [row.said for row in window.rows] == ["written a note", "added a gift", "edited a person"]
    assert window.rows[-1].fields == "last name"
    assert window.total == 3


def test_it_narrows_to_a_kind_a_record_a_person(work: Work):
    told(work)
    assert service.changes(work, Asked(kind="gift"), 0, 60).total == 1
    assert service.changes(work, Asked(kind="constituent", record_id=8), 0, 60).total == 0
    assert service.changes(work, Asked(constituent_id=7), 0, 60).total == 3
    assert service.changes(work, Asked(days=7), 0, 60).total == 3


def test_a_window_beyond_the_end_is_brought_back(work: Work):
    told(work)
    assert [row.said for row in service.changes(work, Asked(), 99, 60).rows] == ["edited a person"]
    assert service.changes(work, Asked(kind="nothing"), 5, 60).rows == []


def test_a_change_opens_with_before_and_after(work: Work):
    told(work)
    row = service.changes(work, Asked(kind="constituent"), 0, 60).rows[0]
    seen = service.change(work, row.id)
    assert [(one.field, one.before, one.after) for one in seen.fields] == [("last name", "Okonko", "Okonkwo")]


def test_values_of_notes_are_hidden_from_those_who_may_not_read_them(db: Database, admin: Actor):
    with open_work(db, admin) as work:
        told(work)
    with open_work(db, Actor.of(None, "Stewart Steward", Role.STEWARD), write=False) as work:
        note = service.changes(work, Asked(kind="note"), 0, 60).rows[0]
        seen = service.change(work, note.id)
        assert seen.hidden
        assert "ill" not in seen.model_dump_json()
        assert (
            "Kitchen"
            in service.change(work, service.changes(work, Asked(kind="gift"), 0, 60).rows[0].id).model_dump_json()
        )


def test_a_viewer_sees_no_history(db: Database):
    with open_work(db, Actor.of(None, "Vera Viewer", Role.VIEWER), write=False) as work:
        with pytest.raises(NotAllowed):
            service.changes(work, Asked(), 0, 60)
        with pytest.raises(NotAllowed):
            service.change(work, 1)


def test_the_choices_name_every_kind_once(work: Work):
    told(work)
    told(work)
    _people, kinds = service.choices(work)
    assert [kind.label for kind in kinds] == ["Gift", "Note", "Person"]
