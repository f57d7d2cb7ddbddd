"""Giving measured: every number defined once, from one frame of counted gifts.

The frame has `unit` (person or household), `gift`, `on` (date) and `amount` (minor units of one currency, above
zero): hard credit only, what was received less what went back. D(P) are the units with a gift in period P, A(u,P)
the sum of their amounts there. `standing` says what became of every unit between P−1 and P; each measure of
retention, gain and loss is a sum over it, so they agree with each other by construction.
"""

from datetime import date

import polars as pl

from crm_app.engine.report.measures import MEASURES, Measure, measure
from crm_app.engine.report.periods import Comparison, Period

NEW, RECAPTURED, UPGRADED, SAME, DOWNGRADED = "new", "recaptured", "upgraded", "same", "downgraded"
LAPSED_NEW, LAPSED_REPEAT, AWAY = "lapsed_new", "lapsed_repeat", "away"
RETAINED = (UPGRADED, SAME, DOWNGRADED)
LAPSED = (LAPSED_NEW, LAPSED_REPEAT)
GAVE, GAVE_BEFORE = (NEW, RECAPTURED, *RETAINED), (*RETAINED, *LAPSED)
WORDS = {
    NEW: "first gift ever",
    RECAPTURED: "came back",
    UPGRADED: "gave more",
    SAME: "gave the same",
    DOWNGRADED: "gave less",
    LAPSED_NEW: "lapsed after their first year",
    LAPSED_REPEAT: "lapsed after years",
    AWAY: "away for longer",
}
ORDER = tuple(WORDS)
SCHEMA = {"unit": pl.Int64, "gift": pl.Int64, "on": pl.Date, "amount": pl.Int64}

__all__ = ["MEASURES", "Measure"]


def standing(gifts: pl.DataFrame, now: Period, before: Period) -> pl.DataFrame:
    """One row per unit that gave by the end of `now`: unit, now, before, gifts_now, first_on, last_on, was, standing."""
    inside = pl.col("on").is_between(now.first, now.last)
    earlier = pl.col("on").is_between(before.first, before.last)
    amount = pl.col("amount")
    units = (
        gifts.lazy()
        .filter(pl.col("on") <= now.last)
        .group_by("unit")
        .agg(
            amount.filter(inside).sum().alias("now"),
            amount.filter(earlier).sum().alias("before"),
            inside.sum().alias("gifts_now"),
            pl.col("on").min().alias("first_on"),
            pl.col("on").max().alias("last_on"),
        )
    )
    return units.with_columns(_standing(now, before).alias("standing")).collect()


def _standing(now: Period, before: Period) -> pl.Expr:
    gave, gave_before = pl.col("now") > 0, pl.col("before") > 0
    first = pl.col("first_on")
    more, less = pl.col("now") > pl.col("before"), pl.col("now") < pl.col("before")
    return (
        pl.when(gave & ~gave_before & (first >= now.first))
        .then(pl.lit(NEW))
        .when(gave & ~gave_before)
        .then(pl.lit(RECAPTURED))
        .when(gave & more)
        .then(pl.lit(UPGRADED))
        .when(gave & less)
        .then(pl.lit(DOWNGRADED))
        .when(gave)
        .then(pl.lit(SAME))
        .when(gave_before & (first >= before.first))
        .then(pl.lit(LAPSED_NEW))
        .when(gave_before)
        .then(pl.lit(LAPSED_REPEAT))
        .otherwise(pl.lit(AWAY))
    )


def gain_and_loss(units: pl.DataFrame) -> pl.DataFrame:
    """standing, donors, before, now, gain (loss below zero), in a fixed order; Σ gain = Σ now − Σ before."""
    summed = units.group_by("standing").agg(pl.len().alias("donors"), pl.col("before").sum(), pl.col("now").sum())
    order = pl.DataFrame({"standing": ORDER, "position": range(len(ORDER))}, schema_overrides={"position": pl.Int64})
    return (
        order.join(summed, on="standing", how="left")
        .with_columns(pl.col("donors", "before", "now").fill_null(0))
        .with_columns((pl.col("now") - pl.col("before")).alias("gain"))
        .sort("position")
        .drop("position")
    )


def _count(units: pl.DataFrame, standings: tuple[str, ...]) -> int:
    return units.filter(pl.col("standing").is_in(standings)).height


