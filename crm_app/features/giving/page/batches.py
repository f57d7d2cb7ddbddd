"""Batches: opened with a control total, typed by keyboard, posted when they agree."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.giving.components import donor_field, person, places
from crm_app.features.giving.state.batches import BatchesState, BatchState
from crm_app.features.giving.state.choosing import PurposeState
from crm_app.features.giving.state.words import METHOD, options
from crm_app.ui import parts as ui
from crm_app.ui.page import page

READ = Permission.GIVING_READ
L, S, P = BatchesState, BatchState, PurposeState


@page("/giving/batches", title="Batches", needs=READ, on_load=L.load)
def batches() -> rx.Component:
    return rx.fragment(
        ui.head("Batches", ui.button("Open a batch", kind="main", icon="plus", key="n", on_click=L.begin), aside="gifts that came together"),
        places("batches"),
        rx.cond(L.loaded, rx.cond(L.rows.length() > 0, _list(), _nothing()), ui.skeleton(5)),
        ui.dialog("Open a batch", _opening(), open=L.opening, on_close=L.shut),
    )  # fmt: skip


def _nothing() -> rx.Component:
    return ui.empty(
        "No batch yet",
        "Count the cheques, add them up, and type them in: the batch is posted when your control total agrees.",
        ui.button("Open a batch", kind="main", on_click=L.begin),
    )


def _list() -> rx.Component:
    return ui.table(
        L.rows,
        [
            ui.Column("name", "Batch", lambda row: ui.link(row["name"], to="/giving/batches/" + row["id"].to_string(), class_name="person")),
            ui.Column("day", "Opened", lambda row: rx.el.span(row["day"], " ", ui.soft(row["by"]))),
            ui.Column("count", "Gifts", lambda row: row["count"], right=True),
            ui.Column("total", "Total", lambda row: row["total"], right=True),
            ui.Column("state", "State", lambda row: rx.cond(row["open"], ui.badge("open", warn=True), ui.soft(row["state"]))),
        ],
        label="Batches", stacked=True,
    )  # fmt: skip


def _opening() -> rx.Component:
    return ui.form(
        ui.text_field("Name", "name", errors=L.errors, must=True, placeholder="Monday’s post"),
        ui.fields(
            ui.number("How many gifts", "count", errors=L.errors, hint="Counted by hand."),
            ui.money("What they come to", "total", unit=P.symbol, errors=L.errors, hint="Added up by hand."),
        ),
        ui.fields(
            ui.date("Given on", "given_on", value=P.today, errors=L.errors),
            ui.choice("Way", "method", options(METHOD), value="cheque"),
            ui.choice("Fund", "fund", P.funds, none="General fund"),
            ui.choice("Campaign", "campaign", P.campaigns, none="None"),
        ),
        on_submit=L.save,
        foot=[ui.button("Cancel", on_click=L.shut), ui.button("Open", kind="main", submit=True)],
    )


@page("/giving/batches/[batch]", title="Batch", needs=READ, on_load=S.load)
def batch() -> rx.Component:
    return rx.fragment(
        ui.head(
            S.control["name"],
            rx.cond(S.control["open"], ui.button("Post the batch", kind="main", on_click=S.post)),
            aside=rx.cond(S.control["open"], "open", S.control["posted"]),
        ),
        places("batches"),
        rx.cond(S.loaded, _content(), ui.skeleton(6)),
        ui.dialog("It does not agree", _anyway(), open=S.asking, on_close=S.shut),
    )  # fmt: skip


def _content() -> rx.Component:
    return rx.fragment(
        ui.text(ui.stack(rx.cond(S.control["open"], _entry()), rx.cond(S.rows.length() > 0, _grid(), rx.el.p("Type the first gift above: donor, amount, Enter.", class_name="soft")), loose=True)),
        ui.margin(
            ui.stack(
                ui.count(S.control["typed"], "gifts" + S.control["of_count"].to(str), change=rx.el.span(S.control["count_left"], class_name="down")),
                ui.count(S.control["typed_total"], "typed" + S.control["of_total"].to(str), change=rx.el.span(S.control["total_left"], class_name="down")),
            ),
            rx.cond(S.control["balanced"] & S.control["open"], rx.el.div(ui.badge("agrees", good=True), class_name="delta", role="status")),
            open=True,
        ),
    )  # fmt: skip


def _entry() -> rx.Component:
    """The row being typed: Enter keeps it and begins the next."""
    return ui.form(
        donor_field(),
        ui.fields(
            ui.money("Amount", "amount", unit=P.symbol, value=S.amount, errors=S.errors),
            ui.text_field("Reference", "reference", value=S.reference),
            ui.date("Day", "given_on", value=S.day, errors=S.errors),
            ui.choice("Way", "method", options(METHOD), value=S.method),
            ui.choice("Fund", "fund", P.funds, none="General fund", value=S.fund),
        ),
        on_submit=S.save,
        key="entry-" + S.fresh.to_string(),
        full=True,
        foot=[
            rx.cond(S.editing > 0, ui.button("Leave as it was", on_click=S.leave)),
            ui.button(rx.cond(S.editing > 0, "Change the row", "Keep the row"), kind="main", submit=True, key="enter"),
        ],
    )  # fmt: skip


def _grid() -> rx.Component:
    return ui.table(
        S.rows,
        [
            ui.Column("n", "", lambda row: ui.soft(row["n"].to_string())),
            ui.Column("name", "Donor", lambda row: rx.fragment(person(row["name"], row["person"]), rx.cond(row["twin"] != "", rx.el.div(ui.badge(row["twin"], warn=True))))),
            ui.Column("amount", "Amount", lambda row: row["amount"], right=True),
            ui.Column("day", "Day", lambda row: row["day"], phone=False),
            ui.Column("method", "Way", lambda row: row["method"], phone=False),
            ui.Column("fund", "Fund", lambda row: row["fund"], phone=False),
            ui.Column("reference", "Reference", lambda row: row["reference"], phone=False),
            ui.Column("acts", "", _acts),
        ],
        label="Gifts of this batch",
    )  # fmt: skip


def _acts(row: Any) -> rx.Component:
    name = row["name"].to(str)
    acts = ui.row(
        ui.icon_button("edit", "Change the gift of " + name, small=True, on_click=S.change(row["id"])),
        ui.icon_button("trash", "Take out the gift of " + name, small=True, on_click=S.remove(row["id"])),
        tight=True,
    )
    opened = ui.link("Open", to="/giving/gifts/" + row["id"].to_string(), aria_label="Open the gift of " + name)
    return rx.cond(S.control["open"], acts, opened)


def _anyway() -> rx.Component:
    return ui.form(
        rx.el.p(S.control["count"], " gifts, ", S.control["total"], ". ", S.control["count_left"], " ", S.control["total_left"]),
        ui.text_field("Post it anyway because", "reason", errors=S.errors),
        on_submit=S.post_anyway,
        foot=[ui.button("Go on typing", on_click=S.shut), ui.button("Post anyway", kind="danger", submit=True)],
    )  # fmt: skip
