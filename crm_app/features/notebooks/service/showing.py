"""A run of a notebook as the page shows it."""

from __future__ import annotations

from collections.abc import Callable

import nh3
import numpy as np
from markdown_it import MarkdownIt

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.engine.segment.charts import Bar
from crm_app.engine.segment.counts import standing
from crm_app.engine.segment.definition import (
    AnyCell,
    Asked,
    Chart,
    Combine,
    Group,
    Household,
    Measure,
    Note,
    Notebook,
    People,
    SendTo,
    Snapshot,
    Split,
    Table,
    Waterfall,
)  # fmt: skip
from crm_app.engine.segment.explain import Explainer, Person
from crm_app.engine.segment.problems import Problem, kind_of
from crm_app.engine.segment.run import CellRun
from crm_app.engine.segment.values import Kept
from crm_app.features.notebooks import queries
from crm_app.features.notebooks.models import NotebookSnapshot
from crm_app.features.notebooks.schemas import BarView, CellView, ClauseView, NumberView, RowView, TokenView
from crm_app.features.notebooks.service.asking import Asking, ask
from crm_app.features.notebooks.service.words import KINDS, TO, drawn_line, many

ROWS = 25
NAMES = 20_000
"""Up to so many people a table without a sort is in the order of names; beyond it, of numbers."""
MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True})


def show(
    work: Work, notebook: Notebook, notebook_id: int = 0, stopped: Callable[[], bool] = lambda: False
) -> list[CellView]:
    """Every cell with its counts. Raises Superseded when a newer edit came."""
    work.require(Permission.NOTEBOOKS_READ)
    asking = ask(work, notebook, stopped)
    results = asking.run.all()
    kept = _snapshots(work, notebook_id)
    return [
        _note(cell) if isinstance(cell, Note) else Showing(work, asking, cell, results[cell.name], kept.get(cell.name, [])).view()
        for cell in notebook.cells
    ]  # fmt: skip


def _snapshots(work: Work, notebook_id: int) -> dict[str, list[NotebookSnapshot]]:
    found: dict[str, list[NotebookSnapshot]] = {}
    for one in queries.snapshots(work.session, notebook_id) if notebook_id else []:
        found.setdefault(one.cell, []).append(one)
    return found


def _note(cell: Note) -> CellView:
    html = nh3.clean(MARKDOWN.render(cell.text))
    return CellView(name=cell.name, kind="note", kind_words="note", note=html, note_text=cell.text, folded=cell.folded)


