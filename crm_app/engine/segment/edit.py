"""Changing a notebook: every function gives a new one; a history of them undoes and redoes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crm_app.engine.segment.definition import AnyCell, Clause, Group, Notebook, People, Suppress, Waterfall
from crm_app.engine.segment.graph import Circle, circle_through, renamed, users

DEPTH = 200


class InUse(ValueError):
    """A cell that others read cannot go."""

    def __init__(self, name: str, by: list[str]) -> None:
        self.name, self.by = name, by
        super().__init__(f"“{name}” is used by {', '.join(f'“{one}”' for one in by)}. Change that first.")


class NameTaken(ValueError):
    """Cells are spoken of by name, so a name is there once."""


@dataclass(frozen=True)
class History:
    """What was done and what was undone, around the notebook as it is now."""

    now: Notebook
    past: tuple[Notebook, ...] = ()
    future: tuple[Notebook, ...] = ()

    def does(self, changed: Notebook) -> History:
        return self if changed == self.now else History(changed, (*self.past, self.now)[-DEPTH:], ())

    def undo(self) -> History:
        return History(self.past[-1], self.past[:-1], (self.now, *self.future)) if self.past else self

    def redo(self) -> History:
        return History(self.future[0], (*self.past, self.now), self.future[1:]) if self.future else self


# cells


def free_name(notebook: Notebook, wanted: str) -> str:
    wanted = wanted.replace("/", " ").strip() or "Cell"
    names = {cell.name.casefold() for cell in notebook.cells}
    tries = (wanted if number == 1 else f"{wanted} {number}" for number in range(1, 10_000))
    return next(name for name in tries if name.casefold() not in names)


def add_cell(notebook: Notebook, cell: AnyCell, after: str = "") -> Notebook:
    cell = cell.model_copy(update={"name": free_name(notebook, cell.name or cell.kind.capitalize())})
    at = _place(notebook, after) + 1 if after else len(notebook.cells)
    return _with(notebook, (*notebook.cells[:at], cell, *notebook.cells[at:]))


def put_cell(notebook: Notebook, name: str, changed: AnyCell) -> Notebook:
    """The cell with something changed; a circle is refused with the names in it."""
    at = _place(notebook, name)
    changed = changed.model_copy(update={"name": notebook.cells[at].name})
    after = _with(notebook, (*notebook.cells[:at], changed, *notebook.cells[at + 1 :]))
    if names := circle_through(after, changed.name):
        raise Circle(names)
    return after


def remove_cell(notebook: Notebook, name: str) -> Notebook:
    by = [user for user in users(notebook, name) if user != name]
    if by:
        raise InUse(name, by)
    at = _place(notebook, name)
    return _with(notebook, (*notebook.cells[:at], *notebook.cells[at + 1 :]))


def rename_cell(notebook: Notebook, name: str, new: str) -> Notebook:
    """Everyone who speaks of the cell says the new name."""
    new = new.replace("/", " ").strip()
    at = _place(notebook, name)
    if not new or new == name:
        return notebook
    if new.casefold() != name.casefold() and notebook.cell(new) is not None:
        raise NameTaken(f"There is already a cell called “{new}”.")
    cells = [renamed(cell, name, new) for cell in notebook.cells]
    cells[at] = cells[at].model_copy(update={"name": new})
    return _with(notebook, tuple(cells))


def move_cell(notebook: Notebook, name: str, by: int) -> Notebook:
    at = _place(notebook, name)
    to = max(0, min(len(notebook.cells) - 1, at + by))
    cells = list(notebook.cells)
    cells.insert(to, cells.pop(at))
    return _with(notebook, tuple(cells))


def duplicate_cell(notebook: Notebook, name: str) -> Notebook:
    cell = notebook.cells[_place(notebook, name)]
    return add_cell(notebook, cell, after=name)


def change_cell(notebook: Notebook, name: str, **changes: object) -> Notebook:
    """Fields of a cell, checked again as if it were read from a file."""
    cell = notebook.cells[_place(notebook, name)]
    return put_cell(notebook, name, type(cell).model_validate({**dict(cell), **changes}))


def _place(notebook: Notebook, name: str) -> int:
    for at, cell in enumerate(notebook.cells):
        if cell.name.casefold() == name.casefold():
            return at
    raise KeyError(name)


def _with(notebook: Notebook, cells: tuple[AnyCell, ...]) -> Notebook:
    return Notebook.model_validate({**dict(notebook), "cells": cells})


# clauses: a path is places from the outermost group inwards, “2” or “2.0.1”


@dataclass(frozen=True)
class Spot:
    """A group of clauses in a notebook: of a people cell, of a reason or of a stream."""

    cell: str
    part: str = ""


def group_at(notebook: Notebook, spot: Spot) -> Group:
    match notebook.cells[_place(notebook, spot.cell)]:
        case People(match=match):
            return match
        case Suppress(reasons=parts) | Waterfall(streams=parts):
            return next(part.match for part in parts if part.name == spot.part)
    raise KeyError(spot.cell)


def put_group(notebook: Notebook, spot: Spot, group: Group) -> Notebook:
    cell = notebook.cells[_place(notebook, spot.cell)]
    if isinstance(cell, People):
        return put_cell(notebook, spot.cell, cell.model_copy(update={"match": group}))
    field = "reasons" if isinstance(cell, Suppress) else "streams"
    parts = tuple(
        part.model_copy(update={"match": group}) if part.name == spot.part else part for part in getattr(cell, field)
    )
    return put_cell(notebook, spot.cell, cell.model_copy(update={field: parts}))


def clause_at(group: Group, path: str) -> Clause:
    for place in _places(path):
        group = group.clauses[place]
    return group


def add_clause(notebook: Notebook, spot: Spot, clause: Clause, into: str = "") -> Notebook:
    add = lambda group: group.model_copy(update={"clauses": (*group.clauses, clause)})  # noqa: E731
    return _changed(notebook, spot, _places(into), add)


def put_clause(notebook: Notebook, spot: Spot, path: str, clause: Clause) -> Notebook:
    *outer, place = _places(path)
    return _changed(notebook, spot, outer, lambda group: _swap(group, place, (clause,)))


def remove_clause(notebook: Notebook, spot: Spot, path: str) -> Notebook:
    *outer, place = _places(path)
    return _changed(notebook, spot, outer, lambda group: _swap(group, place, ()))


def move_clause(notebook: Notebook, spot: Spot, path: str, by: int) -> Notebook:
    *outer, place = _places(path)

    def moved(group: Group) -> Group:
        clauses = list(group.clauses)
        clauses.insert(max(0, min(len(clauses) - 1, place + by)), clauses.pop(place))
        return group.model_copy(update={"clauses": tuple(clauses)})

    return _changed(notebook, spot, outer, moved)


def wrap_clause(notebook: Notebook, spot: Spot, path: str, mode: str = "any") -> Notebook:
    """The clause in a group of its own, to which others can be added."""
    *outer, place = _places(path)
    return _changed(
        notebook, spot, outer, lambda group: _swap(group, place, (Group(mode=mode, clauses=(group.clauses[place],)),))
    )


def set_mode(notebook: Notebook, spot: Spot, path: str, mode: str) -> Notebook:
    return _changed(notebook, spot, _places(path), lambda group: Group(mode=mode, clauses=group.clauses))


def _swap(group: Group, place: int, clauses: tuple[Clause, ...]) -> Group:
    return group.model_copy(update={"clauses": (*group.clauses[:place], *clauses, *group.clauses[place + 1 :])})


def _changed(notebook: Notebook, spot: Spot, places: list[int], change: Callable[[Group], Group]) -> Notebook:
    def inside(group: Group, rest: list[int]) -> Group:
        if not rest:
            return change(group)
        child = group.clauses[rest[0]]
        if not isinstance(child, Group):
            raise KeyError(rest[0])
        return _swap(group, rest[0], (inside(child, rest[1:]),))

    return put_group(notebook, spot, inside(group_at(notebook, spot), places))


def _places(path: str) -> list[int]:
    return [int(place) for place in path.split(".")] if path else []


def dated(notebook: Notebook, as_of) -> Notebook:
    return notebook.model_copy(update={"as_of": as_of})
