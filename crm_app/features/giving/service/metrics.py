"""The numbers of giving: read from the frame, defined in the engine, with the people who add up to them."""

from dataclasses import replace

import polars as pl

from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.engine import rhythm
from crm_app.engine.calendar import fiscal_span, fiscal_year
from crm_app.engine.report import giving
from crm_app.engine.report.measures import MEASURES
from crm_app.engine.report.periods import Comparison, Period, fiscal_to_date, fiscal_years, rolling_year
from crm_app.features.giving import queries
from crm_app.features.giving.schemas import Band, GoalRow, MemberRow, Move, Number, Overview
from crm_app.features.giving.service.pledges import list_pledges
from crm_app.features.giving.service.receipts import today
from crm_app.features.giving.service.recurring import version_of
from crm_app.features.giving.service.thanks import count_waiting
from crm_app.store import giving as store

PERIODS = ("to_date", "last_year", "rolling")
BANDS = (2_500, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000)


def periods(work: Work, which: str) -> Comparison:
    """The two periods of a choice on the page."""
    starts, day = queries.organization(work.session).fiscal_year_start, today(work)
    if which == "to_date":
        return fiscal_to_date(day, starts)
    if which == "last_year":
        return fiscal_years(fiscal_year(day, starts) - 1, starts)
    if which == "rolling":
        return rolling_year(day)
    raise Invalid("Choose a period.")


def period_words(work: Work, which: str) -> tuple[str, str]:
    """What the two periods are called."""
    compared = periods(work, which)
    return compared.now_words, compared.before_words


def overview(work: Work, which: str = "to_date", *, household: bool = True, commitment: bool = False) -> Overview:
    """Everything the first page of giving shows, from one reading of the frame."""
    work.require(Permission.GIVING_READ)
    us, compared = queries.organization(work.session), periods(work, which)
    gifts = store.gifts(work, us.currency, household=household, commitment=commitment)
    units, found = giving.all_measures(gifts, compared)
    earlier = _before(compared)
    _, past = giving.all_measures(gifts, earlier)
    pledges, goals = list_pledges(work, status="open"), _goals(work)
    whole = _whole_year_before(work, compared, which)
    return Overview(
        currency=us.currency,
        now_words=compared.now_words,
        before_words=compared.before_words,
        first=compared.now.first,
        last=compared.now.last,
        raised=found["raised"],
        raised_before=past["raised"],
        goal=sum(goal.goal for goal in goals),
        numbers=_numbers(found, past),
        moves=_moves(units),
        bands=[Band(**row) for row in giving.pyramid(units, BANDS).iter_rows(named=True)],
        line=giving.curve(gifts, compared.now),
        line_before=giving.curve(gifts, compared.before),
        line_whole_before=giving.curve(gifts, whole),
        goals=goals,
        pledged_left=sum(row.left for row in pledges),
        pledged_overdue=sum(row.overdue for row in pledges),
        monthly=_monthly(work),
        sustainers=queries.count_sustainers(work.session),
        unthanked=count_waiting(work),
    )


def members(
    work: Work,
    which: str,
    standings: list[str],
    *,
    household: bool = True,
    commitment: bool = False,
    first: int = 0,
    size: int = 60,
    at_least: int = 0,
    below: int | None = None,
) -> tuple[int, int, int, list[MemberRow]]:
    """How many, their sums before and now, and a window of the people who add up to a number, largest first."""
    work.require(Permission.GIVING_READ, Permission.PEOPLE_READ)
    us, compared = queries.organization(work.session), periods(work, which)
    gifts = store.gifts(work, us.currency, household=household, commitment=commitment)
    units = giving.standing(gifts, compared.now, compared.before)
    chosen = units.filter(pl.col("standing").is_in(standings), pl.col("now") >= at_least)
    if below is not None:
        chosen = chosen.filter(pl.col("now") < below)
    biggest = pl.max_horizontal("now", "before")
    window = chosen.sort(biggest, "unit", descending=[True, False]).slice(first, size)
    names = queries.display_names(work.session, window["unit"].to_list())
    rows = [
        MemberRow(
            id=row["unit"], name=names.get(row["unit"], ""), standing=row["standing"], before=row["before"],
            now=row["now"], last_on=row["last_on"],
        )
        for row in window.iter_rows(named=True)
    ]  # fmt: skip
    return chosen.height, int(chosen["before"].sum()), int(chosen["now"].sum()), rows


def totals_now(work: Work) -> dict[str, float | int | str | None]:
    """The measures of this fiscal year to date, for the command line."""
    shown = overview(work)
    first = {"currency": shown.currency, "period": shown.now_words, "against": shown.before_words}
    return first | {number.key: number.now for number in shown.numbers} | {"raised_before": shown.raised_before}


def _before(compared: Comparison) -> Comparison:
    return replace(compared, now=compared.before, before=compared.before.back())


def _numbers(now: dict, past: dict) -> list[Number]:
    return [
        Number(
            key=key, title=one.title, shows=one.shows, now=now[key], before=past[key], words=one.words,
            formula=one.formula, source=one.source, opens=list(one.opens),
        )
        for key, one in MEASURES.items()
        if key in now
    ]  # fmt: skip


def _moves(units: pl.DataFrame) -> list[Move]:
    rows = giving.gain_and_loss(units).iter_rows(named=True)
    return [Move(**row, words=giving.WORDS[row["standing"]]) for row in rows if row["standing"] != giving.AWAY]


def _whole_year_before(work: Work, compared: Comparison, which: str) -> Period:
    if which != "to_date":
        return compared.before
    starts = queries.organization(work.session).fiscal_year_start
    return Period(*fiscal_span(fiscal_year(compared.before.first, starts), starts))


def _goals(work: Work) -> list[GoalRow]:
    sums, day = queries.by_campaign(work.session), today(work)
    return [
        GoalRow(campaign_id=row.id, name=row.name, goal=row.goal, raised=int(sums.get(row.id, 0)), ends_on=row.ends_on)
        for row in queries.campaigns(work.session)
        if row.goal and row.retired_at is None and (row.ends_on is None or row.ends_on >= day)
    ]


def _monthly(work: Work) -> int:
    """What running recurring gifts bring in a month: their value a year, divided by twelve."""
    rows = [row for row, _ in queries.recurring(work.session) if row.status in ("active", "failing")]
    versions, day = queries.versions(work.session, [row.id for row in rows]), today(work)
    held = [rhythm.at(map(version_of, versions[row.id]), day) for row in rows]
    return round(sum(rhythm.annual(one.amount, one.step) for one in held if one and not one.paused) / 12)
