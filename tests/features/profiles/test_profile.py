"""A profile tells everything that every feature knows, to those who may know it."""

from datetime import date

import pytest

from crm_app.core.access import Actor, Role
from crm_app.core.work import Work, open_work
from crm_app.features.constituents import service as people
from crm_app.features.constituents.schemas import ConsentDraft, ConstituentDraft, EmailDraft, HatDraft
from crm_app.features.giving.schemas import GiftDraft
from crm_app.features.giving.service import record_gift
from crm_app.features.interactions import service as interactions
from crm_app.features.interactions.schemas import InteractionDraft
from crm_app.features.profiles import service as profiles
from crm_app.features.relationships import service as relationships


@pytest.fixture
def mafe(work: Work) -> int:
    number = people.create(
        work,
        ConstituentDraft(
            first_name="Maria", last_name="Okonkwo", nickname="Mafe", pronouns="she/her", birth_year=1961,
            emails=[EmailDraft(address="mafe@okonkwo.example")], hats=[HatDraft(hat="donor", started_on=date(2017, 3, 1))],
        ),
    )  # fmt: skip
    people.consent.say(work, number, ConsentDraft(channel="email", purpose="news", state="granted"))
    people.consent.say(work, number, ConsentDraft(channel="email", purpose="fundraising", state="refused"))
    record_gift(work, GiftDraft(constituent_id=number, amount=12_000, given_on=work.now.date()))
    interactions.log(work, InteractionDraft(constituent_id=number, body="Will come", outcome="said_yes"))
    work.session.flush()
    return number


def test_the_page_says_who_it_is_and_what_may_be_sent(work: Work, mafe: int):
    page = profiles.profile(work, mafe)
    assert (page["head"]["name"], page["head"]["aside"]) == ("Maria Okonkwo", "Mafe · she/her")
    assert page["hats"][0]["words"] == "Donor since 2017"
    assert (page["reach"][0]["good"], page["reach"][0]["bad"]) == ("news", "no fundraising")
    assert page["figures"][0] == {"figure": "$120", "words": "given, 1 gift", "to": f"/people/{mafe}?show=gifts"}
    assert page["consents"][1]["email"] == "no"


def test_the_timeline_is_one_and_can_be_narrowed(work: Work, mafe: int):
    kinds = [line["kind"] for line in profiles.timeline(work, mafe)]
    assert {"gifts", "talk", "changes"} <= set(kinds)
    (talk,) = profiles.timeline(work, mafe, "talk")
    assert talk["words"] == "Ada called: Will come"
    assert talk["more"] == "said yes"


def test_the_household_is_drawn_and_said(work: Work, mafe: int):
    ade = people.create(work, ConstituentDraft(first_name="Ade", last_name="Okonkwo"))
    relationships.make_household(work, [mafe, ade])
    page = profiles.profile(work, mafe)
    assert page["homes"][0]["name"] == "The Okonkwo family"
    assert page["homes"][0]["members"] == "Ade"
    assert [(node["label"], node["household"]) for node in page["nodes"]] == [("Ade", True)]


def test_amounts_and_birth_dates_are_not_for_everyone(db, admin):
    with open_work(db, admin) as work:
        number = people.create(work, ConstituentDraft(last_name="Roe", birth_year=1961))
        record_gift(work, GiftDraft(constituent_id=number, amount=100))
    with open_work(db, Actor.of(2, "Vera", Role.VIEWER), write=False) as viewing:
        page = profiles.profile(viewing, number)
        assert (page["figures"], page["years"]) == ([], [])
        assert "Born" not in [pair["name"] for pair in page["about"]]
        assert "gifts" not in [line["kind"] for line in profiles.timeline(viewing, number)]


def test_a_merged_record_leads_to_the_one_that_stands(work: Work, mafe: int):
    other = people.create(work, ConstituentDraft(last_name="Okonkwo"))
    row = work.get(people.standing(work, other).__class__, other)
    row.merged_into_id, row.deleted_at = mafe, work.now
    assert profiles.profile(work, other)["head"]["id"] == mafe
