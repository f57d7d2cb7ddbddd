"""The false merges that hurt: each is a pair a careless score would call one person."""

import pytest

from crm_app.engine.match import judge, records, untaught

MODEL = untaught("person", 20_000)
HOME = {"street": "14 Oak Lane", "city": "Dover", "zip": "19901", "phone": "302 375 7496"}


def verdict(one, other, model=MODEL):
    return judge(records.one(one), records.one(other), model)


def test_father_and_son_of_one_name_by_suffix():
    father = {"first": "Thomas", "last": "Ashworth", "suffix": "Sr", **HOME}
    assert verdict(father, {**father, "suffix": "Jr"}).band != "certain"
    assert verdict(father, {**father, "suffix": "Jr"}).score < 0.5


def test_father_and_son_of_one_name_by_birth_date():
    father = {"first": "Thomas", "last": "Ashworth", "dob": "1948-03-02", **HOME}
    son = {**father, "dob": "1979-11-17"}
    assert verdict(father, son).score < 0.5
    assert not verdict(father, son).certain


def test_twins():
    one = {"first": "Mia", "last": "Ashworth", "dob": "2001-05-09", **HOME}
    found = verdict(one, {**one, "first": "Zoe"})
    assert found.score < 0.5
    assert found.band == "household"


def test_spouses_sharing_an_email():
    one = {"first": "Peter", "last": "Ashworth", "email": "ashworths@example.net", **HOME}
    found = verdict(one, {**one, "first": "Laura"})
    assert found.score < 0.5
    assert found.band == "household"


def test_two_robert_smiths():
    model = untaught("person", 20_000)
    model.frequencies.update({"first": {"robert": 300}, "last": {"smith": 250}})
    one = {"first": "Robert", "last": "Smith", "city": "Dover", "zip": "19901"}
    assert verdict(one, {"first": "Robert", "last": "Smith", "city": "Salem", "zip": "97301"}, model).score < 0.05


def test_two_bearers_of_a_rare_name_are_stronger_evidence_than_two_smiths():
    model = untaught("person", 20_000)
    model.frequencies.update({"last": {"smith": 250}})
    rare = verdict({"first": "Robert", "last": "Zwierzynski"}, {"first": "Bob", "last": "Zwierzynski"}, model)
    common = verdict({"first": "Robert", "last": "Smith"}, {"first": "Bob", "last": "Smith"}, model)
    assert rare.score > 3 * common.score


@pytest.mark.parametrize(
    "change",
    [
        {"first": "Tom"},
        {"last": "Ashwort"},
        {"dob": "1948-02-03"},
        {"street": "9 Elm Road", "zip": "97301"},
        {"phone": None},
    ],
)
def test_one_person_written_in_two_ways_is_found(change):
    one = {"first": "Thomas", "last": "Ashworth", "dob": "1948-03-02", "email": "tash48@example.net", **HOME}
    assert verdict(one, {**one, **change}).score > 0.9


def test_the_reasons_are_told_for_and_against():
    one = {"first": "Thomas", "last": "Ashworth", "dob": "1948-03-02", "email": "tash48@example.net"}
    found = verdict(one, {**one, "first": "Tom", "dob": "1979-11-17"})
    said = {each.field: each.points for each in found.evidence}
    assert said["e-mail"] > 0 > said["birth date"]
    assert "pairs like this" in found.sentence()


def test_organisations_at_two_sites_are_not_merged_by_the_automatic_rule():
    model = untaught("organization", 5_000)
    one = {"name": "Food Bank of Dover", "street": "1 Elm St", "zip": "19901", "website": "fbd.example.org"}
    other = {**one, "street": "900 River Rd", "zip": "19904"}
    assert not judge(records.one(one, "organization"), records.one(other, "organization"), model).certain
