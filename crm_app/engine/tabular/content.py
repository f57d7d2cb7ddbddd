"""What a column holds, told from its cells alone: the second witness when its name says little."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from crm_app.engine.tabular.values import dates, names
from crm_app.engine.tabular.values.amounts import NotAnAmount, amount
from crm_app.engine.tabular.values.words import EMAIL, NO, YES

PHONE = re.compile(r"^\+?[\d\s().\-/]{7,20}(\s*(x|ext\.?)\s*\d+)?$")
POSTAL = re.compile(
    r"^(\d{5}(-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d\d ?[A-Z\d]{4})$", re.IGNORECASE
)
WEB = re.compile(r"^(https?://|www\.)\S+$", re.IGNORECASE)
STATE = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "FL",
        "GA",
        "HI",
        "ID",
        "IL",
        "IN",
        "IA",
        "KS",
        "KY",
        "LA",
        "ME",
        "MD",
        "MA",
        "MI",
        "MN",
        "MS",
        "MO",
        "MT",
        "NE",
        "NV",
        "NH",
        "NJ",
        "NM",
        "NY",
        "NC",
        "ND",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VT",
        "VA",
        "WA",
        "WV",
        "WI",
        "WY",
        "DC",
        "PR",
        "ON",
        "QC",
        "BC",
        "AB",
        "MB",
        "SK",
        "NS",
        "NB",
        "NL",
        "PE",
        "YT",
        "NT",
        "NU",
    ]
)
COUNTRY = frozenset(
    ["us", "usa", "u.s.", "u.s.a.", "united", "states", "united", "states", "of", "america", "canada", "ca", "uk", "united", "kingdom", "great", "britain", "england", "ireland", "ie", "de", "germany", "deutschland", "france", "fr", "australia", "nz", "new", "zealand", "switzerland", "austria", "netherlands", "spain", "italy", "mexico", "gb"]
) | {"united states", "united states of america", "united kingdom", "great britain", "new zealand"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """Shares (0 to 1) of the filled cells that look like each kind, and how full and varied the column is."""

    filled: float
    distinct: float
    shares: dict[str, float]

    def share(self, kind: str) -> float:
        return self.shares.get(kind, 0.0)


def look(cells: list[str]) -> Content:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return Content(0.0, 0.0, {})
    shares = {kind: sum(1 for cell in filled if test(cell)) / len(filled) for kind, test in TESTS.items()}
    return Content(len(filled) / len(cells), len(set(filled)) / len(filled), shares)


def _is_date(cell: str) -> bool:
    try:
        dates.moment(cell, "mdy")
    except dates.NotADate:
        try:
            dates.moment(cell, "dmy")
        except dates.NotADate:
            return False
    return not cell.isdigit()


def _is_amount(cell: str) -> bool:
    try:
        amount(cell, "USD", ".")
    except NotAnAmount:
        return False
    return True


def _has_sign(cell: str) -> bool:
    return _is_amount(cell) and bool(re.search(r"[$€£]|[.,]\d{2}\b", cell))


TESTS: dict[str, Callable[[str], bool]] = {
    "email": lambda cell: bool(EMAIL.match(cell)),
    "phone": lambda cell: bool(PHONE.match(cell)) and 7 <= sum(map(str.isdigit, cell)) <= 15 and not _is_date(cell),
    "postal": lambda cell: bool(POSTAL.match(cell)),
    "date": _is_date,
    "amount": _is_amount,
    "money": _has_sign,
    "yes": lambda cell: cell.casefold() in YES or cell.casefold() in NO,
    "web": lambda cell: bool(WEB.match(cell)),
    "state": lambda cell: cell.upper() in STATE,
    "country": lambda cell: cell.casefold() in COUNTRY,
    "title": lambda cell: cell.strip(".").casefold() in names.PREFIXES,
    "street": lambda cell: bool(re.match(r"^\d+[A-Za-z]?\s+\S+\s*\S*|^.+\s\d+[a-z]?$|^p\.?o\.? box", cell, re.IGNORECASE)),
    "comma_name": lambda cell: bool(re.match(r"^[^\W\d]+[\w' -]*, [^\W\d]+[\w'. -]*$", cell)),
    "two_words": lambda cell: bool(re.match(r"^[^\W\d][\w'’.-]+(\s[\w'’.-]+){1,3}$", cell)) and cell[:1].isupper(),
    "full_address": lambda cell: bool(re.search(r"\d.*\b[A-Z]{2}\b,?\s+\d{5}|,.*,.*\d", cell)),
}  # fmt: skip
