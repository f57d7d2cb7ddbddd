"""`/events/[event_id]/door`: on a phone, three letters and one tap."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.events.components import may
from crm_app.features.events.state import DoorState
from crm_app.ui import parts as ui
from crm_app.ui.page import page

DOOR, OVERBOOK = Permission.DOOR, Permission.EVENTS_OVERBOOK
counts = DoorState.counts


@page("/events/[event_id]/door", title="Door", needs=DOOR, on_load=DoorState.load)
def door() -> rx.Component:
    """Taps are sent by parts/door.js to a plain endpoint; this page shows what the database says."""
    return rx.el.div(
        _head(),
        ui.facts(
            ui.fact(counts.inside.to_string(), "inside"),
            ui.fact(counts.to_come.to_string(), "to come"),
            rx.cond(counts.waiting > 0, ui.fact(counts.waiting.to_string(), "waiting")),
        ),
        ui.search(
            "Find a guest",
            value=DoorState.text,
            on_change=DoorState.find,
            placeholder="Name, phone or code",
            wait=80,
            big=True,
            input_mode="search",
            data_door_search="",
        ),
        rx.el.p(role="status", aria_live="polite", class_name="door-says", data_door_says=""),
        rx.el.p(role="alert", class_name="banner w door-offline", hidden=True, data_door_offline=""),
        rx.cond(DoorState.event.door_note != "", rx.el.p(DoorState.event.door_note, class_name="soft small")),
        rx.cond(
            DoorState.rows.length() > 0,
            rx.el.ul(rx.foreach(DoorState.rows, _guest), aria_label="Guests"),
            rx.cond(
                DoorState.text != "",
                rx.el.p("Nobody of this name is on the list.", class_name="soft door-none"),
                rx.el.p("Type three letters of a name, the last digits of a phone, or a code.", class_name="soft door-none"),
            ),
        ),
        rx.el.div(
            rx.el.button(
                rx.cond(DoorState.text != "", "Walk-in “" + DoorState.text + "”", "Walk-in"),
                type="button",
                class_name="btn p big grow",
                on_click=DoorState.open_walk_in,
            ),
            rx.el.button("Undo", type="button", class_name="btn big", disabled=True, data_door_undo=""),
            class_name="row still door-foot",
        ),
        _walk_in(),
        _naming(),
        class_name="door",
        custom_attrs={"data-door": DoorState.at.to_string(), "data-checkpoint": DoorState.door.to_string()},
    )  # fmt: skip


def _head() -> rx.Component:
    doors = rx.cond(
        DoorState.event.doors.length() > 1,
        rx.el.select(
            rx.foreach(DoorState.event.doors, lambda one: rx.el.option(one.name, value=one.id.to_string())),
            value=DoorState.door.to_string(),
            on_change=DoorState.choose_door,
            class_name="input s",
            aria_label="Which door is this?",
        ),
        rx.el.span(DoorState.door_name, class_name="soft"),
    )
    return rx.el.div(
        rx.el.h1(DoorState.event.name),
        rx.el.span(
            rx.el.span(class_name="dot", data_door_dot="", aria_hidden="true"), doors, class_name="row tight still"
        ),
        class_name="row apart still door-head",
    )


def _guest(row: Any) -> rx.Component:
    here = row.state == "in"
    press = rx.el.button(
        rx.el.span(row.says),
        type="button",
        class_name=rx.cond(here, "in y", "in"),
        disabled=row.state == "no",
        aria_label=row.says + ", " + row.name,
        custom_attrs={"data-tap": row.seat_id.to_string(), "data-state": row.state, "data-name": row.name},
    )
    party = rx.cond(
        (row.party > 1) & (row.party_in < row.party) & row.detail.contains("party of"),
        rx.el.button(
            "All " + row.party.to_string(),
            type="button",
            class_name="btn s door-party",
            aria_label="Check in all of the party of " + row.name,
            custom_attrs={"data-tap-party": row.registration_id.to_string(), "data-name": row.name},
        ),
    )
    named = rx.cond(
        row.detail.contains("add the name"),
        ui.text_button("add the name", on_click=DoorState.open_name(row.seat_id)),
    )
    return rx.el.li(
        rx.el.span(
            rx.el.b(row.name),
            rx.el.small(
                row.detail.replace(" · add the name", "").replace("add the name", ""),
                rx.cond(row.flags != "", rx.fragment(rx.cond(row.detail != "", " · ", ""), rx.el.span(row.flags, class_name="no"))),
                " ",
                named,
            ),
            class_name="grow",
        ),
        party,
        press,
        class_name="tap",
        key=row.seat_id.to_string(),
    )  # fmt: skip


def _walk_in() -> rx.Component:
    errors = DoorState.errors
    tickets = rx.foreach(
        DoorState.event.tickets, lambda one: rx.el.option(one.name + ", " + one.price, value=one.id.to_string())
    )
    return ui.dialog(
        "Walk-in",
        ui.form(
            ui.text_field("Name", "name", value=DoorState.text, errors=errors, must=True, id="walk-name", auto_complete="off"),
            ui.fields(
                ui.number("People", "seats", value="1", id="walk-seats"),
                rx.cond(
                    DoorState.event.tickets.length() > 1,
                    rx.el.div(rx.el.label("Ticket", html_for="walk-ticket"), rx.el.select(tickets, id="walk-ticket", name="ticket", class_name="input"), class_name="field"),
                ),
                ui.text_field("Phone", "phone", id="walk-phone", input_mode="tel", auto_complete="off"),
                ui.email("E-mail", "email", id="walk-email"),
            ),
            may(OVERBOOK, ui.text_field("If it is full: why let them in?", "over_reason", id="walk-over")),
            on_submit=DoorState.walk_in,
            foot=[ui.button("Let in", kind="main", big=True, submit=True), ui.button("Cancel", big=True, on_click=DoorState.close_window)],
        ),
        open=DoorState.window == "walk_in",
        on_close=DoorState.close_window,
    )  # fmt: skip


def _naming() -> rx.Component:
    return ui.dialog(
        "Who is it?",
        ui.form(
            ui.text_field("Name", "name", must=True, id="guest-name", errors=DoorState.errors, auto_complete="off"),
            on_submit=DoorState.save_name,
            foot=[ui.button("Save", kind="main", big=True, submit=True)],
        ),
        open=DoorState.window == "name",
        on_close=DoorState.close_window,
    )
