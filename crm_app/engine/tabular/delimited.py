"""CSV and its cousins, as found: any delimiter, any line ending, quotes that lie."""

import csv
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from crm_app.engine.tabular import encoding as encodings
from crm_app.engine.tabular.shape import Limits, Record, Source

DELIMITERS = (",", ";", "\t", "|")
NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
SAMPLE = 80
# A quoted cell longer than this many lines is taken for a quote that was opened and never closed.
LONGEST_CELL = 400
PATIENCE = 40


def open_delimited(path: Path, limits: Limits) -> Source:
    encoding = encodings.sniff(path)
    notes: list[str] = []
    sample = list(islice(encodings.lines(path, encoding, []), SAMPLE))
    delimiter, told = declared(sample) or (sniff_delimiter(sample), False)
    source = Source("csv", iter(()), encoding=_plain(encoding), delimiter=NAMES.get(delimiter, delimiter), notes=notes)
    source.records = _records(encodings.lines(path, encoding, notes), delimiter, told, notes, limits)
    return source


def _plain(encoding: str) -> str:
    return {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "mixed": "Windows-1252"}.get(encoding, encoding.upper())


def declared(sample: list[str]) -> tuple[str, bool] | None:
    """Excel writes `sep=;` as a first line of its own."""
    first = sample[0].strip().strip('"') if sample else ""
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], True
    return None


def sniff_delimiter(sample: list[str]) -> str:
    """The delimiter that splits most lines into the same number of cells, the more cells the better."""
    return max(DELIMITERS, key=lambda mark: _agreement(sample, mark))


def _agreement(sample: list[str], delimiter: str) -> float:
    try:
        widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if any(cell.strip() for cell in row)]
    except csv.Error:
        return 0.0
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return 0.0
    width, times = max(counts.items(), key=lambda pair: (pair[1] * min(pair[0], 8), pair[0]))
    return times / len(widths) * (1 + min(width, 12) / 4)


class _Lines:
    """Hands lines to the reader, remembers those of the record being read, and takes lines back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._returned: deque[str] = deque()
        self.taken: list[str] = []
        self.limit = LONGEST_CELL

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self.taken) > self.limit:
            raise StopIteration
        line = self._returned.popleft() if self._returned else next(self._lines)
        if "\0" in line:
            line = line.replace("\0", "")
        self.taken.append(line)
        return line

    def give_back(self, lines: list[str]) -> None:
        self._returned.extendleft(reversed(lines))


def _records(
    lines: Iterable[str], delimiter: str, skip_first: bool, notes: list[str], limits: Limits
) -> Iterator[Record]:
    csv.field_size_limit(max(limits.cell * 10, 1_000_000))
    feed = _Lines(lines)
    reader = csv.reader(feed, delimiter=delimiter)
    number, width, repaired = 1, 0, 0
    if skip_first and next(feed, None) is not None:
        yield Record(1, [])
        number, feed.taken = 2, []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            if not feed.taken:
                break
            cells = []
        except csv.Error:
            cells = []
        taken, feed.taken = feed.taken, []
        problem = ""
        if len(taken) > 1 and _lying(taken, cells, delimiter, width, feed.limit):
            feed.give_back(taken[1:])
            cells, taken = _literal(taken[0], delimiter), taken[:1]
            reader = csv.reader(feed, delimiter=delimiter)
            problem = "A quotation mark was opened and never closed; the line was read on its own."
            repaired += 1
            feed.limit = LONGEST_CELL if repaired < PATIENCE else 4
        elif not cells and taken and taken[0].strip():
            cells, problem = _literal(taken[0], delimiter), "The line could not be read as it is written."
            reader = csv.reader(feed, delimiter=delimiter)
        width = width or (len(cells) if len(cells) > 1 else 0)
        width = max(width, len(cells)) if number < 60 else width
        yield Record(number, cells, problem)
        number += len(taken)
    if repaired:
        notes.append(f"{repaired} lines had a quotation mark that was never closed; they were read line by line.")


def _lying(taken: list[str], cells: list[str], delimiter: str, width: int, limit: int) -> bool:
    """A record over several lines is believed when its quotes close and it has the cells its neighbours have."""
    if len(taken) > limit or not _closed(taken):
        return True
    if len(cells) == width or not width:
        return False
    whole_lines = sum(1 for line in taken if line.count(delimiter) + 1 == width)
    return len(cells) > width or whole_lines > 1


def _closed(taken: list[str]) -> bool:
    return sum(line.count('"') for line in taken) % 2 == 0


def _literal(line: str, delimiter: str) -> list[str]:
    """Cells of a line whose quotes cannot be trusted: paired quotes around a whole cell go, others stay."""
    cells = next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
    return [cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell for cell in cells]
