"""Yes or no, words from a list, e-mails, phones, tags."""

import csv
import re
from functools import lru_cache

import phonenumbers

YES = frozenset(
    ["yes", "y", "true", "t", "1", "x", "✓", "✔", "on", "ja", "oui", "si", "sí", "sim", "checked", "subscribed"]
)
NO = frozenset(["no", "n", "false", "f", "0", "-", "off", "nein", "non", "não", "nao", "unchecked"])
EMAIL = re.compile(r"^[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"().]{2,}$")
NO_EMAIL = frozenset({"info requested", "n/a", "na", "none", "-", "no email", "noemail", "unknown"})
NANP = re.compile(r"^\+?1?([2-9]\d{2}[2-9]\d{6})$")


class NotReadable(ValueError):
    """The cell does not hold what its column is for; the message says so."""


def yes(text: str) -> bool | None:
    word = text.strip().casefold()
    if not word:
        return None
    if word in YES:
        return True
    if word in NO:
        return False
    raise NotReadable(f"“{text.strip()[:40]}” is neither yes nor no.")


def emails(text: str) -> list[str]:
    """The addresses in a cell, in lower case for the domain only; `Name <a@b.org>` and lists are unpacked."""
    if text.strip().casefold() in NO_EMAIL:
        return []
    found = [part.strip().strip("<>").removeprefix("mailto:") for part in _parts(text)]
    bad = [part for part in found if not EMAIL.match(part) or len(part) > 254]
    if bad:
        raise NotReadable(f"“{bad[0][:60]}” is not an e-mail address.")
    return [_address(part) for part in found]


def _parts(text: str) -> list[str]:
    inside = re.findall(r"<([^<>\s]+@[^<>\s]+)>", text)
    return inside or [part for part in re.split(r"[;,\s|]+", text.strip()) if part]


def _address(text: str) -> str:
    name, _, domain = text.rpartition("@")
    return f"{name}@{domain.casefold().rstrip('.')}"


@lru_cache(maxsize=100_000)
def phone(text: str, region: str = "US") -> str:
    """E.164. Raises NotReadable with the reason."""
    plain = re.sub(r"[\s().\-/]", "", text.strip())
    if region in ("US", "CA"):
        short = NANP.match(plain)
        if short:
            return f"+1{short[1]}"
    try:
        number = phonenumbers.parse(text.strip(), region or None)
    except phonenumbers.NumberParseException as problem:
        raise NotReadable(f"“{text.strip()[:40]}” is not a phone number.") from problem
    if not phonenumbers.is_possible_number(number):
        raise NotReadable(f"“{text.strip()[:40]}” is not a whole phone number.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def tags(text: str) -> list[str]:
    """`"Gala 2024","Volunteer"`, `Board | Gala`, `a; b` → the words, once each."""
    text = text.strip()
    mark = "|" if "|" in text else ";" if ";" in text else "," if "," in text else "\n"
    parts = next(csv.reader([text.replace("\n", " ")], delimiter=mark, skipinitialspace=True), []) if text else []
    return list(dict.fromkeys(part.strip().strip('"') for part in parts if part.strip().strip('"')))
