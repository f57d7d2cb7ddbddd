"""The builder: what can be asked, and a clause as fields that can be changed one at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from crm_app.engine.segment.catalogue import Catalogue, Field, Kind, Relation
from crm_app.engine.segment.definition import (
    Aggregate,
    Before,
    Between,
    CalendarYear,
    Clause,
    FieldTest,
    FiscalYear,
    Group,
    InCell,
    Last,
    Next,
    Notebook,
    Rank,
    RelatedTest,
    RowSet,
    Scalar,
    Sequence,
    Window,
)  # fmt: skip
from crm_app.engine.segment.edit import Spot, clause_at, group_at, put_clause
from crm_app.engine.segment.problems import OPS, VALUELESS, kind_of
from crm_app.features.notebooks.schemas import DraftView, FactView, OptionView, WhereView, WindowView
from crm_app.features.notebooks.service.asking import Asking
from crm_app.features.notebooks.service.words import OPS as OP_WORDS
from crm_app.features.notebooks.service.words import UNITS, WINDOWS

CHOICES = 40
FNS = {
    "exists": "at least once", "none": "never", "count": "how many", "sum": "added up", "average": "on average",
    "largest": "the largest", "smallest": "the smallest", "last": "the last", "first": "the first",
}  # fmt: skip
TOPS = {"percent": "top percent", "people": "top people", "fifth": "fifth (5 is the highest)"}


# what can be asked


def facts(catalogue: Catalogue, notebook: Notebook, here: str) -> list[FactView]:
    """Everything this person may ask, in the words of the sentence, with the cells of the notebook."""
    out = [
        FactView(key=f"field:{one.name}", label=one.label, group=one.group or source.group)
        for source, one in catalogue.fields()
        if not one.hidden and catalogue.may_use(one.name)
    ]
    for relation in catalogue.relations:
        if catalogue.may_use(relation.name):
            out += _relation_facts(relation)
    for measure in catalogue.measures:
        if catalogue.may_use(measure.of.relation):
            out.append(FactView(key=f"measure:{measure.name}", label=measure.label, group=measure.group))
            out.append(
                FactView(key=f"rank:{measure.name}", label=f"Among the highest: {measure.label.lower()}", group="Ranks")
            )
    out += [FactView(key=f"cell:{cell.name}", label=f"Is in {cell.name}", group="Cells of this notebook") for cell in notebook.cells if cell.name != here and cell.kind not in ("note", "table", "chart", "measure")]  # fmt: skip
    out.append(FactView(key="sequence:", label="One thing, then another within some days", group="One after the other"))
    out += [FactView(key=f"group:{mode}", label=f"A group: {words} of these", group="Groups") for mode, words in (("any", "any"), ("all", "all"), ("none", "none"))]  # fmt: skip
    return out


def _relation_facts(relation: Relation) -> list[FactView]:
    did = relation.did or f"has {relation.nouns}"
    did_not = relation.did_not or f"has no {relation.nouns}"
    found = [("exists", did), ("none", did_not), ("count", f"number of {relation.nouns}")]
    if relation.amount:
        found += [(f"sum:{relation.amount}", f"{relation.nouns} added up"), (f"largest:{relation.amount}", f"largest {relation.noun}")]  # fmt: skip
    if relation.date:
        found += [(f"last:{relation.date}", f"last {relation.noun}"), (f"first:{relation.date}", f"first {relation.noun}")]  # fmt: skip
    group, also = relation.group or relation.label, f"{did} {relation.label} {relation.nouns}"
    return [
        FactView(key=f"rel:{relation.name}:{key}", label=words[:1].upper() + words[1:], group=group, also=also)
        for key, words in found
    ]


def searched(found: list[FactView], text: str) -> list[FactView]:
    """Those with every word in them; what begins with the text comes first."""
    words = text.casefold().split()
    fits = [one for one in found if all(word in f"{one.label} {one.group} {one.also}".casefold() for word in words)]
    return sorted(fits, key=lambda one: not one.label.casefold().startswith(text.casefold())) if words else fits


def begun(catalogue: Catalogue, key: str) -> Clause:
    """The clause a fact begins as; what it still lacks it says itself."""
    kind, _, rest = key.partition(":")
    match kind:
        case "field":
            one = catalogue.field(rest)
            return FieldTest(field=rest, op=OPS[one.kind][0] if one.kind is not Kind.CHOICE else "is", window=Last(n=12) if one.kind is Kind.DATE else None)  # fmt: skip
        case "rel":
            name, fn, *column = rest.split(":")
            return _related(catalogue, Aggregate(relation=name, fn=fn, column=column[0] if column else ""))
        case "measure":
            return _related(catalogue, next(one.of for one in catalogue.measures if one.name == rest))
        case "rank":
            return Rank(of=next(one.of for one in catalogue.measures if one.name == rest))
        case "cell":
            return InCell(cell=rest)
        case "sequence":
            names = [one.name for one in catalogue.relations if one.date and catalogue.may_use(one.name)]
            return Sequence(first=RowSet(relation=names[0]), then=RowSet(relation=names[-1]))
        case "group":
            return Group(mode=rest)
    raise KeyError(key)


def _related(catalogue: Catalogue, of: Aggregate) -> RelatedTest:
    if of.fn in ("exists", "none"):
        return RelatedTest(of=of)
    kind = kind_of(of, catalogue)
    if kind is Kind.DATE:
        return RelatedTest(of=of, op="within", window=Last(n=12))
    return RelatedTest(
        of=of, op="at least", values=(1,) if of.fn == "count" else (10000,) if kind is Kind.MONEY else ()
    )


# a clause as fields


def draft(asking: Asking, notebook: Notebook, spot: Spot, path: str) -> DraftView:
    clause = clause_at(group_at(notebook, spot), path)
    catalogue = asking.speech.catalogue
    view = DraftView(path=path, kind=clause.kind, words=asking.speech.clause(clause), unit=asking.currency)
    match clause:
        case FieldTest():
            one = catalogue.field(clause.field)
            view.title = one.label if one else clause.field
            _test(asking, view, one, one.kind if one else Kind.TEXT, clause, one.name if one else "")
        case RelatedTest(of=of):
            _aggregate(asking, view, of)
            if of.fn not in ("exists", "none"):
                kind = kind_of(of, catalogue)
                _test(asking, view, None, kind, clause, "")
                view.can_unknown = of.fn not in ("count", "sum")
        case Rank(of=of, top=top, value=value):
            _aggregate(asking, view, of)
            view.top, view.top_value = top, str(value)
            view.ops = _options(TOPS, top)
        case Sequence(first=first, then=then, days=days):
            view.title, view.days = "One thing, then another", str(days)
            names = {
                one.name: one.did or one.label
                for one in catalogue.relations
                if one.date and catalogue.may_use(one.name)
            }
            view.relations, view.first, view.then = _options(names, ""), first.relation, then.relation
            view.windowed, view.window = True, _window(first.window)
        case InCell(cell=cell, negate=negate):
            view.title, view.cell, view.negate = "Membership", cell, negate
            names = {one.name: one.name for one in notebook.cells if one.kind not in ("note", "table", "chart", "measure") and one.name != spot.cell}  # fmt: skip
            view.cells = _options(names, cell)
        case Group(mode=mode):
            view.title, view.mode = "A group", mode
    return view


def _aggregate(asking: Asking, view: DraftView, of: Aggregate) -> None:
    catalogue = asking.speech.catalogue
    relation = catalogue.relation(of.relation)
    if relation is None:
        view.title = of.relation
        return
    view.title, view.fn, view.column, view.level = relation.label, of.fn, of.column, of.level
    view.levels = bool(catalogue.household) and of.fn not in ("average", "first", "last")
    sized = {one.name: one.label for one in relation.fields if one.kind in (Kind.NUMBER, Kind.MONEY, Kind.DATE)}
    summed = {one.name: one.label for one in relation.fields if one.kind in (Kind.NUMBER, Kind.MONEY)}
    fns = {fn: words for fn, words in FNS.items() if fn in ("exists", "none", "count") or (summed if fn in ("sum", "average") else sized)}  # fmt: skip
    view.fns = _options(fns, of.fn)
    if of.fn not in ("exists", "none", "count"):
        view.columns = _options(summed if of.fn in ("sum", "average") else sized, of.column)
    view.windowed, view.window = bool(relation.date), _window(of.window)
    view.where = [_where(asking, relation, at, test) for at, test in enumerate(of.where)]
    view.where_fields = [
        OptionView(value=one.name, label=one.label) for one in relation.fields if one.name != relation.date
    ]


def _test(
    asking: Asking, view: DraftView, one: Field | None, kind: Kind, test: FieldTest | RelatedTest, key: str
) -> None:
    view.op, view.value_kind = test.op, kind.value
    view.ops = _options({op: OP_WORDS[kind][op] for op in OPS[kind]}, test.op)
    view.fields, view.dated = _asked(kind, test)
    view.given = _shown(kind, test, view.fields)
    view.own_window = _window(test.window)
    view.unknown, view.can_unknown = test.unknown, test.op not in ("known", "unknown")
    if one is not None and kind is Kind.CHOICE and test.op in ("is", "is not"):
        view.choices, view.more_choices = _choices(asking, one, key, test.values)
        view.fields = 0


def _where(asking: Asking, relation: Relation, at: int, test: FieldTest) -> WhereView:
    one = relation.field(test.field)
    if one is None:
        return WhereView(at=at, label=test.field)
    fields, dated = _asked(one.kind, test)
    view = WhereView(
        at=at, label=one.label, kind=one.kind.value, op=test.op, fields=fields, dated=dated, window=_window(test.window),
        ops=_options({op: OP_WORDS[one.kind][op] for op in OPS[one.kind]}, test.op), given=_shown(one.kind, test, fields),
    )  # fmt: skip
    if one.kind is Kind.CHOICE and test.op in ("is", "is not"):
        view.choices, _ = _choices(asking, one, f"{relation.name}.{one.name}", test.values)
        view.fields = 0
    return view


def _asked(kind: Kind, test: FieldTest | RelatedTest) -> tuple[int, bool]:
    """How many values the operator takes, and whether it takes a time instead."""
    if test.op in ("within", "not within"):
        return 0, True
    if test.op in VALUELESS or kind is Kind.FLAG:
        return 0, False
    return (2 if test.op == "between" else 1), False


def _shown(kind: Kind, test: FieldTest | RelatedTest, fields: int) -> list[str]:
    values = [_as_text(kind, value) for value in test.values[: max(fields, 0)]]
    return values + [""] * (fields - len(values))


def _as_text(kind: Kind, value: Scalar) -> str:
    if kind is Kind.MONEY and isinstance(value, int | float):
        return f"{value / 100:.2f}".removesuffix(".00")
    return f"{value:g}" if isinstance(value, float) else str(value)


def _choices(asking: Asking, one: Field, key: str, chosen: tuple[Scalar, ...]) -> tuple[list[OptionView], int]:
    """What is really there, and what is chosen."""
    words = asking.reader.frames.words.get(key)
    known = sorted(
        set(words.values if words else []) | set(one.choices), key=lambda word: one.choices.get(word, word).casefold()
    )
    wanted = [str(value) for value in chosen]
    shown = wanted + [word for word in known if word not in wanted]
    made = [
        OptionView(value=word, label=_capital(one.choices.get(word, word)), on=word in wanted)
        for word in shown[:CHOICES]
    ]
    return sorted(made, key=lambda option: option.label.casefold()), max(0, len(shown) - CHOICES)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _options(words: dict[str, str], chosen: str) -> list[OptionView]:
    return [OptionView(value=value, label=label, on=value == chosen) for value, label in words.items()]


def _window(window: Window | None) -> WindowView:
    match window:
        case Last(n=n, unit=unit) | Next(n=n, unit=unit) | Before(n=n, unit=unit):
            return WindowView(kind=window.kind, n=str(n), unit=unit)
        case FiscalYear(year=year, years=years) | CalendarYear(year=year, years=years):
            return WindowView(kind=f"{window.kind} {year}{f' {years}' if years > 1 else ''}")
        case Between(since=since, until=until):
            return WindowView(kind="between", since=str(since or ""), until=str(until or ""))
    return WindowView()


# one change


def changed(catalogue: Catalogue, notebook: Notebook, spot: Spot, path: str, part: str, value: str) -> Notebook:
    """The notebook with one field of one clause changed: `op`, `values.0`, `window.n`, `where.1.choice` …"""
    clause = clause_at(group_at(notebook, spot), path)
    return put_clause(notebook, spot, path, _changed(catalogue, clause, part.split("."), value))


def _changed(catalogue: Catalogue, clause: Clause, part: list[str], value: str) -> Clause:
    match clause:
        case FieldTest():
            return _test_changed(clause, catalogue.field(clause.field).kind, part, value)
        case RelatedTest(of=of):
            if part[0] in ("op", "values", "own", "unknown"):
                return _test_changed(clause, kind_of(of, catalogue), part, value)
            after = _aggregate_changed(catalogue, of, part, value)
            same = after.fn == of.fn or (kind_of(after, catalogue) == kind_of(of, catalogue) and after.fn not in ("exists", "none") and of.fn not in ("exists", "none"))  # fmt: skip
            return clause.model_copy(update={"of": after}) if same else _related(catalogue, after)
        case Rank(of=of):
            if part[0] == "top":
                return clause.model_copy(update={"top": value if value in TOPS else "percent"})
            if part[0] == "top_value":
                return clause.model_copy(update={"value": _whole(value, clause.value, 1)})
            return clause.model_copy(update={"of": _aggregate_changed(catalogue, of, part, value)})
        case Sequence():
            return _sequence_changed(clause, part, value)
        case InCell():
            return clause.model_copy(update={"negate": value == "yes"} if part[0] == "negate" else {"cell": value})
    return clause.model_copy(update={"mode": value if value in ("all", "any", "none") else "all"})


def _test_changed(test, kind: Kind, part: list[str], value: str):
    match part[0]:
        case "op":
            op = value if value in OPS[kind] else OPS[kind][0]
            window = (test.window or Last(n=12)) if op in ("within", "not within") else None
            return test.model_copy(update={"op": op, "window": window})
        case "values":
            values = [_as_text(kind, one) for one in test.values] + ["", ""]
            values[int(part[1])] = value
            kept = values[: 2 if test.op == "between" else 1]
            return test.model_copy(update={"values": tuple(_value(kind, one) for one in kept)})
        case "choice":
            chosen = [str(one) for one in test.values]
            chosen = [one for one in chosen if one != value] if value in chosen else [*chosen, value]
            return test.model_copy(update={"values": tuple(one for one in chosen if one)})
        case "unknown":
            return test.model_copy(update={"unknown": not test.unknown})
        case "own":
            return test.model_copy(update={"window": _window_changed(test.window, part[1], value) or Last(n=12)})
    return test


def _aggregate_changed(catalogue: Catalogue, of: Aggregate, part: list[str], value: str) -> Aggregate:
    relation = catalogue.relation(of.relation)
    match part[0]:
        case "fn":
            return of.model_copy(
                update={"fn": value, "column": _column_for(relation, value, of.column), **_level_for(value, of)}
            )
        case "column":
            return of.model_copy(update={"column": value})
        case "level":
            return of.model_copy(update={"level": "household" if value == "household" else "person"})
        case "window":
            return of.model_copy(update={"window": _window_changed(of.window, part[1], value)})
        case "where":
            return of.model_copy(update={"where": tuple(_where_changed(relation, of.where, part[1:], value))})
    return of


def _column_for(relation: Relation, fn: str, column: str) -> str:
    if fn in ("exists", "none", "count"):
        return ""
    fits = (Kind.NUMBER, Kind.MONEY) if fn in ("sum", "average") else (Kind.NUMBER, Kind.MONEY, Kind.DATE)
    good = [one.name for one in relation.fields if one.kind in fits]
    likely = relation.date if fn in ("first", "last") else relation.amount
    keep = column in good and fn not in ("first", "last")
    return column if keep else likely if likely in good else good[0] if good else ""


def _level_for(fn: str, of: Aggregate) -> dict[str, str]:
    return {"level": "person"} if fn in ("average", "first", "last") else {"level": of.level}


def _where_changed(
    relation: Relation, where: tuple[FieldTest, ...], part: list[str], value: str
) -> Iterable[FieldTest]:
    if part[0] == "add":
        one = relation.field(value)
        op = "is" if one.kind is Kind.CHOICE else OPS[one.kind][0]
        return [*where, FieldTest(field=value, op=op, window=Last(n=12) if op == "within" else None)]
    at = int(part[0])
    if part[1] == "remove":
        return [test for place, test in enumerate(where) if place != at]
    kind = relation.field(where[at].field).kind
    return [_test_changed(test, kind, part[1:], value) if place == at else test for place, test in enumerate(where)]


def _sequence_changed(clause: Sequence, part: list[str], value: str) -> Sequence:
    match part[0]:
        case "days":
            return clause.model_copy(update={"days": _whole(value, clause.days, 0)})
        case "window":
            window = _window_changed(clause.first.window, part[1], value)
            return clause.model_copy(update={"first": clause.first.model_copy(update={"window": window})})
        case "first" | "then":
            return clause.model_copy(update={part[0]: RowSet(relation=value)})
    return clause


def _window_changed(window: Window | None, part: str, value: str) -> Window | None:
    now = _window(window)
    if part == "kind":
        now = WindowView(kind=value, n=now.n or "12", unit=now.unit)
    else:
        now = now.model_copy(update={part: value})
    n = _whole(now.n, 12, 1)
    unit = now.unit if now.unit in UNITS else "months"
    match now.kind.split():
        case ["last"]:
            return Last(n=n, unit=unit)
        case ["next"]:
            return Next(n=n, unit=unit)
        case ["before"]:
            return Before(n=n, unit=unit)
        case ["fiscal", year, *years]:
            return FiscalYear(year=int(year), years=int(years[0]) if years else 1)
        case ["calendar", year, *years]:
            return CalendarYear(year=int(year), years=int(years[0]) if years else 1)
        case ["between"]:
            return Between(since=_day(now.since), until=_day(now.until))
    return None


def _value(kind: Kind, text: str) -> Scalar:
    text = text.strip()
    if kind not in (Kind.NUMBER, Kind.MONEY):
        return text
    try:
        number = float(text.replace(",", "").replace("$", ""))
    except ValueError:
        return text
    if kind is Kind.MONEY:
        return round(number * 100)
    return int(number) if number == int(number) else number


def _whole(text: str, before: int, least: int) -> int:
    return max(least, min(10_000, int(text))) if text.strip().isdigit() else before


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


WINDOW_OPTIONS = [{"value": value, "label": label} for value, label in WINDOWS.items()]
UNIT_OPTIONS = [{"value": value, "label": label} for value, label in UNITS.items()]
