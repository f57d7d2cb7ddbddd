"""Measures of giving: small worlds by hand, and identities that hold for any history."""

from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_app.engine.calendar import fiscal_span, fiscal_year
from crm_app.engine.report import giving
from crm_app.engine.report.periods import Comparison, Period, fiscal_to_date, fiscal_years, rolling_year

NOW, BEFORE = Period(date(2026, 1, 1), date(2026, 12, 31)), Period(date(2025, 1, 1), date(2025, 12, 31))
MAYA, PAUL, ANN, SAM, LEE, KIM, ZOE = range(1, 8)


def gifts(*rows: tuple[int, int, int]) -> pl.DataFrame:
    """(unit, year, amount): a gift in March of that year."""
    return pl.DataFrame(
        [(unit, nth, date(year, 3, 1), amount) for nth, (unit, year, amount) in enumerate(rows)],
        schema=giving.SCHEMA,
        orient="row",
    )


WORLD = gifts(
    (MAYA, 2026, 100),
    (PAUL, 2024, 50), (PAUL, 2026, 70),
    (ANN, 2025, 100), (ANN, 2026, 150),
    (SAM, 2024, 20), (SAM, 2025, 200), (SAM, 2026, 80),
    (LEE, 2025, 30),
    (KIM, 2023, 10), (KIM, 2025, 40),
    (ZOE, 2020, 500),
)  # fmt: skip


def test_everybody_has_one_standing() -> None:
    units = giving.standing(WORLD, NOW, BEFORE)
    assert dict(units.select("unit", "standing").iter_rows()) == {
        MAYA: "new",
        PAUL: "recaptured",
        ANN: "upgraded",
        SAM: "downgraded",
        LEE: "lapsed_new",
        KIM: "lapsed_repeat",
        ZOE: "away",
    }


def test_the_measures_of_a_small_world() -> None:
    _, found = giving.all_measures(WORLD, Comparison(NOW, BEFORE, "", ""))
    assert found["retention"] == 0.5
    assert found["first_time_retention"] == 0.5
    assert found["repeat_retention"] == 0.5
    assert found["money_retention"] == 230 / 370
    assert (found["lybunt"], found["sybunt"], found["new_donors"], found["recaptured"]) == (2, 3, 1, 1)
    assert (found["raised"], found["gains"], found["losses"]) == (400, 220, 190)
    assert (found["average_gift"], found["median_gift"], found["donors"]) == (100, 90, 4)


def test_retention_is_nothing_when_nobody_gave_before() -> None:
    units = giving.standing(gifts((MAYA, 2026, 5)), NOW, BEFORE)
    assert giving.retention(units) is None


def test_every_measure_says_its_formula_and_source() -> None:
    assert len(giving.MEASURES) > 15
    assert all(one.words and one.formula and one.source for one in giving.MEASURES.values())


histories = st.lists(
    st.tuples(st.integers(1, 12), st.dates(date(2022, 1, 1), date(2026, 12, 31)), st.integers(1, 10**7)), max_size=60
)


def framed(rows) -> pl.DataFrame:
    return pl.DataFrame(
        [(unit, nth, on, amount) for nth, (unit, on, amount) in enumerate(rows)], schema=giving.SCHEMA, orient="row"
    )


@settings(max_examples=150, deadline=None)
@given(histories, st.sampled_from([1, 4, 7, 10]))
def test_gains_and_losses_reconcile_to_the_cent(rows, starts: int) -> None:
    periods = fiscal_years(2026, starts)
    units, found = giving.all_measures(framed(rows), periods)

    def total(period: Period) -> int:
        return sum(amount for _, on, amount in rows if period.first <= on <= period.last)

    def who(period: Period) -> set[int]:
        return {unit for unit, on, _ in rows if period.first <= on <= period.last}

    assert total(periods.now) - total(periods.before) == found["gains"] - found["losses"]
    assert found["raised"] == total(periods.now)
    assert len(who(periods.now)) - len(who(periods.before)) == (
        found["new_donors"] + found["recaptured"] - found["lybunt"]
    )
    assert found["donors"] == len(who(periods.now))
    table = giving.gain_and_loss(units)
    assert table["gain"].sum() == total(periods.now) - total(periods.before)
    assert table["donors"].sum() == units.height
    before = who(periods.before)
    assert found["retention"] == (len(before & who(periods.now)) / len(before) if before else None)


@settings(max_examples=80, deadline=None)
@given(histories, st.randoms())
def test_scores_do_not_depend_on_the_order_of_rows_and_ties_share(rows, random) -> None:
    first = giving.rfm(framed(rows), date(2026, 12, 31))
    mixed = list(rows)
    random.shuffle(mixed)
    second = giving.rfm(framed(mixed), date(2026, 12, 31))
    assert first.sort("unit").equals(second.sort("unit"))
    for value, score in (("last_on", "r"), ("gifts", "f"), ("amount", "m")):
        pairs = first.group_by(value).agg(pl.col(score).n_unique())
        assert all(count == 1 for count in pairs[score])
        assert all(1 <= one <= 5 for one in first[score])


@settings(max_examples=80, deadline=None)
@given(histories)
def test_the_pyramid_and_the_months_hold_everything(rows) -> None:
    frame = framed(rows)
    units = giving.standing(frame, NOW, BEFORE)
    steps = giving.pyramid(units, (10_000, 100_000, 1_000_000))
    assert steps["amount"].sum() == giving.raised(units)
    assert steps["donors"].sum() == giving.donors(units)
    assert giving.by_month(frame, NOW)["amount"].sum() == giving.raised(units)
    line = giving.curve(frame, NOW)
    assert line == sorted(line)
    assert line[-1] == giving.raised(units)


def test_days_to_the_second_gift() -> None:
    frame = framed([(1, date(2026, 1, 1), 5), (1, date(2026, 1, 31), 5), (1, date(2026, 5, 1), 5), (2, NOW.first, 5)])
    assert giving.second_gifts(frame).rows() == [(1, 30)]


@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.integers(1, 12))
def test_fiscal_years_cover_every_day_once(day: date, starts: int) -> None:
    year = fiscal_year(day, starts)
    first, last = fiscal_span(year, starts)
    assert first <= day <= last
    assert fiscal_span(year + 1, starts)[0] == last + timedelta(days=1)
    rolling = rolling_year(day)
    assert rolling.before.last + timedelta(days=1) == rolling.now.first
    to_date = fiscal_to_date(day, starts)
    assert to_date.now.first == first
    assert to_date.before.last < to_date.now.first
