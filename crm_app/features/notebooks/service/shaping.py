"""Cells in the builder: new ones of each kind, and their settings changed one at a time."""

from __future__ import annotations

from crm_app.core.errors import Invalid
from crm_app.engine.segment import edit
from crm_app.engine.segment.catalogue import Catalogue, Kind
from crm_app.engine.segment.definition import (
    SETS,
    AnyCell,
    Asked,
    Chart,
    Combine,
    FieldTest,
    Group,
    Household,
    Measure,
    Note,
    Notebook,
    Part,
    People,
    Ranked,
    Reason,
    Sample,
    SendTo,
    Snapshot,
    Split,
    Suppress,
    Table,
    Waterfall,
)  # fmt: skip
from crm_app.engine.segment.graph import Circle
from crm_app.features.notebooks.schemas import OptionView, SettingView
from crm_app.features.notebooks.service.words import TO

DIED = Reason(name="has died", match=Group(clauses=(FieldTest(field="deceased", op="yes"),)))
NEW: dict[str, AnyCell] = {
    "note": Note(name="Note", text=""),
    "people": People(name="People"),
    "combine": Combine(name="Together"),
    "measure": Measure(name="Measure"),
    "suppress": Suppress(name="May be written to", reasons=(DIED,)),
    "household": Household(name="Letters"),
    "top": Ranked(name="Top"),
    "sample": Sample(name="Sample"),
    "split": Split(name="Test"),
    "waterfall": Waterfall(name="Streams"),
    "table": Table(name="List"),
    "chart": Chart(name="Chart", by=Asked(field="region")),
    "snapshot": Snapshot(name="Kept", every="month"),
    "send to": SendTo(name="Send"),
}
DRAWN = {"bars": "bars", "line": "over time", "histogram": "bands", "pivot": "two fields"}
PER = {"month": "by month", "year": "by year", "fiscal": "by fiscal year"}
SUMMARIES = {"people": "how many people", "share": "share of everyone", "sum": "added up", "average": "on average", "median": "the middle one", "largest": "the largest"}  # fmt: skip
EVERY = {"": "only when asked", "day": "every day", "week": "every week", "month": "every month"}
HOW = {"any": "in any of them", "all": "in all of them", "one": "in exactly one of them"}
PREFER = {"first": "whoever was added first", "flag": "the head of the household", "largest": "who gave most"}


def added(notebook: Notebook, kind: str, after: str) -> tuple[Notebook, str]:
    """A new cell below another, reading the nearest people above it; gives the cell's name too."""
    cell = NEW[kind]
    names = [one.name for one in notebook.cells]
    place = names.index(after) + 1 if after in names else len(names)
    above = [one for one in notebook.cells[:place] if isinstance(one, SETS)]
    if kind == "combine" and above:
        cell = cell.model_copy(update={"include": (above[-1].name,)})
    elif kind not in ("people", "note", "combine") and above:
        cell = cell.model_copy(update={"of": above[-1].name})
    made = edit.add_cell(notebook, cell, after=after if after in names else "")
    return made, next(one.name for one in made.cells if one.name not in names)


