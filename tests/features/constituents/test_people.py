"""Making, changing, finding and losing people, through their services."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from crm_app.core import history
from crm_app.core.access import Actor, Role
from crm_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from crm_app.core.work import Work, open_work
from crm_app.features.constituents import service as people
from crm_app.features.constituents.models import Address, Email, SearchTerm, Tagging
from crm_app.features.constituents.schemas import (
    AddressDraft,
    ConsentDraft,
    ConstituentDraft,
    CustomFieldDraft,
    EmailDraft,
    Filters,
    HatDraft,
    ListQuery,
    OtherNameDraft,
    PhoneDraft,
)


def make(work: Work, first: str = "Maria", last: str = "Okonkwo", **more) -> int:
    return people.create(work, ConstituentDraft(first_name=first, last_name=last, **more))


def found(work: Work, text: str) -> list[str]:
    return [line.name for line in people.search(work, text)]


def test_a_person_is_made_with_everything_that_was_said(work: Work):
    maria = make(
        work,
        emails=[EmailDraft(address="Mafe@Okonkwo.example"), EmailDraft(address="m@work.example", primary=True)],
        phones=[PhoneDraft(number="503 555 0142")],
        addresses=[AddressDraft(line1="212 SE Alder Street", city="Portland", region="OR", postal_code="97214")],
        hats=[HatDraft(hat="Donor", started_on=date(2017, 3, 1)), HatDraft(hat="poet")],
        tags=["Kitchen", "kitchen "],
        external_ids={"npsp": "003A"},
    )
    rows = work.session.execute(sa.select(Email).where(Email.constituent_id == maria)).scalars().all()
    assert {row.folded: row.is_primary for row in rows} == {"mafe@okonkwo.example": False, "m@work.example": True}
    (row,) = people.listing.rows(work, [maria])
    assert (row.phone, row.city, row.tags) == ("(503) 555-0142", "Portland", ["Kitchen"])
    assert set(row.hats.split(", ")) == {"donor", "poet"}
    key = work.session.execute(sa.select(Address.match_key)).scalar()
    assert key == "212 se alder st 97214"


def test_a_person_needs_something_to_be_called_by(work: Work):
    with pytest.raises(Invalid) as refused:
        people.create(work, ConstituentDraft())
    assert "last_name" in refused.value.fields


def test_a_birth_date_may_be_partial_but_not_impossible(work: Work):
    make(work, birth_year=1961)
    with pytest.raises(Invalid):
        make(work, birth_month=2, birth_day=31)


def test_the_database_holds_one_primary_of_a_kind(work: Work):
    maria = make(work, emails=[EmailDraft(address="a@example.org")])
    work.session.flush()
    with pytest.raises(sa.exc.IntegrityError), work.session.begin_nested():
        row = {"constituent_id": maria, "address": "b@c.org", "folded": "b@c.org", "is_primary": True}
        work.session.execute(sa.insert(Email.__table__), [{**row, "created_at": work.now, "updated_at": work.now}])


def test_search_finds_by_two_letters_accents_apostrophes_and_double_names(work: Work):
    make(work, "Zoë", "O'Brien-Łukasz")
    for text in ("zo", "ob", "O’Brien", "obrien lu", "lukasz zoe", "zoe obr", "Łuk"):
        assert found(work, text) == ["Zoë O'Brien-Łukasz"], text


def test_search_finds_by_nickname_former_name_phone_email_and_number_elsewhere(work: Work):
    maria = make(
        work,
        "Robert",
        "Larsen",
        emails=[EmailDraft(address="rob.larsen@example.org")],
        phones=[PhoneDraft(number="+1 503 555 0142")],
        external_ids={"old": "A-77"},
    )
    people.add_name(work, maria, OtherNameDraft(last_name="Müller", kind="birth"))
    for text in (
        "bob",
        "bob lar",
        "muller",
        "mueller",
        "503555",
        "555-0142",
        "(503) 555",
        "rob.l",
        "rob.larsen@ex",
        "a-77",
    ):
        assert found(work, text) == ["Robert Larsen"], text


def test_search_needs_every_word(work: Work):
    make(work, "Ann", "Lee")
    make(work, "Ann", "Roe")
    assert found(work, "ann ro") == ["Ann Roe"]
    assert found(work, "ann zz") == []
    assert found(work, "a") == []


def test_search_forgets_the_trash_and_remembers_the_restored(work: Work):
    maria = make(work)
    people.trash.discard(work, [maria])
    assert found(work, "maria") == []
    with pytest.raises(NotFound):
        people.edit(work, maria, {"nickname": "M"})
    people.trash.restore(work, [maria])
    assert found(work, "maria") == ["Maria Okonkwo"]


def test_search_follows_a_change_of_name(work: Work):
    maria = make(work)
    people.edit(work, maria, {"last_name": "Lindqvist"})
    assert found(work, "okon") == []
    assert found(work, "lindq") == ["Maria Lindqvist"]


def test_two_people_may_change_different_fields_at_once(work: Work):
    maria = make(work)
    people.edit(work, maria, {"nickname": "Mafe"}, seen={"nickname": ""})
    people.edit(work, maria, {"pronouns": "she/her"}, seen={"pronouns": ""})
    facts = people.facts(work, maria)
    assert (facts.nickname, facts.pronouns, facts.version) == ("Mafe", "she/her", 3)


def test_the_same_field_changed_twice_shows_theirs_and_mine(work: Work):
    maria = make(work)
    people.edit(work, maria, {"nickname": "Mafe"}, seen={"nickname": ""})
    with pytest.raises(people.EditConflict) as conflict:
        people.edit(work, maria, {"nickname": "Mimi"}, seen={"nickname": ""})
    assert conflict.value.data["fields"] == {"nickname": {"theirs": "Mafe", "mine": "Mimi"}}
    assert people.facts(work, maria).nickname == "Mafe"


def test_names_written_by_hand_stay(work: Work):
    maria = make(work)
    people.edit(work, maria, {"greeting": "Madam President"})
    people.edit(work, maria, {"nickname": "Mafe"})
    assert people.facts(work, maria).greeting == "Madam President"
    people.edit(work, maria, {"names_locked": False})
    assert people.facts(work, maria).greeting == "Mafe"


def test_every_change_is_in_the_history(work: Work):
    maria = make(work)
    people.edit(work, maria, {"nickname": "Mafe"})
    work.session.flush()
    query = sa.select(history.Change).where(history.Change.constituent_id == maria).order_by(history.Change.id)
    added, edited = work.session.execute(query).scalars()
    assert (added.action, edited.action) == ("added", "edited")
    assert edited.after == {"nickname": "Mafe", "greeting": "Mafe"}


def test_birth_dates_are_for_those_who_may_see_them(db, admin):
    with open_work(db, admin) as work:
        maria = make(work, birth_year=1961)
    with open_work(db, Actor.of(2, "Vera", Role.VIEWER), write=False) as viewing:
        assert people.facts(viewing, maria).birth_year is None
        with pytest.raises(NotAllowed):
            people.edit(viewing, maria, {"nickname": "x"})


def test_contact_points_keep_one_primary_through_every_change(work: Work):
    maria = make(work)
    first = people.reaching.add(work, maria, EmailDraft(address="a@example.org"))
    second = people.reaching.add(work, maria, EmailDraft(address="b@example.org", primary=True))
    rows = {row.id: row.is_primary for row in work.session.execute(sa.select(Email)).scalars()}
    assert rows == {first: False, second: True}
    people.reaching.remove(work, "email", second)
    work.session.flush()
    assert work.session.get(Email, first).is_primary
    people.reaching.mark(work, "email", first, "on_hold", "Bounced three times")
    assert people.may_contact(work, maria, "email", "service").reason == "No working e-mail address."
    assert found(work, "b@ex") == []


def test_a_phone_that_cannot_be_read_is_refused_when_typed_and_kept_when_imported(work: Work):
    maria = make(work)
    with pytest.raises(Invalid):
        people.reaching.add(work, maria, PhoneDraft(number="call me"))
    (imported,) = people.create_many(work, [ConstituentDraft(last_name="Roe", phones=[PhoneDraft(number="see notes")])])
    assert not people.may_contact(work, imported, "phone", "service").allowed


def test_may_contact_says_why(work: Work):
    maria = make(work, emails=[EmailDraft(address="a@example.org")])

    def say(state: str, purpose: str = "news", **more) -> None:
        people.consent.say(work, maria, ConsentDraft(channel="email", purpose=purpose, state=state, **more))

    def asked(channel: str = "email", purpose: str = "news"):
        return people.may_contact(work, maria, channel, purpose)

    assert asked().reason == "Not asked yet."
    say("granted", captured_at=work.now - timedelta(days=3))
    assert asked().allowed
    assert not asked(purpose="fundraising").allowed
    assert asked("phone").reason == "No phone number."
    say("withdrawn", purpose="all")
    assert asked().reason.startswith("They asked us to stop")
    assert asked(purpose="service").allowed
    say("granted", expires_on=date(2020, 1, 1))
    assert asked().state == "expired"
    people.edit(work, maria, {"deceased": True})
    assert asked(purpose="service").reason == "Maria Okonkwo has died."


def test_consent_shows_what_was_not_asked(work: Work):
    maria = make(work)
    people.consent.say(work, maria, ConsentDraft(channel="all", purpose="news", state="granted"))
    states = {(row.channel, row.purpose): row.state for row in people.consent.matrix(work, maria)}
    assert states["email", "news"] == "granted"
    assert states["post", "fundraising"] == "not_asked"


def test_custom_fields_take_what_fits_and_refuse_the_rest(work: Work):
    draft = CustomFieldDraft(label="T-shirt size", kind="choice", options=["S", "M", "L"])
    field = people.fields.define(work, draft)
    people.fields.define(work, CustomFieldDraft(label="Joined", kind="date"))
    maria = make(work, custom={"t_shirt_size": "m", "joined": "2020-02-29"})
    shown = {value.code: value.shown for value in people.fields.values(work, maria, "person")}
    assert shown == {"t_shirt_size": "M", "joined": "29 Feb 2020"}
    with pytest.raises(people.fields.NotReadable):
        people.fields.set_value(work, maria, "t_shirt_size", "XXL")
    with pytest.raises(Invalid):
        people.fields.define(work, draft.model_copy(update={"kind": "number"}), field)


def test_private_notes_stay_private(db, admin):
    with open_work(db, admin) as work:
        maria = make(work)
        people.marks.note(work, maria, "Speaks softly", "team")
    with open_work(db, Actor.of(2, "Vera", Role.VIEWER), write=False) as viewing:
        assert not people.marks.may_read(viewing, "team", None)
    assert people.marks.may_read(work, "everyone", None)


def test_hats_are_dated_and_tags_are_there_once(work: Work):
    maria = make(work)
    hat = people.marks.wear(work, maria, HatDraft(hat="board member", started_on=date(2019, 1, 1)))
    people.marks.take_off(work, hat, date(2022, 12, 31))
    people.marks.tag(work, maria, "Supper")
    people.marks.tag(work, maria, "supper")
    assert work.session.execute(sa.select(sa.func.count()).select_from(Tagging)).scalar() == 1
    with pytest.raises(Conflict):
        people.marks.save_tag(work, None, "SUPPER")


def test_the_list_shows_a_window_sorted_filtered_and_counted(work: Work):
    ids = [make(work, "Person", f"Name{n:02}") for n in range(30)]
    people.create(work, ConstituentDraft(kind="organization", name="The Bakery"))
    people.together.tag_all(work, ids[:4], "Chosen")
    window = people.listing.window(work, ListQuery(start=10, size=5))
    assert (window.total, window.rows[0].name) == (31, "Person Name09")
    tag = people.marks.list_tags(work)[0]
    chosen = people.listing.window(work, ListQuery(filters=Filters(tag_id=tag.id), descending=True))
    assert [row.name for row in chosen.rows] == [f"Person Name{n:02}" for n in (3, 2, 1, 0)]
    assert people.listing.window(work, ListQuery(filters=Filters(kind="organization"))).total == 1
    assert people.listing.window(work, ListQuery(filters=Filters(reach="no_email"))).total == 31
    assert people.listing.window(work, ListQuery(filters=Filters(q="name07"))).total == 1


def test_what_was_done_to_many_is_undone_for_many(work: Work):
    ids = [make(work, "A", f"B{n}") for n in range(3)]
    tagged = people.together.tag_all(work, ids, "Spring")
    assert tagged.words == "3 records tagged “Spring”."
    people.together.undo(work, tagged)
    assert people.listing.rows(work, ids)[0].tags == []
    assigned = people.together.assign_all(work, ids, 7, "Rosa")
    people.together.undo(work, assigned)
    assert people.facts(work, ids[0]).owner_id is None
    gone = people.together.discard_all(work, ids)
    assert people.listing.total(work, Filters(trash=True)) == 3
    people.together.undo(work, gone)
    assert found(work, "b1") == ["A B1"]


def test_lists_and_preferences_are_kept_for_each_user(work: Work):
    people.listing.prefer(work, "people", {"columns": ["email"]})
    work.session.flush()
    people.listing.prefer(work, "people", {"columns": ["city"]})
    work.session.flush()
    assert people.listing.preference(work, "people") == {"columns": ["city"]}
    saved = people.listing.save_list(work, "Board", ListQuery(filters=Filters(kind="person")))
    assert [row.name for row in people.listing.saved_lists(work)] == ["Board"]
    people.listing.drop_list(work, saved)
    assert people.listing.saved_lists(work) == []


def test_search_words_are_few_and_short(work: Work):
    make(work, "A" * 300, "B")
    assert all(len(term) <= 120 for (term,) in work.session.execute(sa.select(SearchTerm.term)))
