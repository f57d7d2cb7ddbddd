"""Why somebody is in or out, clause by clause, from that person's own rows.

It reads values one by one and shares no code with the masks, so that it is also a second opinion about them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from crm_app.engine.segment.catalogue import Kind
from crm_app.engine.segment.definition import (
    Aggregate,
    Clause,
    FieldTest,
    Group,
    InCell,
    Rank,
    RelatedTest,
    RowSet,
    Sequence,
)
from crm_app.engine.segment.frames import Frames
from crm_app.engine.segment.kernels import day_of
from crm_app.engine.segment.problems import kind_of, problem
from crm_app.engine.segment.sentence import Speech

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Because:
    path: str
    passed: bool | None  # None: the clause cannot be counted yet
    needs: str
    has: str


@dataclass(frozen=True)
class Person:
    """One person's values and rows, out of the frames; dates are dates."""

    frames: Frames
    place: int

    def field(self, name: str) -> object:
        block, at = self.frames.block_of(self.place)
        column = block.people[name]
        return _plain(column.kind, column.at(at))

    def rows(self, relation: str) -> list[Row]:
        block, at = self.frames.block_of(self.place)
        rows = block.related[relation]
        mine = rows.of(at)
        return [
            {name: _plain(column.kind, column.at(at)) for name, column in rows.columns.items()}
            for at in range(mine.start, mine.stop)
        ]


def _plain(kind: Kind, value: object) -> object:
    return day_of(value) if kind is Kind.DATE and value is not None else value


