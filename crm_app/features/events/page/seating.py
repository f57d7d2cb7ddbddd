"""`/events/[event_id]/tables`: who sits where. Drag people, or press one and then a table."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.events.components import event_head, may
from crm_app.features.events.state import SeatingState
from crm_app.ui import parts as ui
from crm_app.ui.page import page

READ, EDIT = Permission.EVENTS_READ, Permission.EVENTS_EDIT


class Person(rx.el.Button):
    """Somebody who can be dragged, or pressed."""

    draggable: rx.Var[bool]
    on_drag_start: rx.EventHandler[rx.event.no_args_event_spec]


class Place(rx.el.Section):
    """Where somebody can be dropped."""

    on_drag_over: rx.EventHandler[rx.event.no_args_event_spec]
    on_drop: rx.EventHandler[rx.event.no_args_event_spec]


@page("/events/[event_id]/tables", title="Tables", needs=READ, on_load=SeatingState.load, wide=True)
def seating() -> rx.Component:
    return rx.fragment(
        event_head(
            "tables",
            may(EDIT, ui.button("Seat everybody", on_click=SeatingState.fill_tables)),
            may(EDIT, ui.button("Add a table", icon="plus", on_click=SeatingState.add_table)),
        ),
        rx.el.p(
            rx.cond(
                SeatingState.picked > 0,
                rx.fragment(
                    rx.el.b(SeatingState.picked_name), " goes to … Press a table, or the name again to let go."
                ),
                "Drag people to a table; or press a name, then a table.",
            ),
            class_name="soft",
            role="status",
        ),
        rx.el.div(rx.foreach(SeatingState.tables, _table), class_name="tables"),
    )


def _table(table: Any) -> rx.Component:
    full = (table.id > 0) & (table.taken >= table.seats)
    words = rx.cond(table.id > 0, table.taken.to_string() + " of " + table.seats.to_string(), table.taken.to_string())
    sit = rx.cond(
        (SeatingState.picked > 0) & ~full,
        ui.button("Here", small=True, on_click=SeatingState.put(table.id), aria_label="Sit at " + table.name),
    )
    return Place.create(
        rx.el.div(
            rx.el.h2(table.name),
            rx.el.span(words, class_name=rx.cond(full, "strong", "soft")),
            rx.el.span(
                sit,
                rx.cond(
                    (table.id > 0) & (table.taken == 0),
                    may(EDIT, ui.icon_button("trash", "Remove " + table.name, small=True, on_click=SeatingState.drop_table(table.id))),
                ),
                class_name="acts",
            ),
            class_name="name",
        ),
        rx.el.ul(rx.foreach(table.people, _person), aria_label=table.name),
        class_name=rx.cond(table.id > 0, "table-card", "table-card none"),
        on_drag_over=rx.prevent_default,
        on_drop=SeatingState.put(table.id).prevent_default,
    )  # fmt: skip


def _person(line: Any) -> rx.Component:
    return rx.el.li(
        Person.create(
            line.name,
            rx.cond(line.needs != "", rx.el.small(line.needs, class_name="no")),
            type="button",
            draggable=True,
            class_name="table-person",
            aria_pressed=rx.cond(SeatingState.picked == line.id, "true", "false"),
            on_click=SeatingState.pick(line.id, line.name),
            on_drag_start=SeatingState.lift(line.id, line.name),
        )
    )
