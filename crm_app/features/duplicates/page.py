"""The duplicates page: one pair at a time, the queue below, what was decided behind it."""

from typing import Any

import reflex as rx

from crm_app.features.duplicates import service
from crm_app.features.duplicates.schemas import Cell, Column, DoneRow, Line, PairRow, Part, Say
from crm_app.features.duplicates.state import NEEDS, CaseState, DuplicatesState
from crm_app.ui import palette
from crm_app.ui import parts as ui
from crm_app.ui.page import page
from crm_app.ui.shell import count_in_menu

case = CaseState.case
counts = DuplicatesState.counts


@page("/duplicates", title="Duplicates", needs=NEEDS, on_load=DuplicatesState.load, menu=("Duplicates", 25))
def duplicates() -> rx.Component:
    has_case = case.pair_id > 0
    return rx.fragment(
        ui.head(
            rx.cond(has_case, case.title, "Duplicates"),
            ui.button("Look for duplicates", icon="search", on_click=DuplicatesState.find),
            aside=rx.cond(has_case, case.words, ""),
            meta=[_views()],
        ),
        rx.cond(DuplicatesState.view == "done", _decided(), rx.cond(has_case, _case(), _nothing())),
        rx.cond((DuplicatesState.view != "done") & (DuplicatesState.pairs.length() > 0), _queue()),
        _bulk(),
    )


def _views() -> rx.Component:
    view = DuplicatesState.view

    def entry(name: str, words: str, number: Any) -> tuple[Any, Any, Any]:
        return (
            rx.fragment(words, " ", rx.el.span(number, class_name="n")),
            view == name,
            DuplicatesState.choose_view(name),
        )

    return ui.filters(
        entry("open", "To decide", counts.certain + counts.review),
        entry("household", "One household?", counts.household),
        entry("possible", "Possible", counts.possible),
        entry("done", "Decided", counts.merged),
        label="Which pairs",
    )


def _case() -> rx.Component:
    return rx.fragment(
        ui.cell(
            rx.el.div(_comparison(), class_name="scroll-x", tab_index=0, role="region", aria_label="The records side by side"),
            rx.cond(case.same != "", rx.el.p(case.same, class_name="small soft")),
            rx.foreach(case.warnings, lambda words: ui.banner(words, warn=True)),
            _buttons(),
        ),
        ui.margin(
            ui.count(case.gifts, case.given),
            rx.el.div(rx.foreach(case.moves, lambda words: rx.el.div(words, class_name="delta")), aria_label="What a merge does", role="group"),
            rx.cond(CaseState.last > 0, rx.el.div(ui.text_button("Undo last", on_click=CaseState.undo_last, data_key="z"), " ", ui.kbd("Z"), class_name="delta")),
        ),
    )  # fmt: skip


def _comparison() -> rx.Component:
    return rx.el.table(
        rx.el.thead(
            rx.el.tr(
                rx.el.th(ui.for_ears("Field"), scope="col"),
                rx.foreach(case.columns, _column),
                rx.el.th("Evidence", scope="col"),
            )
        ),
        rx.el.tbody(rx.foreach(case.lines, _line)),
        class_name="table pair",
    )


def _column(one: rx.vars.ObjectVar[Column]) -> rx.Component:
    others = rx.fragment(
        ui.text_button("keep this one", on_click=CaseState.keep(one.id), data_key=one.key),
        rx.cond(
            case.several, rx.fragment(" · ", ui.text_button("somebody else", on_click=CaseState.leave_out(one.id)))
        ),
    )
    return rx.el.th(
        rx.el.div(ui.link(one.name, to="/people/" + one.id.to(str)), class_name="person"),
        rx.el.div(one.words),
        rx.cond(one.kept, rx.fragment(), others),
        scope="col",
    )


def _line(line: rx.vars.ObjectVar[Line]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(line.label, scope="row"),
        rx.foreach(line.cells, _cell),
        rx.el.td(rx.foreach(line.says, _say), class_name="says"),
    )


def _cell(cell: rx.vars.ObjectVar[Cell]) -> rx.Component:
    words = rx.foreach(cell.parts, _part)
    pick = rx.el.button(
        words,
        type="button",
        class_name="link quiet",
        aria_pressed=rx.cond(cell.chosen, "true", "false"),
        aria_label=cell.words,
        on_click=CaseState.choose(cell.field, cell.record),
    )
    plain = rx.el.span(words, style={"whiteSpace": "pre-line"})
    empty = rx.el.span("unknown", class_name="faint")
    return rx.el.td(
        rx.cond(cell.empty, empty, rx.cond(cell.pickable, pick, plain)), class_name=rx.cond(cell.chosen, "pick", "")
    )


