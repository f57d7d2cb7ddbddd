"""Cells and clauses in plain words, from the same definition that is counted, so they cannot disagree with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from crm_app.engine.segment.catalogue import Catalogue, Field, Kind
from crm_app.engine.segment.clock import Clock
from crm_app.engine.segment.definition import (
    Aggregate,
    AnyCell,
    Before,
    Between,
    CalendarYear,
    Clause,
    Combine,
    FieldTest,
    FiscalYear,
    Group,
    Household,
    InCell,
    Last,
    Measure,
    Next,
    Note,
    People,
    Pick,
    Rank,
    Ranked,
    RelatedTest,
    RowSet,
    Sample,
    Scalar,
    Sequence,
    Snapshot,
    Split,
    Suppress,
    Waterfall,
    Window,
)  # fmt: skip
from crm_app.engine.segment.problems import kind_of

NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}
FIFTHS = {1: "lowest", 2: "second", 3: "middle", 4: "fourth", 5: "highest"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the sentence; with a path it is a clause that can be edited, with a cell it names one."""

    text: str
    path: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Speech:
    catalogue: Catalogue
    clock: Clock
    currency: str = "$"

    # cells

    def cell(self, cell: AnyCell) -> list[Token]:
        match cell:
            case Note():
                return []
            case People():
                return self._people(cell)
            case Combine():
                return self._combine(cell)
            case Pick():
                start = f"Everyone in {cell.of}, with" if cell.of else "Just"
                out = f" and without {_many(len(cell.leave_out), 'person', 'people')}" if cell.leave_out else ""
                return [Token(f"{start} {_many(len(cell.put_in), 'person', 'people')} picked by hand{out}.")]
            case Suppress():
                return [
                    Token("Everyone in "),
                    _named(cell.of),
                    Token(" who may be written to." if cell.asked else " without those left out."),
                ]
            case Household():
                return [_named(cell.of), Token(", one per household.")]
            case Ranked():
                return [
                    Token(f"The {self._top(cell.top, cell.value)} of "),
                    _named(cell.of),
                    Token(f" by {self.aggregate(cell.by)}."),
                ]
            case Sample():
                return [Token(f"{cell.people:,} people out of "), _named(cell.of), Token(", drawn by lot.")]
            case Split():
                return [_named(cell.of), Token(f" in {NUMBERS.get(len(cell.parts), len(cell.parts))} parts by lot.")]
            case Waterfall():
                return [_named(cell.of), Token(", each person in the first stream that fits.")]
            case Measure():
                return self._measure(cell)
            case Snapshot():
                return [Token("Who is in "), _named(cell.of), Token(", kept with its date.")]
        return [_named(cell.of)] if hasattr(cell, "of") else []

    def text(self, cell: AnyCell) -> str:
        return "".join(token.text for token in self.cell(cell))

    def _people(self, cell: People) -> list[Token]:
        start = [Token("Everyone in "), Token(cell.of, cell=cell.of)] if cell.of else [Token("Everyone")]
        phrases = [
            (str(place), phrase) for place, child in enumerate(cell.match.clauses) if (phrase := self.clause(child))
        ]
        if not phrases:
            return [*start, Token(".")]
        out, verb = list(start), False
        out.append(Token({"all": " ", "any": " ", "none": ", except those "}[cell.match.mode]))
        for number, (path, phrase) in enumerate(phrases):
            if number:
                out.append(Token(_link(cell.match.mode, number, len(phrases))))
            whose = phrase.startswith(("whose ", "of whom "))
            if not whose and not verb:
                out.append(Token("who "))
            verb = not whose
            out.append(Token(phrase, path=path))
        return [*out, Token(".")]

    def _combine(self, cell: Combine) -> list[Token]:
        if not cell.include:
            return [Token("Nobody yet.")]
        joiner = {"any": " or ", "all": " and also ", "one": " or "}[cell.how]
        out = [Token("Exactly one of ")] if cell.how == "one" and len(cell.include) > 1 else []
        for number, name in enumerate(cell.include):
            out += [Token(joiner)] if number else []
            out.append(Token(name, cell=name))
        for number, name in enumerate(cell.leave_out):
            out += [Token(" without " if not number else " and ")]
            out.append(Token(name, cell=name))
        return [*out, Token(".")]

    def _measure(self, cell: Measure) -> list[Token]:
        what = self.aggregate(cell.value) if cell.value is not None else ""
        start = {
            "people": "How many people are in ",
            "share": "The share of everyone who is in ",
            "sum": f"The {what} of everyone in ",
            "average": f"The average {what} of those in ",
            "median": f"The middle {what} of those in ",
            "largest": f"The largest {what} in ",
        }[cell.summary]
        return [Token(start), _named(cell.of), Token(".")]

    def _top(self, top: str, value: int) -> str:
        if top == "fifth":
            return f"{FIFTHS.get(value, value)} fifth"
        return f"top {value} %" if top == "percent" else f"top {value:,}"

    # clauses

    def clause(self, clause: Clause) -> str:
        match clause:
            case FieldTest():
                return self.field(clause)
            case RelatedTest():
                return self.related(clause)
            case Sequence(first=first, then=then, days=days):
                between = "on the same day" if not days else f"within {_many(days, 'day', 'days')}"
                return f"{self.rows(first)}, then {between} {self.rows(then)}"
            case Rank(of=of, top=top, value=value):
                return f"is in the {self._top(top, value)} by {self.aggregate(of)}"
            case InCell(cell=cell, notebook=notebook, negate=negate):
                place = f"{cell} of “{notebook}”" if notebook else cell or "…"
                return f"is {'not ' if negate else ''}in {place}"
            case Group():
                return self._group(clause)
        return ""

    def _group(self, group: Group) -> str:
        parts = [phrase for child in group.clauses if (phrase := self.clause(child))]
        if not parts:
            return ""
        if group.mode == "none":
            return "of whom none of this is true: " + "; ".join(parts)
        if len(parts) == 1:
            return parts[0]
        return ("either " if group.mode == "any" else "") + (" or " if group.mode == "any" else " and ").join(parts)

    def field(self, test: FieldTest) -> str:
        one = self.catalogue.field(test.field)
        if one is None:
            return "…" if not test.field else f"“{test.field}” …"
        said = self._field_words(one, test)
        return f"{said} (or it is not known)" if test.unknown else said

    def _field_words(self, one: Field, test: FieldTest) -> str:
        whose = f"whose {_lower(one.label)}"
        match test.op:
            case "known":
                return f"{whose} is known"
            case "unknown":
                return f"{whose} is not known"
            case "yes":
                return one.says or f"{whose} is yes"
            case "no":
                return one.says_not or f"{whose} is no"
            case "is" if one.says:
                return f"{one.says} {self.values(one, test.values)}"
            case "is not" if one.says_not:
                return f"{one.says_not} {self.values(one, test.values)}"
        return f"{whose} {self.compared(one.kind, test, one)}"

    def compared(self, kind: Kind, test: FieldTest | RelatedTest, one: Field | None = None) -> str:
        """“is $500 or more”, “is between …”, “was in the last 12 months”."""
        if test.op in ("within", "not within"):
            return f"{'was not' if test.op == 'not within' else 'was'} {self.window(test.window)}"
        if test.op in ("known", "unknown"):
            return "is known" if test.op == "known" else "is not known"
        if not test.values or test.values[0] == "":
            return "is …"
        if kind is Kind.DATE:
            return self._dated(test)
        if kind in (Kind.TEXT, Kind.CHOICE):
            verb = {"is": "is", "is not": "is not", "contains": "contains", "starts with": "starts with"}
            return f"{verb.get(test.op, 'does not contain')} {self.values(one, test.values)}"
        return f"is {self.amount(kind, test)}"

    def _dated(self, test: FieldTest | RelatedTest) -> str:
        first = self.day(test.values[0])
        match test.op:
            case "at least":
                return f"was on or after {first}"
            case "at most":
                return f"was on or before {first}"
            case "between":
                return f"was between {first} and {self.day(test.values[-1])}"
        return f"was on {first}"

    def amount(self, kind: Kind, test: FieldTest | RelatedTest) -> str:
        """“$500 or more”, “fewer than 3”."""
        said = [self.number(kind, value) for value in test.values] or ["…"]
        less, fewer = ("less", "less than") if kind is Kind.MONEY else ("fewer", "fewer than")
        return {
            "at least": f"{said[0]} or more",
            "more than": f"more than {said[0]}",
            "at most": f"{said[0]} or {less}",
            "less than": f"{fewer} {said[0]}",
            "between": f"between {said[0]} and {said[-1]}",
            "is": " or ".join(said),
            "is not": "not " + " or ".join(said),
        }.get(test.op, said[0])

    def related(self, test: RelatedTest) -> str:
        of, relation = test.of, self.catalogue.relation(test.of.relation)
        if relation is None:
            return "…"
        home = of.level == "household"
        tail = self._tail(of)
        match of.fn:
            case "exists" | "none":
                did = relation.did or f"has {relation.nouns}"
                said = did if of.fn == "exists" else relation.did_not or f"has no {relation.nouns}"
                return f"{'whose household ' if home else ''}{said}{tail}"
            case "count":
                noun = relation.noun if test.values[:1] == (1,) and test.op != "at least" else relation.nouns
                return f"{'whose household ' if home else ''}has {self.amount(Kind.NUMBER, test)} {noun}{tail}"
        kind, column = kind_of(of, self.catalogue), relation.field(of.column)
        owner = "whose household’s" if home else "whose"
        label = _lower(column.label) if column else "…"
        match of.fn:
            case "sum":
                add = f"{relation.nouns} add up to" if of.column == relation.amount else f"{label} adds up to"
                return f"{owner} {add} {self.amount(kind, test)}{tail}"
            case "average":
                return f"{owner} average {label}{tail} {self.compared(kind, test)}"
        which = {"smallest": "smallest", "largest": "largest", "first": "first", "last": "last"}[of.fn]
        if of.column in (relation.date, relation.amount):
            return f"{owner} {which} {relation.noun}{tail} {self.compared(kind, test)}"
        what = f"{which} {relation.noun}{tail} had {label}" if of.fn in ("first", "last") else f"{which} {label}{tail}"
        return f"{owner} {what} {self.compared(kind, test)}"

    def aggregate(self, of: Aggregate | None) -> str:
        """The value itself, as a noun: “total of gifts in the last 12 months”."""
        relation = self.catalogue.relation(of.relation) if of is not None else None
        if of is None or relation is None:
            return "…"
        column = relation.field(of.column)
        label = _lower(column.label) if column else "…"
        home = " of the household" if of.level == "household" else ""
        noun = {
            "sum": f"total of {relation.nouns}" if of.column == relation.amount else f"total {label}",
            "average": f"average {label}",
            "smallest": f"smallest {relation.noun}",
            "largest": f"largest {relation.noun}",
            "first": f"first {relation.noun}",
            "last": f"last {relation.noun}",
        }.get(of.fn, f"number of {relation.nouns}")
        return f"{noun}{self._tail(of)}{home}"

    def rows(self, rows: RowSet) -> str:
        relation = self.catalogue.relation(rows.relation)
        if relation is None:
            return "…"
        return (relation.did or f"has {relation.nouns}") + self._tail(rows)

    def _tail(self, rows: Aggregate | RowSet) -> str:
        relation = self.catalogue.relation(rows.relation)
        tests = [self._row_test(relation.field(test.field), test) for test in rows.where]
        said = "".join(f" {words}" for words in tests if words)
        return f"{said} {self.window(rows.window)}" if rows.window is not None else said

    def _row_test(self, one: Field | None, test: FieldTest) -> str:
        if one is None:
            return "…"
        match test.op:
            case "yes" | "no":
                return (one.says if test.op == "yes" else one.says_not) or f"with {_lower(one.label)} {test.op}"
            case "is" if one.says:
                return f"{one.says} {self.values(one, test.values)}"
            case "is not" if one.says:
                return f"not {one.says} {self.values(one, test.values)}"
        if one.kind in (Kind.NUMBER, Kind.MONEY) and test.values:
            return (
                f"of {self.amount(one.kind, test)}"
                if one.kind is Kind.MONEY
                else f"with {_lower(one.label)} {self.amount(one.kind, test)}"
            )
        return f"whose {_lower(one.label)} {self.compared(one.kind, test, one)}"

    # values

    def values(self, one: Field | None, values: Iterable[Scalar]) -> str:
        said = []
        for value in values:
            label = one.choices.get(str(value)) if one is not None else None
            quoted = f"“{value}”" if one is not None and one.kind is Kind.TEXT else str(value)
            said.append(label or quoted)
        return _or(said) or "…"

    def number(self, kind: Kind, value: Scalar) -> str:
        if kind is Kind.MONEY and isinstance(value, int | float):
            return money(value, self.currency)
        return f"{value:,g}" if isinstance(value, int | float) else str(value)

    def day(self, value: Scalar | dt.date) -> str:
        try:
            day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value)[:10])
        except ValueError:
            return "…"
        return f"{day.day} {day:%b %Y}"

    def window(self, window: Window | None) -> str:
        match window:
            case None:
                return "at any time"
            case Last(n=n, unit=unit):
                return f"in the last {_span(n, unit)}"
            case Next(n=n, unit=unit):
                return f"in the next {_span(n, unit)}"
            case Before(n=n, unit=unit):
                return f"{_span(n, unit, 1)} ago or longer"
            case FiscalYear(year=year, years=years):
                return self._years(year, years, self.clock.fiscal_year() + year, "fiscal year", "FY ")
            case CalendarYear(year=year, years=years):
                return self._years(year, years, self.clock.today.year + year, "calendar year", "")
            case Between(since=since, until=until):
                if since and until:
                    return f"between {self.day(since)} and {self.day(until)}"
                return f"since {self.day(since)}" if since else f"until {self.day(until)}" if until else "at any time"

    def _years(self, year: int, years: int, end: int, noun: str, prefix: str) -> str:
        if years > 1:
            count = NUMBERS.get(years, years)
            return f"in the last {count} {noun}s" if year == -1 else f"from {prefix}{end - years + 1} to {prefix}{end}"
        return {0: f"in this {noun}", -1: f"in the last {noun}", 1: f"in the next {noun}"}.get(
            year, f"in {prefix}{end}"
        )


def money(minor: int | float, symbol: str = "$") -> str:
    whole = int(minor) % 100 == 0
    shown = f"{abs(minor) / 100:,.0f}" if whole else f"{abs(minor) / 100:,.2f}"
    return f"{'−' if minor < 0 else ''}{symbol}{shown}"


def _named(name: str) -> Token:
    return Token(name, cell=name) if name else Token("everyone")


def _span(n: int, unit: str, least: int = 2) -> str:
    if n == 1:
        return f"{'one ' if least == 1 else ''}{unit[:-1]}"
    return f"{n} {unit}"


def _many(n: int, one: str, more: str) -> str:
    return f"{n:,} {one if n == 1 else more}"


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + f" or {words[-1]}" if words else ""


def _lower(label: str) -> str:
    """A label inside a sentence: only its first letter, and not that of an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _link(mode: str, number: int, total: int) -> str:
    last = number == total - 1
    if mode == "all":
        return " and " if last else ", "
    return " or " if last else ", "
