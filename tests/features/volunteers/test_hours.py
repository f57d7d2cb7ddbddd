"""Hours: handed in, approved once, counted only when approved."""

import threading
from datetime import date

import pytest

from crm_app.core.errors import Invalid
from crm_app.core.work import open_work
from crm_app.features.volunteers import service
from crm_app.features.volunteers.saying import hours_words, minutes_of
from crm_app.features.volunteers.schemas import HoursDraft
from tests.features.volunteers.conftest import NOW


def given(person: int, day: date, minutes: int, **more: object) -> HoursDraft:
    return HoursDraft(constituent_id=person, worked_on=day, minutes=minutes, **more)


def test_hours_are_read_as_people_type_them():
    said = ["2", "2.5", "2,5", "2:30", "2 h 30", "2h", "45 min", "1 hour 5 min", "", "soon", "-1"]
    assert [minutes_of(one) for one in said] == [120, 150, 150, 150, 150, 120, 45, 65, None, None, None]
    assert [hours_words(one) for one in (45, 60, 135, 60_000)] == ["45 min", "1 h", "2 h 15", "1,000 h"]


def test_only_approved_hours_count_and_a_group_counts_each_of_its_people(db, admin, people):
    person, other = people(2)
    with open_work(db, admin, now=NOW) as work:
        first = service.log(work, given(person, date(2026, 11, 1), 90))
        second = service.log(work, given(person, date(2025, 5, 1), 60, people=12))
        third = service.log(work, given(other, date(2026, 11, 2), 30))
        assert service.totals(work, person) == []
        assert service.approve(work, [first, second]) == 2
        assert service.decline(work, [third], "Was a paid day") == 1
        assert [(one.year, one.minutes) for one in service.totals(work, person)] == [(2026, 90), (2025, 720)]
        assert [(one.name, one.hours) for one in service.thanked_most(work, 2026)] == [("Ann0 Okonkwo", "1 h 30")]
        assert (service.numbers(work).hours, service.numbers(work).people) == ("1 h 30", 1)


def test_what_was_declined_can_be_handed_in_again(db, admin, people):
    with open_work(db, admin, now=NOW) as work:
        entry = service.log(work, given(people(1)[0], date(2026, 11, 1), 90))
        with pytest.raises(Invalid):
            service.decline(work, [entry], " ")
        service.decline(work, [entry], "Which day?")
        assert service.approve(work, [entry]) == 0
        assert service.submit(work, [entry]) == 1
        assert [row.id for row in service.to_approve(work)] == [entry]


def test_ten_approve_the_same_hours_and_they_count_once(db, admin, people):
    person = people(1)[0]
    with open_work(db, admin, now=NOW) as work:
        entry = service.log(work, given(person, date(2026, 11, 1), 60))
    counted: list[int] = []

    def approve() -> None:
        with open_work(db, admin, now=NOW) as work:
            counted.append(service.approve(work, [entry]))

    threads = [threading.Thread(target=approve) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counted) == [0] * 9 + [1]


@pytest.mark.parametrize(
    ("day", "minutes", "field"),
    [(date(2026, 12, 24), 60, "worked_on"), (date(2026, 11, 1), 0, "hours"), (date(2026, 11, 1), 1441, "hours")],
)
def test_hours_that_cannot_be_are_refused_at_their_field(db, admin, people, day, minutes, field):
    with open_work(db, admin, now=NOW) as work, pytest.raises(Invalid) as wrong:
        service.log(work, given(people(1)[0], day, minutes))
    assert set(wrong.value.fields) == {field}
