"""Exports: lists and everything, with a reason, for one's own hands."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.exports.state import ExportsState
from crm_app.ui import parts as ui
from crm_app.ui.page import page


@page("/exports", title="Exports", needs=Permission.EXPORT, on_load=ExportsState.load, menu=("Exports", 81))
def exports() -> rx.Component:
    return rx.fragment(
        ui.head("Exports", meta="What leaves the house is written down: who, what, why, how many rows."),
        ui.text(_ask()),
        ui.margin(
            rx.el.p("One list of people is taken out where it stands: open it under Constituents, narrow it, and take it out from there.", class_name="small soft"),
            open=True,
        ),
        rx.cond(
            ExportsState.exports.length() > 0,
            ui.section("Taken out", _table()),
            ui.section("Taken out", ui.empty("Nothing yet", "Files you ask for wait here for a week, for you alone.", small=True)),
        ),
    )  # fmt: skip


def _ask() -> rx.Component:
    state = ExportsState
    return ui.form(
        ui.segmented("What to take out", (("people", "People"), ("gifts", "Gifts"), ("everything", "Everything")), value=state.kind, on_choose=state.choose_kind),
        rx.cond(
            state.kind == "everything",
            rx.el.p("One zip: every table as CSV, a JSON schema, and the attached files. ", rx.el.code("crm import FILE.zip"), " reads it back into an empty Commonplace.", class_name="soft"),
            rx.fragment(
                rx.cond(
                    state.kind == "people",
                    ui.segmented("Kind of file", (("csv", "CSV"), ("xlsx", "Excel"), ("vcf", "Address cards")), value=state.form, on_choose=state.choose_form),
                    ui.segmented("Kind of file", (("csv", "CSV"), ("xlsx", "Excel")), value=state.form, on_choose=state.choose_form),
                ),
                rx.cond(state.form != "vcf", _columns()),
            ),
        ),
        ui.fields(
            ui.text_field("What for", "reason", must=True, errors=state.errors, hint="Written down beside it."),
            ui.text_field("Name of the file", "name"),
        ),
        on_submit=state.make,
        foot=ui.button("Take it out", kind="main", submit=True),
    )  # fmt: skip


def _columns() -> rx.Component:
    state = ExportsState

    def one(column: rx.Var) -> rx.Component:
        return rx.el.label(
            rx.el.input(type="checkbox", checked=state.chosen.contains(column.key), on_change=lambda on: state.tick(column.key, on)),
            rx.el.span(column.label), class_name="check", key=column.key,
        )  # fmt: skip

    return ui.fold(
        rx.Var.create("Columns: ") + state.chosen.length().to_string() + " chosen",
        rx.cond(
            state.kept.length() > 0,
            ui.row(
                rx.el.span("As kept under", class_name="soft"),
                rx.el.select(
                    rx.el.option("choose …", value=""), rx.foreach(state.kept, lambda one: rx.el.option(one.name, value=one.id.to_string())),
                    on_change=state.use_kept, class_name="input", aria_label="Columns kept under a name",
                ),
            ),
        ),
        rx.el.div(rx.foreach(state.columns, one), class_name="choices"),
        ui.text_field("Keep these columns under a name", "columns_name", errors=state.errors),
    )  # fmt: skip


def _table() -> rx.Component:
    return ui.table(
        ExportsState.exports,
        [
            ui.Column("name", "File", _file, lead=True),
            ui.Column("what", "What", lambda one: one.what),
            ui.Column("rows", "Rows", lambda one: one.rows, right=True),
            ui.Column("reason", "What for", lambda one: rx.el.span(one.reason, class_name="small")),
            ui.Column("status", "", lambda one: rx.cond(one.status == "failed", ui.badge(one.words, warn=True), ui.badge(one.words))),
            ui.Column("when", "When", lambda one: rx.el.span(one.when, " · ", one.by, class_name="small soft")),
        ],
        label="Exports",
        stacked=True,
    )  # fmt: skip


def _file(one: rx.Var) -> rx.Component:
    address = "/exports/" + one.id.to_string() + "/file.bin"
    until = rx.el.span(one.size, " · until ", one.until, class_name="small soft")
    got = rx.fragment(rx.el.a(one.name, href=address, custom_attrs={"download": ""}), " ", until)
    return rx.cond(one.mine, got, rx.el.span(one.name))