def _sum(units: pl.DataFrame, column: str, standings: tuple[str, ...] = ORDER) -> int:
    return int(units.filter(pl.col("standing").is_in(standings))[column].sum())


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@measure("Raised", shows="money", opens=GAVE)
def raised(units: pl.DataFrame) -> int:
    """What came in, less what went back.

    Formula: Σ A(u,P) over D(P)
    Source: cash basis, Raiser's Edge "cash in the door"
    """
    return _sum(units, "now")


@measure("Donors", shows="count", opens=GAVE)
def donors(units: pl.DataFrame) -> int:
    """People or households with at least one gift in the period.

    Formula: |D(P)|
    Source: Fundraising Effectiveness Project
    """
    return _count(units, GAVE)


@measure("Donor retention", shows="share", opens=RETAINED)
def retention(units: pl.DataFrame) -> float | None:
    """Of those who gave in the period before, the share that gave again.

    Formula: |D(P) ∩ D(P−1)| / |D(P−1)|; nothing when nobody gave in P−1
    Source: Fundraising Effectiveness Project; Bloomerang
    """
    return _share(_count(units, RETAINED), _count(units, GAVE_BEFORE))


@measure("First-time retention", shows="share", opens=(LAPSED_NEW,))
def first_time_retention(units: pl.DataFrame, before: Period) -> float | None:
    """Of those whose first gift ever was in the period before, the share that gave again.

    Formula: |N(P−1) ∩ D(P)| / |N(P−1)|, N(P−1) = first gift ever in P−1
    Source: Fundraising Effectiveness Project (27 % in 2010)
    """
    started = units.filter(_gave_before() & (pl.col("first_on") >= before.first))
    return _share(started.filter(pl.col("now") > 0).height, started.height)


@measure("Repeat retention", shows="share", opens=(LAPSED_REPEAT,))
def repeat_retention(units: pl.DataFrame, before: Period) -> float | None:
    """Of those who gave in the period before and earlier, the share that gave again.

    Formula: |R(P−1) ∩ D(P)| / |R(P−1)|, R(P−1) = D(P−1) without N(P−1)
    Source: Fundraising Effectiveness Project (70 % in 2010)
    """
    repeat = units.filter(_gave_before() & (pl.col("first_on") < before.first))
    return _share(repeat.filter(pl.col("now") > 0).height, repeat.height)


@measure("Money retention", shows="share", opens=RETAINED)
def money_retention(units: pl.DataFrame) -> float | None:
    """What retained donors give now against all that was given before; may exceed 100 %.

    Formula: Σ A(u,P) over D(P) ∩ D(P−1) / Σ A(u,P−1) over D(P−1)
    Source: Fundraising Effectiveness Project
    """
    return _share(_sum(units, "now", RETAINED), _sum(units, "before"))


@measure("Last year but not this", shows="count", opens=LAPSED)
def lybunt(units: pl.DataFrame) -> int:
    """Gave in the period before, not yet in this one.

    Formula: |D(P−1) \\ D(P)|
    Source: LYBUNT as in NPSP's report: last year above 0, this year 0
    """
    return _count(units, LAPSED)


@measure("Some year but not this", shows="count", opens=(*LAPSED, AWAY))
def sybunt(units: pl.DataFrame) -> int:
    """Gave at any time before this period, not in it; contains last year's.

    Formula: |∪ D(earlier than P) \\ D(P)|
    Source: SYBUNT as in NPSP and CiviCRM
    """
    return _count(units, (*LAPSED, AWAY))


@measure("New donors", shows="count", opens=(NEW,))
def new_donors(units: pl.DataFrame) -> int:
    """Their first gift ever is in this period.

    Formula: |{u : first gift ∈ P}|
    Source: Fundraising Effectiveness Project
    """
    return _count(units, (NEW,))


@measure("Recaptured", shows="count", opens=(RECAPTURED,))
def recaptured(units: pl.DataFrame) -> int:
    """Gave earlier, not in the period before, and again in this one.

    Formula: |{u ∈ D(P) : u ∉ D(P−1), u gave before P−1}|
    Source: Fundraising Effectiveness Project
    """
    return _count(units, (RECAPTURED,))


