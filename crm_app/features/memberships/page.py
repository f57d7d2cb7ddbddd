"""Members: whom to ask for a renewal, members by type, who lapsed, one of them in full."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.memberships.components import number_button, person, standing, who
from crm_app.features.memberships.state import MembershipsState
from crm_app.ui import parts as ui
from crm_app.ui.page import page

S = MembershipsState
N, ONE = S.numbers, S.one
MAY = N.may_edit
STATUSES = [("current", "current"), ("grace", "in grace"), ("lapsed", "lapsed"), ("pending", "pending"), ("cancelled", "cancelled")]  # fmt: skip
COLUMNS = [
    ui.Column("name", "Who", lambda row: person(row.name, row.constituent_id)),
    ui.Column("type", "Type", lambda row: rx.fragment(row.type, rx.cond(row.also > 0, ui.soft(" and " + row.also.to_string() + " of the household")))),
    ui.Column("status", "Standing", lambda row: standing(row.status, row.words)),
    ui.Column("acts", "Do", lambda row: _acts(row)),
]  # fmt: skip


@page("/memberships", title="Memberships", needs=Permission.PEOPLE_READ, on_load=S.load, menu=("Memberships", 36))
def memberships() -> rx.Component:
    return rx.fragment(
        ui.head(
            "Memberships",
            rx.cond(MAY, ui.button("Start a membership", kind="main", icon="plus", key="n", on_click=S.open_window("start"))),
            rx.cond(MAY, ui.button("New type", on_click=S.open_window("type"))),
            meta="Terms are added and never moved; why somebody counts or not is said beside the name.",
        ),
        ui.text(_due()),
        ui.margin(
            ui.count(N.people.to_string(), "members today, households counted by person"),
            ui.count(N.due.to_string(), "to renew within 60 days"),
            ui.count(N.grace.to_string(), "in grace"),
            open=True,
        ),
        ui.section("By type", _types()),
        ui.section(
            "Everybody",
            ui.filters(*[(words, S.show == key, S.look_at(key)) for key, words in STATUSES]),
            rx.cond(S.listed.length() > 0, ui.table(S.listed, COLUMNS, label="Memberships", stacked=True), ui.soft("Nobody.")),
        ),
        _one(), _start(), _type(),
    )  # fmt: skip


def _due() -> rx.Component:
    return ui.cell(
        rx.cond(
            S.due.length() > 0,
            ui.table(S.due, COLUMNS, label="Due for renewal", stacked=True),
            rx.el.p("Nobody is due within sixty days.", class_name="soft"),
        ),
        name="Due for renewal",
    )


def _acts(row: Any) -> rx.Component:
    name = row.name.to(str)
    look = ui.button("Open", small=True, on_click=S.open(row.id), aria_label="Open the membership of " + name)
    renew = ui.button("Renew", small=True, on_click=S.renew(row.id), aria_label="Renew the membership of " + name)
    may = MAY & ((row.status == "grace") | (row.status == "lapsed") | (row.status == "current")) & (row.until != "")
    return ui.row(rx.cond(may, renew), look, tight=True)


def _types() -> rx.Component:
    columns = [
        ui.Column("name", "Type", lambda row: rx.fragment(rx.el.b(row.name), rx.el.div(row.words, class_name="small soft"))),
        ui.Column("price", "Price", lambda row: row.price_words, right=True),
        ui.Column("current", "Current", lambda row: number_button(row.current, S.members_of(row.id), "Members of " + row.name.to(str)), right=True),
        ui.Column("grace", "Grace", lambda row: row.grace.to_string(), right=True),
        ui.Column("lapsed", "Lapsed", lambda row: row.lapsed.to_string(), right=True),
        ui.Column("acts", "Do", lambda row: rx.cond(MAY, ui.button("Retire", small=True, kind="quiet", on_click=S.retire_type(row.id), aria_label="Retire " + row.name.to(str)))),
    ]  # fmt: skip
    return rx.cond(
        S.types.length() > 0,
        ui.table(S.types, columns, label="Types of membership", stacked=True),
        ui.empty("No types yet", "Say what a membership costs and how long it runs, then start the first one.", small=True),
    )  # fmt: skip


def _one() -> rx.Component:
    inside = rx.cond(
        ONE,
        ui.stack(
            ui.row(person(ONE.membership.name, ONE.membership.constituent_id), ui.soft(ONE.membership.type)),
            standing(ONE.membership.status, ONE.membership.words),
            ui.section("Terms", rx.el.ul(rx.foreach(S.terms, _term), class_name="plain")),
            rx.cond(ONE.inherits, ui.section("Through it", _also())),
            rx.cond(ONE.may_edit & (S.next_days != ""), ui.section("Renew", _renew())),
            rx.cond(ONE.may_edit, ui.section("End", rx.cond(ONE.cancelled, ui.button("It was not meant to be cancelled", on_click=S.reinstate), _cancel()))),
            loose=True,
        ),
    )  # fmt: skip
    return ui.drawer("Membership", inside, open=S.at > 0, on_close=S.shut, name="membership")


def _term(term: Any) -> rx.Component:
    gift = rx.cond(term.gift_id, ui.link("gift", to="/giving/gifts/" + term.gift_id.to_string()), rx.fragment())
    link = _gift_choice(term)
    waits = ui.row(
        ui.badge("not paid", warn=True),
        rx.cond(ONE.may_edit, ui.button("Paid", small=True, on_click=S.pay(term.id), aria_label="Paid: " + term.span.to(str))),
        rx.cond(ONE.may_edit, ui.button("Take out", small=True, kind="quiet", on_click=S.drop_term(term.id), aria_label="Take out " + term.span.to(str))),
        tight=True,
    )  # fmt: skip
    return rx.el.li(
        ui.row(rx.el.span(term.span), ui.soft(term.type), rx.el.span(term.price, class_name="num"), gift),
        rx.cond(term.waits, waits),
        rx.cond(ONE.may_edit & ~term.gift_id & (S.gifts.length() > 0), link),
        style={"padding": "6px 0"},
    )


def _gift_choice(term: Any) -> rx.Component:
    options = rx.foreach(S.gifts, lambda one: rx.el.option(one.words, value=one.id.to_string()))
    return rx.el.select(
        rx.el.option("Paid by a gift …", value=""), options, class_name="input s", value="",
        aria_label="Gift that paid " + term.span.to(str), on_change=lambda value: S.link_gift(term.id, value),
    )  # fmt: skip


def _also() -> rx.Component:
    line = rx.foreach(
        S.also,
        lambda one: rx.el.li(
            ui.row(
                rx.el.span(person(one.name, one.constituent_id), ui.soft(" since " + one.since)),
                rx.cond(ONE.may_edit, ui.button("Take off", small=True, kind="quiet", on_click=S.drop_member(one.id), aria_label="Take off " + one.name.to(str))),
                apart=True,
            )
        ),
    )  # fmt: skip
    return rx.fragment(
        rx.el.p(ONE.room, class_name="small soft"),
        rx.el.ul(line, class_name="plain"),
        rx.cond(ONE.may_edit, ui.button("As the household is today", small=True, on_click=S.inherit)),
    )


def _renew() -> rx.Component:
    options = rx.foreach(S.gifts, lambda one: rx.el.option(one.words, value=one.id.to_string()))
    gift = rx.el.div(
        rx.el.label("Paid by", html_for="renew-gift"),
        rx.el.select(rx.el.option("No gift here", value=""), options, name="gift", id="renew-gift", class_name="input"),
        class_name="field",
    )
    return ui.form(
        rx.el.p("Today it would run ", rx.el.b(S.next_days), ".", class_name="soft"),
        ui.fields(
            ui.date("On", "on", value=S.today, errors=S.errors, id="renew-on"),
            ui.choice("As", "type", S.type_options, none="The same type", id="renew-type"),
            gift,
        ),
        ui.check("Paid", "paid", value=True, id="renew-paid"),
        on_submit=S.renew_with,
        foot=ui.button("Renew", kind="main", submit=True),
    )


def _cancel() -> rx.Component:
    return ui.form(
        ui.text_field("Why it ends today", "reason", errors=S.errors),
        on_submit=S.cancel,
        foot=ui.button("Cancel the membership", kind="danger", submit=True),
    )


def _start() -> rx.Component:
    return ui.dialog(
        "Start a membership",
        ui.form(
            who("Who", S.errors),
            ui.fields(
                ui.choice("Type", "type", S.type_options, none="Choose", errors=S.errors),
                ui.date("From", "on", value=S.today, errors=S.errors),
            ),
            ui.check("Paid", "paid", value=True, hint="Without, it waits and does not count yet."),
            ui.text_field("Note", "note"),
            on_submit=S.start,
            foot=[ui.button("Cancel", on_click=S.shut_window), ui.button("Start", kind="main", submit=True)],
        ),
        open=S.window == "start", on_close=S.shut_window, name="start-membership",
    )  # fmt: skip


def _type() -> rx.Component:
    runs = [("rolling", "From the day of joining"), ("fixed", "A year everybody shares"), ("lifetime", "For life")]
    return ui.dialog(
        "New type of membership",
        ui.form(
            ui.fields(
                ui.text_field("Name", "name", errors=S.errors, must=True),
                ui.money("Price", "price", unit=S.currency, errors=S.errors),
                ui.choice("Runs", "period", runs, value="rolling", errors=S.errors),
                ui.number("Months", "months", value="12", errors=S.errors, hint="When it runs from joining."),
                ui.text_field("Year begins", "begins", errors=S.errors, hint="Shared year: month-day, 09-01."),
                ui.text_field("Next year included from", "rollover", errors=S.errors, hint="Month-day, or empty."),
                ui.number("Days of grace", "grace_days", value="30", errors=S.errors),
                ui.number("Of the household, at most", "most_inherited", errors=S.errors, hint="Empty: everybody."),
            ),
            ui.check("The household is a member too", "inherits"),
            on_submit=S.save_type,
            foot=[ui.button("Cancel", on_click=S.shut_window), ui.button("Make the type", kind="main", submit=True)],
        ),
        open=S.window == "type", on_close=S.shut_window, name="membership-type",
    )  # fmt: skip
