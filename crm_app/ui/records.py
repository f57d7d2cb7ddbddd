"""Where a record opens: features say it once, history, the palette and reports ask it."""

from collections.abc import Callable

from crm_app.ui.page import MAP

_OPENS: dict[str, Callable[[int], str]] = {}


def opens(kind: str, address: Callable[[int], str]) -> None:
    """Say where a record of this kind (as history calls it) opens: `opens("gift", lambda id: f"/gifts/{id}")`."""
    _OPENS[kind] = address


def address(kind: str, record_id: int | None, constituent_id: int | None = None) -> str:
    """The address of a record, else of the person it is about, else nothing."""
    if record_id is not None and kind in _OPENS:
        return _OPENS[kind](record_id)
    person = constituent_id or (record_id if kind == "constituent" else None)
    return person_address(person) if person else ""


def person_address(person: int) -> str:
    """The profile of a person, wherever the map has it."""
    if "constituent" in _OPENS:
        return _OPENS["constituent"](person)
    for route in ("/people/[pid]", "/people/[person_id]", "/people/[constituent_id]", "/people/[id]"):
        if route in MAP:
            return f"/people/{person}"
    return ""
