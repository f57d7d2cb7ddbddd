"""Hours as people read and type them."""

import re

CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
BOTH = re.compile(r"(\d+)\s*h\w*\s*(\d{1,2})\s*(?:m\w*)?", re.IGNORECASE)
MINUTES = re.compile(r"(\d+)\s*m(?:in\w*)?", re.IGNORECASE)
HOURS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:h\w*)?", re.IGNORECASE)


def hours_words(minutes: int) -> str:
    """135 minutes are 2 h 15."""
    whole, rest = divmod(minutes, 60)
    if not rest:
        return f"{whole:,} h"
    return f"{whole:,} h {rest:02d}" if whole else f"{rest} min"


def minutes_of(said: str) -> int | None:
    """`2`, `2.5`, `2:30`, `2 h 30`, `45 min` as minutes; None when it is no time."""
    said = said.strip()
    if found := CLOCK.fullmatch(said) or BOTH.fullmatch(said):
        return int(found[1]) * 60 + int(found[2])
    if found := MINUTES.fullmatch(said):
        return int(found[1])
    found = HOURS.fullmatch(said)
    return round(float(found[1].replace(",", ".")) * 60) if found else None
