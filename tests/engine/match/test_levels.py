"""Comparison: the rungs of the ladders, and that whole columns climb them like single pairs do."""

import polars as pl
import pytest

from crm_app.engine.match import records
from crm_app.engine.match.columns import Columns
from crm_app.engine.match.compare import levels
from crm_app.engine.match.compare_one import levels_of
from crm_app.engine.match.ladders import ladders_of

BASE = {"first": "Robert", "last": "Zwierzynski", "middle": "James", "dob": "1971-06-24", "gender": "m",
        "email": "bobz42@example.net", "phone": "312 375 7496", "street": "12 Main Street", "city": "Springfield",
        "zip": "60601", "suffix": "Jr", "ref": "A-1234567"}  # fmt: skip
RUNGS = [
    ({}, "first", "the same first name"),
    ({"first": "Bob"}, "first", "a nickname of the other"),
    ({"first": "Robrt"}, "first", "nearly the same first name"),
    ({"first": "R."}, "first", "the initial fits"),
    ({"first": "Zwierzynski", "last": "Robert"}, "first", "first and last name swapped"),
    ({"first": "Alice"}, "first", "a different first name"),
    ({"last": "Zwierzyński"}, "last", "the same last name"),
    ({"last": "Miller", "former_name": "Zwierzynski"}, "last", "the same former name or part of a double name"),
    ({"last": "Miller-Zwierzynski"}, "last", "the same former name or part of a double name"),
    ({"last": "Zwierzinski"}, "last", "nearly the same last name"),
    ({"last": "Okafor"}, "last", "a different last name"),
    ({"middle": "J"}, "middle", "the middle initial fits"),
    ({"dob": "1971-06-24"}, "birth", "the same birth date"),
    ({"dob": "1971-06-42"}, "birth", "the same year of birth"),
    ({"dob": "1971-06-25"}, "birth", "a slip in the birth date"),
    ({"dob": "1971-06-12"}, "birth", "two of day, month and year the same"),
    ({"dob": "1971"}, "birth", "the same year of birth"),
    ({"dob": "1933-02-11"}, "birth", "different birth dates"),
    ({"suffix": "Sr"}, "suffix", "father and son by their suffixes"),
    ({"gender": "female"}, "gender", "a different gender"),
    ({"email": "bobz42@example.com"}, "email", "nearly the same e-mail"),
    ({"email": "other@x.org", "email_2": "bobz42@example.net"}, "email", "the same e-mail"),
    ({"phone": "+1 (312) 375-7496 ext 5"}, "phone", "the same phone number"),
    ({"phone": "375 7496"}, "phone", "nearly the same phone number"),
    ({"street": "12 Main St., Apt 4"}, "address", "the same address"),
    ({"street": "12 Mian St"}, "address", "nearly the same address"),
    ({"street": "99 Main St"}, "address", "the same street"),
    ({"street": "4 Elm Rd"}, "address", "the same postcode"),
    ({"street": "4 Elm Rd", "zip": "99999", "city": "Springfeild"}, "address", "the same town"),
    ({"ref": "A1234568"}, "reference", "nearly the same number"),
]


def rung(one, other, ladder, kind="person"):
    """The words of the level two records stand on, climbed both ways."""
    ladders = ladders_of(kind)
    at = [each.name for each in ladders].index(ladder)
    single = levels_of(records.one(one, kind), records.one(other, kind), ladders)
    names = sorted(one.keys() | other.keys())
    frame = pl.DataFrame([{name: row.get(name) for name in names} for row in (one, other)])
    pl_levels = levels(
        Columns(records.many(frame, kind)), ladders, pl.Series([0]).to_numpy(), pl.Series([1]).to_numpy()
    )
    assert pl_levels[0].tolist() == single
    return ladders[at].at(single[at]).words if single[at] else None


@pytest.mark.parametrize(("change", "ladder", "words"), RUNGS)
def test_rungs(change, ladder, words):
    assert rung(BASE, {**BASE, **change}, ladder) == words


def test_what_is_missing_says_nothing():
    assert rung(BASE, {"first": "Robert", "last": None, "email": None}, "email") is None


def test_a_mailbox_that_is_only_the_name_proves_nothing():
    one = {"first": "John", "last": "Smith", "email": "john.smith@one.org"}
    assert rung(one, {**one, "email": "john.smith@other.net"}, "email") is None


@pytest.mark.parametrize(
    ("name", "words"),
    [("Smith and Sons Company", "the same name"), ("Sons of Smith", "the same words, or one name within the other"),
     ("Smith & Sonns", "nearly the same name"), ("Red Cross", "a different name")],
)  # fmt: skip
def test_organisation_names(name, words):
    assert rung({"name": "The Smith & Sons Co., Inc."}, {"name": name}, "name", "organization") == words
