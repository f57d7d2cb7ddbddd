"""Which cell uses which: names, order, and the refusal of circles."""

from __future__ import annotations

from crm_app.engine.segment.definition import (
    AnyCell,
    Chart,
    Clause,
    Combine,
    Group,
    InCell,
    Note,
    Notebook,
    People,
    Shape,
    Suppress,
    Waterfall,
)  # fmt: skip


class Circle(ValueError):
    """Cells that use each other in a ring."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__("These cells use each other in a circle: " + " → ".join(names) + ".")


def uses(cell: AnyCell) -> list[str]:
    """Names of the cells this one reads, as written; parts as “Split/A”."""
    if isinstance(cell, Note):
        return []
    names = [getattr(cell, "of", "")]
    match cell:
        case Combine(include=include, leave_out=leave_out):
            names = [*include, *leave_out]
        case People(match=match):
            names += _in_clause(match)
        case Suppress(reasons=reasons):
            names += [name for reason in reasons for name in _in_clause(reason.match)]
        case Waterfall(streams=streams):
            names += [name for stream in streams for name in _in_clause(stream.match)]
        case Chart():
            pass
    return list(dict.fromkeys(name for name in names if name))


def _in_clause(clause: Clause) -> list[str]:
    if isinstance(clause, Group):
        return [name for child in clause.clauses for name in _in_clause(child)]
    return [clause.cell] if isinstance(clause, InCell) and clause.cell and not clause.notebook else []


def resolve(notebook: Notebook, name: str) -> tuple[AnyCell | None, str]:
    """The cell a name means, and its part."""
    found = notebook.cell(name)
    if found is not None or "/" not in name:
        return found, ""
    whole, part = name.rsplit("/", 1)
    return notebook.cell(whole), part


def users(notebook: Notebook, name: str) -> list[str]:
    """Cells that use the cell of that name."""
    target = notebook.cell(name)
    return [cell.name for cell in notebook.cells if any(resolve(notebook, used)[0] is target for used in uses(cell))]


def order(notebook: Notebook) -> list[AnyCell]:
    """Named cells so that each comes after those it uses. Raises Circle with the names."""
    done: list[AnyCell] = []
    trail: list[str] = []

    def visit(cell: AnyCell) -> None:
        if any(cell is one for one in done):
            return
        if cell.name in trail:
            raise Circle([*trail[trail.index(cell.name) :], cell.name])
        trail.append(cell.name)
        for name in uses(cell):
            used, _ = resolve(notebook, name)
            if used is not None:
                visit(used)
        trail.pop()
        done.append(cell)

    for cell in notebook.cells:
        visit(cell)
    return done


def circle_through(notebook: Notebook, name: str) -> list[str]:
    """The names of a circle that this cell is in, or nothing."""
    try:
        order(notebook)
    except Circle as circle:
        return circle.names if name in circle.names else []
    return []


def renamed(shape: Shape, old: str, new: str) -> Shape:
    """The same cell with every mention of `old` (and of its parts) turned into `new`."""

    def name(text: str) -> str:
        if text.casefold() == old.casefold():
            return new
        return new + text[len(old) :] if text.casefold().startswith(old.casefold() + "/") else text

    def clause(one: Clause) -> Clause:
        if isinstance(one, Group):
            return one.model_copy(update={"clauses": tuple(clause(child) for child in one.clauses)})
        if isinstance(one, InCell) and not one.notebook:
            return one.model_copy(update={"cell": name(one.cell)})
        return one

    changes: dict[str, object] = {}
    if hasattr(shape, "of"):
        changes["of"] = name(shape.of)
    match shape:
        case Combine(include=include, leave_out=leave_out):
            changes = {"include": tuple(map(name, include)), "leave_out": tuple(map(name, leave_out))}
        case People(match=match):
            changes["match"] = clause(match)
        case Suppress(reasons=reasons):
            changes["reasons"] = tuple(one.model_copy(update={"match": clause(one.match)}) for one in reasons)
        case Waterfall(streams=streams):
            changes["streams"] = tuple(one.model_copy(update={"match": clause(one.match)}) for one in streams)
    return shape.model_copy(update=changes)
