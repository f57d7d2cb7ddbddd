"""Runs a notebook: every cell after those it uses, each only when it or what it reads changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from crm_app.engine.segment import cells as kinds
from crm_app.engine.segment.cells import Cells, Found
from crm_app.engine.segment.charts import Drawn, draw
from crm_app.engine.segment.definition import (
    SETS,
    Aggregate,
    AnyCell,
    Chart,
    FieldTest,
    Group,
    Household,
    InCell,
    Measure,
    Note,
    Notebook,
    People,
    Rank,
    Ranked,
    RelatedTest,
    Sequence,
    Suppress,
    Table,
    Waterfall,
)  # fmt: skip
from crm_app.engine.segment.graph import Circle, order, resolve, uses
from crm_app.engine.segment.problems import Problem, aggregate_problem, asked_problem, leaves, problem
from crm_app.engine.segment.values import Kept, Memory, Reader, fingerprint


class Superseded(Exception):
    """A newer edit made this run pointless."""


@dataclass(frozen=True)
class CellRun:
    """A cell's result; `mask` is over the places of the frames."""

    name: str
    kind: str
    key: str
    mask: np.ndarray
    base: int
    count: int
    found: Found
    value: float | None = None
    drawn: Drawn | None = None
    problem: Problem | None = None

    @property
    def delta(self) -> int:
        return self.count - self.base


@dataclass
class Run:
    """One reading of one notebook. `library` gives other notebooks by name, for clauses about their cells."""

    reader: Reader
    notebook: Notebook
    library: Callable[[str], Notebook | None] = lambda name: None
    stopped: Callable[[], bool] = lambda: False
    results: dict[str, CellRun] = field(default_factory=dict)
    trail: tuple[str, ...] = ()

    def all(self) -> Mapping[str, CellRun]:
        for cell in self.notebook.cells:
            if not isinstance(cell, Note):
                self.cell(cell)
        return self.results

    def one(self, name: str) -> CellRun:
        cell, _ = resolve(self.notebook, name)
        if cell is None:
            raise KeyError(name)
        return self.cell(cell)

    def mask(self, name: str) -> np.ndarray:
        """The people of a cell or of one of its parts; everyone for the empty name; nobody when it does not exist."""
        if not name:
            return self.reader.frames.alive
        cell, part = resolve(self.notebook, name)
        if cell is None:
            return np.zeros(self.reader.frames.size, bool)
        run = self.cell(cell)
        return run.found.parts.get(part, np.zeros_like(run.mask)) if part else run.mask

    def cell(self, cell: AnyCell) -> CellRun:
        if (done := self.results.get(cell.name)) is not None:
            return done
        if self.stopped():
            raise Superseded
        if cell.name in self.trail:
            return self._refused(cell, Problem(str(Circle([*self.trail[self.trail.index(cell.name) :], cell.name]))))
        self.trail = (*self.trail, cell.name)
        try:
            found = self._blocked(cell)
            result = self._refused(cell, found) if found else self._worked(cell)
        finally:
            self.trail = self.trail[:-1]
        self.results[cell.name] = result
        return result

    def _refused(self, cell: AnyCell, why: Problem) -> CellRun:
        nobody = np.zeros(self.reader.frames.size, bool)
        return CellRun(cell.name, cell.kind, "", nobody, 0, 0, Found(nobody), problem=why)

    def _blocked(self, cell: AnyCell) -> Problem | None:
        """Why the cell as a whole cannot be shown: a circle, a missing cell, something the viewer may not ask."""
        for name in uses(cell):
            used, part = resolve(self.notebook, name)
            if used is None:
                return Problem(f"There is no cell called “{name}”.")
            run = self.cell(used)
            if run.problem is not None:
                words = run.problem.words
                return Problem(
                    words if "in a circle" in words else f"“{used.name}” cannot be counted: {words}",
                    run.problem.forbidden,
                )
            if part and part not in run.found.parts:
                return Problem(f"“{used.name}” has no part called “{part}”.")
        return self._lacking(cell)

    def _lacking(self, cell: AnyCell) -> Problem | None:
        catalogue = self.reader.catalogue
        for group in groups_of(cell):
            for leaf in leaves(group):
                if (found := problem(leaf, catalogue)) and found.forbidden:
                    return found
                if is_outside(leaf) and isinstance(outside := self._in_cell(leaf), Problem):
                    return outside
        for of in aggregates_of(cell):
            if found := aggregate_problem(of, catalogue):
                return found
        match cell:
            case Chart(by=by, across=across):
                asked = [by, across] if across is not None and cell.draw == "pivot" else [by]
                return next((found for one in asked if (found := asked_problem(one, catalogue))), None)
            case Table(columns=columns):
                return next((f for one in columns if (f := asked_problem(one, catalogue)) and f.forbidden), None)
            case Measure(summary=summary, value=None) if summary not in ("people", "share"):
                return Problem("Choose what to add up.")
            case Suppress(asked=asked) if asked and (catalogue.field(asked) is None or not catalogue.may_use(asked)):
                return Problem("Your role may not see what people agreed to.", forbidden=True)
        return None

    def key(self, cell: AnyCell) -> str:
        """What the cell means now: its definition, the cells it reads, the day, and the state of what it asks."""
        used = [(name, self._key_of(name)) for name in uses(cell)]
        bare = cell.model_copy(update={"name": "", "folded": False})
        clock, sources = self.reader.clock, sources_of(cell, self.reader)
        outside = [self._outside_key(leaf) for group in groups_of(cell) for leaf in leaves(group) if is_outside(leaf)]
        return fingerprint(bare, used, outside, clock.today, clock.fiscal_month, self.reader.frames.version(sources))

    def _key_of(self, name: str) -> str:
        cell, part = resolve(self.notebook, name)
        return f"{self.cell(cell).key}/{part}" if cell is not None else ""

    def _worked(self, cell: AnyCell) -> CellRun:
        key = self.key(cell)
        if (kept := self.reader.memory.get(("cell", key))) is not None:
            return kept.run if kept.run.name == cell.name else renamed(kept.run, cell.name)
        of = getattr(cell, "of", "")
        base = self.mask(of)
        found = Cells(self.reader, base, self.mask, self._in_cell).found(cell)
        count = int(np.count_nonzero(found.mask))
        drawn = draw(self.reader, cell, found.mask) if isinstance(cell, Chart) else None
        value = self._value(cell, found.mask) if isinstance(cell, Measure) else None
        run = CellRun(cell.name, cell.kind, key, found.mask, int(np.count_nonzero(base)), count, found, value, drawn)
        self.reader.memory.put(("cell", key), KeptRun((), (found.mask,), run))
        return run

    def _value(self, cell: Measure, mask: np.ndarray) -> float:
        if cell.summary == "people":
            return float(np.count_nonzero(mask))
        if cell.summary == "share":
            return float(np.count_nonzero(mask)) / max(1, int(np.count_nonzero(self.reader.frames.alive)))
        values, known = self.reader.aggregate(cell.value)
        some = values[mask & known]
        if cell.summary == "sum":
            return float(some.sum())
        if cell.summary in ("average", "median"):
            some = some[some != 0]
        reduce = {"average": np.mean, "median": np.median, "largest": np.max}[cell.summary]
        return float(reduce(some)) if len(some) else 0.0

    def _in_cell(self, clause: InCell) -> np.ndarray | Problem:
        if not clause.notebook:
            return self.mask(clause.cell)
        other = self._other(clause)
        if isinstance(other, Problem):
            return other
        run, _ = other
        result = run.one(clause.cell) if resolve(run.notebook, clause.cell)[0] else None
        if result is None or result.problem is not None:
            return result.problem if result else Problem(f"“{clause.notebook}” has no cell called “{clause.cell}”.")
        return run.mask(clause.cell)

    def _other(self, clause: InCell) -> tuple[Run, str] | Problem:
        notebook = self.library(clause.notebook)
        if notebook is None:
            return Problem(f"There is no notebook called “{clause.notebook}” that you may read.")
        here = f"{clause.notebook} · {clause.cell}"
        if here in self.trail:
            return Problem(str(Circle([*self.trail[self.trail.index(here) :], here])))
        return Run(self.reader, notebook, self.library, self.stopped, {}, (*self.trail, here)), here

    def _outside_key(self, clause: InCell) -> str:
        other = self._other(clause)
        if isinstance(other, Problem):
            return other.words
        run, _ = other
        cell, part = resolve(run.notebook, clause.cell)
        return f"{run.cell(cell).key}/{part}" if cell is not None else ""


