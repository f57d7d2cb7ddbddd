"""The builder: fields for one clause, the list of facts, the settings of a cell."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from crm_app.features.notebooks.schemas import CellView, FactView, OptionView, SettingView, WhereView, WindowView
from crm_app.features.notebooks.service.words import UNITS, WINDOWS
from crm_app.features.notebooks.state.builder import BuilderState
from crm_app.features.notebooks.state.notebook import NotebookState
from crm_app.ui import parts as ui

DRAFT = BuilderState.draft
MODES = [("all", "all of these"), ("any", "any of these"), ("none", "none of these")]
WAIT = 250


def _set(part: Any) -> Callable[[Any], Any]:
    return lambda value: BuilderState.set_part(part, value)


def _choose(options: Any, value: Any, label: str, part: Any) -> rx.Component:
    return ui.select(options, look="s", value=value, on_change=_set(part), aria_label=label)


def _input(value: Any, label: str, part: Any, kind: Any = "text", **props: Any) -> rx.Component:
    """A field that is heard when typing pauses."""
    return rx.el.input(
        type=kind, default_value=value, key=BuilderState.path + part, class_name="input s", aria_label=label,
        on_change=lambda text: BuilderState.set_part(part, text).debounce(WAIT), auto_complete="off", **props,
    )  # fmt: skip


def _window(one: WindowView, part: Any) -> rx.Component:
    numbered = (one.kind == "last") | (one.kind == "next") | (one.kind == "before")
    return rx.fragment(
        _choose(list(WINDOWS.items()), one.kind, "When", part + ".kind"),
        rx.cond(
            numbered,
            rx.fragment(
                _input(one.n, "How many", part + ".n", "number", min=1, style={"width": "72px"}),
                _choose(list(UNITS.items()), one.unit, "Unit", part + ".unit"),
            ),
        ),
        rx.cond(
            one.kind == "between",
            rx.fragment(_input(one.since, "From", part + ".since", "date"), rx.el.span("to"), _input(one.until, "Until", part + ".until", "date")),
        ),
    )  # fmt: skip


def _chips(options: Any, part: Any) -> rx.Component:
    def one(option: OptionView) -> rx.Component:
        return ui.chip(option.label, on_click=BuilderState.set_part(part, option.value), pressed=option.on)

    return rx.cond(options.length() > 0, rx.el.div(rx.foreach(options, one), class_name="chips"))


def _value_kind(kind: Any) -> Any:
    return rx.cond(kind == "date", "date", "text")


def builder(cell: CellView) -> rx.Component:
    """The open clause. Every field takes effect at once; undo takes it back."""
    words = rx.el.div(
        rx.cond(DRAFT.levels, ui.select([("person", "the person"), ("household", "the whole household")], look="s", value=DRAFT.level, on_change=_set("level"), aria_label="Who")),
        rx.cond(DRAFT.fns.length() > 0, _choose(DRAFT.fns, DRAFT.fn, "What about them", "fn")),
        rx.cond(DRAFT.columns.length() > 0, _choose(DRAFT.columns, DRAFT.column, "Of what", "column")),
        rx.cond((DRAFT.ops.length() > 0) & (DRAFT.kind != "rank"), _choose(DRAFT.ops, DRAFT.op, "Compared", "op")),
        rx.cond(DRAFT.fields > 0, _input(DRAFT.given[0], "Value", "values.0", _value_kind(DRAFT.value_kind))),
        rx.cond(DRAFT.fields > 1, rx.fragment(rx.el.span("and"), _input(DRAFT.given[1], "Second value", "values.1", _value_kind(DRAFT.value_kind)))),
        rx.cond(DRAFT.dated, _window(DRAFT.own_window, "own")),
        rx.cond(DRAFT.windowed & (DRAFT.kind != "sequence"), _window(DRAFT.window, "window")),
        rx.match(
            DRAFT.kind,
            ("rank", rx.fragment(_choose(DRAFT.ops, DRAFT.top, "Rank", "top"), _input(DRAFT.top_value, "How many", "top_value", "number", min=1, style={"width": "84px"}))),
            ("sequence", _sequence()),
            ("in cell", rx.fragment(ui.select([("", "is in"), ("yes", "is not in")], look="s", value=rx.cond(DRAFT.negate, "yes", ""), on_change=_set("negate"), aria_label="In or not"), _choose(DRAFT.cells, DRAFT.cell, "Cell", "cell"))),
            ("group", ui.select(MODES, look="s", value=DRAFT.mode, on_change=_set("mode"), aria_label="Which of these")),
            rx.fragment(),
        ),
        class_name="row",
    )  # fmt: skip
    return rx.el.div(
        rx.el.div(rx.el.span(DRAFT.title, class_name="label"), class_name="row apart"),
        words,
        _chips(DRAFT.choices, "choice"),
        rx.cond(DRAFT.more_choices > 0, rx.el.p("Some values are not shown: choose “is” another way, with “contains”.", class_name="small soft")),
        rx.foreach(DRAFT.where, _where),
        rx.cond(
            DRAFT.can_unknown,
            ui.check("People of whom this is not known count as well", "unknown", value=DRAFT.unknown, on_change=lambda _: BuilderState.flip("unknown")),
        ),
        rx.el.div(
            rx.cond(DRAFT.where_fields.length() > 0, ui.select(DRAFT.where_fields, none="only those …", look="s", value="", on_change=_set("where.add"), aria_label="Only those with")),
            rx.cond(DRAFT.kind == "group", ui.button("Add to this group", small=True, on_click=BuilderState.begin(cell.name, BuilderState.path))),
            rx.cond(DRAFT.kind != "group", ui.button("Put into a group", small=True, kind="quiet", on_click=NotebookState.wrap(BuilderState.path))),
            ui.button("Earlier", small=True, kind="quiet", on_click=NotebookState.shift(BuilderState.path, -1)),
            ui.button("Remove", small=True, kind="danger", on_click=BuilderState.take_out(BuilderState.path)),
            ui.button("Done", small=True, on_click=BuilderState.close),
            class_name="row",
        ),
        class_name="builder", role="group", aria_label="Change the clause",
    )  # fmt: skip


def _where(one: WhereView) -> rx.Component:
    part = "where." + one.at.to(str)
    return rx.el.div(
        rx.el.span("only with " + one.label.lower(), class_name="soft"),
        _choose(one.ops, one.op, "Compared", part + ".op"),
        rx.cond(one.fields > 0, _input(one.given[0], "Value", part + ".values.0", _value_kind(one.kind))),
        rx.cond(one.fields > 1, _input(one.given[1], "Second value", part + ".values.1", _value_kind(one.kind))),
        rx.cond(one.dated, _window(one.window, part + ".own")),
        _chips(one.choices, part + ".choice"),
        ui.icon_button(
            "close", "Remove this condition", small=True, on_click=BuilderState.set_part(part + ".remove", "")
        ),
        class_name="row where",
    )


def _sequence() -> rx.Component:
    return rx.fragment(
        rx.el.span("first"),
        _choose(DRAFT.relations, DRAFT.first, "First", "first"),
        _window(DRAFT.window, "window"),
        rx.el.span("then within"),
        _input(DRAFT.days, "Days", "days", "number", min=0, style={"width": "84px"}),
        rx.el.span("days"),
        _choose(DRAFT.relations, DRAFT.then, "Then", "then"),
    )


def adding() -> rx.Component:
    """What can be asked: a list one searches in one's own words."""

    def fact(one: FactView) -> rx.Component:
        return rx.el.li(rx.el.button(rx.el.span(one.label), rx.el.small(one.group), type="button", class_name="option", on_click=BuilderState.take(one.key)))  # fmt: skip

    return rx.el.div(
        rx.el.div(
            ui.search("What do you want to know?", value="", on_change=BuilderState.look, placeholder="gave, lives in, came to, tag …", auto_focus=True),
            ui.button("Cancel", small=True, kind="quiet", on_click=BuilderState.close),
            class_name="row apart",
        ),
        rx.el.ul(rx.foreach(BuilderState.facts, fact), class_name="facts-list", aria_label="What can be asked"),
        rx.cond(BuilderState.facts.length() == 0, rx.el.p("Nothing is called that. Try another word.", class_name="soft small")),
        rx.cond(BuilderState.more > 0, rx.el.p(BuilderState.more.to(str) + " more: type a word.", class_name="small soft")),
        class_name="builder", role="group", aria_label="Add a clause",
    )  # fmt: skip


def settings() -> rx.Component:
    """What the cell is made of, apart from its clauses."""
    return rx.cond(NotebookState.settings.length() > 0, rx.el.div(rx.foreach(NotebookState.settings, _setting), class_name="cell-settings", role="group", aria_label="Settings of the cell"))  # fmt: skip


def _setting(one: SettingView) -> rx.Component:
    several = rx.el.div(
        rx.foreach(one.options, lambda option: ui.chip(option.label, on_click=NotebookState.set_up(one.name, option.value), pressed=option.on)),
        class_name="chips",
    )  # fmt: skip
    control = rx.match(
        one.kind,
        ("several", several),
        ("number", rx.el.input(type="number", default_value=one.value, key=NotebookState.chosen + one.name, class_name="input s", aria_label=one.label, on_change=lambda text: NotebookState.set_up(one.name, text).debounce(WAIT))),
        ui.select(one.options, look="s", value=one.value, on_change=lambda value: NotebookState.set_up(one.name, value), aria_label=one.label),
    )  # fmt: skip
    return rx.el.div(rx.el.span(one.label, class_name="label"), control, class_name=rx.cond(one.kind == "several", "setting wide", "setting"))  # fmt: skip
