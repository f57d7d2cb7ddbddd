"""Ways to reach the records of a case, in words, side by side."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from crm_app.core.work import Work
from crm_app.features.duplicates import queries

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def reach(work: Work, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """For each record its e-mails, phones and addresses, one a line."""
    found: dict[int, dict[str, list[str]]] = {number: defaultdict(list) for number in ids}
    for label, number, words in queries.reach(work.session, ids):
        if words and words not in found[number][label]:
            found[number][label].append(words)
    return {number: {label: "\n".join(lines) for label, lines in said.items()} for number, said in found.items()}


def in_words(field: str, value: Any) -> str:
    if value in (None, "", False):
        return ""
    if field == "born":
        year, month, day = value
        parts = [str(day) if day else "", MONTHS[month - 1] if month else "", str(year) if year else ""]
        return " ".join(part for part in parts if part)
    return "yes" if value is True else str(value)
