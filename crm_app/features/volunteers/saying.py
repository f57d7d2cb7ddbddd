"""Hours as people read and type them."""

import re

HOURS = re.compile(r"(?:(\d+(?:[.,]\d+)?)\s*(?:h|hours?|hrs?)?)?\s*(?:(\d+)\s*(?:m|min|minutes?))?", re.IGNORECASE)


def hours_words(minutes: int) -> str:
    """135 minutes are 2 h 15."""
    whole, rest = divmod(minutes, 60)
    if not rest:
        return f"{whole:,} h"
    return f"{whole:,} h {rest:02d}" if whole else f"{rest} min"


def minutes_of(said: str) -> int | None:
    """`2`, `2.5`, `2:30`, `2 h 30`, `45 min` as minutes; None when it is no time."""
    said = said.strip()
    if found := re.fullmatch(r"(\d{1,2}):([0-5]\d)", said):
        return int(found[1]) * 60 + int(found[2])
    if found := re.fullmatch(r"(\d+)\s*h\w*\s*(\d{1,2})", said, re.IGNORECASE):
        return int(found[1]) * 60 + int(found[2])
    found = HOURS.fullmatch(said)
    if not said or not found or not (found[1] or found[2]):
        return None
    return round(float((found[1] or "0").replace(",", ".")) * 60) + int(found[2] or 0)