def _part(part: rx.vars.ObjectVar[Part]) -> rx.Component:
    return rx.cond(part.mark, rx.el.mark(part.text), rx.el.span(part.text))


def _say(say: rx.vars.ObjectVar[Say]) -> rx.Component:
    against = rx.cond(say.against, "Against: ", "For: ")
    return rx.el.div(ui.for_ears(against), ui.evidence(say.pixels, say.words, against=say.against))


def _buttons() -> rx.Component:
    household = ui.button("Same household", key="h", on_click=CaseState.household)
    return ui.row(
        ui.button("Merge", kind="main", key="m", on_click=CaseState.merge),
        ui.button("Not the same", key="n", on_click=CaseState.apart),
        rx.cond(case.people, household),
        ui.button("Later", key="s", on_click=CaseState.later),
    )


def _nothing() -> rx.Component:
    return rx.cond(
        DuplicatesState.loaded,
        ui.empty(
            "Nothing to decide",
            "New pairs come by themselves when people are added or changed. You can also look through everybody now.",
            ui.button("Look for duplicates", kind="main", on_click=DuplicatesState.find),
        ),
        ui.skeleton(8),
    )


def _queue() -> rx.Component:
    certain = ui.button(
        rx.fragment("Merge what is certain (", counts.certain, ")"), small=True, on_click=DuplicatesState.ask_bulk
    )
    return ui.section(
        "In the queue",
        rx.el.ul(
            rx.foreach(DuplicatesState.pairs, _pair),
            class_name="lines",
            aria_label="Pairs, the surest and weightiest first",
        ),
        acts=rx.cond((DuplicatesState.view == "open") & (counts.certain > 0), certain),
    )


def _pair(pair: rx.vars.ObjectVar[PairRow]) -> rx.Component:
    taken = rx.fragment(" · ", rx.el.span("in ", pair.taken_by, "’s hands", class_name="no"))
    return rx.el.li(
        ui.stack(
            ui.text_button(pair.names, on_click=CaseState.open(pair.id)),
            rx.el.span(pair.detail, " · ", pair.words, rx.cond(pair.taken_by != "", taken), class_name="small soft"),
            tight=True,
        )
    )


def _decided() -> rx.Component:
    nothing = ui.empty(
        "Nothing decided yet", "Every merge and every “not the same” is listed here and can be taken back."
    )
    lines = ui.timeline(rx.foreach(DuplicatesState.done, _done), label="What was decided")
    return rx.cond(DuplicatesState.done.length() > 0, ui.section("Decided", lines), nothing)


def _done(row: rx.vars.ObjectVar[DoneRow]) -> rx.Component:
    back = rx.cond(
        row.kind == "merge",
        rx.cond(
            row.undone,
            rx.fragment(),
            ui.text_button("undo", on_click=DuplicatesState.undo(row.id), aria_label="Undo: " + row.words),
        ),
        ui.text_button("take back", on_click=DuplicatesState.take_back(row.id), aria_label="Take back: " + row.words),
    )
    return ui.moment(row.when, row.words, " ", back, more=row.more)


def _bulk() -> rx.Component:
    return ui.confirm(
        "Merge all that are certain?",
        ui.stack(
            rx.el.p(
                "No field speaks against these pairs, and a birth date or an e-mail proves them. Each can be undone."
            ),
            rx.el.ul(
                rx.foreach(DuplicatesState.bulk, lambda pair: rx.el.li(pair.names, " ", ui.soft(pair.detail))),
                class_name="lines",
            ),
            rx.cond(counts.certain > 12, rx.el.p("and ", counts.certain - 12, " more", class_name="soft")),
        ),
        open=DuplicatesState.is_bulk,
        on_yes=DuplicatesState.merge_certain,
        on_close=DuplicatesState.close_bulk,
        yes="Merge them",
    )


count_in_menu("/duplicates", lambda work: service.counts(work).open, needs=NEEDS, topic="duplicates")
palette.deed("Look for duplicates", "/duplicates", NEEDS)
