"""Dates as people and tools write them. Day or month first is decided over a whole column, or asked."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio januari", "feb february februar février fevrier febrero febbraio",
            "mar march märz marz mars marzo maart", "apr april avril abril aprile", "may mai mayo maggio mei",
            "jun june juni juin junio giugno", "jul july juli juillet julio luglio", "aug august août aout agosto",
            "sep sept september septembre septiembre settembre", "oct okt october oktober octobre octubre ottobre",
            "nov november novembre noviembre", "dec dez december dezember décembre decembre diciembre dicembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
TIME = (
    r"(?:[ T,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
)
ZONE = r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[A-Z]{3,4})?"
YEAR_FIRST = re.compile(rf"^(?P<y>\d{{4}})([-/.])(?P<a>\d{{1,2}})\2(?P<b>\d{{1,2}}){TIME}{ZONE}$")
COMPACT = re.compile(rf"^(?P<y>\d{{4}})(?P<a>\d{{2}})(?P<b>\d{{2}}){TIME}{ZONE}$")
YEAR_LAST = re.compile(rf"^(?P<a>\d{{1,2}})([-/.]\s?)(?P<b>\d{{1,2}})\2(?P<y>\d{{4}}|\d{{2}}){TIME}{ZONE}$")
DAY_WORD = re.compile(
    rf"^(?:\w+,\s*)?(?P<b>\d{{1,2}})(?:st|nd|rd|th|\.)?[ -]+(?P<m>[^\W\d]+)\.?,?[ -]+(?P<y>\d{{4}}|\d{{2}}){TIME}{ZONE}$"
)
WORD_DAY = re.compile(
    rf"^(?:\w+,\s*)?(?P<m>[^\W\d]+)\.?\s+(?P<b>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}}){TIME}{ZONE}$"
)
MONTH_DAY = re.compile(r"^(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})$")
YEAR_MONTH = re.compile(r"^(?P<y>\d{4})[-/.](?P<a>\d{1,2})$")
EXCEL_START = dt.date(1899, 12, 30)
NOTHING = frozenset({"0000-00-00", "0000-00-00 00:00:00", "1/1/0001", "00/00/0000", "00/00/00"})


class NotADate(ValueError):
    """The cell holds no date; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a column writes dates: "dmy", "mdy", "ask", or "" where it does not matter, and the cell that decided."""

    value: str
    because: str = ""


@lru_cache(maxsize=100_000)
def moment(text: str, order: str = "", two_digit_from: int = 1969) -> dt.datetime:
    """A date with its time if it has one; naive where no zone was written, else in UTC."""
    text = " ".join(text.split())
    found = YEAR_FIRST.match(text) or COMPACT.match(text)
    if found:
        return _made(found, int(found["y"]), int(found["a"]), int(found["b"]), text)
    found = YEAR_LAST.match(text)
    if found:
        month, day = _placed(int(found["a"]), int(found["b"]), order, text)
        return _made(found, _year(found["y"], two_digit_from), month, day, text)
    found = DAY_WORD.match(text) or WORD_DAY.match(text)
    if found:
        month = MONTHS.get(found["m"].casefold())
        if month:
            return _made(found, _year(found["y"], two_digit_from), month, int(found["b"]), text)
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and 15_000 < float(text) < 80_000:
        return dt.datetime.combine(EXCEL_START + dt.timedelta(days=int(float(text))), dt.time())
    if re.fullmatch(r"1\d{9}(\d{3})?", text):
        return dt.datetime.fromtimestamp(int(text[:10]), dt.UTC)
    raise NotADate(f"“{text[:40]}” is not a date.")


def date(text: str, order: str = "") -> dt.date:
    return moment(text, order).date()


def _made(found: re.Match[str], year: int, month: int, day: int, text: str) -> dt.datetime:
    hour = int(found["hour"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"][0] in "Pp" else 0)
    try:
        made = dt.datetime(year, month, day, hour, int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError as problem:
        raise NotADate(f"“{text[:40]}” is not a day that exists.") from problem
    return _in_utc(made, found["zone"] or "")


def _in_utc(made: dt.datetime, zone: str) -> dt.datetime:
    if zone in ("Z", "UTC", "GMT"):
        return made.replace(tzinfo=dt.UTC)
    if zone[:1] in ("+", "-"):
        digits = zone[1:].replace(":", "")
        shift = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return (made - shift if zone[0] == "+" else made + shift).replace(tzinfo=dt.UTC)
    return made


def _placed(a: int, b: int, order: str, text: str) -> tuple[int, int]:
    if a > 12 and b > 12:
        raise NotADate(f"“{text[:40]}” is not a day that exists.")
    if order == "dmy" or (not order and a > 12):
        return b, a
    if order == "mdy" or (not order and b > 12) or a == b:
        return a, b
    raise NotADate(f"“{text[:40]}” can be day/month or month/day. Say which this column uses.")


def _year(written: str, two_digit_from: int) -> int:
    if len(written) == 4:
        return int(written)
    century = two_digit_from - two_digit_from % 100
    year = century + int(written)
    return year if year >= two_digit_from else year + 100


def order(values: Iterable[str]) -> Order:
    """Decide over the column. A column with proof for both, or for neither while it matters, has to be asked."""
    day_first = month_first = ""
    unclear = False
    for value in values:
        text = " ".join(value.split())
        found = YEAR_LAST.match(text) or MONTH_DAY.match(text)
        if not found:
            continue
        a, b = int(found["a"]), int(found["b"])
        if a > 12 >= b:
            day_first = day_first or text
        elif b > 12 >= a:
            month_first = month_first or text
        elif a != b:
            unclear = True
    if day_first and month_first:
        return Order("ask", f"{day_first} and {month_first} contradict each other")
    if day_first or month_first:
        return Order("dmy" if day_first else "mdy", day_first or month_first)
    return Order("ask", "every date can be read both ways") if unclear else Order("")


@lru_cache(maxsize=50_000)
def partial(text: str, order_: str = "", this_year: int = 2026) -> tuple[int | None, int | None, int | None]:
    """A birth date, whole or in part, as (year, month, day): `03/14`, `1970`, `1970-03` are all welcome."""
    text = " ".join(text.split()).removeprefix("--")
    if re.fullmatch(r"(1[89]|20)\d{2}", text):
        return int(text), None, None
    found = YEAR_MONTH.match(text)
    if found and 1 <= int(found["a"]) <= 12:
        return int(found["y"]), int(found["a"]), None
    if re.fullmatch(r"\d{4}", text) and 1 <= int(text[:2]) <= 12 and 1 <= int(text[2:]) <= 31:
        return None, int(text[:2]), int(text[2:])
    found = MONTH_DAY.match(text)
    if found:
        month, day = _placed(int(found["a"]), int(found["b"]), order_, text)
        if not 1 <= month <= 12 or not 1 <= day <= 31:
            raise NotADate(f"“{text[:40]}” is not a day that exists.")
        return None, month, day
    whole = moment(text, order_, this_year - 99)
    return whole.year, whole.month, whole.day


def is_nothing(text: str) -> bool:
    """Databases write “no date” as a date."""
    return text.strip() in NOTHING
