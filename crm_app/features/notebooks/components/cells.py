"""A cell: its sentence, its working, its result, and its margin with the number."""

from typing import Any

import reflex as rx

from crm_app.features.notebooks.components.builder import adding, builder, settings
from crm_app.features.notebooks.schemas import BarView, CellView, ClauseView, NumberView, RowView, TokenView
from crm_app.features.notebooks.state.aside import AsideState
from crm_app.features.notebooks.state.builder import BuilderState
from crm_app.features.notebooks.state.notebook import NotebookState
from crm_app.ui import parts as ui
from crm_app.ui.inline import inline

MAY = NotebookState.may_edit


def cell(one: CellView) -> rx.Component:
    chosen = NotebookState.chosen == one.name
    inside = rx.match(
        one.kind,
        ("note", _note(one, chosen)),
        ("chart", rx.fragment(_chart(one), _panel(one, chosen))),
        ("table", rx.fragment(_table(one), _panel(one, chosen))),
        ("send to", rx.fragment(_sending(one), _panel(one, chosen))),
        rx.fragment(_sentence(one), _parts(one), rx.cond(one.kind == "people", _working(one, chosen)), _panel(one, chosen), _chips(one, chosen)),
    )  # fmt: skip
    return rx.fragment(
        rx.el.section(
            _head(one, chosen),
            rx.cond(one.problem != "", rx.el.p(one.problem, class_name="small no", role="status")),
            rx.cond(one.folded, rx.fragment(), inside),
            class_name=rx.cond(chosen, "cell sel", "cell"), aria_label=one.name, key=one.name,
        ),
        _margin(one),
    )  # fmt: skip


def _head(one: CellView, chosen: Any) -> rx.Component:
    name = rx.cond(
        chosen & NotebookState.renaming,
        rx.el.form(
            rx.el.input(name="name", default_value=one.name, class_name="input s", aria_label="Name of the cell", auto_focus=True),
            ui.button("Rename", submit=True, small=True),
            on_submit=NotebookState.rename, class_name="row still",
        ),
        rx.el.h2(rx.el.button(one.name, type="button", on_click=NotebookState.choose(rx.cond(chosen, "", one.name)), aria_expanded=rx.cond(chosen, "true", "false"))),
    )  # fmt: skip
    acts = ui.menu(
        "",
        ui.item("Rename", icon="edit", on_click=NotebookState.begin_rename(one.name)),
        ui.item("Copy below", icon="plus", on_click=NotebookState.duplicate(one.name)),
        ui.item("Move up", icon="up", on_click=NotebookState.move(one.name, -1)),
        ui.item("Move down", icon="down", on_click=NotebookState.move(one.name, 1)),
        ui.item("Keep a snapshot", icon="clock", on_click=NotebookState.freeze(one.name)),
        ui.line(),
        ui.item("Remove", icon="trash", danger=True, on_click=NotebookState.remove(one.name)),
        icon="more", label="More about " + one.name, small=True,
    )  # fmt: skip
    return rx.el.div(
        name, rx.el.span(one.kind_words), rx.cond(MAY, rx.el.span(acts, class_name="acts")), class_name="name"
    )


def _sentence(one: CellView) -> rx.Component:
    return rx.el.p(rx.foreach(one.tokens, lambda token: _token(one, token)), class_name="sentence")


def _token(one: CellView, token: TokenView) -> rx.Component:
    """Links, not buttons: a button is a box that does not break where the line does."""
    on = (BuilderState.path == token.path) & (BuilderState.cell == one.name)
    look = rx.cond(token.bad, "tok bad", rx.cond(on, "tok g", "tok"))
    opens = BuilderState.open(one.name, token.path).prevent_default
    clause = rx.el.a(token.text, href="#", role="button", class_name=look, on_click=opens)
    goes = NotebookState.choose(token.cell).prevent_default
    other = rx.el.a(token.text, href="#", role="button", class_name="tok", on_click=goes)
    return rx.cond((token.path != "") & MAY, clause, rx.cond(token.cell != "", other, rx.el.span(token.text)))


