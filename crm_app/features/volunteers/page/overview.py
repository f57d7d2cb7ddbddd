"""Volunteers: what is short, what comes, which hours wait."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.volunteers.components import person, places, shift_fields, who
from crm_app.features.volunteers.state.overview import VolunteersState
from crm_app.ui import parts as ui
from crm_app.ui.page import page

S = VolunteersState
MAY = S.numbers.may_edit
COLUMNS = [
    ui.Column("when", "When", lambda row: ui.link(row.when, to="/volunteers/shifts/" + row.id.to_string())),
    ui.Column("role", "What", lambda row: rx.fragment(row.role, rx.cond(row.skills != "", rx.el.div(row.skills, class_name="small soft")))),
    ui.Column("place", "Where", lambda row: rx.fragment(row.place, rx.cond(row.event != "", rx.el.div(row.event, class_name="small soft")))),
    ui.Column("people", "People", places),
]  # fmt: skip


@page("/volunteers", title="Volunteers", needs=Permission.EVENTS_READ, on_load=S.load, menu=("Volunteers", 34))
def volunteers() -> rx.Component:
    return rx.fragment(
        ui.head(
            "Volunteers",
            rx.cond(MAY, ui.button("Plan shifts", kind="main", icon="plus", key="n", on_click=S.open("plan"))),
            rx.cond(MAY, ui.button("Roles", on_click=S.open("roles"))),
            meta="Shifts of the next four weeks, and the hours people gave.",
        ),
        ui.text(_short()),
        ui.margin(
            ui.count(S.numbers.missing.to_string(), "more people needed"),
            ui.count(S.numbers.hours, "approved in " + S.numbers.year.to_string()),
            ui.count(S.numbers.people.to_string(), "people gave them"),
            open=True,
        ),
        rx.cond(S.unfinished.length() > 0, ui.section("Over, not finished", ui.table(S.unfinished, COLUMNS, label="Shifts to finish", stacked=True))),
        ui.section("To come", rx.cond(S.coming.length() > 0, ui.table(S.coming, COLUMNS, label="Shifts to come", stacked=True), _none())),
        ui.section("Hours to approve", _hours(), acts=rx.cond((S.waiting.length() > 1) & MAY, ui.button("Approve all", small=True, on_click=S.approve_all))),
        rx.cond(MAY, ui.section("Add hours", _add())),
        rx.cond(S.most.length() > 0, ui.section("Gave the most", _most())),
        _plan(), _roles(), _decline(),
    )  # fmt: skip


def _short() -> rx.Component:
    enough = rx.el.p("Every shift of the next four weeks has the people it needs.", class_name="soft")
    return ui.cell(
        rx.cond(S.short.length() > 0, ui.table(S.short, COLUMNS, label="Shifts that need people", stacked=True), enough),
        name="Need people",
    )  # fmt: skip


def _none() -> rx.Component:
    return ui.empty("No shifts planned", "Plan one, or the same one for every week; then sign people up.", small=True)


def _hours() -> rx.Component:
    columns = [
        ui.Column("name", "Who", lambda row: person(row.name, row.constituent_id)),
        ui.Column("day", "Day", lambda row: row.day),
        ui.Column("hours", "Hours", lambda row: row.hours, right=True),
        ui.Column("role", "What", lambda row: rx.fragment(row.role, rx.cond(row.note != "", rx.el.div(row.note, class_name="small soft")))),
        ui.Column("acts", "Decide", _decide),
    ]  # fmt: skip
    drafts = ui.banner(
        S.drafts.length().to_string(), " entries from shifts are not handed in yet.", warn=False,
        acts=[rx.cond(MAY, ui.button("Hand them in", small=True, on_click=S.hand_in))],
    )  # fmt: skip
    return rx.fragment(
        rx.cond(S.drafts.length() > 0, drafts),
        rx.cond(S.waiting.length() > 0, ui.table(S.waiting, columns, label="Hours to approve", stacked=True), ui.soft("Nothing waits.")),
    )  # fmt: skip


def _decide(row: rx.Var) -> rx.Component:
    name = row.name.to(str)
    acts = ui.row(
        ui.button("Approve", small=True, on_click=S.approve(row.id), aria_label="Approve hours of " + name),
        ui.button("Decline", small=True, on_click=S.ask_why(row.id), aria_label="Decline hours of " + name),
        tight=True,
    )
    return rx.cond(MAY, acts, ui.soft("waits"))


def _add() -> rx.Component:
    return ui.form(
        who("Who", S.errors),
        ui.fields(
            ui.date("Day", "worked_on", value=S.today, errors=S.errors),
            ui.text_field("Hours", "hours", errors=S.errors, hint="2, 2.5, 2:30 or 45 min", key="hours-" + S.numbers.to_approve.to_string()),
            ui.choice("What", "role", S.role_options, none="Anything"),
            ui.number("People", "people", value="1", errors=S.errors, hint="A group under one name."),
        ),
        ui.text_field("Note", "note"),
        on_submit=S.add_hours,
        foot=ui.button("Add hours", submit=True),
    )  # fmt: skip


def _most() -> rx.Component:
    columns = [
        ui.Column("name", "Who", lambda row: person(row.name, row.constituent_id)),
        ui.Column("hours", "Hours this year", lambda row: row.hours, right=True),
    ]
    return ui.table(S.most, columns, label="Most hours this year")


def _plan() -> rx.Component:
    return ui.dialog(
        "Plan shifts",
        rx.cond(S.roles.length() == 0, ui.banner("Make a role first: what people will do.", acts=[ui.text_button("Make a role", on_click=S.open("roles"))])),
        ui.form(
            *shift_fields(S.role_options, S.errors, today=S.today),
            ui.fields(
                ui.choice("Event", "event", S.events, none="None"),
                ui.number("How many times", "weeks", value="1", errors=S.errors, hint="Once, or 10 for ten times."),
                ui.number("Every so many weeks", "every", value="1", errors=S.errors),
            ),
            on_submit=S.plan,
            foot=[ui.button("Cancel", on_click=S.shut), ui.button("Plan", kind="main", submit=True)],
        ),
        open=S.window == "plan", on_close=S.shut, name="plan-shifts",
    )  # fmt: skip


def _roles() -> rx.Component:
    line = lambda row: rx.el.li(  # noqa: E731 - a line of a list, used once
        ui.row(rx.el.span(row.name, rx.cond(row.skills != "", rx.el.span(" · ", row.skills, class_name="soft"))),
               ui.button("Retire", small=True, kind="quiet", on_click=S.retire_role(row.id), aria_label="Retire " + row.name.to(str)), apart=True),
    )  # fmt: skip
    return ui.dialog(
        "Roles",
        rx.el.ul(rx.foreach(S.roles, line)),
        ui.form(
            ui.text_field("New role", "name", errors=S.errors, placeholder="Driver"),
            ui.text_field("Skills", "skills", hint="With commas: driving, first aid."),
            on_submit=S.save_role,
            foot=[ui.button("Close", on_click=S.shut), ui.button("Add the role", kind="main", submit=True)],
        ),
        open=S.window == "roles", on_close=S.shut, name="roles",
    )  # fmt: skip


def _decline() -> rx.Component:
    return ui.dialog(
        "Decline these hours?",
        ui.form(
            ui.text_field("Why", "reason", errors=S.errors, must=True),
            on_submit=S.decline,
            foot=[ui.button("Cancel", on_click=S.shut), ui.button("Decline", kind="main", submit=True)],
        ),
        open=S.declining > 0, on_close=S.shut, name="decline-hours",
    )  # fmt: skip
