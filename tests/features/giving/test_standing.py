"""What somebody's giving comes to."""

from datetime import UTC, date, datetime

import pytest

from crm_app.core.access import Actor, Role
from crm_app.core.errors import NotAllowed
from crm_app.core.work import Work, open_work
from crm_app.features.constituents import service as people
from crm_app.features.constituents.schemas import ConstituentDraft
from crm_app.features.giving import service as giving
from crm_app.features.giving.models import RecurringGift
from crm_app.features.giving.schemas import GiftDraft, SoftCreditDraft
from crm_app.features.giving.service import record_gift, refund
from crm_app.features.relationships import service as relationships
from crm_app.features.settings import service as settings


def make(work: Work, first: str = "Mafe") -> int:
    return people.create(work, ConstituentDraft(first_name=first, last_name="Okonkwo"))


def give(work: Work, who: int, amount: int, day: date = date(2026, 3, 12), **more) -> int:
    return record_gift(work, GiftDraft(constituent_id=who, amount=amount, given_on=day, **more))


def test_totals_count_what_was_received_less_what_was_given_back(work: Work):
    mafe = make(work)
    give(work, mafe, 10_000, date(2024, 5, 1))
    part = give(work, mafe, 6_000, date(2025, 5, 1))
    whole = give(work, mafe, 3_000, date(2025, 6, 1))
    give(work, mafe, 99_000, date(2025, 7, 1), status="pending")
    give(work, mafe, 2_000, date(2025, 8, 1), currency="EUR")
    refund(work, part, 1_000, on=date(2025, 5, 9))
    refund(work, whole, 3_000, on=date(2025, 6, 9))
    made = giving.totals(work, mafe)
    assert (made.total, made.count, made.largest, made.other_currencies) == (15_000, 2, 10_000, "€20.00")
    assert made.by_year[:2] == [(2024, 10_000), (2025, 5_000)]


def test_years_are_the_organizations_own(db):
    now = datetime(2026, 8, 1, tzinfo=UTC)
    with open_work(db, Actor.system(), now=now) as work:
        us = settings.organization(work).model_copy(update={"fiscal_year_start": 7})
        settings.save_organization(work, us)
        mafe = make(work)
        give(work, mafe, 100, date(2026, 6, 30))
        give(work, mafe, 200, date(2026, 7, 1))
        made = giving.totals(work, mafe)
    assert (made.last_year, made.this_year) == (100, 200)


def test_a_soft_credit_counts_once_whatever_the_roles(work: Work):
    mafe, ade = make(work), make(work, "Ade")
    both = [SoftCreditDraft(constituent_id=ade, role=role) for role in ("spouse", "solicitor")]
    give(work, mafe, 50_000, soft_credits=both)
    made = giving.totals(work, ade)
    assert (made.total, made.soft_total) == (0, 50_000)
    assert [row.giver for row in giving.gifts(work, ade) if row.soft] == ["Mafe Okonkwo", "Mafe Okonkwo"]


def test_the_household_adds_up_everyone_once(work: Work):
    mafe, ade = make(work), make(work, "Ade")
    home = relationships.make_household(work, [mafe, ade])
    for who, amount in ((mafe, 100), (ade, 20), (home, 3)):
        give(work, who, amount)
    assert {giving.totals(work, who).household_total for who in (mafe, ade, home)} == {123}


def test_a_death_ends_what_would_still_be_asked_for(work: Work):
    mafe = make(work)
    row = RecurringGift(
        constituent_id=mafe, currency="USD", starts_on=date(2020, 1, 1), next_on=date(2030, 1, 1), created_at=work.now
    )
    work.add(row)
    people.edit(work, mafe, {"deceased": True})
    assert (row.status, row.status_reason, row.next_on) == ("ended", "deceased", None)


def test_amounts_are_for_those_who_may_see_them(db, admin):
    with open_work(db, admin) as work:
        mafe = make(work)
        give(work, mafe, 100)
    viewer = Actor.of(2, "Vera", Role.VIEWER)
    with open_work(db, viewer, write=False) as viewing, pytest.raises(NotAllowed):
        giving.totals(viewing, mafe)
