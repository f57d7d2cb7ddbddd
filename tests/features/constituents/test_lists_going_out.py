"""Lists that leave, forms that come in, and who somebody new may be already."""

import pytest

from crm_app.core.access import Actor, Role
from crm_app.core.errors import Invalid, NotAllowed
from crm_app.core.work import Work, open_work
from crm_app.features.constituents import service as people
from crm_app.features.constituents.schemas import ConstituentDraft, EmailDraft, Filters, PhoneDraft
from crm_app.features.constituents.service.likely import likely
from crm_app.features.constituents.service.typed import changes_of, draft_of, filters_of


def test_a_list_leaves_with_its_formulas_made_harmless(work: Work):
    people.create(work, ConstituentDraft(last_name="=cmd()", emails=[EmailDraft(address="a@example.org")]))
    head, row = people.taking_out.rows(work, Filters())
    assert head[:3] == ["Number", "Name", "Kind"]
    assert row[1] == "'=cmd()"


def test_lists_leave_only_with_those_who_may(db):
    with open_work(db, Actor.of(2, "Vera", Role.VIEWER)) as work, pytest.raises(NotAllowed):
        people.taking_out.rows(work, Filters())


def test_somebody_new_is_recognised_by_mail_phone_and_name(work: Work):
    points = {"emails": [EmailDraft(address="mafe@okonkwo.example")], "phones": [PhoneDraft(number="503 555 0142")]}
    mafe = people.create(work, ConstituentDraft(first_name="Maria", last_name="Okonkwo", **points))
    said = {
        "the same e-mail": {"email": "MAFE@okonkwo.example"},
        "the same phone": {"phone": "(503) 555-0142"},
        "a name like this": {"first_name": "maria", "last_name": "okonk"},
    }
    for why, typed in said.items():
        assert [(one["id"], one["why"]) for one in likely(work, typed)] == [(mafe, why)]
    assert likely(work, {"first_name": "Maria"}) == []


def test_a_form_becomes_a_draft(work: Work):
    draft = draft_of({"first_name": " Ann ", "email": "a@b.org", "city": "Salem", "tags": "One, two", "birth_year": ""})
    assert (draft.first_name, draft.emails[0].address, draft.addresses[0].city) == ("Ann", "a@b.org", "Salem")
    assert draft.tags == ["One", "two"]
    with pytest.raises(Invalid):
        draft_of({"birth_year": "long ago"})


def test_only_what_the_form_has_is_changed():
    assert changes_of({"nickname": "Mafe", "has_deceased": "yes"}) == {"nickname": "Mafe", "deceased": False}
    assert changes_of({"owner_id": ""}) == {"owner_id": None}


def test_an_address_that_makes_no_sense_narrows_nothing():
    assert filters_of({"hat": "x", "ids": "a,b", "tag": "3"}) == Filters(tag_id=3)