@measure("Gave more", shows="count", opens=(UPGRADED,))
def upgraded(units: pl.DataFrame) -> int:
    """Gave in both periods, more in this one.

    Formula: |{u : A(u,P) > A(u,P−1) > 0}|
    Source: Fundraising Effectiveness Project
    """
    return _count(units, (UPGRADED,))


@measure("Gave less", shows="count", opens=(DOWNGRADED,))
def downgraded(units: pl.DataFrame) -> int:
    """Gave in both periods, less in this one.

    Formula: |{u : 0 < A(u,P) < A(u,P−1)}|
    Source: Fundraising Effectiveness Project
    """
    return _count(units, (DOWNGRADED,))


@measure("Gains", shows="money", opens=(NEW, RECAPTURED, UPGRADED))
def gains(units: pl.DataFrame) -> int:
    """New and recaptured giving, and what others gave more.

    Formula: Σ A(u,P) of new and recaptured + Σ (A(u,P) − A(u,P−1)) of upgraded
    Source: Fundraising Effectiveness Project, growth in giving
    """
    return _sum(units, "now", (NEW, RECAPTURED)) + _rise(units, (UPGRADED,))


@measure("Losses", shows="money", opens=(DOWNGRADED, *LAPSED))
def losses(units: pl.DataFrame) -> int:
    """What lapsed donors gave before, and what others gave less.

    Formula: Σ A(u,P−1) of lapsed + Σ (A(u,P−1) − A(u,P)) of downgraded
    Source: Fundraising Effectiveness Project, growth in giving
    """
    return _sum(units, "before", LAPSED) - _rise(units, (DOWNGRADED,))


def _rise(units: pl.DataFrame, standings: tuple[str, ...]) -> int:
    return _sum(units, "now", standings) - _sum(units, "before", standings)


def _gave_before() -> pl.Expr:
    return pl.col("before") > 0


@measure("Average gift", shows="money", opens=GAVE)
def average_gift(gifts: pl.DataFrame) -> int | None:
    """The mean of the period's gifts; the median stands beside it because few large gifts pull it up.

    Formula: Σ amount / number of gifts
    Source: Fundraising Effectiveness Project
    """
    return round(gifts["amount"].sum() / gifts.height) if gifts.height else None


@measure("Median gift", shows="money", opens=GAVE)
def median_gift(gifts: pl.DataFrame) -> int | None:
    """Half of the gifts are smaller, half are larger.

    Formula: median of the amounts of the period's gifts
    Source: common statistics
    """
    middle = gifts["amount"].median()
    return None if middle is None else round(middle)


@measure("Average per donor", shows="money", opens=GAVE)
def average_per_donor(gifts: pl.DataFrame) -> int | None:
    """What a donor gives in the period on average.

    Formula: Σ amount / |D(P)|
    Source: Fundraising Effectiveness Project
    """
    units = gifts["unit"].n_unique() if gifts.height else 0
    return round(gifts["amount"].sum() / units) if units else None