@dataclass(frozen=True, slots=True)
class KeptRun(Kept):
    run: CellRun = None


def renamed(run: CellRun, name: str) -> CellRun:
    return CellRun(name, run.kind, run.key, run.mask, run.base, run.count, run.found, run.value, run.drawn, run.problem)


def is_outside(leaf) -> bool:
    return isinstance(leaf, InCell) and bool(leaf.notebook)


def groups_of(cell: AnyCell) -> list[Group]:
    match cell:
        case People(match=match):
            return [match]
        case Suppress(reasons=reasons):
            return [reason.match for reason in reasons]
        case Waterfall(streams=streams):
            return [stream.match for stream in streams]
    return []


def aggregates_of(cell: AnyCell) -> list[Aggregate]:
    found = {Measure: "value", Household: "by", Ranked: "by", Chart: "value"}.get(type(cell))
    value = getattr(cell, found) if found else None
    return [value] if value is not None else []


def sources_of(cell: AnyCell, reader: Reader) -> set[str]:
    """Names of the sources and relations whose rows the cell reads itself."""
    catalogue, out = reader.catalogue, set()
    home = catalogue.source_of(catalogue.household)

    def field(name: str) -> None:
        source = catalogue.source_of(name)
        if source is not None:
            out.add(source.name)

    def value(of: Aggregate | None) -> None:
        if of is not None and catalogue.relation(of.relation) is not None:
            out.add(of.relation)
            if of.level == "household" and home is not None:
                out.add(home.name)

    for group in groups_of(cell):
        for leaf in leaves(group):
            match leaf:
                case FieldTest():
                    field(leaf.field)
                case RelatedTest() | Rank():
                    value(leaf.of)
                case Sequence():
                    out |= {r.relation for r in (leaf.first, leaf.then) if catalogue.relation(r.relation) is not None}
    for of in aggregates_of(cell):
        value(of)
    match cell:
        case Suppress():
            field(cell.asked)
        case Household():
            field(cell.flag)
            field(catalogue.household)
        case Chart() | Table():
            for asked in [cell.by, cell.across] if isinstance(cell, Chart) else cell.columns:
                if asked is not None:
                    field(asked.field)
                    value(asked.value)
    return out


__all__ = ["REST", "SETS", "CellRun", "Memory", "Run", "Superseded", "order"]
REST = kinds.REST
