"""Single people and a cell: samples, why in or out, whom one clause leaves out, who is left out of a list."""

from __future__ import annotations

import numpy as np

from crm_app.core.access import Permission
from crm_app.core.errors import NotFound
from crm_app.core.work import Work
from crm_app.engine.segment.counts import Masks
from crm_app.engine.segment.definition import AnyCell, Combine, Group, Notebook, People, Pick, Suppress
from crm_app.engine.segment.edit import clause_at
from crm_app.engine.segment.explain import Because
from crm_app.engine.segment.graph import resolve
from crm_app.features.notebooks import queries
from crm_app.features.notebooks.schemas import BecauseView, NumberView, Person, Why
from crm_app.features.notebooks.service import keeping
from crm_app.features.notebooks.service.asking import Asking, ask
from crm_app.features.notebooks.service.showing import explainer_of, row_of

SOME = 10


def sample(work: Work, notebook: Notebook, cell: str, first: int = 0, rows: int = SOME) -> list[Person]:
    """Some of the people in a cell or part, in the order of their numbers."""
    work.require(Permission.NOTEBOOKS_READ, Permission.PEOPLE_READ)
    asking = ask(work, notebook)
    return _named(asking, np.flatnonzero(asking.run.mask(cell))[first : first + rows])


def _named(asking: Asking, places: np.ndarray, detail: str = "") -> list[Person]:
    rows = [row_of(asking, int(place), []) for place in places]
    return [Person(id=row.id, name=row.name, detail=detail) for row in rows]


def find(work: Work, text: str) -> list[Person]:
    work.require(Permission.PEOPLE_READ)
    if len(text.strip()) < 2:
        return []
    return [Person(id=number, name=name) for number, name in queries.people_called(work.session, text.strip())]


def why(work: Work, notebook: Notebook, cell_name: str, constituent_id: int) -> Why:
    """Clause by clause with the person's actual values."""
    work.require(Permission.NOTEBOOKS_READ, Permission.PEOPLE_READ)
    asking = ask(work, notebook)
    place = asking.reader.frames.place(constituent_id)
    cell, _ = resolve(notebook, cell_name)
    if place is None or cell is None:
        raise NotFound("This person is not here any more.")
    inside = bool(asking.run.mask(cell_name)[place])
    because = _because(asking, cell, place)
    name = row_of(asking, place, []).name
    return Why(
        constituent_id=constituent_id, name=name, inside=inside, words=_verdict(name, cell_name, inside, because), because=because
    )  # fmt: skip


def _because(asking: Asking, cell: AnyCell, place: int) -> list[BecauseView]:
    of = getattr(cell, "of", "")
    first = []
    for name in [of] if of else []:
        first.append(_belongs(asking, name, place, True))
    match cell:
        case People(match=match):
            found = explainer_of(asking, asking.run.mask(of)).explain(match, place)
            return first + [_seen(one) for one in found]
        case Combine(include=include, leave_out=leave_out):
            return [_belongs(asking, n, place, True) for n in include] + [
                _belongs(asking, n, place, False) for n in leave_out
            ]
        case Suppress():
            reasons = asking.run.one(cell.name).found.reasons
            return first + [BecauseView(passed="no", needs="not to be left out", has=name) for name, mask in reasons.items() if mask[place]]  # fmt: skip
        case Pick(put_in=put_in, leave_out=leave_out):
            number = int(asking.reader.frames.ids[place])
            picked = [("yes", one) for one in put_in] + [("no", one) for one in leave_out]
            return first + [BecauseView(passed=passed, needs="picked by hand", has=one.reason) for passed, one in picked if one.constituent == number]  # fmt: skip
    return first


def _belongs(asking: Asking, name: str, place: int, wanted: bool) -> BecauseView:
    inside = bool(asking.run.mask(name)[place])
    needs = f"is in {name}" if wanted else f"is not in {name}"
    return BecauseView(passed=_word(inside is wanted), needs=needs, has="is in it" if inside else "is not in it")


def _seen(one: Because) -> BecauseView:
    return BecauseView(path=one.path, passed=_word(one.passed), needs=one.needs, has=one.has, depth=one.path.count("."))


def _word(passed: bool | None) -> str:
    return "" if passed is None else "yes" if passed else "no"


def _verdict(name: str, cell: str, inside: bool, because: list[BecauseView]) -> str:
    if inside:
        return f"{name} is in {cell}."
    failed = next((one for one in because if one.passed == "no" and one.has), None)
    return f"{name} is not in {cell}" + (f": {failed.has}." if failed else ".")


def only_this(work: Work, notebook: Notebook, cell_name: str, path: str) -> list[Person]:
    """Ten people whom only this clause leaves out."""
    work.require(Permission.NOTEBOOKS_READ, Permission.PEOPLE_READ)
    asking = ask(work, notebook)
    cell = notebook.cell(cell_name)
    if not isinstance(cell, People):
        return []
    base = asking.run.mask(cell.of)
    masks = Masks(asking.reader, base, asking.run._in_cell)
    without = masks.group(_removed(cell.match, path))
    inside = asking.run.mask(cell_name)
    places = np.flatnonzero((base if without is None else base & without) & ~inside)[:SOME]
    clause, explainer = clause_at(cell.match, path), explainer_of(asking, base)
    out = []
    for place in places:
        because = explainer.explain(Group(clauses=(clause,)), int(place))
        out += _named(asking, np.array([place]), because[0].has if because else "")
    return out


def _removed(group: Group, path: str) -> Group:
    first, _, rest = path.partition(".")
    place, clauses = int(first), list(group.clauses)
    if rest:
        clauses[place] = _removed(clauses[place], rest)
    else:
        del clauses[place]
    return group.model_copy(update={"clauses": tuple(clauses)})


def left_out(work: Work, notebook: Notebook, cell_name: str, reason: str = "", rows: int = 200) -> list[Person]:
    """Who a suppressing cell leaves out, each with the reason."""
    work.require(Permission.NOTEBOOKS_READ, Permission.PEOPLE_READ)
    asking = ask(work, notebook)
    out: list[Person] = []
    for name, mask in asking.run.one(cell_name).found.reasons.items():
        if not reason or name == reason:
            out += _named(asking, np.flatnonzero(mask)[: rows - len(out)], name)
    return out


def facets(work: Work, notebook: Notebook, cell_name: str) -> list[NumberView]:
    """How many of the cell's people are in every other cell."""
    work.require(Permission.NOTEBOOKS_READ)
    asking = ask(work, notebook)
    mine = asking.run.mask(cell_name)
    others = [name for name, run in asking.run.all().items() if name != cell_name and run.problem is None]
    counts = [(name, int(np.count_nonzero(mine & asking.run.mask(name)))) for name in others]
    return [NumberView(name=name, count=f"{count:,}") for name, count in counts]


def notebooks_of(work: Work, constituent_id: int) -> list[NumberView]:
    """Which cells of which notebooks somebody is in, for the profile."""
    work.require(Permission.NOTEBOOKS_READ, Permission.PEOPLE_READ)
    out = []
    for row in keeping.shelf(work):
        notebook = keeping.definition(work, row.id)
        asking = ask(work, notebook)
        place = asking.reader.frames.place(constituent_id)
        cells = [cell.name for cell in notebook.cells if isinstance(cell, People | Combine | Suppress)]
        inside = [name for name in cells if place is not None and asking.run.mask(name)[place]]
        out += [NumberView(name=f"{row.title} · {name}", of=f"/notebooks/{row.id}") for name in inside]
    return out


__all__ = ["facets", "find", "left_out", "notebooks_of", "only_this", "sample", "why"]
