"""Terms of a membership: how long one runs, where the next one begins, and what they amount to on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crm_app.engine.calendar import clipped, month_number

ROLLING, FIXED, LIFETIME = "rolling", "fixed", "lifetime"
CURRENT, GRACE, LAPSED, PENDING, CANCELLED = "current", "grace", "lapsed", "pending", "cancelled"
DAY = timedelta(days=1)
MonthDay = tuple[int, int]


@dataclass(frozen=True)
class Rule:
    """How terms of a type run. `begins` and `rollover` are (month, day) and mean something for fixed ones only."""

    period: str = ROLLING
    months: int = 12
    begins: MonthDay = (1, 1)
    rollover: MonthDay | None = None
    """Whoever joins on this day or later in the year gets the next year as well."""
    grace_days: int = 0


@dataclass(frozen=True)
class Span:
    """First and last day of a term; no last day for life. A term that waits for its payment does not count yet."""

    starts: date
    ends: date | None
    waits: bool = False


@dataclass(frozen=True)
class Standing:
    """What terms amount to on a day, with the reason in words."""

    status: str
    words: str
    until: date | None = None


class NeverEnds(ValueError):
    """There is nothing to renew: the membership is for life."""


def first_term(rule: Rule, on: date) -> Span:
    """The term of somebody who joins on a day."""
    if rule.period == LIFETIME:
        return Span(on, None)
    if rule.period == ROLLING:
        return Span(on, _rolled(on, rule.months, on.day))
    first, last = year_of(rule.begins, on)
    if rule.rollover and on >= _within(rule.rollover, first):
        last = year_of(rule.begins, last + DAY)[1]
    return Span(on, last)


def next_term(rule: Rule, terms: Sequence[Span], on: date) -> Span:
    """The term of a renewal on a day: right behind the last one while that counts or is in grace, else from that day."""
    if not terms:
        return first_term(rule, on)
    run = _last_run(terms)
    last = run[-1].ends
    if last is None:
        raise NeverEnds
    if on > last + timedelta(days=rule.grace_days):
        return first_term(rule, on)
    starts = last + DAY
    if rule.period == ROLLING:
        return Span(starts, _rolled(starts, rule.months, run[0].starts.day))
    return first_term(rule, starts)


def standing(rule: Rule, terms: Sequence[Span], today: date, cancelled_on: date | None = None) -> Standing:
    """The status on a day and why."""
    if cancelled_on and cancelled_on <= today:
        return Standing(CANCELLED, f"Cancelled on {said(cancelled_on)}.", cancelled_on)
    paid = sorted((term for term in terms if not term.waits), key=lambda term: term.starts)
    covering = [term for term in paid if term.starts <= today and (term.ends is None or term.ends >= today)]
    if covering:
        return _current(_last_run([term for term in paid if term.starts >= covering[0].starts], first=True))
    coming = next((term for term in paid if term.starts > today), None)
    if coming:
        return Standing(PENDING, f"Begins on {said(coming.starts)}.", coming.ends)
    if not paid:
        return Standing(PENDING, "Waits for the first payment." if terms else "Has no term yet.")
    ends = max(term.ends for term in paid if term.ends)
    waits = " A renewal waits for its payment." if any(term.waits for term in terms) else ""
    grace = ends + timedelta(days=rule.grace_days)
    if today <= grace:
        return Standing(GRACE, f"Ended on {said(ends)}; counts in grace until {said(grace)}.{waits}", ends)
    after = f", grace was over on {said(grace)}" if rule.grace_days else ""
    return Standing(LAPSED, f"Ended on {said(ends)}{after}.{waits}", ends)


def _current(run: Sequence[Span]) -> Standing:
    until = run[-1].ends
    if until is None:
        return Standing(CURRENT, f"For life, since {said(run[0].starts)}.")
    more = " Renewed already." if len(run) > 1 else ""
    return Standing(CURRENT, f"Paid until {said(until)}.{more}", until)


def _last_run(terms: Sequence[Span], *, first: bool = False) -> list[Span]:
    """Terms that follow each other without a gap: those at the end, or with `first` those at the beginning."""
    runs: list[list[Span]] = []
    for term in sorted(terms, key=lambda one: one.starts):
        behind = runs[-1][-1].ends if runs else None
        if behind is not None and behind + DAY == term.starts:
            runs[-1].append(term)
        else:
            runs.append([term])
    return runs[0] if first else runs[-1]


def _rolled(starts: date, months: int, day: int) -> date:
    """The last day of so many months; `day` is the day of the month the run began on, for short months."""
    return clipped(month_number(starts) + months, day) - DAY


def year_of(begins: MonthDay, day: date) -> tuple[date, date]:
    """First and last day of the membership year around a day."""
    first = _in_year(begins, day.year)
    if first > day:
        first = _in_year(begins, day.year - 1)
    return first, _in_year(begins, first.year + 1) - DAY


def _within(when: MonthDay, first: date) -> date:
    """That month and day in the membership year that begins on `first`."""
    here = _in_year(when, first.year)
    return here if here >= first else _in_year(when, first.year + 1)


def _in_year(when: MonthDay, year: int) -> date:
    return clipped(year * 12 + when[0] - 1, when[1])


def said(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
