"""Who asks, what they may ask, and the frames it is asked of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.numbers import get_currency_symbol

from crm_app.core.work import Work
from crm_app.engine.segment.clock import Clock
from crm_app.engine.segment.definition import Notebook
from crm_app.engine.segment.run import Run
from crm_app.engine.segment.sentence import Speech
from crm_app.engine.segment.text import from_data
from crm_app.engine.segment.values import Reader
from crm_app.features.notebooks import queries
from crm_app.features.notebooks.facts import catalogue as all_facts
from crm_app.store.frames import store


@dataclass(frozen=True)
class Asking:
    """A run of one notebook with the viewer's rights, and the words for it."""

    notebook: Notebook
    reader: Reader
    speech: Speech
    run: Run
    currency: str


def ask(work: Work, notebook: Notebook, stopped: Callable[[], bool] = lambda: False) -> Asking:
    catalogue = all_facts(work.session)
    kept = store(work.database)
    frames = kept.frames(catalogue)
    mine = catalogue.for_viewer(permission.name for permission in work.actor.permissions)
    clock, currency = clock_of(work, notebook)
    reader = Reader(frames, clock, mine, kept.memory)
    speech = Speech(mine, clock, currency)
    return Asking(notebook, reader, speech, Run(reader, notebook, library(work), stopped), currency)


def clock_of(work: Work, notebook: Notebook) -> tuple[Clock, str]:
    """The day it is where the organization is, or the notebook's own; and the sign of its money."""
    ours = queries.organization(work.session)
    month = ours.fiscal_year_start if ours else 1
    locale = ours.locale if ours and ours.locale else "en_US"
    symbol = get_currency_symbol(ours.currency if ours else "USD", locale)
    return Clock(notebook.as_of or _today(work, ours.time_zone if ours else "UTC"), month), symbol


def _today(work: Work, zone: str):
    try:
        return work.now.astimezone(ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError):
        return work.now.date()


def library(work: Work) -> Callable[[str], Notebook | None]:
    """Other notebooks by title: only those this person may open."""
    found: dict[str, Notebook | None] = {}

    def look(title: str) -> Notebook | None:
        if title not in found:
            row = queries.titled(work.session, work.actor, title)
            found[title] = from_data(row.definition) if row else None
        return found[title]

    return look
