"""The numbers on the pages are those of the rows, whatever was refunded, corrected or shared in a household."""

from datetime import UTC, date, datetime

import pytest

from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.work import Work, open_work
from crm_app.features.constituents.models.person import Constituent
from crm_app.features.giving import service
from crm_app.features.giving.schemas import GiftDraft, GiftFilters, PledgeDraft
from crm_app.features.relationships.models import HouseholdMember
from tests.features.giving.people import person


@pytest.fixture
def june(db: Database, admin: Actor):
    with open_work(db, admin, now=datetime(2026, 6, 30, 12, tzinfo=UTC)) as opened:
        yield opened


def gift(work: Work, who: int, amount: int, on: date, **more) -> int:
    return service.record_gift(work, GiftDraft(constituent_id=who, amount=amount, given_on=on, **more))


def numbers(work: Work, **more) -> dict:
    return {number.key: number.now for number in service.overview(work, **more).numbers}


def test_every_number_opens_the_people_who_add_up_to_it(june: Work) -> None:
    maya, paul, ann = (person(june, name) for name in ("Maya O", "Paul W", "Ann B"))
    gift(june, maya, 10000, date(2025, 3, 1))
    gift(june, maya, 15000, date(2026, 3, 1))
    gift(june, paul, 4000, date(2025, 5, 1))
    gift(june, paul, 9000, date(2025, 12, 1))
    gift(june, ann, 700, date(2026, 6, 30))
    shown = service.overview(june)
    assert (shown.raised, shown.raised_before, shown.line[-1], shown.line_whole_before[-1]) == (
        15700,
        14000,
        15700,
        23000,
    )
    assert sum(move.gain for move in shown.moves) == 15700 - 14000
    found = {number.key: number for number in shown.numbers}
    assert found["retention"].now == 0.5
    for key in ("donors", "lybunt", "new_donors", "upgraded"):
        count, _, _, rows = service.members(june, "to_date", found[key].opens)
        assert count == found[key].now == len(rows)
    assert service.members(june, "to_date", found["raised"].opens)[2] == shown.raised


def test_refunds_and_corrections_leave_totals_exact(june: Work) -> None:
    maya = person(june)
    one, two = (gift(june, maya, 5000, date(2026, 2, 1)) for _ in "ab")
    service.refund(june, one, 1500)
    service.correct(
        june, two, GiftDraft(constituent_id=maya, amount=500, given_on=date(2026, 2, 1)), "A nought too many"
    )
    assert numbers(june)["raised"] == 4000
    assert service.totals(june, maya).total == 4000
    assert service.count_gifts(june, GiftFilters(counted=True)) == (2, 4000)


def test_a_couple_is_one_donor_when_households_are_counted(june: Work) -> None:
    home = june.add(
        Constituent(kind="household", display_name="The Webers", created_at=june.now, updated_at=june.now)
    ).id
    for name in ("Paul Weber", "Ann Weber"):
        who = person(june, name)
        june.add(HouseholdMember(household_id=home, person_id=who, created_at=june.now))
        gift(june, who, 1000, date(2026, 1, 5))
    assert numbers(june, household=True)["donors"] == 1
    assert numbers(june, household=False)["donors"] == 2


def test_pledges_and_their_payments_are_never_counted_together(june: Work) -> None:
    maya = person(june)
    promise = service.make_pledge(
        june, PledgeDraft(constituent_id=maya, amount=100000, times=4, pledged_on=date(2026, 1, 1))
    )
    gift(june, maya, 25000, date(2026, 2, 1), pledge_id=promise)
    assert numbers(june)["raised"] == 25000
    assert numbers(june, commitment=True)["raised"] == 100000
    service.write_off(june, promise, "Moved", 50000)
    assert numbers(june, commitment=True)["raised"] == 50000


def test_the_list_is_the_same_from_both_ends(june: Work) -> None:
    maya = person(june)
    ids = [gift(june, maya, 100 + n, date(2026, 1, 1 + n)) for n in range(20)]
    total, _ = service.count_gifts(june, GiftFilters())
    whole = [
        row.id
        for first in range(0, 20, 6)
        for row in service.list_gifts(june, GiftFilters(), first=first, size=6, total=total)
    ]
    assert whole == ids[::-1]
    assert [row.id for row in service.list_gifts(june, GiftFilters(text="Okafor"), size=2)] == ids[:-3:-1]


def test_goods_are_not_money(june: Work) -> None:
    gift(june, person(june), 9000, date(2026, 1, 1), kind="in_kind", description="Twelve chairs")
    assert numbers(june)["raised"] == 0
