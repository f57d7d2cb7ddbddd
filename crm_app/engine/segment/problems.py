"""What a clause still lacks, in words; and what it speaks about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from crm_app.engine.segment.catalogue import Catalogue, Field, Kind
from crm_app.engine.segment.definition import (
    Aggregate,
    Asked,
    Clause,
    FieldTest,
    Group,
    InCell,
    Op,
    Rank,
    RelatedTest,
    RowSet,
    Scalar,
    Sequence,
    Window,
)  # fmt: skip

NUMBERS: tuple[Op, ...] = ("at least", "more than", "at most", "less than", "between", "is", "is not")
OPS: dict[Kind, tuple[Op, ...]] = {
    Kind.TEXT: ("contains", "does not contain", "is", "is not", "starts with", "known", "unknown"),
    Kind.CHOICE: ("is", "is not", "contains", "does not contain", "starts with", "known", "unknown"),
    Kind.NUMBER: (*NUMBERS, "known", "unknown"),
    Kind.MONEY: (*NUMBERS, "known", "unknown"),
    Kind.DATE: ("within", "not within", "at least", "at most", "between", "is", "known", "unknown"),
    Kind.FLAG: ("yes", "no", "known", "unknown"),
}
VALUELESS = ("yes", "no", "known", "unknown")


@dataclass(frozen=True, slots=True)
class Problem:
    words: str
    forbidden: bool = False


def problem(clause: Clause, catalogue: Catalogue) -> Problem | None:
    """Why this clause cannot be counted yet; None when it can. Groups are never a problem themselves."""
    match clause:
        case FieldTest():
            return _field_problem(clause, catalogue)
        case RelatedTest(of=of):
            return aggregate_problem(of, catalogue) or _threshold(clause, catalogue)
        case Sequence(first=first, then=then):
            return _rows_problem(first, catalogue, dated=True) or _rows_problem(then, catalogue, dated=True)
        case Rank(of=of, top=top, value=value):
            if top == "fifth" and value > 5:
                return Problem("A fifth is a number from 1 to 5.")
            return aggregate_problem(of, catalogue)
        case InCell(cell=cell):
            return None if cell else Problem("Choose the cell.")
    return None


def _field_problem(test: FieldTest, catalogue: Catalogue) -> Problem | None:
    if not test.field:
        return Problem("Choose what the clause is about.")
    one = catalogue.field(test.field)
    if one is None:
        return Problem(f"Nothing here is called “{test.field}” any more.")
    if not catalogue.may_use(one.name):
        return Problem(f"Your role may not see “{one.label}”, so it cannot be asked either.", forbidden=True)
    return lacking(test, one, one.kind)


def lacking(test: FieldTest | RelatedTest, one: Field, kind: Kind) -> Problem | None:
    if test.op not in OPS[kind]:
        return Problem(f"“{one.label}” cannot be asked with “{test.op}”.")
    if test.op in ("within", "not within"):
        return None if test.window is not None else Problem("Choose the time.")
    if test.op in VALUELESS:
        return None
    if len(test.values) < (2 if test.op == "between" else 1) or test.values[0] == "":
        return Problem(f"{one.label}: a value is missing.")
    return None if all(_fits(value, kind) for value in test.values) else Problem(f"{one.label}: that is not a {kind}.")


def _fits(value: Scalar, kind: Kind) -> bool:
    match kind:
        case Kind.NUMBER | Kind.MONEY:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Kind.DATE:
            try:
                dt.date.fromisoformat(str(value)[:10])
            except ValueError:
                return False
    return True


def aggregate_problem(of: Aggregate, catalogue: Catalogue) -> Problem | None:
    dated = of.fn in ("first", "last")
    found = _rows_problem(RowSet(relation=of.relation, window=of.window, where=of.where), catalogue, dated=dated)
    if found:
        return found
    relation = catalogue.relation(of.relation)
    if of.fn in ("exists", "none", "count"):
        return None
    if of.level == "household" and of.fn in ("average", "first", "last"):
        return Problem(f"The {of.fn} cannot be asked for a household.")
    column = relation.field(of.column)
    if column is None:
        return Problem(f"Choose what of the {relation.nouns} is meant.")
    if not catalogue.may_use(f"{relation.name}.{column.name}"):
        return Problem(f"Your role may not see “{column.label}”.", forbidden=True)
    if of.fn in ("sum", "average") and column.kind not in (Kind.NUMBER, Kind.MONEY):
        return Problem(f"“{column.label}” cannot be added up.")
    if column.kind not in (Kind.NUMBER, Kind.MONEY, Kind.DATE):
        return Problem(f"“{column.label}” cannot be compared by size.")
    return None


def _rows_problem(rows: RowSet, catalogue: Catalogue, dated: bool = False) -> Problem | None:
    relation = catalogue.relation(rows.relation)
    if relation is None:
        return Problem("Choose what the clause is about.")
    if not catalogue.may_use(relation.name):
        return Problem(f"Your role may not see {relation.nouns}, so they cannot be asked about either.", forbidden=True)
    if (dated or rows.window is not None) and not relation.date:
        return Problem(f"{relation.label} have no date.")
    for test in rows.where:
        one = relation.field(test.field)
        if one is None:
            return Problem(f"{relation.label} have nothing called “{test.field}”.")
        if not catalogue.may_use(f"{relation.name}.{one.name}"):
            return Problem(f"Your role may not see “{one.label}”.", forbidden=True)
        if found := lacking(test, one, one.kind):
            return found
    return None


def _threshold(clause: RelatedTest, catalogue: Catalogue) -> Problem | None:
    if clause.of.fn in ("exists", "none"):
        return None
    kind = kind_of(clause.of, catalogue)
    relation = catalogue.relation(clause.of.relation)
    one = relation.field(clause.of.column) or Field(name="count", label=f"Number of {relation.nouns}", kind=kind)
    return lacking(clause, one, kind)


def kind_of(of: Aggregate, catalogue: Catalogue) -> Kind:
    relation = catalogue.relation(of.relation)
    column = relation.field(of.column) if relation else None
    return Kind.NUMBER if of.fn in ("exists", "none", "count") or column is None else column.kind


def asked_problem(asked: Asked, catalogue: Catalogue) -> Problem | None:
    if asked.value is not None:
        return aggregate_problem(asked.value, catalogue)
    return _field_problem(FieldTest(field=asked.field, op="known"), catalogue)


def leaves(clause: Clause) -> Iterator[Clause]:
    if isinstance(clause, Group):
        for child in clause.clauses:
            yield from leaves(child)
    else:
        yield clause


def windows(clause: Clause) -> Iterator[Window]:
    for leaf in leaves(clause):
        match leaf:
            case FieldTest(window=window):
                found = [window]
            case RelatedTest(of=of, window=window):
                found = [window, of.window, *(test.window for test in of.where)]
            case Rank(of=of):
                found = [of.window, *(test.window for test in of.where)]
            case Sequence(first=first, then=then):
                found = [
                    rows_window
                    for rows in (first, then)
                    for rows_window in (rows.window, *(t.window for t in rows.where))
                ]
            case _:
                found = []
        yield from (window for window in found if window is not None)
