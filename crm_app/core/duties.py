"""Duties that features want done by themselves from time to time: expire offers, rotate backups."""

from collections.abc import Callable

from crm_app.core.database import Database

Duty = Callable[[Database], None]
_duties: list[tuple[str, float, Duty]] = []


def every(seconds: float, name: str) -> Callable[[Duty], Duty]:
    """Declare a duty; it must be harmless to do twice."""

    def declare(duty: Duty) -> Duty:
        _duties.append((name, seconds, duty))
        return duty

    return declare


def known() -> list[tuple[str, float, Duty]]:
    return list(_duties)