class Showing:
    """One cell of one run."""

    def __init__(self, work: Work, asking: Asking, cell: AnyCell, run: CellRun, kept: list[NotebookSnapshot]) -> None:
        self.work, self.asking, self.cell, self.run, self.kept = work, asking, cell, run, kept

    def view(self) -> CellView:
        cell, run = self.cell, self.run
        made = CellView(
            name=cell.name, kind=cell.kind, kind_words=self._kind_words(), folded=cell.folded, of=getattr(cell, "of", ""),
            tokens=self._tokens(), people=run.count,
        )  # fmt: skip
        if isinstance(cell, People):
            made.clauses, made.mode = self._clauses(cell.match), cell.match.mode
        if run.problem is not None:
            made.problem = run.problem.words
            return made
        made.count, made.below, made.more = f"{run.count:,}", self._below(), self._more()
        made.parts = [self._part(name, mask) for name, mask in run.found.parts.items()]
        made.reasons = [self._part(name, mask) for name, mask in run.found.reasons.items() if mask.any()]
        if made.reasons:
            said = ", ".join(f"{one.count} {one.name}" for one in made.reasons)
            made.left_out = f"{run.base - run.count:,} left out: {said}"
        self._time(made)
        match cell:
            case Measure():
                made.count = self._measure(cell)
            case Chart():
                self._chart(made, cell)
            case Table():
                self._table(made, cell)
        return made

    def _kind_words(self) -> str:
        return TO[self.cell.to] if isinstance(self.cell, SendTo) else KINDS[self.cell.kind]

    def _tokens(self) -> list[TokenView]:
        bad = {one.path for one in self.run.found.clauses if one.problem is not None}
        return [
            TokenView(text=token.text, path=token.path, cell=token.cell, bad=token.path in bad)
            for token in self.asking.speech.cell(self.cell)
        ]

    def _clauses(self, group: Group, path: str = "", depth: int = 0) -> list[ClauseView]:
        counts = {one.path: one for one in self.run.found.clauses}
        out = []
        for place, child in enumerate(group.clauses):
            here = f"{path}.{place}" if path else str(place)
            view = ClauseView(path=here, depth=depth, op=_link(group.mode, place))
            if isinstance(child, Group):
                view.group, view.mode = True, child.mode
                view.words = {"all": "all of these", "any": "any of these", "none": "none of these"}[child.mode]
            else:
                view.words = self.asking.speech.clause(child) or "…"
            count = counts.get(here)
            if count is not None:
                view.problem = count.problem.words if count.problem else ""
                view.unknown = f"{count.unknown:,} not known" if count.unknown else ""
                if count.after is not None:
                    view.numbers = f"{count.after:,} · without it {count.without:,}"
                    view.alone = f"{count.alone:,} alone"
            out.append(view)
            if isinstance(child, Group):
                out += self._clauses(child, here, depth + 1)
        return out

    def _part(self, name: str, mask: np.ndarray) -> NumberView:
        return NumberView(name=name, count=f"{int(np.count_nonzero(mask)):,}", of=f"{self.cell.name}/{name}")

    def _below(self) -> str:
        run, of = self.run, getattr(self.cell, "of", "")
        base = f"of {run.base:,} in {of}" if of else f"of {many(run.base, 'constituent', 'constituents')}"
        match self.cell:
            case Household():
                return f"letters · {many(run.base, 'person', 'people')}"
            case Combine():
                return "people" if run.count != 1 else "person"
            case Measure():
                return f"{of or 'everyone'} · {many(run.count, 'person', 'people')}"
            case Chart() | Table() | SendTo() | Snapshot() | Split() | Waterfall():
                return f"people in {of}" if of else "constituents"
        return base

    def _more(self) -> str:
        if isinstance(self.cell, Combine):
            parts = [f"{int(np.count_nonzero(self.asking.run.mask(name))):,} in {name}" for name in self.cell.include]
            return " · ".join(parts)
        if isinstance(self.cell, Chart) and self.run.drawn and self.run.drawn.total is not None:
            return f"{self._amount(self.cell.value, self.run.drawn.total)} in all"
        return ""

    def _amount(self, of, value: float) -> str:
        speech = self.asking.speech
        return speech.number(kind_of(of, speech.catalogue), round(value))

    def _measure(self, cell: Measure) -> str:
        if cell.summary == "people":
            return f"{int(self.run.value):,}"
        if cell.summary == "share":
            return f"{self.run.value:.1%}"
        return self._amount(cell.value, self.run.value)

    def _time(self, made: CellView) -> None:
        """Since the last snapshot: who joined, who left, and the line of sizes."""
        if not self.kept:
            return
        last = self.kept[0]
        before, now = snapshot_ids(self.work, self.asking, last.id), self.asking.reader.frames.ids[self.run.mask]
        joined = len(now) - np.count_nonzero(np.isin(now, before))
        left = len(before) - np.count_nonzero(np.isin(before, now))
        made.up, made.down = f"+{joined:,}" if joined else "", f"−{left:,}" if left else ""
        made.since = f"{'since' if joined or left else 'as on'} {last.taken_at:%-d %b}"
        sizes = [one.people for one in reversed(self.kept)] + [self.run.count]
        made.spark = drawn_line(sizes[-24:]) if len(sizes) > 2 else ""

    def _chart(self, made: CellView, cell: Chart) -> None:
        drawn = self.run.drawn
        most = max((bar.count for bar in drawn.bars), default=1) or 1
        made.heads = [self._head(cell.by), *drawn.across]
        made.bars = [self._bar(at, bar, most, cell) for at, bar in enumerate(drawn.bars)]

    def _bar(self, at: int, bar: Bar, most: int, cell: Chart) -> BarView:
        amount = "" if bar.amount is None else self._amount(cell.value, bar.amount)
        label = bar.label.replace("¤", self.asking.currency)
        return BarView(
            at=at, label=label[:1].upper() + label[1:], share=round(100 * bar.count / most, 1), count=f"{bar.count:,}",
            amount=amount, opens=bar.clause is not None, cells=[f"{n:,}" for n in bar.across],
        )  # fmt: skip

    def _head(self, asked: Asked) -> str:
        catalogue = self.asking.speech.catalogue
        if asked.label:
            return asked.label
        if asked.value is not None:
            words = self.asking.speech.aggregate(asked.value)
            return words[:1].upper() + words[1:]
        one = catalogue.field(asked.field)
        return one.label if one else asked.field

    def _table(self, made: CellView, cell: Table) -> None:
        columns = [one for one in cell.columns if not self._hidden(one)]
        made.heads = ["Name", *(self._head(one) for one in columns)]
        made.rows = table_rows(self.asking, cell, self.run.mask, columns, 0, ROWS)

    def _hidden(self, asked: Asked) -> bool:
        catalogue = self.asking.speech.catalogue
        known = asked.value is not None or catalogue.field(asked.field) is not None
        return not known or (asked.value is None and not catalogue.may_use(asked.field))


