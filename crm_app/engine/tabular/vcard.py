"""Address cards (vCard 2.1, 3.0, 4.0) as a table: one card, one row."""

import quopri
import re
from collections.abc import Iterator
from pathlib import Path

from crm_app.engine.tabular import encoding as encodings
from crm_app.engine.tabular.shape import Record, Source

HEADER = [
    "UID", "Full name", "Prefix", "First name", "Middle name", "Last name", "Suffix", "Nickname", "Email",
    "Work email", "Mobile phone", "Home phone", "Work phone", "Street", "City", "State", "Postal code", "Country",
    "Organization", "Job title", "Birthday", "Website", "Tags", "Notes", "Kind",
]  # fmt: skip
PLAIN = {
    "UID": "UID", "FN": "Full name", "NICKNAME": "Nickname", "TITLE": "Job title", "BDAY": "Birthday",
    "URL": "Website", "CATEGORIES": "Tags", "NOTE": "Notes", "KIND": "Kind",
}  # fmt: skip
NAME_PARTS = ("Last name", "First name", "Middle name", "Prefix", "Suffix")
ADDRESS_PARTS = ("", "", "Street", "City", "State", "Postal code", "Country")


def open_cards(path: Path) -> Source:
    notes: list[str] = []
    lines = unfolded(encodings.lines(path, encodings.sniff(path), notes))
    return Source("vcard", _records(lines), header_given=True, notes=notes)


def unfolded(lines: Iterator[str]) -> Iterator[str]:
    held = ""
    for raw in lines:
        line = raw.rstrip("\r\n")
        if line[:1] in (" ", "\t"):
            held += line[1:]
        elif held.upper().find("QUOTED-PRINTABLE") > 0 and held.endswith("="):
            held = held[:-1] + line
        else:
            if held:
                yield held
            held = line
    if held:
        yield held


def _records(lines: Iterator[str]) -> Iterator[Record]:
    yield Record(0, HEADER)
    card: dict[str, str] | None = None
    number = 0
    for line in lines:
        name, _, rest = line.partition(":")
        if name.strip().upper() == "BEGIN":
            card, number = {}, number + 1
        elif name.strip().upper() == "END" and card is not None:
            yield Record(number, [card.get(column, "") for column in HEADER])
            card = None
        elif card is not None:
            _take(card, name, rest)
    if card:
        yield Record(number, [card.get(column, "") for column in HEADER], "The card is cut off before its end.")


def _take(card: dict[str, str], name: str, rest: str) -> None:
    parts = name.split(";")
    kind = parts[0].rsplit(".", 1)[-1].strip().upper()
    settings = ";".join(parts[1:]).upper()
    if "QUOTED-PRINTABLE" in settings:
        rest = encodings.decode_line(quopri.decodestring(rest.encode("latin-1", "replace")))[0]
    if kind == "N":
        _spread(card, NAME_PARTS, rest)
    elif kind == "ADR" and not card.get("Street") and not card.get("City"):
        _spread(card, ADDRESS_PARTS, rest)
    elif kind == "ORG":
        card.setdefault("Organization", _clean(re.split(r"(?<!\\);", rest)[0]))
    elif kind == "EMAIL":
        card.setdefault("Work email" if "WORK" in settings and "PREF" not in settings else "Email", _clean(rest))
    elif kind == "TEL":
        card.setdefault(_phone(settings), _clean(rest).removeprefix("tel:"))
    elif kind in PLAIN:
        card.setdefault(PLAIN[kind], _clean(rest))


def _phone(settings: str) -> str:
    if "WORK" in settings and "CELL" not in settings:
        return "Work phone"
    return "Home phone" if "HOME" in settings and "CELL" not in settings else "Mobile phone"


def _spread(card: dict[str, str], names: tuple[str, ...], rest: str) -> None:
    for column, part in zip(names, re.split(r"(?<!\\);", rest), strict=False):
        if column and part.strip():
            card.setdefault(column, _clean(part))


def _clean(text: str) -> str:
    return re.sub(r"\\([,;\\nN])", lambda found: "\n" if found[1] in "nN" else found[1], text).strip()
