"""Workbooks (XLSX, XLS, XLSB, ODS). Only ever called in the child process: a hostile workbook may kill its reader."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from crm_app.engine.tabular.shape import Limits, Record, Source, Unreadable

TOO_BIG = "This workbook unpacks to far more than it should. It was not opened."


def open_workbook(path: Path, limits: Limits, sheet: str = "") -> Source:
    _refuse_bombs(path, limits)
    try:
        book = CalamineWorkbook.from_path(str(path))
        names = [name for name in book.sheet_names if name]
        chosen = sheet if sheet in names else _fullest(book, names)
        rows = book.get_sheet_by_name(chosen).to_python(skip_empty_area=False) if chosen else []
    except (CalamineError, ValueError, OSError, zipfile.BadZipFile) as problem:
        raise Unreadable(
            "This workbook could not be opened.", "It may be damaged or protected by a password. Save it as CSV."
        ) from problem
    source = Source("workbook", _records(rows), sheet=chosen, sheets=names)
    if len(names) > 1:
        source.notes.append(f"The workbook has {len(names)} sheets; “{chosen}” was read.")
    return source


def _refuse_bombs(path: Path, limits: Limits) -> None:
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as pack:
            entries = pack.infolist()
            names = {entry.filename for entry in entries}
    except zipfile.BadZipFile as problem:
        raise Unreadable("This file is damaged and could not be opened.") from problem
    if "schema.json" in names and "constituent.csv" in names:
        raise Unreadable("This is a whole Commonplace.", "Bring it into an empty place with `crm import FILE`.")
    if not any(name.startswith(("xl/", "content.xml")) for name in names):
        raise Unreadable("This is a packed archive, not a list.", "Unpack it and bring in the files one by one.")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked or unpacked > 200 * max(path.stat().st_size, 50_000) or len(entries) > 5_000:
        raise Unreadable(TOO_BIG, "Open it in a spreadsheet, keep only the rows you need, and save it as CSV.")


def _fullest(book: CalamineWorkbook, names: list[str]) -> str:
    """The sheet with the most cells filled is the list; cover sheets and notes are small."""
    sizes = {name: _size(book, name) for name in names}
    return max(names, key=lambda name: sizes[name], default="")


def _size(book: CalamineWorkbook, name: str) -> int:
    try:
        sheet = book.get_sheet_by_name(name)
    except (CalamineError, ValueError):
        return -1  # a chart sheet has no cells
    return sheet.height * min(sheet.width, 60)


def _records(rows: list[list[object]]) -> Iterator[Record]:
    for number, row in enumerate(rows, start=1):
        yield Record(number, [written(value) for value in row])


def written(value: object) -> str:
    """A cell as a person would have typed it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)
