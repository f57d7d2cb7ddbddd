"""Names of cells, operators and windows as people read them."""

from collections.abc import Sequence

from crm_app.engine.segment.catalogue import Kind

KINDS = {
    "note": "note", "people": "people", "combine": "combine", "pick": "picked by hand", "measure": "measure",
    "suppress": "left out", "household": "one per household", "top": "ranking", "sample": "sample", "split": "split",
    "waterfall": "streams", "table": "table", "chart": "chart", "snapshot": "snapshot", "send to": "send to",
}  # fmt: skip
NUMBER_OPS = {
    "at least": "is at least", "more than": "is more than", "at most": "is at most", "less than": "is less than",
    "between": "is between", "is": "is exactly", "is not": "is not", "known": "is known", "unknown": "is not known",
}  # fmt: skip
DATE_OPS = {
    "within": "was", "not within": "was not", "at least": "was on or after", "at most": "was on or before",
    "between": "was between", "is": "was on", "known": "is known", "unknown": "is not known",
}  # fmt: skip
TEXT_OPS = {
    "contains": "contains", "does not contain": "does not contain", "is": "is", "is not": "is not",
    "starts with": "starts with", "known": "is known", "unknown": "is not known",
}  # fmt: skip
FLAG_OPS = {"yes": "yes", "no": "no", "known": "is known", "unknown": "is not known"}
OPS = {
    Kind.NUMBER: NUMBER_OPS, Kind.MONEY: NUMBER_OPS, Kind.DATE: DATE_OPS, Kind.TEXT: TEXT_OPS, Kind.CHOICE: TEXT_OPS,
    Kind.FLAG: FLAG_OPS,
}  # fmt: skip
WINDOWS = {
    "": "at any time", "last": "in the last …", "before": "… ago or longer", "next": "in the next …",
    "fiscal 0": "this fiscal year", "fiscal -1": "last fiscal year", "fiscal -1 3": "the last three fiscal years",
    "calendar 0": "this calendar year", "calendar -1": "last calendar year", "between": "between two days",
}  # fmt: skip
UNITS = {"days": "days", "weeks": "weeks", "months": "months", "years": "years"}
MODES = {"all": "all of these", "any": "any of these", "none": "none of these"}
TO = {
    "labels": "letters and labels", "event": "invitation to an event", "tag": "a tag", "tasks": "tasks",
    "calls": "a call list", "export": "a file", "mailing": "a mailing",
}  # fmt: skip


def many(n: int, one: str, more: str) -> str:
    return f"{n:,} {one if n == 1 else more}"


def drawn_line(values: Sequence[int], width: int = 140, height: int = 26) -> str:
    """The path of a small line through sizes, oldest first."""
    low, high = min(values), max(values)
    span, step = (high - low) or 1, width / max(1, len(values) - 1)
    points = [
        f"{n * step:.1f} {height - 2 - (value - low) / span * (height - 4):.1f}" for n, value in enumerate(values)
    ]
    return "M" + " L".join(points)
