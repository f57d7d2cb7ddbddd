"""Months as numbers, and fiscal years."""

from calendar import monthrange
from datetime import date, timedelta


def month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def clipped(month: int, day: int) -> date:
    """That day of that month, or its last day where the month is shorter."""
    year, of_year = divmod(month, 12)
    return date(year, of_year + 1, min(day, monthrange(year, of_year + 1)[1]))


def fiscal_year(day: date, starts: int = 1) -> int:
    """The fiscal year a day belongs to, named after the calendar year it ends in."""
    return day.year + 1 if starts > 1 and day.month >= starts else day.year


def fiscal_span(year: int, starts: int = 1) -> tuple[date, date]:
    """First and last day of a fiscal year."""
    first = date(year if starts == 1 else year - 1, starts, 1)
    return first, date(first.year + 1, starts, 1) - timedelta(days=1)


def same_day(day: date, years: int = -1) -> date:
    """The same day of another year; 29 February becomes 28 where there is none."""
    return clipped(month_number(day) + 12 * years, day.day)


def year_words(year: int, starts: int = 1) -> str:
    """2026, or 2025/26 where the year does not begin in January."""
    return str(year) if starts == 1 else f"{year - 1}/{year % 100:02d}"
