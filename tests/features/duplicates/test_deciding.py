"""The queue and the verdicts: nobody gets a pair twice, and what was said holds."""

from datetime import timedelta

import pytest

from crm_app.core.access import Actor, Role
from crm_app.core.errors import NotFound
from crm_app.core.work import open_work
from crm_app.features.constituents.service import create
from crm_app.features.duplicates import service
from crm_app.features.relationships import queries as homes
from tests.features.duplicates.conftest import give, person


@pytest.fixture
def pair(work, maria, mary):
    service.find_all(work)
    return service.take_next(work)


def test_two_stewards_never_get_the_same_pair(db):
    ada, bo = Actor.of(1, "Ada", Role.STEWARD), Actor.of(2, "Bo", Role.STEWARD)
    with open_work(db, ada) as work:
        for name, street in (("Okonkwo", "14 Oak Lane"), ("Zwierzynski", "99 River Road")):
            for first in ("Maria", "Mary"):
                create(work, person(first, name, f"m.{name}7@example.net", "", street))
        assert service.find_all(work)["person"] == 2
    with open_work(db, ada) as work:
        first = service.take_next(work)
    with open_work(db, bo) as work:
        second = service.take_next(work)
    with open_work(db, ada, now=work.now + timedelta(seconds=30)) as work:
        assert service.take_next(work) == first
    assert first != second
    with open_work(db, bo) as work:
        service.give_back(work)
    with open_work(db, ada) as work:
        assert service.take(work, second) == second


def test_a_case_shows_both_side_by_side_with_reasons_and_a_preview(work, pair, maria, mary):
    give(work, mary, 12_000)
    seen = service.case(work, pair)
    assert [side.id for side in seen.sides] == [mary, maria]  # the longer history of giving is proposed to be kept
    assert {row.field for row in seen.fields} >= {"first_name", "last_name"}
    assert any(reason.points > 0 for reason in seen.reasons)
    assert {kind.table for kind in seen.preview.kinds} >= {"email"}
    assert service.case(work, pair, keep=maria).sides[0].id == maria


def test_not_the_same_is_remembered_and_carried_through_later_merges(work, pair, maria, mary, add):
    service.different(work, maria, mary)
    assert service.counts(work).open == 0
    service.find_all(work)
    assert service.counts(work).open == 0
    assert service.likely_of(work, maria) == []
    third = add("Mary", "Okonkwo", "maria.o77@example.net", "", "14 Oak Ln.")
    service.merge(work, third, [mary])
    assert third not in [one.id for one in service.likely_of(work, maria)]


def test_a_verdict_can_be_taken_back(work, pair, maria, mary):
    service.different(work, maria, mary)
    service.take_back(work, service.told_apart(work)[0]["id"])
    assert [one.id for one in service.likely_of(work, maria)] == [mary]


def test_the_same_household_is_made(work, pair, maria, mary):
    home = service.household(work, maria, mary)
    assert {member.person_id for member, _ in homes.members(work.session, home)} == {maria, mary}
    assert service.counts(work).open == 0


def test_a_skipped_pair_comes_back_in_a_week(db, admin):
    with open_work(db, admin) as work:
        for first in ("Maria", "Mary"):
            create(work, person(first, "Okonkwo", "maria.o77@example.net", "", "14 Oak Lane"))
        service.find_all(work)
        pair = service.take_next(work)
        service.skip(work, pair)
        assert service.take_next(work) is None
    with open_work(db, admin, now=work.now + timedelta(days=8)) as work:
        assert service.take_next(work) == pair


def test_a_pair_decided_elsewhere_is_gone(work, pair, maria, mary):
    service.merge(work, maria, [mary])
    with pytest.raises(NotFound):
        service.case(work, pair)
    assert service.take_next(work) is None


def test_certain_pairs_are_merged_in_bulk_and_undone_at_once(work, add):
    born = {"birth_year": 1971, "birth_month": 6, "birth_day": 24}
    for first in ("Maria", "Maria"):
        add(first, "Okonkwo", "maria.o77@example.net", "302 375 7496", "14 Oak Lane", **born)
    service.find_all(work)
    assert service.counts(work).certain == 1
    (made,) = service.merge_certain(work)
    assert service.counts(work).certain == 0
    seen = service.done(work)
    assert (seen[0].id, seen[0].mode) == (made, "bulk")
    assert len(service.undo_all(work, [made])) == 1
    assert service.done(work)[0].undone_at is not None
