"""The history page."""

from typing import Any

import reflex as rx

from crm_app.features.audit.state import NEEDS, PERIODS, ChangeState, HistoryChoices, HistoryState
from crm_app.ui import palette
from crm_app.ui import parts as ui
from crm_app.ui.page import page


def _what(row: Any) -> rx.Component:
    return rx.el.button(
        row.said, type="button", class_name="link quiet", data_open_row="", on_click=ChangeState.open(row.id)
    )


COLUMNS = [
    ui.Column("day", "When", lambda row: rx.fragment(row.day, " ", rx.el.span(row.time, class_name="faint")), "136px"),
    ui.Column("by", "Who", lambda row: row.by, "minmax(110px, 160px)", phone=False),
    ui.Column("said", "What", _what, "minmax(130px, 1fr)"),
    ui.Column("name", "Of", lambda row: row.name, "minmax(120px, 1.2fr)", lead=True),
    ui.Column(
        "fields", "Changed", lambda row: rx.el.span(row.fields, class_name="soft"), "minmax(140px, 1.6fr)", phone=False
    ),
]


@page("/history", title="History", needs=NEEDS, on_load=HistoryState.load, menu=("History", 85))
def history() -> rx.Component:
    return ui.fill(
        ui.head("History", aside="who changed what, and when"),
        ui.toolbar(
            ui.select(HistoryChoices.people, none="By anyone", value=HistoryChoices.user, on_change=HistoryState.ask_who, aria_label="By whom", look="auto"),
            ui.select(HistoryChoices.kinds, none="Everything", value=HistoryChoices.kind, on_change=HistoryState.ask_kind, aria_label="What kind of record", look="auto"),
            ui.select(PERIODS, value=HistoryChoices.days, on_change=HistoryState.ask_days, aria_label="When", look="auto"),
            rx.cond(HistoryChoices.narrowed, ui.button("Show all", kind="quiet", on_click=HistoryState.clear)),
        ),
        rx.cond(HistoryState.loaded, _list(), ui.skeleton(12)),
        _drawer(),
    )  # fmt: skip


def _list() -> rx.Component:
    return ui.long_table(
        HistoryState.rows,
        COLUMNS,
        label="Changes, newest first",
        total=HistoryState.total,
        first=HistoryState.first,
        on_window=HistoryState.show_from,
        query=HistoryState.query,
        foot=rx.el.span(
            HistoryState.total.to(int).to_string(), " changes; they cannot be edited, and a missing one shows."
        ),
        empty=ui.empty(
            "Nothing changed",
            "What people do here is kept, with who, when, before and after. Nothing fits what you ask for.",
        ),
    )


def _drawer() -> rx.Component:
    change = ChangeState.change
    table = rx.el.table(
        rx.el.thead(rx.el.tr(*[rx.el.th(words, scope="col") for words in ("Field", "Before", "After")])),
        rx.el.tbody(
            rx.foreach(
                change.fields,
                lambda one: rx.el.tr(rx.el.td(one.field, class_name="soft"), rx.el.td(one.before), rx.el.td(one.after)),
            )
        ),
        class_name="table",
    )
    return ui.drawer(
        change.title,
        ui.stack(
            ui.key_values(("By", change.by), ("At", change.at), ("Sealed", rx.cond(change.sealed, "yes", "within a minute"))),
            rx.cond(change.note != "", rx.el.p(change.note, class_name="note")),
            rx.cond(change.hidden, ui.banner("Your role does not show what was in it.", plain=True)),
            rx.cond(change.fields.length() > 0, rx.el.div(table, class_name="scroll-x")),
            rx.cond(ChangeState.to != "", ui.link_button("Open the record", ChangeState.to, icon="right")),
            loose=True,
        ),
        open=ChangeState.is_open,
        on_close=ChangeState.close,
    )  # fmt: skip


palette.deed("See who changed what", "/history", NEEDS)