@measure("From the top tenth", shows="share", opens=GAVE)
def concentration(units: pl.DataFrame) -> float | None:
    """How much of the period's money comes from the largest tenth of its donors.

    Formula: Σ A(u,P) of the top ⌈|D(P)| / 10⌉ / Σ A(u,P)
    Source: common statistics
    """
    amounts = units.filter(pl.col("now") > 0)["now"].sort(descending=True)
    return _share(int(amounts.head(-(-amounts.len() // 10)).sum()), int(amounts.sum()))


@measure("Pledge fulfilment", shows="share")
def pledge_fulfilment(dues: pl.DataFrame, today: date) -> float | None:
    """Of what was due by today, the share that is paid; written-off amounts stand apart.

    Formula: Σ paid on installments due ≤ today / Σ scheduled on them
    Source: our own definition; no vendor publishes theirs
    """
    due = dues.filter(pl.col("on") <= today)
    return _share(int(due["paid"].sum()), int(due["amount"].sum()))


def within(gifts: pl.DataFrame, period: Period) -> pl.DataFrame:
    return gifts.filter(pl.col("on").is_between(period.first, period.last))


def rfm(gifts: pl.DataFrame, today: date) -> pl.DataFrame:
    """unit, last_on, gifts, amount and the scores r, f, m from 1 to 5 (5 is best), and their sum.

    Fifths by rank; equal values always share a score (the better one), whatever the order of the rows.
    Source: quintile form, fundraisingnerd.com; 5 = best.
    """
    units = (
        gifts.filter(pl.col("on") <= today)
        .group_by("unit")
        .agg(pl.col("on").max().alias("last_on"), pl.len().alias("gifts"), pl.col("amount").sum())
    )
    scored = units.with_columns(_fifth("last_on").alias("r"), _fifth("gifts").alias("f"), _fifth("amount").alias("m"))
    return scored.with_columns((pl.col("r") + pl.col("f") + pl.col("m")).alias("score"))


def _fifth(column: str) -> pl.Expr:
    """1 to 5 from the rank of the last equal value: ties share."""
    rank = pl.col(column).rank("max").cast(pl.Int64)
    return ((rank * 5 + pl.len() - 1) // pl.len()).cast(pl.Int64)


def pyramid(units: pl.DataFrame, bands: tuple[int, ...]) -> pl.DataFrame:
    """at_least, donors, amount of the period by how much each unit gave; `bands` are lower limits, ascending."""
    gave = units.filter(pl.col("now") > 0).select(pl.col("now"))
    limits = pl.DataFrame({"at_least": sorted({0, *bands})}, schema={"at_least": pl.Int64})
    placed = gave.sort("now").join_asof(limits, left_on="now", right_on="at_least")
    summed = placed.group_by("at_least").agg(pl.len().alias("donors"), pl.col("now").sum().alias("amount"))
    joined = limits.join(summed, on="at_least", how="left").with_columns(pl.col("donors", "amount").fill_null(0))
    return joined.sort("at_least", descending=True)


def curve(gifts: pl.DataFrame, period: Period, points: int = 53) -> list[int]:
    """What had come in by the end of each week of the period, for the line of a year; ends with its last day."""
    days = (period.last - period.first).days
    daily = within(gifts, period).group_by("on").agg(pl.col("amount").sum()).sort("on")
    at = (daily["on"] - period.first).dt.total_days() if daily.height else pl.Series([], dtype=pl.Int64)
    frame = pl.DataFrame({"at": at.cast(pl.Int64), "sum": daily["amount"].cum_sum()})
    marks = [min(7 * (nth + 1) - 1, days) for nth in range(min(points, days // 7 + 1))]
    if marks and marks[-1] < days:
        marks[-1] = days
    asked = pl.DataFrame({"at": marks}, schema={"at": pl.Int64})
    return asked.join_asof(frame, on="at")["sum"].fill_null(0).to_list()


def by_month(gifts: pl.DataFrame, period: Period) -> pl.DataFrame:
    """month (its first day), gifts, amount; months without gifts are there with nothing."""
    months = pl.date_range(period.first.replace(day=1), period.last, "1mo", eager=True).alias("month").to_frame()
    summed = within(gifts, period).group_by(pl.col("on").dt.truncate("1mo").alias("month"))
    counted = summed.agg(pl.len().cast(pl.Int64).alias("gifts"), pl.col("amount").sum())
    return months.join(counted, on="month", how="left").with_columns(pl.col("gifts", "amount").fill_null(0))


def second_gifts(gifts: pl.DataFrame) -> pl.DataFrame:
    """unit and days from the first day of giving to the second, for those who have one."""
    days = gifts.select("unit", "on").unique().sort("unit", "on")
    nth = days.with_columns(pl.col("on").cum_count().over("unit").alias("nth"))
    first, second = nth.filter(pl.col("nth") == 1), nth.filter(pl.col("nth") == 2)
    joined = second.join(first, on="unit", suffix="_first")
    return joined.select("unit", (pl.col("on") - pl.col("on_first")).dt.total_days().alias("days"))


def all_measures(gifts: pl.DataFrame, periods: Comparison) -> tuple[pl.DataFrame, dict[str, float | int | None]]:
    """The standings and every measure of the comparison, from one pass over the gifts."""
    units, inside = standing(gifts, periods.now, periods.before), within(gifts, periods.now)
    arguments = {"units": units, "gifts": inside, "before": periods.before}
    found = {}
    for key, one in MEASURES.items():
        wants = one.call.__code__.co_varnames[: one.call.__code__.co_argcount]
        if set(wants) <= set(arguments):
            found[key] = one.call(*[arguments[name] for name in wants])
    return units, found
