"""Comparison ladders: for each field, the levels two values can stand on, best first, as values.

Level 0 means one side is missing and says nothing. For each level a ladder gives its words and how often it is seen
among pairs of one person (`same`), of one household (`home`) and of strangers (`chance`): the starting point of
learning, and what is used where a base is too small to learn from.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    words: str
    same: float
    home: float
    chance: float
    conflict: bool = False


@dataclass(frozen=True)
class Ladder:
    """`tied`: people of one household are no more alike in this than strangers are."""

    name: str
    words: str
    levels: tuple[Level, ...]
    tied: bool = False
    frequency: str = ""  # the field whose common and rare values weigh differently
    exact: tuple[str, ...] = ()  # fields that make the first level: its chance is counted from their values

    def at(self, level: int) -> Level:
        return self.levels[level - 1]


# Thresholds of Jaro-Winkler, the same in whole columns and for one pair:
# a hair under the round numbers, so that rounding to 32 bits cannot tell the two apart.
CLOSE, SIMILAR, STREET_CLOSE, CITY_CLOSE = 0.9199, 0.7999, 0.8499, 0.8999

FIRST = Ladder(
    "first",
    "first name",
    (
        Level("the same first name", 0.74, 0.004, 0.004),
        Level("a nickname of the other", 0.08, 0.006, 0.002),
        Level("nearly the same first name", 0.09, 0.01, 0.006),
        Level("the initial fits", 0.03, 0.003, 0.003),
        Level("a similar first name", 0.02, 0.02, 0.015),
        Level("first and last name swapped", 0.015, 0.00001, 0.00001),
        Level("a different first name", 0.025, 0.957, 0.97, conflict=True),
    ),
    tied=True,
    frequency="first",
    exact=("first",),
)
LAST = Ladder(
    "last",
    "last name",
    (
        Level("the same last name", 0.80, 0.80, 0.0012),
        Level("the same former name or part of a double name", 0.04, 0.03, 0.0002),
        Level("nearly the same last name", 0.08, 0.01, 0.002),
        Level("a similar last name", 0.015, 0.005, 0.01),
        Level("a different last name", 0.065, 0.155, 0.987),
    ),
    frequency="last",
    exact=("last",),
)
MIDDLE = Ladder(
    "middle",
    "middle name",
    (
        Level("the same middle name", 0.75, 0.03, 0.03),
        Level("the middle initial fits", 0.20, 0.05, 0.05),
        Level("a different middle name", 0.05, 0.92, 0.92, conflict=True),
    ),
    tied=True,
)
SUFFIX = Ladder(
    "suffix",
    "suffix",
    (
        Level("the same suffix", 0.985, 0.10, 0.35),
        Level("father and son by their suffixes", 0.015, 0.90, 0.65, conflict=True),
    ),
)
BIRTH = Ladder(
    "birth",
    "birth date",
    (
        Level("the same birth date", 0.86, 0.025, 0.00005),
        Level("a slip in the birth date", 0.06, 0.003, 0.0007),
        Level("two of day, month and year the same", 0.03, 0.02, 0.02),
        Level("the same year of birth", 0.02, 0.03, 0.016),
        Level("different birth dates", 0.03, 0.922, 0.963, conflict=True),
    ),
    exact=("dob",),
)
GENDER = Ladder(
    "gender",
    "gender",
    (
        Level("the same gender", 0.98, 0.5, 0.5),
        Level("a different gender", 0.02, 0.5, 0.5, conflict=True),
    ),
    tied=True,
)
EMAIL = Ladder(
    "email",
    "e-mail",
    (
        Level("the same e-mail", 0.70, 0.10, 0.000003),
        Level("nearly the same e-mail", 0.08, 0.004, 0.00001),
        Level("a different e-mail", 0.22, 0.896, 0.99999),
    ),
    exact=("email",),
)
PHONE = Ladder(
    "phone",
    "phone",
    (
        Level("the same phone number", 0.60, 0.45, 0.000004),
        Level("nearly the same phone number", 0.05, 0.02, 0.00002),
        Level("a different phone number", 0.35, 0.53, 0.99998),
    ),
    exact=("phone",),
)
ADDRESS = Ladder(
    "address",
    "address",
    (
        Level("the same address", 0.66, 0.90, 0.000006),
        Level("nearly the same address", 0.08, 0.05, 0.00003),
        Level("the same street", 0.03, 0.01, 0.0007),
        Level("the same postcode", 0.05, 0.01, 0.001),
        Level("the same town", 0.04, 0.01, 0.01),
        Level("a different address", 0.14, 0.02, 0.9883),
    ),
    exact=("house", "street"),
)
REFERENCE = Ladder(
    "reference",
    "number",
    (
        Level("the same number", 0.93, 0.00001, 0.00001),
        Level("nearly the same number", 0.04, 0.0001, 0.0001),
        Level("different numbers", 0.03, 0.9999, 0.9999, conflict=True),
    ),
    tied=True,
    exact=("ref",),
)
PERSON = (FIRST, LAST, MIDDLE, SUFFIX, BIRTH, GENDER, EMAIL, PHONE, ADDRESS, REFERENCE)

NAME = Ladder(
    "name",
    "name",
    (
        Level("the same name", 0.62, 0.30, 0.0003),
        Level("the same words, or one name within the other", 0.15, 0.20, 0.002),
        Level("nearly the same name", 0.12, 0.10, 0.002),
        Level("a similar name", 0.06, 0.15, 0.015),
        Level("a different name", 0.05, 0.25, 0.98, conflict=True),
    ),
    frequency="name",
    exact=("name",),
)
DOMAIN = Ladder(
    "domain",
    "website",
    (
        Level("the same website or e-mail domain", 0.85, 0.50, 0.0001),
        Level("a different website", 0.15, 0.50, 0.9999),
    ),
    exact=("website",),
)
ORGANIZATION = (NAME, DOMAIN, EMAIL, PHONE, ADDRESS, REFERENCE)

NICKNAME, SWAPPED = 2, 6  # levels of FIRST that have a rule of their own when scored
ELSE = {ladder.name: len(ladder.levels) for ladder in (*PERSON, NAME, DOMAIN)}


def ladders_of(kind: str) -> tuple[Ladder, ...]:
    return PERSON if kind == "person" else ORGANIZATION
