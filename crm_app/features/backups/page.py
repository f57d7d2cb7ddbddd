"""Backups: made, kept, tried."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.backups.state import BackupsState
from crm_app.ui import parts as ui
from crm_app.ui.page import page


@page("/backups", title="Backups", needs=Permission.BACKUP, on_load=BackupsState.load, menu=("Backups", 97))
def backups() -> rx.Component:
    return rx.fragment(
        ui.head(
            "Backups",
            ui.button("Back up now", kind="main", on_click=BackupsState.make),
            meta="Everything in one file, checked when it is made. A drill restores it beside and compares.",
        ),
        rx.cond(
            BackupsState.backups.length() > 0,
            rx.fragment(
                ui.text(rx.el.div(_table(), class_name="scroll-x")),
                ui.margin(ui.count(BackupsState.backups.length().to_string(), "kept"), open=True),
            ),
            ui.empty(
                "No backup yet", "One is made by itself every day while the server runs. Or make the first one now."
            ),
        ),
        ui.section("By itself", _plan()),
        ui.section(
            "Bringing one back",
            rx.el.p(
                "On the machine, into a new place: ",
                rx.el.code("CRM_DATA=new-folder crm restore FILE"),
                ". A backup never writes over what is there.",
                class_name="soft",
            ),
        ),
    )


def _table() -> rx.Component:
    heads = ("Made", "What is in it", "Drill", "")
    return rx.el.table(
        rx.el.thead(rx.el.tr(*[rx.el.th(words or ui.for_ears("Actions"), scope="col") for words in heads])),
        rx.el.tbody(rx.foreach(BackupsState.backups, _backup)),
        class_name="table cards",
    )


def _backup(one: rx.Var) -> rx.Component:
    tried = rx.cond(
        one.drill == "whole",
        ui.badge("whole, " + one.drilled.to(str), good=True),
        rx.cond(one.drill == "", ui.soft("not tried"), ui.badge(one.drill, warn=True)),
    )
    return rx.el.tr(
        rx.el.td(one.made, rx.el.div("by ", one.by, class_name="small soft")),
        rx.el.td(one.words),
        rx.el.td(tried),
        rx.el.td(
            ui.row(
                ui.button("Try it", small=True, on_click=BackupsState.drill(one.id)),
                rx.el.a("Download", href="/backups/" + one.id.to_string() + "/file", class_name="btn s", download=True),
            )
        ),
    )


def _plan() -> rx.Component:
    return ui.form(
        ui.fields(
            ui.number("Every so many hours (0: only by hand)", "every_hours", value=BackupsState.plan.every_hours.to_string(), errors=BackupsState.errors),
            ui.number("Keep the newest", "keep", value=BackupsState.plan.keep.to_string(), errors=BackupsState.errors),
        ),
        on_submit=BackupsState.set_plan,
        foot=ui.button("Save", submit=True),
    )  # fmt: skip
