"""Finding duplicates in the database: keys kept with the records, one record looked up, all of them."""

import sqlalchemy as sa

from crm_app.core.access import Actor, Role
from crm_app.core.work import open_work
from crm_app.features.constituents.service import create, edit
from crm_app.features.constituents.service.trash import discard
from crm_app.features.duplicates import service
from crm_app.features.duplicates.models import MatchKey
from crm_app.features.duplicates.service.finding import is_due
from crm_app.features.relationships.service import make_household
from tests.features.duplicates.conftest import person


def keys_of(work, number):
    return set(work.session.execute(sa.select(MatchKey.key).where(MatchKey.constituent_id == number)).scalars())


def test_somebody_being_typed_is_recognized(work, maria, add):
    add("Peter", "Lindqvist", "peter@example.net")
    found = service.likely(work, person("Mary", "Okonkwo", "MARIA.O77@example.net"))
    assert [one.id for one in found] == [maria]
    assert found[0].score > 0.5
    assert "pairs like this" in found[0].sentence
    assert any(reason.field == "e-mail" and reason.points > 0 for reason in found[0].reasons)


def test_a_plain_mapping_is_enough(work, maria):
    raw = {"first_name": "Maria", "last_name": "Okonkwo", "phone": "(302) 375-7496", "street": "14 Oak Lane"}
    assert [one.id for one in service.likely(work, raw)] == [maria]


def test_keys_follow_every_change_in_its_own_transaction(db, admin: Actor):
    with open_work(db, admin) as work:
        number = service_create(work)
    with open_work(db, admin) as work:
        before = keys_of(work, number)
        edit(work, number, {"last_name": "Vandenberg"})
    with open_work(db, admin) as work:
        after = keys_of(work, number)
        discard(work, [number])
    with open_work(db, admin) as work:
        assert before
        assert after
        assert before != after
        assert keys_of(work, number) == set()


def service_create(work):
    return create(work, person("Maria", "Okonkwo", "maria.o77@example.net"))


def test_rebuilt_keys_are_those_kept_with_the_records(db, admin: Actor):
    with open_work(db, admin) as work:
        number = service_create(work)
    with open_work(db, admin) as work:
        before = keys_of(work, number)
        service.rebuild(work)
        assert keys_of(work, number) == before


def test_find_all_fills_the_queue_in_order_of_certainty_and_worth(work, maria, mary, add):
    add("Peter", "Lindqvist", "peter@example.net")
    assert service.find_all(work)["person"] == 1
    (row,) = service.page(work, "review") + service.page(work, "certain")
    assert {row.low_id, row.high_id} == {maria, mary}


def test_people_of_one_household_are_no_suggestion_once_they_share_it(work, add):
    peter = add("Peter", "Lindqvist", "us@example.net", "302 555 7496", "9 Elm Rd", birth_year=1970)
    laura = add("Laura", "Lindqvist", "us@example.net", "302 555 7496", "9 Elm Rd", birth_year=1974)
    service.find_all(work)
    assert [{row.low_id, row.high_id} for row in service.page(work, "household")] == [{peter, laura}]
    make_household(work, [peter, laura])
    service.find_all(work)
    assert service.page(work, "household") == []


def test_a_new_record_is_looked_at_alone(work, maria, mary):
    assert service.look(work, [mary]) == 1
    assert service.counts(work).open == 1


def test_an_email_half_the_base_shares_says_nothing(work, add):
    numbers = [
        add(f"P{chr(97 + n // 26)}{chr(97 + n % 26)}", f"Q{chr(97 + n % 26)}{chr(97 + n // 26)}", "office@example.net")
        for n in range(70)
    ]
    assert len(numbers) == 70
    assert service.likely(work, {"first_name": "Zoe", "last_name": "Ek", "email": "office@example.net"}) == []


def test_a_saved_twin_is_in_the_queue_at_once(db, admin: Actor):
    for first in ("Maria", "Mary"):
        with open_work(db, admin) as work:
            create(work, person(first, "Okonkwo", "maria.o77@example.net", "", "14 Oak Lane"))
    with open_work(db, admin) as work:
        (pair,) = service.listed(work, ("certain", "review"))
        edit(work, pair.low_id, {"job_title": "Baker"})
    with open_work(db, admin) as work:
        assert [row.id for row in service.listed(work, ("certain", "review"))] == [pair.id]


def test_an_import_makes_the_hourly_search_due(db, admin: Actor):
    with open_work(db, admin) as work:
        for n in range(5):
            create(work, person(f"P{chr(97 + n)}", "Quist"))
        assert is_due(work)
        service.find_all(work)
    with open_work(db, admin) as work:
        assert not is_due(work)


def test_who_may_not_see_birth_dates_is_not_told_about_them(work, add):
    born = {"birth_year": 1971, "birth_month": 6, "birth_day": 24}
    add("Maria", "Okonkwo", "maria.o77@example.net", **born)
    work.actor = Actor.of(None, "Vera", Role.VIEWER)
    (found,) = service.likely(work, person("Maria", "Okonkwo", "maria.o77@example.net", **born))
    assert "birth" not in found.sentence
    assert all(reason.field != "birth date" for reason in found.reasons)
