"""The rhythm against an independent calendar, and its pauses, changes and logs."""

from datetime import date

import pytest
from dateutil.rrule import MONTHLY, WEEKLY, rrule

from crm_app.engine import rhythm
from crm_app.engine.rhythm import Expected, Step, Version

START, TEN_YEARS = date(2019, 12, 14), date(2029, 12, 31)


def independent(start: date, step: Step, until: date) -> list[date]:
    """The same days from dateutil: a month too short takes the last of the days 28…day it has."""
    if step.unit == "week":
        return [on.date() for on in rrule(WEEKLY, interval=step.every, dtstart=start, until=until)]
    days = list(range(28, step.day + 1)) if step.day > 28 else [step.day]
    every_month = rrule(MONTHLY, dtstart=start, until=until, bymonthday=days, bysetpos=-1 if step.day > 28 else None)
    return [on.date() for on in every_month][:: step.months]


@pytest.mark.parametrize("every", [1, 2, 3, 5])
@pytest.mark.parametrize("unit", rhythm.UNITS)
def test_every_day_of_month_agrees_with_another_calendar(unit: str, every: int) -> None:
    for day in range(1, 32):
        step = Step(unit, every, day)
        assert list(rhythm.occurrences(START, step, TEN_YEARS)) == independent(START, step, TEN_YEARS), step


def test_day_31_is_the_last_day_and_february_moves_nothing_after_it() -> None:
    days = list(rhythm.occurrences(date(2024, 1, 31), Step(day=31), date(2024, 5, 31)))
    assert days == [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30), date(2024, 5, 31)]


def test_nothing_is_expected_while_paused_and_the_rhythm_comes_back() -> None:
    versions = rhythm.pause([Version(date(2026, 1, 5), 2000, Step(day=5))], date(2026, 3, 1), date(2026, 4, 30))
    days = [row.on.month for row in rhythm.schedule(versions, date(2026, 7, 1))]
    assert days == [1, 2, 5, 6]


def test_a_pause_keeps_an_upgrade_agreed_inside_it() -> None:
    versions = [Version(date(2026, 1, 5), 2000, Step(day=5)), Version(date(2026, 4, 1), 3000, Step(day=5))]
    paused = rhythm.pause(versions, date(2026, 3, 1), date(2026, 5, 31))
    assert [(row.on.month, row.amount) for row in rhythm.schedule(paused, date(2026, 6, 30))] == [
        (1, 2000),
        (2, 2000),
        (6, 3000),
    ]


def test_a_new_amount_keeps_the_days() -> None:
    versions = [
        Version(date(2026, 1, 15), 2000, Step(every=2, day=15)),
        Version(date(2026, 4, 1), 2500, Step(every=2, day=15)),
    ]
    assert rhythm.schedule(versions, date(2026, 6, 1)) == [
        Expected(date(2026, 1, 15), 2000),
        Expected(date(2026, 3, 15), 2000),
        Expected(date(2026, 5, 15), 2500),
    ]


def test_a_new_day_never_asks_twice_in_a_month() -> None:
    versions = [Version(date(2026, 1, 5), 2000, Step(day=5)), Version(date(2026, 3, 10), 2000, Step(day=20))]
    assert [row.on for row in rhythm.schedule(versions, date(2026, 5, 1))] == [
        date(2026, 1, 5),
        date(2026, 2, 5),
        date(2026, 3, 5),
        date(2026, 4, 20),
    ]


def test_it_ends_when_it_was_to_end() -> None:
    rows = rhythm.schedule([Version(date(2026, 1, 1), 100)], date(2027, 1, 1), ends_on=date(2026, 3, 1))
    assert len(rows) == 3


def test_what_was_not_paid_stays_due() -> None:
    rows = rhythm.schedule([Version(date(2026, 1, 1), 100)], date(2026, 6, 1))
    due = rhythm.next_unanswered(rows, {date(2026, 1, 1), date(2026, 3, 1)})
    assert due is not None
    assert due.on == date(2026, 2, 1)


def test_the_log_speaks_in_value_a_year() -> None:
    versions = [
        Version(date(2026, 1, 1), 1000),
        Version(date(2026, 3, 1), 1500),
        Version(date(2026, 5, 1), 1500, paused=True),
        Version(date(2026, 6, 1), 1500),
        Version(date(2026, 9, 1), 4500, Step("quarter")),
        Version(date(2026, 12, 1), 10000, Step("year")),
    ]
    assert [(row.kind, row.before, row.after) for row in rhythm.shifts(versions)] == [
        ("began", 0, 12000),
        ("upgrade", 12000, 18000),
        ("paused", 18000, 18000),
        ("resumed", 18000, 18000),
        ("rescheduled", 18000, 18000),
        ("downgrade", 18000, 10000),
    ]
    assert rhythm.annual(700, Step("week")) == 36525
