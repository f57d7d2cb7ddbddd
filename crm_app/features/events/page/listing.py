"""`/events`: what is coming, what was."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.events.components import may, status_badge
from crm_app.features.events.page.form import event_form
from crm_app.features.events.schemas import EventDraft
from crm_app.features.events.service import coming
from crm_app.features.events.state import EventsState, NewEventState
from crm_app.ui import parts as ui
from crm_app.ui.page import page
from crm_app.ui.shell import count_in_menu

READ, EDIT = Permission.EVENTS_READ, Permission.EVENTS_EDIT
count_in_menu("/events", coming, needs=READ, topic="events")


@page("/events", title="Events", needs=READ, on_load=EventsState.load, menu=("Events", 30))
def events() -> rx.Component:
    new = may(EDIT, ui.link_button("Plan an event", "/events/new", kind="main", key="n"))
    return rx.fragment(
        ui.head("Events", new),
        ui.toolbar(
            ui.search("Search events", value=EventsState.text, on_change=EventsState.find),
            ui.filters(
                *[
                    (words, EventsState.show == show, EventsState.choose(show))
                    for show, words in (("coming", "coming"), ("past", "past"), ("draft", "drafts"), ("all", "all"))
                ]
            ),
        ),
        rx.cond(
            EventsState.rows.length() > 0,
            rx.el.ul(rx.foreach(EventsState.rows, _event), class_name="event-list", aria_label="Events"),
            rx.cond(EventsState.loaded, _nothing(), ui.skeleton(5)),
        ),
    )


def _nothing() -> rx.Component:
    return ui.empty(
        "No events here",
        "Plan a supper, a march or a class; the roster, the door and the page people register on come with it.",
        may(EDIT, ui.link_button("Plan an event", "/events/new", kind="main")),
    )


def _event(row: rx.Var) -> rx.Component:
    to = rx.Var.create("/events/") + row.id.to_string()
    return rx.el.li(
        rx.el.div(row.day, class_name="event-day"),
        rx.el.div(
            ui.link(row.name, to=to, class_name="event-name"),
            rx.el.div(row.when, rx.cond(row.venue != "", " · " + row.venue, ""), class_name="soft small"),
            class_name="grow",
        ),
        rx.el.div(
            rx.cond(row.status != "published", status_badge(row.status)),
            rx.cond(
                row.waiting > 0, ui.link(row.waiting.to_string() + " wait", to=to + "/roster", class_name="small no")
            ),
            class_name="row tight",
        ),
        rx.el.div(
            ui.link(row.taken, to=to + "/roster", class_name="num"),
            rx.el.span(rx.cond(row.past, row.arrived.to_string() + " came", "seats"), class_name="soft small"),
            rx.cond(
                row.capacity,
                rx.el.div(
                    rx.el.i(custom_attrs={"style": rx.Var.create({"width": row.fill.to(str) + "%"})}),
                    class_name="progress",
                    aria_hidden="true",
                ),
            ),
            class_name="event-seats",
        ),
        class_name="event-line",
    )


@page("/events/new", title="A new event", needs=EDIT, on_load=NewEventState.load)
def new_event() -> rx.Component:
    blank = EventDraft(name="", starts="", ends="")
    return rx.fragment(
        ui.head("A new event", meta=["It stays a draft until you publish it."]),
        ui.text(
            event_form(
                blank,
                capacity="",
                zone=NewEventState.zone,
                errors=NewEventState.errors,
                on_submit=NewEventState.save,
                foot=[ui.button("Plan it", kind="main", submit=True), ui.link_button("Cancel", "/events")],
            )
        ),
    )
