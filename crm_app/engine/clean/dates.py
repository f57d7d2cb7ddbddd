"""Birth dates as one number, yyyymmdd; what is not known is 00."""

import datetime as dt
import re

import polars as pl

ORDERS = ((re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"), "ymd"), (re.compile(r"^(\d{4})(\d{2})(\d{2})$"), "ymd"),
          (re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$"), "dmy"), (re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$"), "mdy"),
          (re.compile(r"^(\d{4})-(\d{1,2})$"), "ym"), (re.compile(r"^(\d{4})$"), "y"))  # fmt: skip
EARLIEST = 1850


def birth(value: object) -> int:
    """yyyymmdd; 0 when there is nothing to read. 1 January is what forms fill in: only its year is believed.

    Month before day is swapped where the first number cannot be a month.
    """
    if isinstance(value, dt.date):
        return _number(value.year, value.month, value.day)
    if isinstance(value, int):
        return _number(value // 10000, value // 100 % 100, value % 100) if value > 9999 else _number(value, 0, 0)
    for pattern, order in ORDERS if value else ():
        if found := pattern.match(str(value).strip()):
            part = dict(zip(order, map(int, found.groups())))
            month, day = part.get("m", 0), part.get("d", 0)
            return _number(part["y"], *((day, month) if order == "mdy" and month > 12 else (month, day)))
    return 0


def _number(year: int, month: int, day: int) -> int:
    if year < EARLIEST or year > 2200:
        return 0
    if (month, day) == (1, 1):
        return 0 if year == 1900 else year * 10000
    if not (0 <= month <= 12 and 0 <= day <= 31):
        return year * 10000
    return year * 10000 + month * 100 + day


def birth_column(dates: pl.Series) -> pl.Series:
    """The same for a column, each different value read once."""
    different = dates.unique()
    numbers = [birth(value) for value in different.to_list()]
    return dates.replace_strict(different, numbers, default=0, return_dtype=pl.Int32)
