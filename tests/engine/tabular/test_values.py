"""Cells in every notation, and the columns that decide between two readings."""

import datetime as dt

import pytest

from crm_app.engine.tabular.similar import propose
from crm_app.engine.tabular.values import amounts, dates, names, words
from crm_app.engine.tabular.values.choices import METHOD


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("25", 2500, "USD"), ("1,250.00", 125000, "USD"), ("1.230,99", 123099, "USD"), ("$ 50.00", 5000, "USD"), ("(12.00)", -1200, "USD"),
        ("-27.83", -2783, "USD"), ("12-", -1200, "USD"), ("1 234,50 €", 123450, "EUR"), ("£1,00,000.00", 10000000, "GBP"), ("1'234.50 CHF", 123450, "CHF"),
        ("¥1000", 1000, "JPY"), ("JPY 1,000,000", 1000000, "JPY"), ("−5,5", -550, "USD"), ("50.0", 5000, "USD"), (".5", 50, "USD"), ("KWD 1.2345".replace("5", ""), 1234, "KWD"),
    ],
)  # fmt: skip
def test_amounts_in_all_notations(text: str, minor: int, currency: str) -> None:
    mark = "." if currency == "KWD" else ""
    assert amounts.amount(text, "USD", mark) == (minor, currency)


@pytest.mark.parametrize("text", ["", "abc", "12.345.67", "1.234", "12 apples", "10.005", "(5", "50%"])
def test_what_is_no_amount_is_never_guessed(text: str) -> None:
    with pytest.raises(amounts.NotAnAmount):
        amounts.amount(text)


def test_the_column_decides_what_one_cell_cannot() -> None:
    assert amounts.decimal_mark(["1,234", "12.50"]) == "."
    assert amounts.decimal_mark(["1.234", "12,50"]) == ","
    assert amounts.decimal_mark(["1,234", "500"]) == "ask"
    assert amounts.amount("1,234", "USD", ".") == (123400, "USD")


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-05-09 17:33:08", "", dt.date(2026, 5, 9)), ("20080901", "", dt.date(2008, 9, 1)), ("2008-9-1 ", "", dt.date(2008, 9, 1)), ("26/10/2019", "", dt.date(2019, 10, 26)),
        ("11/29/24 22:28", "mdy", dt.date(2024, 11, 29)), ("05/01/2026", "dmy", dt.date(2026, 1, 5)), ("05/01/2026", "mdy", dt.date(2026, 5, 1)), ("26.10.2019", "", dt.date(2019, 10, 26)),
        ("2026/09/20 10:00:00 AM", "", dt.date(2026, 9, 20)), ("1 May 2026", "", dt.date(2026, 5, 1)), ("May 1, 2026", "", dt.date(2026, 5, 1)), ("1-Jan-26", "", dt.date(2026, 1, 1)),
        ("3. März 2020", "", dt.date(2020, 3, 3)), ("45000", "", dt.date(2023, 3, 15)), ("2026-02-09T18:01:00Z", "", dt.date(2026, 2, 9)),
    ],
)  # fmt: skip
def test_dates_as_tools_write_them(text: str, order: str, day: dt.date) -> None:
    assert dates.date(text, order) == day


@pytest.mark.parametrize("text", ["2008-25-1", "31/02/2020", "yesterday", "09/01/2008", "13/13/2020", "99999999"])
def test_what_is_no_date_or_two_dates_is_refused(text: str) -> None:
    with pytest.raises(dates.NotADate):
        dates.moment(text)


def test_day_or_month_first_is_decided_over_the_column_or_asked() -> None:
    assert dates.order(["01/02/2020", "26/10/2019"]).value == "dmy"
    assert dates.order(["01/02/2020", "10/26/2019"]).value == "mdy"
    assert dates.order(["01/02/2020", "03/04/2020"]).value == "ask"
    assert dates.order(["26/10/2019", "10/26/2019"]).value == "ask"
    assert dates.order(["2020-01-02", "05/05/2020"]).value == ""


@pytest.mark.parametrize(
    ("text", "parts"),
    [("03/14", (None, 3, 14)), ("1970", (1970, None, None)), ("1970-03", (1970, 3, None)), ("1970-03-14", (1970, 3, 14)), ("12/31/45", (1945, 12, 31)), ("--0314", (None, 3, 14))],
)  # fmt: skip
def test_birth_dates_may_be_partial(text: str, parts: tuple[int | None, ...]) -> None:
    assert dates.partial(text, "mdy") == parts


def test_phones_become_numbers_one_can_dial() -> None:
    assert words.phone("(617) 555-0123", "US") == "+16175550123"
    assert words.phone("020 7946 0958", "GB") == "+442079460958"
    with pytest.raises(words.NotReadable):
        words.phone("911", "US")


def test_emails_of_a_cell() -> None:
    assert words.emails("Ann Lee <Ann@Example.ORG>; bo@x.org") == ["Ann@example.org"]
    assert words.emails("a@x.org, b@y.org") == ["a@x.org", "b@y.org"]
    assert words.emails("Info Requested") == []
    with pytest.raises(words.NotReadable):
        words.emails("not an address")


def test_tags_of_a_cell() -> None:
    assert words.tags('"Gala 2024","Volunteer"') == ["Gala 2024", "Volunteer"]
    assert words.tags("Board | Gala Committee") == ["Board", "Gala Committee"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bachman, Lincoln", [("Lincoln", "", "Bachman")]), ("Dr. Ana María de la Cruz Jr.", [("Ana", "María", "de la Cruz")]),
        ("Ann & Bob Lee", [("Ann", "", "Lee"), ("Bob", "", "Lee")]), ("Mr. and Mrs. John Smith", [("John", "", "Smith"), ("", "", "Smith")]),
        ("Ann Lee and Bob Ray", [("Ann", "", "Lee"), ("Bob", "", "Ray")]), ("Prince", [("Prince", "", "")]), ("Ludwig van Beethoven", [("Ludwig", "", "van Beethoven")]),
    ],
)  # fmt: skip
def test_whole_names_taken_apart(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(name.first, name.middle, name.last) for name in names.split(text)] == expected


def test_organizations_are_told_by_their_names() -> None:
    assert names.looks_like_organization("Empowerment Association")
    assert not names.looks_like_organization("Ann Lee")


@pytest.mark.parametrize(
    ("word", "value"),
    [("Crecit", "card"), ("Credit Card", "card"), ("Chek", "check"), ("Visa ending 4242", "card"), ("zzz", "")],
)
def test_words_are_proposed_by_likeness(word: str, value: str) -> None:
    assert propose(word, METHOD).value == value
