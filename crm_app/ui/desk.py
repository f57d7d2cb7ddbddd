"""What stands on everybody's desk in the morning: features say what waits and which numbers matter, Home shows them."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from crm_app.core.access import Permission
from crm_app.core.work import Work

REMEMBERED = 20.0
"""Seconds a number is trusted before it is counted again: Home is opened often."""


@dataclass(frozen=True)
class Figure:
    """A number that opens its list. `say` gives its text; an empty text hides it."""

    words: str
    say: Callable[[Work], str]
    to: str
    needs: Permission | None
    order: int


@dataclass(frozen=True)
class Waiting:
    """Something that waits to be done by somebody: how many there are, one and many of them in words, where."""

    one: str
    many: str
    count: Callable[[Work], int]
    to: str
    needs: Permission | None
    order: int


FIGURES: list[Figure] = []
QUEUES: list[Waiting] = []
_known: dict[tuple[str, int, str], tuple[float, str]] = {}


def figure(
    words: str, say: Callable[[Work], str], *, to: str, needs: Permission | None = None, order: int = 50
) -> None:
    """Put a number on Home. The four of the lowest order that the actor may see are shown."""
    FIGURES.append(Figure(words, say, to, needs, order))


def waiting(
    one: str, many: str, count: Callable[[Work], int], *, to: str, needs: Permission | None = None, order: int = 50
) -> None:
    """Put a queue on Home: `waiting("gift to thank for", "gifts to thank for", count, to="/thanks")`."""
    QUEUES.append(Waiting(one, many, count, to, needs, order))


def figures(work: Work, most: int = 4) -> list[tuple[str, str, str]]:
    """(number, words, address) of what the actor may see."""
    mine = sorted((f for f in FIGURES if f.needs is None or work.may(f.needs)), key=lambda f: f.order)
    said = ((_remembered(work, f.words, lambda f=f: f.say(work)), f.words, f.to) for f in mine)
    return [one for one in said if one[0]][:most]


def queues(work: Work) -> list[tuple[int, str, str]]:
    """(how many, words, address) of what waits, without what is empty."""
    mine = sorted((q for q in QUEUES if q.needs is None or work.may(q.needs)), key=lambda q: q.order)
    counted = [(int(_remembered(work, q.many, lambda q=q: str(q.count(work)))), q) for q in mine]
    return [(number, q.one if number == 1 else q.many, q.to) for number, q in counted if number]


def _remembered(work: Work, words: str, say: Callable[[], str]) -> str:
    place = (str(work.database.url), work.actor.user_id or 0, words)
    known = _known.get(place)
    if known and time.monotonic() - known[0] < REMEMBERED:
        return known[1]
    if len(_known) > 5_000:
        _known.clear()
    said = say()
    _known[place] = (time.monotonic(), said)
    return said
