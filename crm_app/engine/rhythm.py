"""Dates that return: the rhythm of recurring gifts and of installments, from rules with a date each.

Days 29, 30 and 31 fall on the last day of a month that is too short; 31 therefore always means the last day.
Months are counted from the first occurrence, never from the one before, so a short month moves nothing after it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import count, pairwise, takewhile

from crm_app.engine.calendar import clipped, month_number

MONTHS = {"month": 1, "quarter": 3, "year": 12}
UNITS = ("week", "month", "quarter", "year")
WEEKS_A_YEAR = Fraction(36525, 700)


@dataclass(frozen=True)
class Step:
    """Every `every` units; `day` is the day of the month (weeks keep the weekday they began on)."""

    unit: str = "month"
    every: int = 1
    day: int = 1

    @property
    def months(self) -> int:
        return MONTHS.get(self.unit, 0) * self.every

    def same_cadence(self, other: "Step") -> bool:
        return (self.unit, self.every) == (other.unit, other.every)


@dataclass(frozen=True)
class Version:
    """What was agreed from a day on, until the next version begins."""

    from_on: date
    amount: int
    step: Step = Step()
    paused: bool = False


@dataclass(frozen=True)
class Expected:
    on: date
    amount: int


@dataclass(frozen=True)
class Shift:
    """One entry of the log of upgrades and downgrades; values are minor units a year."""

    on: date
    kind: str
    """began, upgrade, downgrade, rescheduled, paused, resumed"""
    before: int
    after: int


def occurrences(start: date, step: Step, until: date) -> Iterator[date]:
    """Every day of the rhythm from the first on or after `start`, up to and with `until`."""
    if not step.months:
        weeks = (start + timedelta(weeks=step.every * nth) for nth in count())
        yield from takewhile(lambda on: on <= until, weeks)
        return
    first = first_month(start, step.day)
    days = (clipped(first + step.months * nth, step.day) for nth in count())
    yield from takewhile(lambda on: on <= until, days)


def first_month(start: date, day: int) -> int:
    """The month in which that day first comes on or after `start`."""
    month = month_number(start)
    return month if clipped(month, day) >= start else month + 1


def schedule(versions: Iterable[Version], until: date, ends_on: date | None = None) -> list[Expected]:
    """Everything expected up to `until`: paused stretches are empty, a change of amount keeps the rhythm.

    A change of the day keeps the cadence and never asks twice within one period. A change of the
    cadence (monthly to yearly) begins anew on its own day.
    """
    rows = sorted(versions, key=lambda version: version.from_on)
    last_day = min(until, ends_on) if ends_on else until
    ends = [version.from_on - timedelta(days=1) for version in rows[1:]] + [last_day]
    found: list[Expected] = []
    anchor, before, last = date.min, None, None
    for version, end in zip(rows, ends, strict=True):
        if before is None or not before.same_cadence(version.step):
            anchor, last = version.from_on, None
        before = version.step
        for on in _cadence(anchor, version, min(end, last_day)):
            if last is not None and _same_period(last, on, version.step):
                continue
            last = on
            if not version.paused:
                found.append(Expected(on, version.amount))
    return found


def _cadence(anchor: date, version: Version, until: date) -> Iterator[date]:
    return (on for on in occurrences(anchor, version.step, until) if on >= version.from_on)


def _same_period(before: date, on: date, step: Step) -> bool:
    if not step.months:
        return on - before < timedelta(weeks=step.every)
    return month_number(on) - month_number(before) < step.months


def next_unanswered(expected: Iterable[Expected], answered: set[date]) -> Expected | None:
    """The earliest expected day without a gift: what was not paid stays due."""
    return next((row for row in expected if row.on not in answered), None)


def annual(amount: int, step: Step) -> int:
    """Minor units a year, rounded half up. Source: NPSP annual value, amount × installments in a year."""
    times = Fraction(12, step.months) if step.months else WEEKS_A_YEAR / step.every
    return int(amount * times + Fraction(1, 2))


def shifts(versions: Iterable[Version]) -> list[Shift]:
    """The log of what each version changed, in value a year."""
    rows = sorted(versions, key=lambda version: version.from_on)
    log = [Shift(rows[0].from_on, "began", 0, annual(rows[0].amount, rows[0].step))] if rows else []
    for old, new in pairwise(rows):
        before, after = annual(old.amount, old.step), annual(new.amount, new.step)
        log.append(Shift(new.from_on, _kind(old, new, before, after), before, after))
    return log


def _kind(old: Version, new: Version, before: int, after: int) -> str:
    if new.paused != old.paused:
        return "paused" if new.paused else "resumed"
    if after == before:
        return "rescheduled"
    return "upgrade" if after > before else "downgrade"


def pause(versions: list[Version], from_on: date, until: date | None) -> list[Version]:
    """The versions with a pause window in them; what was agreed inside the window holds again after it."""
    current = at(versions, from_on)
    if current is None:
        return versions
    inside = [replace(row, paused=True) for row in versions if row.from_on > from_on and _within(row, until)]
    outside = [row for row in versions if not (row.from_on >= from_on and _within(row, until))]
    made = [*outside, replace(current, from_on=from_on, paused=True), *inside]
    if until is not None:
        resumed = at(versions, until + timedelta(days=1)) or current
        made.append(replace(resumed, from_on=until + timedelta(days=1), paused=False))
    unique = {row.from_on: row for row in made}
    return sorted(unique.values(), key=lambda row: row.from_on)


def _within(row: Version, until: date | None) -> bool:
    return until is None or row.from_on <= until


def at(versions: Iterable[Version], on: date) -> Version | None:
    """The version that holds on a day."""
    held = [version for version in versions if version.from_on <= on]
    return max(held, key=lambda version: version.from_on, default=None)