@dataclass(frozen=True)
class Explainer:
    frames: Frames
    speech: Speech
    in_cell: Callable[[InCell, int], bool | None]
    standing: Callable[[Rank, int], bool]

    def explain(self, group: Group, place: int) -> list[Because]:
        return self._group(group, Person(self.frames, place), "")

    def passes(self, clause: Clause, place: int) -> bool | None:
        return self._passes(clause, Person(self.frames, place))

    def _group(self, group: Group, person: Person, path: str) -> list[Because]:
        out = []
        for number, child in enumerate(group.clauses):
            here = f"{path}.{number}" if path else str(number)
            out.append(Because(here, self._passes(child, person), self.speech.clause(child), self._has(child, person)))
            if isinstance(child, Group):
                out += self._group(child, person, here)
        return out

    def _passes(self, clause: Clause, person: Person) -> bool | None:
        if isinstance(clause, Group):
            found = [one for child in clause.clauses if (one := self._passes(child, person)) is not None]
            if not found:
                return None
            return all(found) if clause.mode == "all" else any(found) is (clause.mode == "any")
        if problem(clause, self.speech.catalogue) is not None:
            return None
        match clause:
            case FieldTest():
                return self._tested(clause, person.field(clause.field), self.speech.catalogue.field(clause.field).kind)
            case RelatedTest():
                return self._related(clause, person)
            case Sequence():
                return self._sequence(clause, person)
            case Rank():
                return self.standing(clause, person.place)
            case InCell():
                inside = self.in_cell(clause, person.place)
                return None if inside is None else inside is not clause.negate
        return None

    def _tested(self, test: FieldTest | RelatedTest, value: object, kind: Kind = Kind.NUMBER) -> bool:
        if test.op in ("known", "unknown"):
            return (value is None) is (test.op == "unknown")
        if value is None:
            return test.unknown
        if test.op in ("yes", "no"):
            return value is (test.op == "yes")
        if test.op in ("within", "not within"):
            return self._inside(value, test.window) is (test.op == "within")
        if isinstance(value, str):
            exact = kind is Kind.CHOICE and test.op in ("is", "is not")
            return (value in test.values) is (test.op == "is") if exact else _text(test, value)
        return _ordered(test, value)

    def _inside(self, day: dt.date, window) -> bool:
        since, until = self.speech.clock.span(window)
        return (since is None or day >= since) and (until is None or day <= until)

    def _counted(self, rows: Aggregate | RowSet, person: Person) -> list[Row]:
        relation = self.speech.catalogue.relation(rows.relation)
        out = []
        for row in person.rows(rows.relation):
            day = row.get(relation.date)
            bounded = rows.window is not None and self.speech.clock.span(rows.window) != (None, None)
            if bounded and (day is None or not self._inside(day, rows.window)):
                continue
            if all(self._tested(test, row[test.field], relation.field(test.field).kind) for test in rows.where):
                out.append(row)
        return out

    def value(self, of: Aggregate, person: Person) -> object:
        people = [person]
        if of.level == "household":
            people = [Person(self.frames, place) for place in self._home(person)]
        rows = [row for one in people for row in self._counted(of, one)]
        have = [row[of.column] for row in rows if of.column and row.get(of.column) is not None]
        match of.fn:
            case "exists" | "none" | "count":
                return len(rows)
            case "sum":
                return sum(have)
            case "average":
                return sum(have) / len(have) if have else None
            case "smallest" | "largest":
                return (min if of.fn == "smallest" else max)(have, default=None)
        date = self.speech.catalogue.relation(of.relation).date
        dated = [row for row in rows if row[date] is not None]
        if not dated:
            return None
        return dated[0 if of.fn == "first" else -1][of.column]

    def _home(self, person: Person) -> list[int]:
        home = person.field(self.speech.catalogue.household) if self.speech.catalogue.household else None
        if home is None:
            return [person.place]
        places, start = [], 0
        for block in self.frames.blocks:
            column = block.people[self.speech.catalogue.household]
            same = column.known & (column.values == home) & block.alive
            places += [start + int(at) for at in same.nonzero()[0]]
            start += len(block.ids)
        return places

    def _related(self, test: RelatedTest, person: Person) -> bool:
        value = self.value(test.of, person)
        if test.of.fn in ("exists", "none"):
            return (value > 0) is (test.of.fn == "exists")
        return self._tested(test, value)

    def _sequence(self, test: Sequence, person: Person) -> bool:
        dates = []
        for rows in (test.first, test.then):
            date = self.speech.catalogue.relation(rows.relation).date
            dates.append([row[date] for row in self._counted(rows, person) if row[date] is not None])
        return any(0 <= (then - first).days <= test.days for first in dates[0] for then in dates[1])

    # words

    def _has(self, clause: Clause, person: Person) -> str:
        if isinstance(clause, Group) or problem(clause, self.speech.catalogue) is not None:
            return ""
        match clause:
            case FieldTest(field=name):
                one = self.speech.catalogue.field(name)
                value = person.field(name)
                return "not known" if value is None else self.shown(one.kind, value, one.choices)
            case RelatedTest(of=of) | Rank(of=of):
                return self._related_words(of, person)
            case Sequence(first=first, then=then):
                both = [len(self._counted(rows, person)) for rows in (first, then)]
                return f"{both[0]} of the first, {both[1]} of the second"
            case InCell():
                inside = self.in_cell(clause, person.place)
                return "is in it" if inside else "is not in it"
        return ""

    def _related_words(self, of: Aggregate, person: Person) -> str:
        relation = self.speech.catalogue.relation(of.relation)
        value = self.value(of, person)
        if of.fn in ("exists", "none", "count"):
            return f"{value} {relation.noun if value == 1 else relation.nouns}" if value else f"no {relation.nouns}"
        if value is None:
            return f"no {relation.nouns}"
        return self.shown(kind_of(of, self.speech.catalogue), value)

    def shown(self, kind: Kind, value: object, choices=None) -> str:
        match kind:
            case Kind.DATE:
                return self.speech.day(value)
            case Kind.FLAG:
                return "yes" if value else "no"
            case Kind.MONEY | Kind.NUMBER:
                return self.speech.number(kind, round(value, 2) if isinstance(value, float) else value)
        return (choices or {}).get(str(value), str(value))


def _text(test: FieldTest | RelatedTest, value: str) -> bool:
    have, wanted = value.lower(), [str(one).lower() for one in test.values]
    match test.op:
        case "contains" | "does not contain":
            return (wanted[0] in have) is (test.op == "contains")
        case "starts with":
            return have.startswith(wanted[0])
    return (have in wanted) is (test.op == "is")


def _ordered(test: FieldTest | RelatedTest, value) -> bool:
    wanted = list(test.values)
    if isinstance(value, dt.date):
        wanted = [dt.date.fromisoformat(str(one)[:10]) for one in wanted]
    match test.op:
        case "is" | "is not":
            return (value in wanted) is (test.op == "is")
        case "at least":
            return value >= wanted[0]
        case "more than":
            return value > wanted[0]
        case "at most":
            return value <= wanted[0]
        case "less than":
            return value < wanted[0]
    return wanted[0] <= value <= wanted[1]
