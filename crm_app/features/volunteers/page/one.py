"""One shift: who is coming, who is here, who has left."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.volunteers.components import person, shift_fields, who
from crm_app.features.volunteers.state.one import ShiftState
from crm_app.ui import parts as ui
from crm_app.ui.page import page

S = ShiftState
ROW, PAGE = S.shift, S.page
OPEN = ~ROW.cancelled & ~ROW.closed


@page("/volunteers/shifts/[shift_id]", title="Shift", needs=Permission.EVENTS_READ, on_load=S.load)
def shift() -> rx.Component:
    return rx.cond(S.page, rx.fragment(_head(), _people(), _sign_up(), _change(), _call_off()), ui.skeleton(5))


def _head() -> rx.Component:
    return rx.fragment(
        ui.head(
            ROW.role,
            rx.cond(PAGE.may_edit & OPEN & (PAGE.here > 0), ui.button("Finish the shift", kind="main", on_click=S.finish)),
            rx.cond(PAGE.drafts > 0, rx.cond(PAGE.may_edit, ui.button("Hand in the hours", on_click=S.hand_in))),
            rx.cond(PAGE.may_export, rx.el.a("CSV", href="/volunteers/shifts/" + ROW.id.to_string() + "/list.csv", class_name="btn", download=True)),
            rx.cond(PAGE.may_edit & ~ROW.cancelled, _more()),
            meta=[
                ui.link("Volunteers", to="/volunteers"), rx.el.span(ROW.when), rx.el.span(ROW.place),
                rx.cond(ROW.event_id, ui.link(ROW.event, to="/events/" + ROW.event_id.to_string())),
            ],
        ),
        rx.cond(ROW.cancelled, ui.banner("This shift was called off.", warn=True)),
        rx.cond(ROW.note != "", rx.el.p(ROW.note, class_name="soft")),
    )  # fmt: skip


def _more() -> rx.Component:
    return ui.menu(
        "More",
        ui.item("Change the shift", on_click=S.open("change")),
        rx.cond(OPEN & ROW.over & (ROW.taken > 0), ui.item("Finish the shift", on_click=S.finish)),
        ui.item("Call it off", danger=True, on_click=S.open("call_off")),
    )


def _people() -> rx.Component:
    columns = [
        ui.Column("name", "Who", lambda row: rx.fragment(person(row.name, row.constituent_id), rx.cond(row.overlap_reason != "", rx.el.div("On another shift too: ", row.overlap_reason, class_name="small soft")))),
        ui.Column("reach", "Reach", lambda row: rx.fragment(row.phone, rx.el.div(row.email, class_name="small soft"))),
        ui.Column("status", "State", _state),
        ui.Column("acts", "At the shift", _acts),
    ]  # fmt: skip
    return rx.fragment(
        ui.text(
            rx.cond(
                S.coming.length() > 0,
                ui.table(S.coming, columns, label="Who is on the shift", stacked=True),
                ui.empty("Nobody yet", "Sign somebody up below.", small=True),
            )
        ),
        ui.margin(
            ui.count(ROW.taken.to_string(), rx.cond(ROW.maximum, "of " + ROW.maximum.to_string() + " places", "signed up")),
            rx.cond(ROW.missing > 0, rx.el.div(ui.badge(ROW.words, warn=True)), ui.soft(ROW.words)),
            rx.cond(PAGE.here > 0, ui.count(PAGE.here.to_string(), "here now")),
            rx.cond(ROW.skills != "", rx.el.div("Brings: ", ROW.skills, class_name="small soft")),
            open=True,
        ),
    )  # fmt: skip


def _state(row: rx.Var) -> rx.Component:
    times = rx.cond(row.arrived != "", rx.el.div(row.arrived, rx.cond(row.left != "", "–" + row.left, " …"), rx.cond(row.hours != "", " · " + row.hours, ""), class_name="small soft"))  # fmt: skip
    look = rx.match(
        row.status,
        ("arrived", ui.badge(row.status_words, good=True)),
        ("no_show", ui.badge(row.status_words, warn=True)),
        ui.soft(row.status_words),
    )
    return rx.fragment(look, times)


def _acts(row: rx.Var) -> rx.Component:
    name = row.name.to(str)
    back = ui.button("Undo", small=True, kind="quiet", on_click=S.back(row.id), aria_label="Take back for " + name)
    comes = ui.button("Here", small=True, on_click=S.arrive(row.id), aria_label=name + " is here")
    acts = rx.match(
        row.status,
        ("signed_up", ui.row(
            comes,
            rx.cond(ROW.over, ui.button("Missed", small=True, kind="quiet", on_click=S.missed(row.id), aria_label=name + " did not come")),
            rx.cond(PAGE.may_edit, ui.button("Cancel", small=True, kind="quiet", on_click=S.cancel(row.id), aria_label="Cancel for " + name)),
            tight=True,
        )),
        ("arrived", ui.row(ui.button("Goes home", small=True, on_click=S.go(row.id), aria_label=name + " goes home"), back, tight=True)),
        ("no_show", ui.row(comes, back, tight=True)),
        ("completed", back),
        rx.fragment(),
    )  # fmt: skip
    return rx.cond(PAGE.may_check_in & ~ROW.cancelled, acts)


def _sign_up() -> rx.Component:
    suggested = rx.el.div(
        rx.el.p("Did this before and free then:", class_name="small soft"),
        ui.chips(rx.foreach(S.suggestions, lambda one: rx.el.button(one.name, " ", rx.el.small(one.words), type="button", class_name="chip", on_click=S.put_on(one.constituent_id, one.name)))),
    )  # fmt: skip
    body = rx.fragment(
        ui.form(
            who("Who"),
            rx.cond(
                S.clash != "",
                rx.fragment(ui.banner(S.clash, warn=True), ui.text_field("Both all the same, because", "reason")),
            ),
            on_submit=S.sign_up,
            foot=ui.button("Sign up", kind="main", submit=True),
        ),
        rx.cond(S.suggestions.length() > 0, suggested),
    )
    return rx.cond(PAGE.may_edit & OPEN & ~ROW.full, ui.section("Sign somebody up", body))


def _change() -> rx.Component:
    return ui.dialog(
        "Change the shift",
        ui.form(
            *shift_fields(S.role_options, S.errors, ROW),
            on_submit=S.change,
            foot=[ui.button("Cancel", on_click=S.shut), ui.button("Save", kind="main", submit=True)],
        ),
        open=S.window == "change",
        on_close=S.shut,
        name="change-shift",
    )


def _call_off() -> rx.Component:
    return ui.dialog(
        "Call this shift off?",
        ui.form(
            ui.text_field("Why", "reason", errors=S.errors, must=True),
            rx.cond(ROW.repeats, ui.check("And all later ones planned together", "following")),
            on_submit=S.call_off,
            foot=[ui.button("Keep it", on_click=S.shut), ui.button("Call it off", kind="main", submit=True)],
        ),
        open=S.window == "call_off",
        on_close=S.shut,
        name="call-off",
    )