def settings(catalogue: Catalogue, notebook: Notebook, name: str) -> list[SettingView]:
    cell = notebook.cell(name)
    if cell is None or isinstance(cell, Note):
        return []
    out = [_of(notebook, cell)] if hasattr(cell, "of") else []
    match cell:
        case People(match=match):
            out.append(_select("mode", "Who matches", {"all": "all of the clauses", "any": "any of them", "none": "none of them"}, match.mode))  # fmt: skip
        case Combine():
            out += [
                _select("how", "People who are", HOW, cell.how),
                _several("include", "Of these cells", _sets(notebook, cell), cell.include),
                _several("leave_out", "But not in", _sets(notebook, cell), cell.leave_out),
            ]
        case Measure():
            out += [_select("summary", "Show", SUMMARIES, cell.summary), _select("value", "Of", _measures(catalogue), _measure_key(catalogue, cell.value))]  # fmt: skip
        case Suppress():
            out.append(_select("asked", "Ask what they agreed to", _agreed(catalogue), cell.asked))
        case Household():
            out.append(_select("prefer", "Write to", PREFER, cell.prefer))
        case Ranked():
            out += [
                _select("by", "Ranked by", _measures(catalogue), _measure_key(catalogue, cell.by)),
                _select("top", "Take", {"people": "so many people", "percent": "so many percent", "fifth": "one fifth (5 is the highest)"}, cell.top),
                _number("value", "How many", cell.value),
            ]  # fmt: skip
        case Sample():
            out += [_number("people", "How many", cell.people), _number("seed", "Draw number", cell.seed)]
        case Split():
            out += [_number("parts", "How many parts", len(cell.parts)), _number("seed", "Draw number", cell.seed)]
        case Chart():
            out += [
                _select("draw", "Draw", DRAWN, cell.draw),
                _select("by", "By", {**_charted(catalogue), **_measures(catalogue)}, _asked_key(catalogue, cell.by)),
                _select("per", "Dates", PER, cell.per),
                _select("across", "And by", {"": "nothing else", **_charted(catalogue)}, _asked_key(catalogue, cell.across)),
                _select("value", "Add up", {"": "only people", **_measures(catalogue, money=True)}, _measure_key(catalogue, cell.value)),
            ]  # fmt: skip
        case Table():
            chosen = tuple(_asked_key(catalogue, one) for one in cell.columns)
            sorts = {
                "-1": "by name",
                **{str(at): f"by {_label(catalogue, one).lower()}" for at, one in enumerate(cell.columns)},
            }
            out += [
                _several("columns", "Columns", {**_columns(catalogue), **_measures(catalogue)}, chosen),
                _select("sort", "Sorted", sorts, str(cell.sort)),
                _select("descending", "Order", {"": "lowest first", "yes": "highest first"}, "yes" if cell.descending else ""),
            ]  # fmt: skip
        case Snapshot():
            out.append(_select("every", "Keep it", EVERY, cell.every))
        case SendTo():
            kinds = {key: TO[key] for key in ("labels", "export", "tag", "tasks")}
            out.append(_select("to", "Send to", kinds, cell.to))
    return out


def changed(catalogue: Catalogue, notebook: Notebook, name: str, setting: str, value: str) -> Notebook:
    """The notebook with one setting of one cell changed; a circle is refused with the names in it."""
    cell = notebook.cell(name)
    try:
        return edit.put_cell(notebook, name, _changed(catalogue, cell, setting, value))
    except Circle as circle:
        raise Invalid(str(circle)) from circle


def _changed(catalogue: Catalogue, cell: AnyCell, setting: str, value: str) -> AnyCell:
    by_hand: dict[str, object] = {}
    match cell, setting:
        case People(), "mode":
            by_hand = {"match": Group(mode=value, clauses=cell.match.clauses)}
        case Combine(), "include" | "leave_out":
            by_hand = {setting: _toggled(getattr(cell, setting), value)}
        case (Measure() | Chart(), "value") | (Ranked(), "by"):
            by_hand = {setting: _measure(catalogue, value)}
        case Chart(), "by" | "across":
            by_hand = {setting: _asked(catalogue, value) if value else None}
        case Table(), "columns":
            keys = _toggled(tuple(_asked_key(catalogue, one) for one in cell.columns), value)
            by_hand = {"columns": tuple(_asked(catalogue, key) for key in keys), "sort": -1}
        case Table(), "descending":
            by_hand = {"descending": value == "yes"}
        case Split(), "parts":
            by_hand = {"parts": tuple(Part(name=chr(65 + at)) for at in range(max(2, min(26, _whole(value, 2)))))}
        case Household(), "prefer":
            by_hand = {"prefer": value, "flag": "household_head" if value == "flag" else "", "by": _measure(catalogue, "measure:given") if value == "largest" else None}  # fmt: skip
        case _, "value" | "people" | "seed" | "sort":
            by_hand = {setting: _whole(value, getattr(cell, setting))}
    return type(cell).model_validate({**dict(cell), **(by_hand or {setting: value})})