def _link(mode: str, place: int) -> str:
    return "" if not place else {"all": "and", "any": "or", "none": "nor"}[mode]


def table_rows(asking: Asking, cell: Table, mask: np.ndarray, columns, first: int, rows: int) -> list[RowView]:
    """A window of a table's rows, in the order of its sort."""
    places = np.flatnonzero(mask)
    frames, reader = asking.reader.frames, asking.reader
    sort = columns[cell.sort] if 0 <= cell.sort < len(columns) else None
    shown = asking.reader.catalogue.field(sort.field) if sort is not None and sort.value is None else None
    if sort is not None and (shown is None or shown.kind != "text"):
        values, known = reader.any_value(sort)
        order = np.lexsort((places, values[places] * (-1 if cell.descending else 1), ~known[places]))
        places = places[order]
    elif len(places) <= NAMES:
        names = [str(Person(frames, int(place)).field(reader.catalogue.shown) or "").casefold() for place in places]
        places = places[np.argsort(np.array(names, dtype=object), kind="stable")] if names else places
    return [row_of(asking, int(place), columns) for place in places[first : first + rows]]


def row_of(asking: Asking, place: int, columns) -> RowView:
    person = Person(asking.reader.frames, place)
    name = str(person.field(asking.reader.catalogue.shown) or "Without a name")
    values = [value_words(asking, person, one) for one in columns]
    return RowView(id=int(asking.reader.frames.ids[place]), name=name, given=values)


def value_words(asking: Asking, person: Person, asked: Asked) -> str:
    explainer = explainer_of(asking)
    if asked.value is not None:
        value = explainer.value(asked.value, person)
        return "" if value is None else explainer.shown(kind_of(asked.value, asking.speech.catalogue), value)
    one = asking.speech.catalogue.field(asked.field)
    value = person.field(asked.field)
    return "" if value is None else explainer.shown(one.kind, value, one.choices)


def explainer_of(asking: Asking, base: np.ndarray | None = None) -> Explainer:
    """Reads single people; membership and ranks come from the run, for they are about everybody."""

    def in_cell(clause, place: int) -> bool | None:
        found = asking.run._in_cell(clause)
        return None if isinstance(found, Problem) else bool(found[place])

    def ranks(clause, place: int) -> bool:
        among = asking.reader.frames.alive if base is None else base
        return bool(standing(asking.reader, clause, among)[place])

    return Explainer(asking.reader.frames, asking.speech, in_cell, ranks)


def snapshot_ids(work: Work, asking: Asking, snapshot_id: int) -> np.ndarray:
    """Who was in it; a snapshot never changes, so it is read once."""
    key = ("snapshot", snapshot_id)
    kept = asking.reader.memory.get(key)
    if kept is None:
        kept = Kept((), (np.array(queries.members(work.session, snapshot_id), np.int64),))
        asking.reader.memory.put(key, kept)
    return kept.arrays[0]


__all__ = ["Showing", "explainer_of", "row_of", "show", "snapshot_ids", "table_rows"]
