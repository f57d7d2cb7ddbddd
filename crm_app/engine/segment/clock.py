"""Relative and fiscal dates, resolved against one day."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from crm_app.engine.segment.definition import Before, Between, CalendarYear, FiscalYear, Last, Next, Unit, Window

Span = tuple[dt.date | None, dt.date | None]  # both ends belong to it


@dataclass(frozen=True, slots=True)
class Clock:
    today: dt.date
    fiscal_month: int = 1

    def fiscal_year(self, day: dt.date | None = None) -> int:
        """Named after the year in which it ends, as fiscal years are."""
        day = day or self.today
        return day.year + (1 if self.fiscal_month > 1 and day.month >= self.fiscal_month else 0)

    def fiscal_start(self, year: int) -> dt.date:
        return dt.date(year - (1 if self.fiscal_month > 1 else 0), self.fiscal_month, 1)

    def span(self, window: Window | None) -> Span:
        match window:
            case None:
                return None, None
            case Last(n=n, unit=unit):
                return shift(self.today, -n, unit) + dt.timedelta(days=1), self.today
            case Next(n=n, unit=unit):
                return self.today, shift(self.today, n, unit)
            case Before(n=n, unit=unit):
                return None, shift(self.today, -n, unit)
            case FiscalYear(year=year, years=years):
                end = self.fiscal_year() + year
                return self.fiscal_start(end - years + 1), self.fiscal_start(end + 1) - dt.timedelta(days=1)
            case CalendarYear(year=year, years=years):
                end = self.today.year + year
                return dt.date(end - years + 1, 1, 1), dt.date(end, 12, 31)
            case Between(since=since, until=until):
                return since, until


def shift(day: dt.date, n: int, unit: Unit) -> dt.date:
    """Months and years keep the day of the month, or the last one there is."""
    if unit in ("days", "weeks"):
        return day + dt.timedelta(days=n * (7 if unit == "weeks" else 1))
    months = day.year * 12 + day.month - 1 + n * (12 if unit == "years" else 1)
    year, month = max(1, min(9998, months // 12)), months % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