def _working(one: CellView, chosen: Any) -> rx.Component:
    """The clauses with their numbers, under the sentence of the chosen cell."""
    return rx.cond(
        chosen,
        rx.el.div(
            rx.foreach(one.clauses, lambda clause: _clause(one, clause)),
            rx.cond((BuilderState.path == "") & BuilderState.adding & (BuilderState.into == ""), adding()),
            class_name="working",
        ),
    )


def _clause(one: CellView, clause: ClauseView) -> rx.Component:
    on = (BuilderState.path == clause.path) & (BuilderState.cell == one.name)
    words = rx.cond(
        MAY,
        rx.el.button(clause.words, type="button", class_name="said", on_click=BuilderState.open(one.name, clause.path), aria_expanded=rx.cond(on, "true", "false")),
        rx.el.span(clause.words),
    )  # fmt: skip
    below = rx.fragment(
        rx.cond(clause.problem != "", rx.el.span(clause.problem, class_name="small no")),
        rx.cond(clause.unknown != "", rx.el.span(clause.unknown, class_name="small faint")),
    )
    number = rx.cond(
        clause.numbers != "",
        rx.el.button(clause.numbers, type="button", class_name="n", title="Whom only this clause leaves out", on_click=AsideState.only(one.name, clause.path)),
        rx.el.span(class_name="n"),
    )  # fmt: skip
    row = rx.el.div(
        rx.el.span(clause.op, class_name="op"),
        rx.el.span(words, " ", below, custom_attrs=inline(paddingLeft=clause.depth.to(str) + "em")),
        number,
        class_name="clause",
    )
    return rx.fragment(
        row,
        rx.cond(on, builder(one)),
        rx.cond(BuilderState.adding & (BuilderState.into == clause.path) & (BuilderState.cell == one.name), adding()),
    )


def _panel(one: CellView, chosen: Any) -> rx.Component:
    return rx.cond(chosen & MAY, settings())


def _chips(one: CellView, chosen: Any) -> rx.Component:
    out = rx.el.button(one.left_out, type="button", class_name="chip w", on_click=AsideState.left_out(one.name))
    return rx.el.div(
        rx.cond(
            chosen,
            rx.fragment(
                rx.cond(MAY & (one.kind == "people"), ui.chip("+ Add a clause", on_click=BuilderState.begin(one.name, ""))),
                rx.cond(one.problem == "", rx.fragment(
                    ui.chip("Why is … in or out?", on_click=AsideState.ask_why(one.name)),
                    ui.chip("Show people", on_click=AsideState.sample(one.name)),
                    ui.chip("Send …", on_click=AsideState.send(one.name)),
                )),
            ),
        ),
        rx.cond(one.left_out != "", out),
        class_name="chips",
    )  # fmt: skip


def _parts(one: CellView) -> rx.Component:
    def part(row: NumberView) -> rx.Component:
        return ui.chip(row.count + " · " + row.name, on_click=AsideState.sample(row.of))

    return rx.cond(one.parts.length() > 0, rx.el.div(rx.foreach(one.parts, part), class_name="chips"))


def _note(one: CellView, chosen: Any) -> rx.Component:
    field = rx.el.textarea(
        default_value=one.note_text, key=one.name + one.note_text, class_name="input prose", aria_label="Text of " + one.name,
        placeholder="What this notebook is for, and for whom.", on_blur=lambda text: NotebookState.write(one.name, text),
    )  # fmt: skip
    shown = rx.cond(one.note != "", rx.el.div(rx.html(one.note), class_name="note"), rx.el.p("An empty note. Open it to write.", class_name="soft"))  # fmt: skip
    return rx.cond(chosen & MAY, field, shown)


