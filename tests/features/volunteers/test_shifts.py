"""Shifts: planned by the clock, never over their maximum, never two at a time without a reason."""

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from crm_app.core.access import Actor, Role
from crm_app.core.errors import CrmError, Invalid, NotAllowed
from crm_app.core.history import Change
from crm_app.core.work import open_work
from crm_app.features.constituents import service as constituents
from crm_app.features.volunteers import queries, service
from crm_app.features.volunteers.models import Shift
from crm_app.features.volunteers.schemas import RoleDraft, ShiftDraft
from tests.features.volunteers.conftest import NOW

BEGIN = datetime(2026, 11, 21, 23, tzinfo=UTC)  # 18:00 in New York
END = BEGIN + timedelta(hours=3)


def test_a_role_keeps_its_skills_as_words_and_its_name_once(db, admin, role):
    with open_work(db, admin, now=NOW) as work:
        assert service.list_roles(work)[0].skills == "cooking, knives"
        with pytest.raises(Invalid) as wrong:
            service.save_role(work, RoleDraft(name="KITCHEN"))
        assert set(wrong.value.fields) == {"name"}


def test_every_week_is_at_the_same_hour_of_the_clock_over_the_change_of_clocks(db, admin, role):
    draft = ShiftDraft(
        role_id=role, day="2026-10-24", starts="18:00", ends="21:00", time_zone="America/New_York", weeks=4
    )
    with open_work(db, admin, now=NOW) as work:
        planned = service.plan(work, draft)
        rows = [work.get(Shift, number) for number in planned.ids]
        assert [row.starts_at.hour for row in rows] == [22, 22, 23, 23]
        assert {row.series_id for row in rows} == {planned.ids[0]}


def test_a_night_shift_ends_on_the_next_day(db, admin, make_shift):
    shift = make_shift(starts="22:00", ends="02:00")
    with open_work(db, admin, now=NOW) as work:
        row = work.get(Shift, shift)
        assert row.ends_at - row.starts_at == timedelta(hours=4)


def test_an_hour_the_clocks_skip_is_left_out_and_named(db, admin, role):
    draft = ShiftDraft(
        role_id=role, day="2026-03-01", starts="02:30", ends="05:00", time_zone="America/New_York", weeks=3
    )
    with open_work(db, admin, now=NOW) as work:
        planned = service.plan(work, draft)
        assert (len(planned.ids), planned.skipped) == (2, ["08 Mar 2026"])


def test_a_full_shift_refuses_and_a_cancelled_place_is_free_again(db, admin, make_shift, people):
    shift, (first, second, third) = make_shift(minimum=1, maximum=2), people(3)
    with open_work(db, admin, now=NOW) as work:
        signup = service.sign_up(work, shift, first)
        service.sign_up(work, shift, second)
        with pytest.raises(service.ShiftFull) as full:
            service.sign_up(work, shift, third)
        assert full.value.data["maximum"] == 2
        service.cancel(work, signup)
        service.sign_up(work, shift, third)
        assert service.shift_page(work, shift).shift.taken == 2
        assert queries.held(work.session, shift) == 2


def test_forty_people_at_once_fill_five_places(db, admin, make_shift, people):
    shift, crowd = make_shift(minimum=1, maximum=5), people(40)
    answers: list[str] = []
    start = threading.Barrier(len(crowd))

    def ask(person: int) -> None:
        start.wait()
        try:
            with open_work(db, admin, now=NOW) as work:
                service.sign_up(work, shift, person)
            answers.append("on")
        except CrmError as error:
            answers.append(type(error).__name__)

    _all(ask, crowd)
    assert Counter(answers) == {"on": 5, "ShiftFull": 35}
    with open_work(db, admin, now=NOW) as work:
        assert queries.held(work.session, shift) == service.shift_page(work, shift).shift.taken == 5


