"""Terms: never two on one day, by the calendar, and a status that agrees with counting days."""

import itertools
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_app.engine.membership import (
    FIXED,
    LIFETIME,
    ROLLING,
    NeverEnds,
    Rule,
    Span,
    first_term,
    next_term,
    standing,
    year_of,
)

DAY = timedelta(days=1)
days = st.dates(date(2019, 1, 1), date(2032, 12, 31))
month_days = st.tuples(st.integers(1, 12), st.integers(1, 28))
rules = st.builds(
    Rule,
    period=st.sampled_from([ROLLING, FIXED]),
    months=st.sampled_from([1, 3, 6, 12, 18, 24]),
    begins=month_days,
    rollover=st.none() | month_days,
    grace_days=st.integers(0, 120),
).filter(lambda rule: rule.rollover != rule.begins)


def life(rule: Rule, renewals: list[date]) -> list[Span]:
    terms: list[Span] = []
    for on in renewals:
        terms.append(next_term(rule, terms, on))
    return terms


@settings(deadline=None)
@given(rules, st.lists(days, min_size=1, max_size=8))
def test_terms_never_overlap_whatever_the_order_of_renewals(rule, renewals):
    terms = sorted(life(rule, renewals), key=lambda term: term.starts)
    assert all(term.ends >= term.starts for term in terms)
    assert all(before.ends < after.starts for before, after in itertools.pairwise(terms))


@settings(deadline=None)
@given(rules, rules, days, st.lists(st.tuples(st.booleans(), days), max_size=6))
def test_changing_the_type_between_terms_does_not_make_them_overlap(one, other, joined, renewals):
    terms = [first_term(one, joined)]
    for changed, on in renewals:
        terms.append(next_term(other if changed else one, terms, on))
    terms.sort(key=lambda term: term.starts)
    assert all(before.ends < after.starts for before, after in itertools.pairwise(terms))


@settings(deadline=None)
@given(rules, st.lists(days, min_size=1, max_size=5), days)
def test_the_status_agrees_with_counting_days(rule, renewals, today):
    terms = life(rule, renewals)
    paid = {term.starts + n * DAY for term in terms for n in range((term.ends - term.starts).days + 1)}
    grace = {today - n * DAY for n in range(1, rule.grace_days + 1)}
    if today in paid:
        expected = "current"
    elif any(day > today for day in paid):
        expected = "pending"
    else:
        expected = "grace" if paid & grace else "lapsed"
    found = standing(rule, terms, today)
    assert found.status == expected
    assert found.words.endswith(".")


@settings(deadline=None)
@given(days, st.sampled_from([1, 3, 6, 12, 24]), st.integers(1, 6))
def test_rolling_terms_follow_an_independent_calendar_without_drifting(joined, months, count):
    rule = Rule(ROLLING, months, grace_days=30)
    terms = [first_term(rule, joined)]
    for _ in range(count):
        terms.append(next_term(rule, terms, terms[-1].ends))
    for number, term in enumerate(terms, 1):
        assert term.ends == joined + relativedelta(months=months * number) - DAY


@settings(deadline=None)
@given(days, month_days)
def test_a_fixed_year_holds_its_day_and_is_a_year_long(day, begins):
    first, last = year_of(begins, day)
    assert first <= day <= last
    assert (first.month, first.day) == begins
    assert last + DAY == first + relativedelta(years=1)


def test_joining_after_the_rollover_includes_the_next_year():
    rule = Rule(FIXED, begins=(1, 1), rollover=(10, 1))
    assert first_term(rule, date(2026, 9, 30)).ends == date(2026, 12, 31)
    assert first_term(rule, date(2026, 10, 1)).ends == date(2027, 12, 31)


def test_the_rollover_may_lie_in_the_next_calendar_year():
    rule = Rule(FIXED, begins=(9, 1), rollover=(6, 1))
    assert first_term(rule, date(2026, 12, 24)).ends == date(2027, 8, 31)
    assert first_term(rule, date(2027, 6, 1)).ends == date(2028, 8, 31)


def test_early_and_in_grace_go_on_without_a_gap_and_late_begins_anew():
    rule = Rule(ROLLING, 12, grace_days=30)
    terms = [first_term(rule, date(2025, 3, 10))]
    assert next_term(rule, terms, date(2026, 1, 5)).starts == date(2026, 3, 10)
    assert next_term(rule, terms, date(2026, 4, 8)).starts == date(2026, 3, 10)
    assert next_term(rule, terms, date(2026, 4, 9)).starts == date(2026, 4, 9)


def test_a_membership_for_life_is_not_renewed():
    rule = Rule(LIFETIME)
    terms = [first_term(rule, date(2025, 3, 10))]
    assert standing(rule, terms, date(2090, 1, 1)).words == "For life, since 10 Mar 2025."
    with pytest.raises(NeverEnds):
        next_term(rule, terms, date(2026, 3, 10))


def test_the_reason_is_said_in_words():
    rule = Rule(ROLLING, 12, grace_days=30)
    term = first_term(rule, date(2025, 3, 10))
    said = {day: standing(rule, [term], day).words for day in (date(2025, 4, 1), date(2026, 3, 20), date(2026, 5, 1))}
    assert list(said.values()) == [
        "Paid until 9 Mar 2026.",
        "Ended on 9 Mar 2026; counts in grace until 8 Apr 2026.",
        "Ended on 9 Mar 2026, grace was over on 8 Apr 2026.",
    ]
    assert standing(rule, [term], date(2025, 3, 1)).words == "Begins on 10 Mar 2025."
    assert standing(rule, [Span(term.starts, term.ends, waits=True)], date(2025, 4, 1)).status == "pending"
    assert standing(rule, [term], date(2025, 4, 1), date(2025, 3, 30)).words == "Cancelled on 30 Mar 2025."
