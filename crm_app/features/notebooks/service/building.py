"""What the page asks for in one go: the cells, the draft of a clause, the settings of a cell, facts to choose from."""

from __future__ import annotations

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.engine.segment.definition import Notebook, People
from crm_app.engine.segment.edit import Spot, add_cell, add_clause
from crm_app.features.notebooks.schemas import DraftView, FactView, SettingView
from crm_app.features.notebooks.service import drafting, shaping
from crm_app.features.notebooks.service.asking import ask


def draft(work: Work, notebook: Notebook, cell: str, path: str) -> DraftView:
    work.require(Permission.NOTEBOOKS_READ)
    return drafting.draft(ask(work, notebook), notebook, Spot(cell), path)


def facts(work: Work, notebook: Notebook, cell: str, text: str) -> list[FactView]:
    work.require(Permission.NOTEBOOKS_READ)
    catalogue = ask(work, notebook).reader.catalogue
    return drafting.searched(drafting.facts(catalogue, notebook, cell), text)


def settings(work: Work, notebook: Notebook, cell: str) -> list[SettingView]:
    work.require(Permission.NOTEBOOKS_READ)
    return shaping.settings(ask(work, notebook).reader.catalogue, notebook, cell)


def begun(work: Work, notebook: Notebook, cell: str, into: str, key: str) -> Notebook:
    """The notebook with a clause about this fact at the end of a group."""
    catalogue = ask(work, notebook).reader.catalogue
    return add_clause(notebook, Spot(cell), drafting.begun(catalogue, key), into)


def changed(work: Work, notebook: Notebook, cell: str, path: str, part: str, value: str) -> Notebook:
    return drafting.changed(ask(work, notebook).reader.catalogue, notebook, Spot(cell), path, part, value)


def set_up(work: Work, notebook: Notebook, cell: str, setting: str, value: str) -> Notebook:
    return shaping.changed(ask(work, notebook).reader.catalogue, notebook, cell, setting, value)


def from_bar(work: Work, notebook: Notebook, chart: str, at: int) -> tuple[Notebook, str]:
    """A people cell of one bar of a chart, below it."""
    run = ask(work, notebook).run.one(chart)
    bar = run.drawn.bars[at]
    name = f"{chart}: {bar.label.replace('¤', '')}"
    clauses = (bar.clause,) if bar.clause is not None else ()
    cell = People(name=name, of=notebook.cell(chart).of)
    cell = cell.model_copy(update={"match": cell.match.model_copy(update={"clauses": clauses})})
    before = {one.name for one in notebook.cells}
    made = add_cell(notebook, cell, after=chart)
    return made, next(one.name for one in made.cells if one.name not in before)
