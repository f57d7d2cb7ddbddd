"""Recurring gifts: what was agreed, what is expected, what it should bring."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.giving.components import donor_field, person, places, status
from crm_app.features.giving.state.choosing import PurposeState
from crm_app.features.giving.state.recurring import RecurringState
from crm_app.features.giving.state.words import METHOD, UNITS, options
from crm_app.ui import parts as ui
from crm_app.ui.page import page

S, P = RecurringState, PurposeState
SHOW = ("active", "failing", "paused", "ended", "all")


@page("/giving/recurring", title="Recurring gifts", needs=Permission.GIVING_READ, on_load=S.load)
def recurring() -> rx.Component:
    return rx.fragment(
        ui.head("Recurring gifts", ui.button("New recurring gift", kind="main", icon="plus", key="n", on_click=S.begin("new")), aside=S.sums),
        places("recurring"),
        ui.section("What should come in the next twelve months", ui.columns_chart(S.months, "Expected each month, recurring and pledged")),
        ui.toolbar(ui.filters(*[(words, S.show == words, S.choose(words)) for words in SHOW])),
        rx.cond(S.loaded, rx.cond(S.rows.length() > 0, _list(), ui.empty("None here", "A recurring gift keeps every change with its day: amounts, pauses, other days.")), ui.skeleton(6)),
        _drawer(),
        _making(),
    )  # fmt: skip


def _list() -> rx.Component:
    return ui.table(
        S.rows,
        [
            ui.Column("name", "Donor", lambda row: person(row["name"], row["person"])),
            ui.Column("amount", "Amount", lambda row: rx.el.button(row["amount"], class_name="link", type="button", aria_label="Open the recurring gift of " + row["name"].to(str), on_click=S.look(row["id"])), right=True),
            ui.Column("words", "How often", lambda row: row["words"]),
            ui.Column("annual", "A year", lambda row: row["annual"], right=True, phone=False),
            ui.Column("next", "Next", lambda row: rx.cond(row["late"], ui.badge(row["next"], warn=True), row["next"])),
            ui.Column("method", "Way", lambda row: ui.soft(row["method"]), phone=False),
            ui.Column("status", "State", lambda row: status(row["status"], row["good"])),
        ],
        label="Recurring gifts", stacked=True,
    )  # fmt: skip


def _drawer() -> rx.Component:
    return ui.drawer(
        S.one["name"],
        ui.facts(ui.fact(S.one["amount"], S.one["words"]), ui.fact(S.one["annual"], "a year"), ui.fact(S.one["next"], "next")),
        rx.cond(S.doing == "change", _change()),
        rx.cond(S.doing == "pause", _pause()),
        rx.cond(S.doing == "end", _end()),
        ui.section(
            "Expected",
            ui.table(
                S.expected,
                [
                    ui.Column("day", "Day", lambda row: row["day"]),
                    ui.Column("amount", "Amount", lambda row: row["amount"], right=True),
                    ui.Column("state", "", lambda row: rx.cond(row["late"], ui.badge("still due", warn=True), ui.soft(row["state"]))),
                ],
                label="Expected days",
            ),
            acts=ui.button("The next one came", small=True, on_click=S.came),
        ),
        ui.section(
            "What changed",
            ui.table(
                S.log,
                [ui.Column("day", "From", lambda row: row["day"]), ui.Column("what", "What", lambda row: row["what"]), ui.Column("value", "Value", lambda row: row["value"], right=True)],
                label="Log of changes",
            ),
        ),
        open=S.at > 0, on_close=S.shut, wide=True,
        foot=[ui.button("Change", on_click=S.begin("change")), ui.button("Pause", on_click=S.begin("pause")), ui.button("Go on", on_click=S.resume), ui.button("End", on_click=S.begin("end"))],
    )  # fmt: skip


def _change() -> rx.Component:
    return ui.form(
        ui.fields(
            ui.money("New amount", "amount", unit=P.symbol, errors=S.errors, hint="Empty: as it is."),
            ui.number("Day of the month", "day", errors=S.errors, hint="31 is the last day."),
            ui.date("From", "from_on", value=P.today, errors=S.errors),
            ui.text_field("Why", "reason"),
        ),
        on_submit=S.change,
        foot=[ui.button("Cancel", on_click=S.stop), ui.button("Change", kind="main", submit=True)],
    )


def _pause() -> rx.Component:
    return ui.form(
        ui.fields(
            ui.date("From", "from_on", value=P.today, errors=S.errors),
            ui.date("Until", "until", errors=S.errors, hint="Empty: until it is resumed."),
            ui.text_field("Why", "reason"),
        ),
        on_submit=S.pause,
        foot=[ui.button("Cancel", on_click=S.stop), ui.button("Pause", kind="main", submit=True)],
    )


def _end() -> rx.Component:
    return ui.form(
        ui.text_field("Why it ends", "reason", errors=S.errors, must=True),
        on_submit=S.end,
        foot=[ui.button("Cancel", on_click=S.stop), ui.button("End it", kind="danger", submit=True)],
    )


def _making() -> rx.Component:
    return ui.dialog(
        "New recurring gift",
        ui.form(
            donor_field(),
            ui.fields(
                ui.money("Amount", "amount", unit=P.symbol, errors=S.errors, must=True),
                ui.number("Every", "every", value="1", errors=S.errors),
                ui.choice("Unit", "unit", UNITS, value="month"),
                ui.number("Day of the month", "day", value="1", errors=S.errors, hint="31 is the last day."),
                ui.date("First from", "starts_on", value=P.today, errors=S.errors),
                ui.date("Ends", "ends_on", errors=S.errors, hint="Empty: open."),
                ui.choice("Way", "method", options(METHOD), value="card"),
                ui.choice("Fund", "fund", P.funds, none="General fund"),
            ),
            on_submit=S.make,
            foot=[ui.button("Cancel", on_click=S.stop), ui.button("Agree", kind="main", submit=True)],
        ),
        open=S.doing == "new",
        on_close=S.stop,
    )
