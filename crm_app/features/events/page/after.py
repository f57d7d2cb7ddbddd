"""`/events/[event_id]/after`: did it work?"""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.events.components import bars, event_head, may
from crm_app.features.events.state import AfterState
from crm_app.ui import parts as ui
from crm_app.ui.page import page

READ, EDIT = Permission.EVENTS_READ, Permission.EVENTS_EDIT
said, base = AfterState.said, AfterState.base


@page("/events/[event_id]/after", title="After the event", needs=READ, on_load=AfterState.load)
def after() -> rx.Component:
    return rx.fragment(
        event_head("after", *_acts()),
        rx.cond(
            AfterState.has_come,
            rx.fragment(_people(), _people_margin(), _money(), _money_margin(), _who(), _who_margin()),
            ui.text(ui.empty("Nothing to say yet", "Once people are checked in, this page says whether it worked.", ui.link_button("To the door", base + "/door"))),
        ),
        ui.confirm(
            "Close the event out?",
            _preview(),
            open=AfterState.is_closing,
            on_yes=AfterState.close_out,
            on_close=AfterState.cancel,
            yes="Mark them",
        ),
    )  # fmt: skip


def _acts() -> list[rx.Component]:
    close = ui.button("Close out", kind="main", on_click=AfterState.preview)
    back = ui.button("Take the close-out back", on_click=AfterState.reopen)
    return [
        rx.cond(AfterState.has_come, may(EDIT, rx.cond(said.closed_out != "", back, close))),
        ui.button("Print", icon="print", on_click=rx.call_script("window.print()")),
    ]


def _preview() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            AfterState.missing_count.to_string(),
            " who were expected and not checked in are marked as not having come. You can take this back.",
            class_name="soft",
        ),
        ui.chips(rx.foreach(AfterState.missing, lambda name: ui.chip(name))),
    )


def _number(value: Any) -> Any:
    return value.to_string()


def _cell(*inside: Any, name: str) -> rx.Component:
    return ui.cell(ui.stack(*inside), name=name)


def _people() -> rx.Component:
    return _cell(
        rx.el.p(
            ui.link(_number(said.arrived), to=base + "/roster", class_name="tok"),
            " of ",
            _number(said.seats),
            " came",
            rx.cond(said.walk_ins > 0, rx.fragment(", ", _number(said.walk_ins), " of them walked in")),
            "; ",
            rx.cond(
                said.unknown > 0,
                rx.fragment(_number(said.unknown), " are neither in nor marked."),
                rx.fragment(_number(said.no_show), " did not come."),
            ),
            class_name="sentence",
        ),
        rx.cond(said.closed_out != "", rx.el.p("Closed out ", said.closed_out, class_name="soft small")),
        rx.cond(
            said.arrivals.length() > 0,
            rx.fragment(ui.named("When they came", level=3), bars(said.arrivals, "Arrivals by quarter of an hour")),
        ),
        name="Attendance",
    )


def _people_margin() -> rx.Component:
    return ui.margin(
        ui.stack(
            ui.count(said.show_rate, "of those expected came"),
            rx.cond(said.cancelled > 0, ui.count(_number(said.cancelled), "cancelled before")),
            rx.cond(said.promoted > 0, ui.count(_number(said.promoted), "moved up from the waitlist")),
        )
    )


def _money() -> rx.Component:
    return _cell(
        rx.el.p(
            said.income, " came in against ", said.costs, " of costs: ", rx.el.b(said.net), rx.cond(said.in_the_red, " is missing.", " is left."), class_name="sentence"
        ),
        rx.el.p(said.receiptable, " of it is more than guests got for their tickets, and may be receipted.", class_name="soft"),
        name="Money",
    )  # fmt: skip


def _money_margin() -> rx.Component:
    return ui.margin(
        ui.stack(
            ui.count(said.net, rx.cond(said.in_the_red, "missing", "left")),
            ui.count(said.due, "still due", to=base + "/roster"),
        )
    )


def _who() -> rx.Component:
    def block(title: str, lines: Any) -> rx.Component:
        return rx.cond(lines.length() > 0, rx.el.div(ui.named(title, level=3), bars(lines, title)))

    return _cell(
        rx.el.p(
            _number(said.first_timers),
            " came for the first time",
            rx.cond(said.came_back > 0, rx.fragment("; ", _number(said.came_back), " of them came to a later event")),
            ". ",
            _number(said.new_constituents),
            " are new to us.",
            class_name="sentence",
        ),
        ui.columns(block("How they came on the list", said.sources), block("What they eat", said.diets), block("What they need", said.needs)),
        may(Permission.PEOPLE_EDIT, ui.row(ui.button("Add the guests we do not know to our people", small=True, on_click=AfterState.make_people))),
        name="People",
    )  # fmt: skip


def _who_margin() -> rx.Component:
    return ui.margin(ui.count(_number(said.first_timers), "first-timers"))
