"""Giving at a glance: this year against last, and the numbers that open their people."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.giving.components import places, two_lines
from crm_app.features.giving.state.overview import DonorsState, OverviewState, waiting
from crm_app.ui import parts as ui
from crm_app.ui.page import page
from crm_app.ui.shell import count_in_menu

READ = Permission.GIVING_READ
S = OverviewState
count_in_menu("/giving", waiting, needs=READ, topic="giving")


@page("/giving", title="Giving", needs=READ, on_load=S.load, menu=("Giving", 40))
def overview() -> rx.Component:
    return rx.fragment(
        ui.head("Giving", ui.link_button("Enter gifts", "/giving/batches", kind="main", icon="plus"), aside=S.shown["now_words"]),
        places("overview"),
        rx.cond(S.loaded, rx.cond(S.any_gift, _content(), _nothing()), ui.skeleton(8)),
    )  # fmt: skip


def _nothing() -> rx.Component:
    return ui.empty(
        "No gifts yet",
        "Gifts show here as soon as they are entered or brought in from a file.",
        ui.link_button("Open a batch", "/giving/batches", kind="main"),
    )


def _content() -> rx.Component:
    return rx.fragment(
        ui.toolbar(
            ui.segmented("Period", [("to_date", "Year to date"), ("last_year", "Last year"), ("rolling", "12 months")], value=S.which, on_choose=S.choose_period),
            ui.segmented("Donors are", [("household", "Households"), ("person", "People")], value=S.unit, on_choose=S.choose_unit),
            ui.segmented("Counted", [("cash", "Received"), ("commitment", "With pledges")], value=S.basis, on_choose=S.choose_basis),
        ),
        ui.cell(
            two_lines(S.shown["line"], S.shown["line_before"], S.shown["chart_words"]),
            rx.el.p("The line is ", S.shown["now_words"], "; the dashed one the year before, which came to ", S.shown["year_before"], ".", class_name="small soft"),
            name="Raised", kind=rx.cond(S.basis == "cash", "received, less what went back", "gifts and pledges, without the pledges’ payments"),
        ),
        ui.margin(
            ui.count(S.shown["raised"], S.shown["now_words"], to=S.shown["gifts"]),
            rx.el.div(rx.el.span(S.shown["change"], class_name=rx.cond(S.shown["up"], "up", "down")), " against ", S.shown["before"], " in ", S.shown["before_words"], class_name="delta"),
            ui.named("Waiting", level=3),
            rx.el.div(ui.link(S.shown["unthanked"], " to thank", to="/giving/thanks"), class_name="delta"),
            rx.el.div(ui.link(S.shown["pledged"], " pledged and open", to="/giving/pledges"), class_name="delta"),
            rx.cond(S.shown["overdue"] != "", rx.el.div(ui.link(S.shown["overdue"], " of it overdue", to="/giving/pledges?show=overdue"), class_name="delta down")),
            rx.el.div(ui.link(S.shown["monthly"], " a month from ", S.shown["sustainers"], " recurring", to="/giving/recurring"), class_name="delta"),
        ),
        rx.cond(S.goals.length() > 0, ui.section("Campaigns", rx.foreach(S.goals, _goal))),
        ui.section("Numbers", rx.el.p("Each number opens the people who add up to it.", class_name="small soft"), _numbers()),
        ui.section("Gain and loss", _moves()),
        ui.section("Who gave how much", ui.bars(S.bands, "Donors and sums by how much they gave in the period")),
    )  # fmt: skip


def _goal(goal: Any) -> rx.Component:
    return rx.el.div(
        ui.row(ui.link(goal["name"], to=goal["to"], class_name="person"), ui.soft(goal["words"]), apart=True),
        ui.progress(goal["share"], label=goal["name"].to(str) + " against its goal"),
        style={"marginBottom": "12px"},
    )


def _numbers() -> rx.Component:
    return ui.table(
        S.numbers,
        [
            ui.Column("title", "Number", lambda row: rx.fragment(rx.el.div(row["title"], class_name="strong"), rx.el.div(row["words"], class_name="small soft"))),
            ui.Column("now", "Now", lambda row: rx.cond(row["to"] != "", ui.link(row["now"], to=row["to"], aria_label=row["title"].to(str) + ": " + row["now"].to(str)), row["now"]), right=True),
            ui.Column("before", "Before", lambda row: ui.soft(row["before"]), right=True),
            ui.Column("formula", "How it is counted", lambda row: rx.el.span(row["formula"], class_name="small soft"), phone=False),
        ],
        label="Measures of giving, now and in the period before",
    )  # fmt: skip


def _moves() -> rx.Component:
    return ui.table(
        S.moves,
        [
            ui.Column("words", "Donors who", lambda row: row["words"]),
            ui.Column("donors", "How many", lambda row: ui.link(row["donors"], to=row["to"], aria_label=row["donors"].to(str) + " " + row["words"].to(str)), right=True),
            ui.Column("gain", "Money", lambda row: rx.el.span(row["gain"], class_name=rx.cond(row["loss"], "down", "up")), right=True),
        ],
        label="Gain and loss between the two periods",
        total=rx.el.tr(rx.el.td("Together"), rx.el.td(""), rx.el.td(S.shown["change"], class_name="r"), class_name="total"),
    )  # fmt: skip


@page("/giving/donors", title="Donors behind a number", needs=READ, on_load=DonorsState.load)
def donors() -> rx.Component:
    state = DonorsState
    return ui.fill(
        ui.head(state.title, ui.link_button("Back to giving", "/giving", icon="left"), aside=state.total.to_string() + " donors"),
        ui.long_table(
            state.rows,
            [
                ui.Column("name", "Name", lambda row: ui.link(row["name"], to="/people/" + row["id"].to_string(), data_open_row=""), "minmax(160px, 2fr)", lead=True),
                ui.Column("standing", "What became of them", lambda row: row["standing"], phone=False),
                ui.Column("before", "Before", lambda row: row["before"], "120px", right=True),
                ui.Column("now", "Now", lambda row: row["now"], "120px", right=True),
                ui.Column("last", "Last gift", lambda row: row["last"], "120px", right=True, phone=False),
            ],
            label="Donors", total=state.total, first=state.first, on_window=state.show_from, query=state.query,
            foot=[rx.el.span(state.sums), rx.el.span(state.now_words, " against ", state.before_words)],
            empty=ui.empty("Nobody", "No donor makes up this number in these periods."),
        ),
    )  # fmt: skip
