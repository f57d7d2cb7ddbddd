"""Two periods to compare, cut at the same day."""

from dataclasses import dataclass
from datetime import date, timedelta

from crm_app.engine.calendar import fiscal_span, fiscal_year, same_day, year_words


@dataclass(frozen=True)
class Period:
    first: date
    last: date

    def back(self, years: int = 1) -> "Period":
        return Period(same_day(self.first, -years), same_day(self.last, -years))


@dataclass(frozen=True)
class Comparison:
    """P and P−1 with their words."""

    now: Period
    before: Period
    now_words: str
    before_words: str


def fiscal_to_date(today: date, starts: int = 1) -> Comparison:
    """This fiscal year so far, against last year up to the same day."""
    year = fiscal_year(today, starts)
    now = Period(fiscal_span(year, starts)[0], today)
    day = f"{today:%-d %B}"
    return Comparison(
        now,
        now.back(),
        f"{year_words(year, starts)} to {day}",
        f"{year_words(year - 1, starts)} to {day}",
    )


def fiscal_years(year: int, starts: int = 1) -> Comparison:
    """A whole fiscal year against the one before."""
    now, before = Period(*fiscal_span(year, starts)), Period(*fiscal_span(year - 1, starts))
    return Comparison(now, before, year_words(year, starts), year_words(year - 1, starts))


def rolling_year(today: date) -> Comparison:
    """The last twelve months against the twelve before. Source: the default of Bloomerang's retention."""
    middle = same_day(today)
    now = Period(middle + timedelta(days=1), today)
    before = Period(same_day(today, -2) + timedelta(days=1), middle)
    return Comparison(now, before, "the last 12 months", "the 12 months before")
