"""`/events/[event_id]`: what is planned and how full it is."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.events.components import event_head, may
from crm_app.features.events.page.form import event_form
from crm_app.features.events.state import EventState, PlanState
from crm_app.ui import parts as ui
from crm_app.ui.page import page

READ, EDIT, DOOR = Permission.EVENTS_READ, Permission.EVENTS_EDIT, Permission.DOOR
event, counts = EventState.event, EventState.counts


@page("/events/[event_id]", title="Event", needs=READ, on_load=EventState.load)
def overview() -> rx.Component:
    return rx.fragment(
        event_head("overview", *_acts()),
        _how_full(),
        _numbers(),
        _tickets(),
        _tickets_margin(),
        _questions(),
        _doors(),
        _budget(),
        _budget_margin(),
        _windows(),
    )


def _acts() -> list[rx.Component]:
    return [
        rx.match(
            event.status,
            ("draft", may(EDIT, ui.button("Publish", kind="main", on_click=PlanState.step("publish")))),
            ("closed", may(EDIT, ui.button("Open again", on_click=PlanState.step("reopen")))),
            ("published", may(DOOR, ui.link_button("Door", EventState.base + "/door", kind="main"))),
            rx.fragment(),
        ),
        may(EDIT, ui.button("Change", key="e", on_click=PlanState.open_window("edit"))),
        may(
            EDIT,
            ui.menu(
                "",
                ui.item("Same again on another day", on_click=PlanState.open_window("copy"), icon="calendar"),
                ui.item("Repeat", on_click=PlanState.open_window("repeat"), icon="calendar"),
                ui.item("Close registration", on_click=PlanState.step("close")),
                ui.item("Back to draft", on_click=PlanState.step("withdraw")),
                ui.line(),
                ui.item("Call it off", danger=True, on_click=PlanState.open_window("call_off")),
                icon="more",
                label="More about this event",
            ),
        ),
    ]


def _how_full() -> rx.Component:
    return ui.cell(
        rx.cond(
            counts.held > 0,
            rx.el.p(
                ui.link(EventState.taken, to=EventState.base + "/roster", class_name="tok"),
                " seats are taken",
                rx.cond(
                    counts.waiting > 0,
                    rx.fragment(", ", ui.link(counts.waiting.to_string() + " more wait", to=EventState.base + "/roster", class_name="tok")),
                ),
                rx.cond(counts.arrived > 0, rx.fragment("; ", ui.link(counts.arrived.to_string() + " came", to=EventState.base + "/after", class_name="tok"))),
                ".",
                class_name="sentence",
            ),
            rx.el.p("Nobody is registered yet.", class_name="sentence"),
        ),
        rx.cond(counts.capacity, ui.progress(EventState.fill, label="Seats taken")),
        rx.cond(event.description != "", rx.el.div(rx.el.p(event.description), class_name="note event-text")),
        rx.cond(
            counts.to_tell > 0,
            ui.banner(
                counts.to_tell.to_string() + " parties moved by themselves and have not been told.",
                warn=True,
                acts=ui.link("Tell them", to=EventState.base + "/roster"),
            ),
        ),
        rx.cond(
            event.public & (event.status != "draft"),
            rx.el.p(
                "People register at ",
                rx.el.a("/e/" + event.slug, href="/e/" + event.slug, target="_blank", class_name="link"),
                class_name="soft small",
            ),
        ),
        name="Seats",
    )  # fmt: skip


def _numbers() -> rx.Component:
    roster = EventState.base + "/roster"
    return ui.margin(
        ui.stack(
            ui.count(counts.seats.to_string(), "registered", to=roster),
            rx.cond(counts.waiting > 0, ui.count(counts.waiting.to_string(), "waiting", to=roster)),
            rx.cond(counts.due > 0, ui.count(counts.owing.to_string(), "parties owe something", to=roster)),
        )
    )


def _tickets() -> rx.Component:
    columns = [
        ui.Column("name", "Ticket", lambda row: rx.fragment(rx.el.span(row.name, class_name="person"), rx.cond(row.words != "", rx.el.span(" · " + row.words, class_name="soft small")))),
        ui.Column("places", "Own places", lambda row: row.places, right=True),
        ui.Column("benefit", "Worth to the guest", lambda row: row.benefit, right=True),
        ui.Column("price", "Price", lambda row: row.price, right=True),
        ui.Column("acts", "", lambda row: may(EDIT, ui.icon_button("edit", "Change " + row.name, small=True, on_click=PlanState.edit_ticket(row.id))), right=True),
    ]  # fmt: skip
    return ui.cell(
        ui.table(event.tickets, columns, label="Tickets"),
        name="Tickets",
        acts=may(EDIT, ui.button("Add a ticket", small=True, kind="quiet", icon="plus", on_click=PlanState.open_window("ticket"))),
    )  # fmt: skip


def _tickets_margin() -> rx.Component:
    return ui.margin(rx.foreach(event.rules, lambda words: rx.el.p(words, class_name="soft small event-rule")))


def _questions() -> rx.Component:
    return ui.cell(
        rx.cond(
            event.questions.length() > 0,
            rx.el.ul(
                rx.foreach(
                    event.questions,
                    lambda one: rx.el.li(
                        rx.el.span(one.label, class_name="grow"),
                        rx.el.span("asked of ", one.of, rx.cond(one.required, ", needed", ""), class_name="soft small"),
                        may(EDIT, ui.icon_button("trash", "Remove " + one.label, small=True, on_click=PlanState.drop_question(one.id))),
                    ),
                ),
                class_name="lines",
            ),
            rx.el.p("Nothing but name and e-mail is asked. Ask for food only where there is dinner.", class_name="soft"),
        ),
        name="Questions",
        acts=may(EDIT, ui.button("Ask something", small=True, kind="quiet", icon="plus", on_click=PlanState.open_window("question"))),
    )  # fmt: skip


def _doors() -> rx.Component:
    return ui.margin(
        ui.named("Doors", level=3),
        rx.foreach(event.doors, lambda one: rx.el.div(one.name)),
        may(EDIT, ui.button("Add a door", small=True, kind="quiet", icon="plus", on_click=PlanState.open_window("door"))),
        may(EDIT, ui.button("Add tables", small=True, kind="quiet", icon="plus", on_click=PlanState.open_window("tables"))),
    )  # fmt: skip


def _budget() -> rx.Component:
    columns = [
        ui.Column("name", "Line", lambda row: row.name),
        ui.Column("kind", "", lambda row: rx.el.span(row.kind, class_name="soft small")),
        ui.Column("planned", "Planned", lambda row: row.planned, right=True),
        ui.Column("actual", "Actual", lambda row: row.actual, right=True),
        ui.Column("acts", "", lambda row: may(EDIT, ui.icon_button("trash", "Remove " + row.name, small=True, on_click=PlanState.drop_budget(row.id))), right=True),
    ]  # fmt: skip
    return ui.cell(
        rx.cond(
            event.budget.length() > 0,
            ui.table(event.budget, columns, label="Budget"),
            rx.el.p("Write what it costs and brings beside tickets; the evaluation counts with it.", class_name="soft"),
        ),
        name="Budget",
        acts=may(EDIT, ui.button("Add a line", small=True, kind="quiet", icon="plus", on_click=PlanState.open_window("budget"))),
    )  # fmt: skip


def _budget_margin() -> rx.Component:
    return ui.margin(ui.link("Did it work?", to=EventState.base + "/after", class_name="small"))


def _windows() -> rx.Component:
    errors = PlanState.errors
    edit = event_form(
        PlanState.draft,
        capacity=PlanState.capacity,
        zone=PlanState.draft.time_zone,
        errors=errors,
        on_submit=PlanState.save,
        foot=_foot("Save"),
    )
    return rx.fragment(
        _window("edit", "Change the event", edit, wide=True),
        _window("ticket", "Ticket", _ticket_form(errors)),
        _window("question", "Ask something", _question_form(errors)),
        _window("budget", "A line of the budget", _budget_form(errors)),
        _window("tables", "Add tables", ui.form(ui.fields(ui.number("How many", "count", value="10"), ui.number("Chairs at each", "seats", value="8")), on_submit=PlanState.save_tables, foot=_foot("Add"))),
        _window("door", "Add a door", ui.form(ui.text_field("Name", "name", errors=errors, hint="Door 2, garden gate, the bar"), ui.check("Who comes in here has arrived", "arrival", value=True), on_submit=PlanState.save_door, foot=_foot("Add"))),
        _window("copy", "Same again", ui.form(ui.date("Day", "day", errors=errors, must=True), ui.text_field("Name", "name", value=event.name), rx.el.p("Tickets, questions, tables, doors and plans come along; people do not.", class_name="soft small"), on_submit=PlanState.copy, foot=_foot("Plan it"))),
        _window("repeat", "Repeat", ui.form(ui.fields(ui.choice("Every", "every", [("WEEKLY", "week"), ("MONTHLY", "month"), ("DAILY", "day"), ("YEARLY", "year")]), ui.number("Times in all", "times", value="4")), rx.el.p("Each keeps its hour of the day, over changes of the clocks too.", class_name="soft small"), on_submit=PlanState.repeat, foot=_foot("Plan them"))),
        _window("call_off", "Call it off", ui.form(ui.area("Why?", "reason", errors=errors, must=True), rx.el.p("Everybody who has a seat or waits will be listed to be told.", class_name="soft small"), on_submit=PlanState.call_off, foot=[ui.button("Keep it", on_click=PlanState.close_window), ui.button("Call it off", kind="danger", submit=True)])),
    )  # fmt: skip


def _window(name: str, title: str, *inside: Any, wide: bool = False) -> rx.Component:
    return ui.dialog(title, *inside, open=PlanState.window == name, on_close=PlanState.close_window, wide=wide)


def _foot(words: str) -> list[rx.Component]:
    return [ui.button(words, kind="main", submit=True), ui.button("Cancel", on_click=PlanState.close_window)]


def _ticket_form(errors: rx.Var) -> rx.Component:
    ticket = PlanState.ticket
    return ui.form(
        ui.text_field("Name", "name", value=ticket.name, errors=errors, must=True),
        ui.fields(
            ui.money("Price for each", "price", unit=event.currency, value=PlanState.price, errors=errors),
            ui.money("Worth to the guest", "benefit_value", unit=event.currency, value=PlanState.benefit, errors=errors),
            ui.number("Own places", "capacity", value=PlanState.ticket_places, hint="Within the event's seats."),
            ui.number("Party at most", "max_party", value=ticket.max_party.to(str), errors=errors),
        ),
        ui.check("Somebody decides before they are registered", "approval", value=ticket.approval),
        ui.check("Offered on the public page", "public", value=ticket.public),
        on_submit=PlanState.save_ticket,
        foot=[
            *_foot("Save"),
            rx.cond(PlanState.ticket_id > 0, ui.button("Stop offering", kind="danger", on_click=PlanState.retire_ticket(PlanState.ticket_id))),
        ],
    )  # fmt: skip


def _question_form(errors: rx.Var) -> rx.Component:
    kinds = [("text", "a line of text"), ("choice", "one of a list"), ("yes_no", "yes or no"), ("diet", "what they eat"), ("access", "what they need to take part")]  # fmt: skip
    return ui.form(
        ui.text_field("Question", "label", errors=errors, must=True),
        ui.fields(
            ui.choice("Answer", "kind", kinds),
            ui.choice("Asked of", "ticket", PlanState.ticket_choices, none="everybody"),
        ),
        ui.area("Answers to choose from, one a line", "options", errors=errors),
        ui.check("They must answer", "required"),
        on_submit=PlanState.save_question,
        foot=_foot("Save"),
    )


def _budget_form(errors: rx.Var) -> rx.Component:
    return ui.form(
        ui.text_field("For what", "name", errors=errors, must=True),
        ui.fields(
            ui.choice("Kind", "kind", [("cost", "cost"), ("income", "income beside tickets")]),
            ui.money("Planned", "planned", unit=event.currency, errors=errors),
            ui.money("Actual", "actual", unit=event.currency, errors=errors),
        ),
        on_submit=PlanState.save_budget,
        foot=_foot("Save"),
    )
