"""Lists that are not tables on disk: JSON records and HTML tables saved with a spreadsheet's name."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from crm_app.engine.tabular import encoding as encodings
from crm_app.engine.tabular.shape import Record, Source, Unreadable

NO_LIST = "This JSON file holds no list of people or gifts."


def open_json(path: Path) -> Source:
    text = "".join(encodings.lines(path, encodings.sniff(path), []))
    try:
        found = _list(json.loads(text))
    except (ValueError, RecursionError) as problem:
        raise Unreadable("This file looks like JSON but is not valid JSON.") from problem
    flat = [flatten(item) for item in found]
    header = list(dict.fromkeys(key for item in flat for key in item))
    records = [Record(0, header)] + [
        Record(number, [item.get(key, "") for key in header]) for number, item in enumerate(flat, start=1)
    ]
    return Source("json", iter(records), header_given=True)


def _list(value: object) -> list[dict[str, object]]:
    if isinstance(value, dict):
        lists = [part for part in value.values() if isinstance(part, list) and part and isinstance(part[0], dict)]
        named = {"id", "email", "first_name", "last_name", "name", "amount"} & {str(key) for key in value}
        value = [value] if len(named) > 1 else (max(lists, key=len) if lists else None)
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
        raise Unreadable(NO_LIST, "Choose the CSV or spreadsheet export instead.")
    return value


def flatten(item: dict[str, object], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """Nested objects become dotted columns; lists of words are joined; lists of objects stay as JSON."""
    flat: dict[str, str] = {}
    for key, value in item.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and depth < 4:
            flat |= flatten(value, f"{name}.", depth + 1)
        elif isinstance(value, list) and all(isinstance(part, str | int | float) for part in value):
            flat[name] = "; ".join(str(part) for part in value)
        elif isinstance(value, dict | list):
            flat[name] = json.dumps(value, ensure_ascii=False)
        else:
            flat[name] = "" if value is None else str(value)
    return flat


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)


def open_markup(path: Path) -> Source:
    tables = _Tables()
    for line in encodings.lines(path, encodings.sniff(path), []):
        tables.feed(line)
    if not tables.rows:
        raise Unreadable("This is a web page without a table in it.", "Choose the CSV or spreadsheet export instead.")
    return Source("html", _numbered(tables.rows), notes=["The file is a web page with a spreadsheet's name."])


def _numbered(rows: list[list[str]]) -> Iterator[Record]:
    for number, row in enumerate(rows, start=1):
        yield Record(number, row)
