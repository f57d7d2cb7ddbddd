"""What other features show on somebody's page: lines of the timeline, figures at the top. They say so in their `follows`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from crm_app.core.access import Permission
from crm_app.core.work import Work


@dataclass(frozen=True)
class Entry:
    """One line of a timeline: words, a link, more words; what is urgent; how much; a quieter second line."""

    at: datetime
    kind: str
    """gifts, events, talk, mail, changes, work: what the filter above the timeline calls it"""
    words: str
    link: str = ""
    to: str = ""
    after: str = ""
    warn: str = ""
    amount: str = ""
    more: str = ""
    id: int = 0
    act: str = ""
    """What may be done from here, such as `drop-interaction`."""


@dataclass(frozen=True)
class Figure:
    """A number at the top of the page, what it says, and where its rows are."""

    figure: str
    words: str
    to: str = ""


Lines = Callable[[Work, int, int], list[Entry]]
Figures = Callable[[Work, int], list[Figure]]
TIMELINES: dict[str, tuple[Lines, Permission | None]] = {}
FIGURES: list[tuple[int, Figures, Permission | None]] = []


def timeline(kind: str, needs: Permission | None = None) -> Callable[[Lines], Lines]:
    """Declare a source of the timeline: `lines(work, constituent_id, most)` gives the newest, newest first."""

    def declare(lines: Lines) -> Lines:
        TIMELINES[kind] = (lines, needs)
        return lines

    return declare


def figures(order: int, needs: Permission | None = None) -> Callable[[Figures], Figures]:
    """Declare figures for the top of the page; lower orders come first."""

    def declare(give: Figures) -> Figures:
        FIGURES.append((order, give, needs))
        FIGURES.sort(key=lambda one: one[0])
        return give

    return declare


def entries(work: Work, constituent_id: int, kind: str = "", most: int = 60) -> list[Entry]:
    """The newest lines of everything, or of one kind, as far as the actor may see them."""
    found: list[Entry] = []
    for name, (lines, needs) in TIMELINES.items():
        if (not kind or name == kind) and (needs is None or work.may(needs)):
            found += lines(work, constituent_id, most)
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:most]


def all_figures(work: Work, constituent_id: int) -> list[Figure]:
    return [
        figure
        for _, give, needs in FIGURES
        if needs is None or work.may(needs)
        for figure in give(work, constituent_id)
    ]