def _whole(text: str, before: int) -> int:
    return int(text) if text.strip().lstrip("-").isdigit() else before


def _toggled(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if one != value) if value in values else (*values, value)


def _of(notebook: Notebook, cell: AnyCell) -> SettingView:
    return _select("of", "People from", {"": "everyone", **_sets(notebook, cell)}, cell.of)


def _sets(notebook: Notebook, cell: AnyCell) -> dict[str, str]:
    out: dict[str, str] = {}
    for one in notebook.cells:
        if isinstance(one, SETS) and one.name != cell.name:
            out[one.name] = one.name
            parts = [p.name for p in one.parts] if isinstance(one, Split) else []
            parts = [*(s.name for s in one.streams), "Rest"] if isinstance(one, Waterfall) else parts
            out |= {f"{one.name}/{part}": f"{one.name}, {part}" for part in parts}
    return out


def _select(name: str, label: str, words: dict[str, str], value: str) -> SettingView:
    options = [OptionView(value=key, label=said, on=key == value) for key, said in words.items()]
    return SettingView(name=name, label=label, value=value, options=options)


def _several(name: str, label: str, words: dict[str, str], values: tuple[str, ...]) -> SettingView:
    options = [OptionView(value=key, label=said, on=key in values) for key, said in words.items()]
    return SettingView(name=name, label=label, kind="several", options=options)


def _number(name: str, label: str, value: int) -> SettingView:
    return SettingView(name=name, label=label, kind="number", value=str(value))


def _measures(catalogue: Catalogue, money: bool = False) -> dict[str, str]:
    return {
        f"measure:{one.name}": one.label
        for one in catalogue.measures
        if catalogue.may_use(one.of.relation) and (not money or one.of.fn == "sum")
    }


def _charted(catalogue: Catalogue) -> dict[str, str]:
    kinds = (Kind.CHOICE, Kind.FLAG, Kind.DATE, Kind.NUMBER, Kind.MONEY)
    return {f"field:{f.name}": f.label for _, f in catalogue.fields() if not f.hidden and f.kind in kinds and catalogue.may_use(f.name)}  # fmt: skip


def _columns(catalogue: Catalogue) -> dict[str, str]:
    plain = [f for source, f in catalogue.fields() if source.name != "consent" and f.name != catalogue.shown and f.name != "household"]  # fmt: skip
    return {f"field:{f.name}": f.label for f in plain if catalogue.may_use(f.name)}


def _agreed(catalogue: Catalogue) -> dict[str, str]:
    fields = {f.name: f.label.removeprefix("Why not ") for source, f in catalogue.fields() if source.name == "consent" and f.hidden}  # fmt: skip
    return {"": "nothing", **fields}


def _measure(catalogue: Catalogue, key: str):
    return next((one.of for one in catalogue.measures if f"measure:{one.name}" == key), None)


def _measure_key(catalogue: Catalogue, of) -> str:
    return next((f"measure:{one.name}" for one in catalogue.measures if one.of == of), "")


def _asked(catalogue: Catalogue, key: str) -> Asked:
    kind, _, name = key.partition(":")
    if kind == "field":
        return Asked(field=name)
    label = next((one.label for one in catalogue.measures if one.name == name), "")
    return Asked(value=_measure(catalogue, key), label=label)


def _asked_key(catalogue: Catalogue, asked: Asked | None) -> str:
    if asked is None:
        return ""
    return _measure_key(catalogue, asked.value) if asked.value is not None else f"field:{asked.field}"


def _label(catalogue: Catalogue, asked: Asked) -> str:
    one = catalogue.field(asked.field)
    return asked.label or (one.label if one else "that")
