"""Rows as a file: CSV, XLSX, address cards. What a spreadsheet would take for a formula is made plain text."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would run gets an apostrophe in front; numbers and phone numbers stay what they are."""
    if not isinstance(value, str) or not value.lstrip().startswith(DANGEROUS):
        return value
    if value.startswith("+") and value[1:].replace(" ", "").replace("-", "").isdigit():
        return value
    return f"'{value}"


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([harmless(name) for name in header])
        for row in rows:
            writer.writerow([harmless(value) for value in row])
            count += 1
    return count


def write_xlsx(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Strings are written as strings: nothing in the workbook is a formula or a link."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("List")
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(header):
            sheet.write_string(0, place, name, bold)
        for count, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, int | float) and not isinstance(value, bool):
                    sheet.write_number(count, place, value)
                elif value not in ("", None):
                    sheet.write_string(count, place, str(value)[:32_000])
    return count


def write_cards(path: Path, people: Iterable[Any]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        for one in people:
            file.write("".join(f"{line}\r\n" for line in card(one)))
            count += 1
    return count


def card(one: Any) -> list[str]:
    """A vCard 3.0, which every address book reads."""
    row = one.row
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"UID:commonplace-{row.id}"]
    name = ";".join(_said(part) for part in (row.last_name, row.first_name, row.middle_name, row.prefix, row.suffix))
    lines += [
        f"N:{name if row.kind == 'person' else _said(row.display_name) + ';;;;'}",
        f"FN:{_said(row.display_name)}",
    ]
    if row.kind != "person":
        lines.append(f"ORG:{_said(row.display_name)}")
    lines += [f"EMAIL;TYPE={point.label.upper()}:{_said(point.address)}" for point in one.emails]
    kinds = {"mobile": "CELL", "work": "WORK", "home": "HOME"}
    lines += [f"TEL;TYPE={kinds.get(point.label, 'VOICE')}:{_said(point.number)}" for point in one.phones]
    if one.address:
        at = one.address
        place = ";".join(_said(part) for part in (at.line1, at.city, at.region, at.postal_code, at.country))
        lines.append(f"ADR;TYPE={at.label.upper()}:;{_said(at.line2)};{place}")
    lines += [f"{key}:{_said(value)}" for key, value in (("TITLE", row.job_title), ("NICKNAME", row.nickname), ("CATEGORIES", ", ".join(one.tags))) if value]  # fmt: skip
    return [folded for line in [*lines, "END:VCARD"] for folded in _fold(line)]


def _said(text: str) -> str:
    return (
        (text or "")
        .replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\r", "")
        .replace(",", "\\,")
        .replace(";", "\\;")
    )


def _fold(line: str) -> list[str]:
    """Lines of a card are at most 75 bytes; the rest goes on with a space."""
    found, current = [], ""
    for letter in line:
        if len((current + letter).encode()) > 74:
            found.append(current)
            current = " "
        current += letter
    return [*found, current]