def _chart(one: CellView) -> rx.Component:
    pivot = one.heads.length() > 1

    def row(bar: BarView) -> rx.Component:
        label = rx.cond(
            bar.opens & MAY,
            rx.el.button(bar.label, type="button", class_name="link quiet", title="Open these people as a cell", on_click=NotebookState.open_bar(one.name, bar.at)),
            rx.el.span(bar.label),
        )  # fmt: skip
        cells = rx.foreach(bar.cells, lambda value: rx.el.td(value, class_name="r"))
        drawn = rx.el.td(rx.el.div(class_name="bar", aria_hidden="true", custom_attrs=inline(width=bar.share.to(str) + "%")), class_name="drawn")  # fmt: skip
        amount = rx.cond(one.more != "", rx.el.td(bar.amount, class_name="r"))
        return rx.el.tr(
            rx.el.th(label, scope="row"), rx.cond(pivot, cells, drawn), rx.el.td(bar.count, class_name="r"), amount
        )

    head = rx.el.tr(
        rx.el.th(one.heads[0], scope="col"),
        rx.cond(
            pivot,
            rx.foreach(one.heads[1:], lambda word: rx.el.th(word, scope="col", class_name="r")),
            rx.el.th(ui.for_ears("Drawn"), scope="col", class_name="drawn"),
        ),
        rx.el.th("People", scope="col", class_name="r"),
        rx.cond(one.more != "", rx.el.th("Gave", scope="col", class_name="r")),
    )
    made = rx.el.table(rx.el.thead(head), rx.el.tbody(rx.foreach(one.bars, row)), class_name="table chart")
    return rx.cond(one.problem == "", rx.el.div(made, class_name="scroll-x", role="region", aria_label=one.name + ", the rows", tab_index=0))  # fmt: skip


def _table(one: CellView) -> rx.Component:
    def row(line: RowView) -> rx.Component:
        name = ui.link(line.name, to="/people/" + line.id.to(str), class_name="person")
        return rx.el.tr(rx.el.td(name), rx.foreach(line.given, lambda value: rx.el.td(value)))

    head = rx.el.tr(rx.foreach(one.heads, lambda word: rx.el.th(word, scope="col")))
    made = rx.el.table(rx.el.thead(head), rx.el.tbody(rx.foreach(one.rows, row)), class_name="table")
    return rx.cond(one.problem == "", rx.el.div(made, class_name="scroll-x", role="region", aria_label=one.name + ", the rows", tab_index=0))  # fmt: skip


def _sending(one: CellView) -> rx.Component:
    return rx.el.div(
        ui.button(rx.cond(one.count != "", "Check and send to " + one.count, "Check and send"), kind="main", on_click=AsideState.send(one.of), disabled=one.problem != ""),
        ui.button("Show people", on_click=AsideState.sample(one.of)),
        rx.el.span("Read a second time before anything leaves.", class_name="soft small"),
        class_name="row",
    )  # fmt: skip


def _margin(one: CellView) -> rx.Component:
    change = rx.cond(
        one.since != "",
        rx.el.div(
            rx.cond(one.up != "", rx.el.span(one.up + " ", class_name="up")),
            rx.cond(one.down != "", rx.el.span(one.down + " ", class_name="down")),
            one.since,
            class_name="delta",
        ),
    )
    figure = rx.el.button(one.count, type="button", class_name="count", aria_label=one.count + " in " + one.name + ": show people", on_click=AsideState.sample(one.name))  # fmt: skip
    return rx.el.div(
        rx.cond(
            one.count != "",
            rx.fragment(
                figure,
                rx.el.div(one.below, class_name="delta"),
                rx.cond(one.more != "", rx.el.div(one.more, class_name="delta")),
                change,
                rx.cond(one.spark != "", ui.spark(one.spark, "The size of " + one.name + " over its snapshots")),
            ),
        ),
        class_name="margin", role="group", aria_label="Numbers of " + one.name, key="margin-" + one.name,
    )  # fmt: skip
