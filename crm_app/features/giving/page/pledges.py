"""Pledges: promised, paid, overdue; planned again with a preview."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.giving.components import donor_field, person, places
from crm_app.features.giving.state.choosing import PurposeState
from crm_app.features.giving.state.pledges import PledgesState
from crm_app.features.giving.state.words import UNITS
from crm_app.ui import parts as ui
from crm_app.ui.page import page

S, P = PledgesState, PurposeState


@page("/giving/pledges", title="Pledges", needs=Permission.GIVING_READ, on_load=S.load)
def pledges() -> rx.Component:
    return rx.fragment(
        ui.head("Pledges", ui.button("New pledge", kind="main", icon="plus", key="n", on_click=S.begin("new")), aside=S.sums),
        places("pledges"),
        ui.toolbar(ui.filters(("open", S.show == "open", S.choose("open")), ("overdue", S.show == "overdue", S.choose("overdue")), ("all", S.show == "all", S.choose("all")))),
        rx.cond(S.loaded, rx.cond(S.rows.length() > 0, _list(), ui.empty("No pledges here", "A pledge is a promise with a plan: payments fill the oldest installment first.")), ui.skeleton(6)),
        _drawer(),
        _making(),
    )  # fmt: skip


def _list() -> rx.Component:
    return ui.table(
        S.rows,
        [
            ui.Column("name", "Donor", lambda row: person(row["name"], row["person"])),
            ui.Column("day", "Promised", lambda row: row["day"], phone=False),
            ui.Column("amount", "Pledge", lambda row: rx.el.button(row["amount"], class_name="link", type="button", aria_label="Open the pledge of " + row["name"].to(str), on_click=S.look(row["id"])), right=True),
            ui.Column("paid", "Paid", lambda row: row["paid"], right=True),
            ui.Column("left", "To come", lambda row: row["left"], right=True),
            ui.Column("overdue", "Overdue", lambda row: rx.cond(row["overdue"] != "", ui.badge(row["overdue"], warn=True)), right=True),
            ui.Column("next", "Next", lambda row: ui.soft(row["next"]), phone=False),
        ],
        label="Pledges", stacked=True,
    )  # fmt: skip


def _dues(rows: Any, label: str) -> rx.Component:
    return ui.table(
        rows,
        [
            ui.Column("day", "Due", lambda row: row["day"]),
            ui.Column("amount", "Amount", lambda row: row["amount"], right=True),
            ui.Column("paid", "Paid", lambda row: row["paid"], right=True),
            ui.Column("state", "", lambda row: rx.cond(row["late"], ui.badge(row["state"], warn=True), ui.soft(row["state"]))),
        ],
        label=label,
    )  # fmt: skip


def _drawer() -> rx.Component:
    return ui.drawer(
        S.one["name"],
        ui.facts(ui.fact(S.one["amount"], "promised " + S.one["day"].to(str)), ui.fact(S.one["paid"], "paid"), ui.fact(S.one["left"], "to come")),
        ui.progress(S.one["share"], label="Paid of the pledge"),
        rx.cond(S.doing == "replan", _replan()),
        rx.cond(S.doing == "off", _write_off()),
        _dues(rx.cond(S.preview.length() > 0, S.preview, S.dues), "Installments"),
        open=S.at > 0, on_close=S.shut, wide=True,
        foot=[ui.button("Plan again", on_click=S.begin("replan")), ui.button("Write off", on_click=S.begin("off"))],
    )  # fmt: skip


def _replan() -> rx.Component:
    return ui.form(
        ui.fields(
            ui.money("The whole pledge", "amount", unit=P.symbol, errors=S.errors, hint="Empty: as it is."),
            ui.number("Installments for the rest", "times", value="6", errors=S.errors),
            ui.choice("Every", "unit", UNITS, value="month"),
            ui.date("First on", "first_on", value=P.today, errors=S.errors),
        ),
        ui.text_field("Why", "reason"),
        on_submit=S.replan,
        foot=[ui.button("Cancel", on_click=S.stop), _yes("See the plan", "Keep this plan")],
    )


def _yes(first: str, then: str) -> rx.Component:
    return ui.button(rx.cond(S.preview.length() > 0, then, first), kind="main", submit=True)


def _write_off() -> rx.Component:
    return ui.form(
        ui.fields(
            ui.money("How much", "amount", unit=P.symbol, errors=S.errors, hint="Empty: all that is unpaid."),
            ui.text_field("Why", "reason", errors=S.errors, must=True),
        ),
        on_submit=S.write_off,
        foot=[ui.button("Cancel", on_click=S.stop), ui.button("Write off", kind="danger", submit=True)],
    )


def _making() -> rx.Component:
    return ui.dialog(
        "New pledge",
        ui.form(
            donor_field(),
            ui.fields(
                ui.money("The whole pledge", "amount", unit=P.symbol, errors=S.errors, must=True),
                ui.number("Installments", "times", value="12", errors=S.errors),
                ui.choice("Every", "unit", UNITS, value="month"),
                ui.date("First on", "first_on", value=P.today, errors=S.errors),
                ui.choice("Fund", "fund", P.funds, none="General fund"),
                ui.choice("Campaign", "campaign", P.campaigns, none="None"),
            ),
            rx.cond(S.preview.length() > 0, _dues(S.preview, "What would be due")),
            on_submit=S.make,
            foot=[ui.button("Cancel", on_click=S.stop), _yes("See the plan", "Keep the pledge")],
        ),
        open=S.doing == "new", on_close=S.stop, wide=True,
    )  # fmt: skip
