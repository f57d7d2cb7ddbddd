"""Which line of a file names its columns, and what to call columns that are named badly or not at all."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from crm_app.engine.tabular.shape import Record

LOOK_AT = 40
VALUE = re.compile(
    r"^[-+(]?[$€£]?\s?\d[\d,. ]*\)?%?$"  # a number or an amount
    r"|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?$"  # a date
    r"|^\S+@\S+\.\S+$|^https?://|^\+?[\d ()-]{7,}$"  # an e-mail, an address on the web, a phone
)
API_NAME = re.compile(r"^[A-Za-z][A-Za-z0-9]*(__[A-Za-z0-9_]+)+$")
WORD = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the header stands among the first records, and how many records after it repeat it in other words."""

    at: int | None
    names: list[str]
    repeats: int = 0


def normal(name: str) -> str:
    """`Order #`, `order_no.` and ` ORDER  NO ` compare as their words do."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.replace("#", " number ").replace("’", "'"))
    return " ".join(WORD.findall(spaced.replace("'", ""))).casefold()


def key(name: str) -> str:
    """`First Name`, `first_name`, `FirstName` and `FIRSTNAME` are one."""
    return normal(name).replace(" ", "")


def find_heading(first: list[Record], known: Callable[[list[str]], float] | None = None) -> Heading:
    """The header among the first records: one a known format recognises, else the first line that reads like one."""
    rows = [record.cells for record in first[:LOOK_AT]]
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    at = _recognised(rows, known) if known else None
    if at is None:
        at = _first_like_a_header(rows, filled)
    if at is None:
        width = max((len(row) for row in rows), default=0)
        return Heading(None, named([""] * width))
    repeats = 0
    while at + 1 + repeats < len(rows) and _repeats(rows[at + 1 + repeats], filled[at]):
        repeats += 1
    return Heading(at, named(_widest(rows[at], rows[at + 1 :])), repeats)


def _recognised(rows: list[list[str]], known: Callable[[list[str]], float]) -> int | None:
    scores = [(known(row), -index) for index, row in enumerate(rows) if sum(bool(cell.strip()) for cell in row) > 1]
    best = max(scores, default=(0.0, 0))
    return -best[1] if best[0] > 0 else None


def _first_like_a_header(rows: list[list[str]], filled: list[int]) -> int | None:
    widest = max(filled, default=0)
    for index, row in enumerate(rows):
        if filled[index] and filled[index] >= max(1, 0.55 * widest) and _names(row):
            return index
        if filled[index] >= max(2, 0.8 * widest):
            return None  # a full line of values before any line of names: the list has no header
    return None


def _names(row: list[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    if any(VALUE.match(cell) for cell in cells) or any(len(cell) > 200 for cell in cells):
        return False
    return len({cell.casefold() for cell in cells}) >= 0.5 * len(cells)


def _repeats(row: list[str], width: int) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) >= max(3, 0.6 * width) and all(API_NAME.match(cell) for cell in cells)


def _widest(header: list[str], below: list[list[str]]) -> list[str]:
    """Cells beyond the header that hold something get a column of their own."""
    width = max((_used(row) for row in below[:20]), default=0)
    return header + [""] * (width - len(header))


def _used(row: list[str]) -> int:
    return next((len(row) - index for index, cell in enumerate(reversed(row)) if cell.strip()), 0)


def named(header: list[str]) -> list[str]:
    """Every column gets a name of its own: repeats are numbered, empty ones are called by their place."""
    seen: dict[str, int] = {}
    names = []
    for place, cell in enumerate(header, start=1):
        name = " ".join(cell.split()).strip("\ufeff\u200b") or f"Column {place}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names