def test_one_person_on_two_shifts_at_once_gets_one_of_them(db, admin, make_shift, people):
    shifts, person = [make_shift() for _ in range(12)], people(1)[0]
    answers: list[str] = []
    start = threading.Barrier(len(shifts))

    def ask(shift: int) -> None:
        start.wait()
        try:
            with open_work(db, admin, now=NOW) as work:
                service.sign_up(work, shift, person)
            answers.append("on")
        except CrmError as error:
            answers.append(type(error).__name__)

    _all(ask, shifts)
    assert Counter(answers) == {"on": 1, "Overlaps": 11}


def _all(call, arguments) -> None:
    threads = [threading.Thread(target=call, args=(one,)) for one in arguments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_an_overlap_needs_a_reason_and_touching_shifts_do_not_overlap(db, admin, make_shift, people):
    first, person = make_shift(), people(1)[0]
    overlapping, later = make_shift(starts="20:30", ends="22:00"), make_shift(starts="21:00", ends="22:00")
    with open_work(db, admin, now=NOW) as work:
        service.sign_up(work, first, person)
        service.sign_up(work, later, person)
        with pytest.raises(service.Overlaps) as clash:
            service.sign_up(work, overlapping, person)
        assert clash.value.data["shift_id"] == first
        service.sign_up(work, overlapping, person, reason="Runs between both")
        assert service.roster(work, overlapping)[0].overlap_reason == "Runs between both"
        with pytest.raises(service.OnShift):
            service.sign_up(work, first, person, reason="again")


def test_coming_and_leaving_drafts_the_hours_inside_the_shift(db, admin, make_shift, people):
    shift, (early, late) = make_shift(), people(2)
    with open_work(db, admin, now=NOW) as work:
        signups = [service.sign_up(work, shift, person) for person in (early, late)]
        service.arrive(work, signups[0], BEGIN - timedelta(hours=2))
        service.leave(work, signups[0], END + timedelta(minutes=5))
        service.arrive(work, signups[1], BEGIN + timedelta(minutes=30))
        service.leave(work, signups[1], BEGIN + timedelta(minutes=90))
        assert [row.hours for row in service.drafts(work)] == ["3 h 20", "1 h"]
        assert [row.status for row in service.roster(work, shift)] == ["completed", "completed"]
        assert service.totals(work, early) == []


def test_a_step_back_takes_the_draft_with_it_unless_it_was_handed_in(db, admin, make_shift, people):
    shift, person = make_shift(), people(1)[0]
    with open_work(db, admin, now=NOW) as work:
        signup = service.sign_up(work, shift, person)
        service.arrive(work, signup, BEGIN)
        service.leave(work, signup, END)
        service.take_back(work, signup)
        assert service.drafts(work) == []
        service.leave(work, signup, END)
        assert service.submit_all(work, shift) == 1
        with pytest.raises(service.IllegalMove):
            service.take_back(work, signup)


def test_what_cannot_happen_is_refused_by_name(db, admin, make_shift, people):
    shift, person = make_shift(), people(1)[0]
    with open_work(db, admin, now=NOW) as work:
        signup = service.sign_up(work, shift, person)
        with pytest.raises(service.IllegalMove):
            service.leave(work, signup)
        service.cancel(work, signup)
        with pytest.raises(service.IllegalMove):
            service.arrive(work, signup)
        with pytest.raises(service.IllegalMove):
            service.close(work, shift)


def test_finishing_a_shift_sends_home_who_is_here_and_marks_who_never_came(db, admin, make_shift, people):
    shift, (here, missing) = make_shift(), people(2)
    with open_work(db, admin, now=NOW) as work:
        service.arrive(work, service.sign_up(work, shift, here), BEGIN)
        service.sign_up(work, shift, missing)
    with open_work(db, admin, now=END + timedelta(hours=10)) as work:
        assert [row.id for row in service.unfinished(work)] == [shift]
        assert service.close(work, shift) == (1, 1)
        assert [row.hours for row in service.drafts(work)] == ["3 h"]
        assert service.unfinished(work) == []


def test_short_shifts_come_first_and_say_how_many_they_need(db, admin, make_shift, people):
    filled, short = make_shift(minimum=1), make_shift(day="2026-11-25", minimum=3)
    with open_work(db, admin, now=NOW) as work:
        service.sign_up(work, filled, people(1)[0])
        assert [(row.id, row.words) for row in service.shortages(work)] == [(short, "needs 3 more")]
        assert [row.id for row in service.upcoming(work)] == [filled, short]
        assert service.numbers(work).missing == 3


def test_a_called_off_shift_releases_everybody_and_can_take_the_later_ones_along(db, admin, role, people):
    draft = ShiftDraft(role_id=role, day="2026-11-21", starts="9:00", ends="12:00", time_zone="UTC", weeks=3)
    person = people(1)[0]
    with open_work(db, admin, now=NOW) as work:
        first, second, third = service.plan(work, draft).ids
        service.sign_up(work, second, person)
        assert service.cancel_shift(work, second, "No heating", following=True) == 1
        assert [row.id for row in service.upcoming(work)] == [first]
        with pytest.raises(service.ShiftOver):
            service.sign_up(work, third, person)


def test_fewer_places_than_people_are_refused(db, admin, make_shift, role, people):
    shift = make_shift()
    with open_work(db, admin, now=NOW) as work:
        for person in people(3):
            service.sign_up(work, shift, person)
        draft = ShiftDraft(role_id=role, day="2026-11-21", starts="17:00", ends="21:00", minimum=1, maximum=2)
        with pytest.raises(service.BelowTaken):
            service.change_shift(work, shift, draft)
        service.change_shift(work, shift, draft.model_copy(update={"maximum": 3}))
        row = service.shift_page(work, shift).shift
        assert (row.full, row.starts, row.taken) == (True, "17:00", 3)


def test_those_who_did_it_before_and_are_free_are_suggested(db, admin, make_shift, people):
    past, coming = make_shift(day="2026-11-14"), make_shift()
    keen, busy, new = people(3)
    with open_work(db, admin, now=NOW) as work:
        for person in (keen, busy):
            signup = service.sign_up(work, past, person)
            service.arrive(work, signup, BEGIN - timedelta(days=7))
            service.leave(work, signup, END - timedelta(days=7))
        service.sign_up(work, make_shift_in(work, coming), busy)
        service.sign_up(work, coming, new)
        assert [(one.constituent_id, one.words) for one in service.suggestions(work, coming)] == [
            (keen, "once, last on 14 Nov 2026")
        ]


def make_shift_in(work, like: int) -> int:
    row = work.get(Shift, like)
    return work.add(Shift(**row.model_dump(exclude={"id", "taken"}))).id


def test_somebody_who_died_leaves_the_shifts_to_come(db, admin, make_shift, people):
    shift, person = make_shift(), people(1)[0]
    with open_work(db, admin, now=NOW) as work:
        service.sign_up(work, shift, person)
        constituents.edit(work, person, {"deceased": True})
        assert service.roster(work, shift) == []
        with pytest.raises(Invalid):
            service.sign_up(work, shift, person)


def test_each_change_is_in_the_history_of_the_person(db, admin, make_shift, people):
    shift, person = make_shift(), people(1)[0]
    with open_work(db, admin, now=NOW) as work:
        service.cancel(work, service.sign_up(work, shift, person), "ill")
        work.session.flush()
        rows = work.session.execute(select(Change).where(Change.kind == "signup").order_by(Change.id)).scalars().all()
        assert [(row.action, row.constituent_id, row.note[:3]) for row in rows][-1] == ("cancelled", person, "ill")


def test_a_viewer_looks_and_the_door_checks_in(db, admin, make_shift, people):
    shift, person = make_shift(), people(1)[0]
    with open_work(db, admin, now=NOW) as work:
        signup = service.sign_up(work, shift, person)
    with open_work(db, Actor.of(None, "Vi", Role.VIEWER), now=NOW) as work:
        assert len(service.roster(work, shift)) == 1
        with pytest.raises(NotAllowed):
            service.arrive(work, signup)
    with open_work(db, Actor.of(None, "Dora", Role.DOOR), now=BEGIN) as work:
        service.arrive(work, signup)
        with pytest.raises(NotAllowed):
            service.sign_up(work, shift, person)
