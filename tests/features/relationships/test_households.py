"""Households and relationships seen from both sides."""

from datetime import date

import pytest
import sqlalchemy as sa

from crm_app.core.errors import Conflict
from crm_app.core.work import Work
from crm_app.features.constituents import service as people
from crm_app.features.constituents.models import Address
from crm_app.features.constituents.schemas import AddressDraft, ConstituentDraft
from crm_app.features.relationships import service as relationships
from crm_app.features.relationships.schemas import RelationDraft, TypeDraft


def make(work: Work, first: str, last: str, **more) -> int:
    return people.create(work, ConstituentDraft(first_name=first, last_name=last, **more))


def address_of(work: Work, who: int) -> Address:
    return work.session.execute(sa.select(Address).where(Address.constituent_id == who)).scalars().one()


def kind(work: Work, code: str) -> int:
    return next(row.id for row in relationships.list_types(work) if row.code == code)


def test_one_relationship_is_seen_from_both_sides(work: Work):
    mafe, ifeoma = make(work, "Mafe", "Okonkwo"), make(work, "Ifeoma", "Okonkwo")
    draft = RelationDraft(type_id=kind(work, "parent"), other_id=ifeoma, acts_for_other=True)
    relationships.relate(work, mafe, draft)
    (hers,), (theirs,) = relationships.of(work, mafe), relationships.of(work, ifeoma)
    assert (hers.is_to_me, hers.other, hers.i_act_for) == ("child", "Ifeoma Okonkwo", True)
    assert (theirs.is_to_me, theirs.acts_for_me) == ("parent", True)
    with pytest.raises(relationships.AlreadyRelated):
        relationships.relate(work, ifeoma, RelationDraft(type_id=kind(work, "parent"), other_id=mafe, reverse=True))


def test_a_spouse_is_a_spouse_both_ways_round(work: Work):
    ade, mafe = make(work, "Ade", "Okonkwo"), make(work, "Mafe", "Okonkwo")
    relationships.relate(work, ade, RelationDraft(type_id=kind(work, "spouse"), other_id=mafe))
    with pytest.raises(relationships.AlreadyRelated):
        relationships.relate(work, mafe, RelationDraft(type_id=kind(work, "spouse"), other_id=ade))


def test_past_relationships_are_kept_and_come_last(work: Work):
    ann = make(work, "Ann", "Lee")
    bakery = people.create(work, ConstituentDraft(kind="organization", name="Bakery"))
    cafe = people.create(work, ConstituentDraft(kind="organization", name="Café"))
    first = relationships.relate(work, ann, RelationDraft(type_id=kind(work, "employee"), other_id=bakery))
    relationships.relate(work, ann, RelationDraft(type_id=kind(work, "employee"), other_id=cafe, title="Cook"))
    relationships.end(work, first, date(2020, 1, 1))
    assert [(row.other, row.is_to_me) for row in relationships.of(work, ann)] == [
        ("Café", "employer"),
        ("Bakery", "employer"),
    ]


def test_a_household_names_itself_and_follows_its_members(work: Work):
    ade, mafe = make(work, "Ade", "Okonkwo"), make(work, "Maria", "Okonkwo", nickname="Mafe")
    home = relationships.make_household(work, [mafe, ade])
    (row,) = relationships.households(work, ade)
    assert (row.name, row.greeting) == ("The Okonkwo family", "Mafe and Ade")
    assert [line.name for line in people.search(work, "okonkwo")].count("The Okonkwo family") == 1
    people.edit(work, ade, {"last_name": "Bello"})
    assert people.facts(work, home).addressee == "Maria Okonkwo and Ade Bello"
    people.edit(work, ade, {"deceased": True})
    (row,) = relationships.households(work, mafe)
    assert row.greeting == "Mafe"


def test_a_name_written_by_hand_is_kept(work: Work):
    ade, mafe = make(work, "Ade", "Okonkwo"), make(work, "Mafe", "Okonkwo")
    home = relationships.make_household(work, [mafe, ade])
    people.edit(work, home, {"greeting": "Dear friends", "names_locked": True})
    relationships.leave(work, home, ade)
    assert relationships.households(work, mafe)[0].greeting == "Dear friends"
    assert relationships.preview(work, home).greeting == "Mafe"


def test_one_household_is_the_main_one(work: Work):
    child, mother, father = (make(work, name, "Roe") for name in ("Kit", "Ana", "Tom"))
    first = relationships.make_household(work, [mother, child])
    second = relationships.make_household(work, [father, child])
    assert [row.id for row in relationships.households(work, child)] == [first, second]
    with pytest.raises(Conflict):
        relationships.join(work, first, child)
    relationships.leave(work, first, child)
    (left,) = relationships.households(work, child)
    assert next(member for member in left.members if member.person_id == child).is_primary


def test_members_follow_the_households_address(work: Work):
    where = AddressDraft(line1="1 Elm St", city="Salem", postal_code="97301")
    mafe, ade = make(work, "Mafe", "Okonkwo", addresses=[where]), make(work, "Ade", "Okonkwo")
    source = address_of(work, mafe).id
    home = relationships.make_household(work, [mafe, ade], address_id=source)
    own = address_of(work, home)
    people.reaching.correct(work, "address", own.id, where.model_copy(update={"line1": "9 Oak Ave"}))
    work.session.expire_all()
    lines = {row.constituent_id: row.line1 for row in work.session.execute(sa.select(Address)).scalars()}
    assert lines == {mafe: "9 Oak Ave", ade: "9 Oak Ave", home: "9 Oak Ave"}


def test_own_relationship_types_can_be_added(work: Work):
    relationships.save_type(work, TypeDraft(name="godparent of", reverse_name="godchild of", family="family"))
    assert relationships.list_types(work)[-1].code == "godparent_of"


def test_a_household_given_a_name_keeps_its_greetings_and_takes_its_own_back(work: Work):
    ade, mafe = make(work, "Ade", "Okonkwo"), make(work, "Mafe", "Okonkwo")
    home = relationships.make_household(work, [mafe, ade])
    people.edit(work, home, {"name": "Casa Okonkwo"})
    facts = people.facts(work, home)
    assert (facts.display_name, facts.greeting) == ("Casa Okonkwo", "Mafe and Ade")
    people.edit(work, home, {"name": ""})
    assert people.facts(work, home).display_name == "The Okonkwo family"
