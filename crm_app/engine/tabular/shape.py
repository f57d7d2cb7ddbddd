"""What reading a file gives back: the table found in it, and an account of every line that was not a row of it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field


class Unreadable(Exception):
    """The file cannot be read at all; the message is meant for the person who chose it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in the file: its first line, its cells, and what was odd about it."""

    line: int
    cells: list[str]
    problem: str = ""

    def blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(slots=True)
class Source:
    """A file opened for reading: its records in order, and how they were understood."""

    kind: str
    records: Iterator[Record]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    header_given: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """The account of a reading: records = preamble + headers + blank + rows, always."""

    kind: str
    header: list[str]
    rows: int
    records: int
    preamble: int
    headers: int
    blank: int
    odd: int = 0
    header_line: int = 0
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def balanced(self) -> bool:
        return self.records == self.preamble + self.headers + self.blank + self.rows

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Above any of these the reading ends with a plain message."""

    bytes: int = 512 * 1024 * 1024
    rows: int = 2_000_000
    columns: int = 2_000
    cell: int = 100_000
    memory: int = 1_400 * 1024 * 1024
    seconds: int = 180
    unpacked: int = 1_500 * 1024 * 1024
