"""Home: the first page after sign-in."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.home import service
from crm_app.features.home.state import HomeChanges, HomeState, HomeTasks
from crm_app.ui import desk
from crm_app.ui import parts as ui
from crm_app.ui.page import page
from crm_app.ui.signed_in import SignedIn

DESK = HomeState.desk

desk.figure("constituents", service.people, to="/people", needs=Permission.PEOPLE_READ, order=10)
desk.figure("given this fiscal year", service.given, to="/giving", needs=Permission.GIVING_READ, order=20)
desk.figure("new in 30 days", service.new_people, to="/people", needs=Permission.PEOPLE_READ, order=30)
desk.figure("events in the next 30 days", service.events, to="/events", needs=Permission.EVENTS_READ, order=40)
desk.waiting(
    "gift to thank for",
    "gifts to thank for",
    service.unthanked,
    to="/giving/thanks",
    needs=Permission.GIVING_READ,
    order=20,
)


@page("/", title="Home", on_load=HomeState.load, menu=("Home", 0))
def home() -> rx.Component:
    return rx.fragment(
        ui.head(rx.cond(DESK.greeting != "", DESK.greeting, "Home"), aside=DESK.day),
        rx.cond(
            HomeState.loaded,
            rx.cond(DESK.nobody, _first_hour(), _morning()),
            ui.skeleton(6),
        ),
    )


def _morning() -> rx.Component:
    return rx.el.div(
        ui.text(
            rx.cond(DESK.sentence != "", rx.el.p(DESK.sentence, class_name="sentence gap")),
            rx.cond(DESK.figures.length() > 0, rx.el.div(rx.foreach(DESK.figures, _figure), class_name="facts")),
            rx.cond(SignedIn.permissions.contains("TASKS"), _tasks()),
            rx.cond(HomeChanges.changes.length() > 0, _changes()),
        ),
        ui.margin(ui.named("Waiting"), rx.cond(DESK.waiting.length() > 0, rx.foreach(DESK.waiting, _waits), ui.soft("Nothing waits.")), open=True),
        class_name="page",
    )  # fmt: skip


def _figure(one: Any) -> rx.Component:
    return rx.cond(one.href != "", ui.fact(one.number, one.words, to=one.href), ui.fact(one.number, one.words))


def _waits(one: Any) -> rx.Component:
    return rx.el.div(
        rx.cond(one.href != "", ui.count(one.number, one.words, to=one.href), ui.count(one.number, one.words)),
        style={"marginTop": "12px"},
    )


def _tasks() -> rx.Component:
    return ui.section(
        "My tasks",
        rx.cond(
            HomeTasks.tasks.length() > 0,
            rx.el.ul(rx.foreach(HomeTasks.tasks, _task), class_name="lines"),
            ui.empty("No tasks", "A follow-up from a call, a thank-you, a reminder to yourself: they stand here until they are done.", small=True),
        ),
        _new_task(),
        acts=ui.button("Add a task", icon="plus", kind="quiet", small=True, key="t", on_click=HomeTasks.open_form),
    )  # fmt: skip


def _task(task: Any) -> rx.Component:
    about = rx.cond(task.href != "", ui.link(task.person, to=task.href), rx.el.span(task.person))
    return rx.el.li(
        rx.el.input(type="checkbox", checked=False, on_change=HomeTasks.finish(task.id), aria_label="Done: " + task.title.to(str)),
        rx.el.span(task.title, rx.cond(task.person != "", rx.fragment(" · ", about)), class_name="grow"),
        rx.el.span(task.due, class_name=rx.cond(task.late, "num small no", "num small soft")),
    )  # fmt: skip


def _new_task() -> rx.Component:
    return ui.dialog(
        "Add a task",
        ui.form(
            ui.text_field("What is to be done", "title", errors=HomeTasks.errors, must=True),
            ui.date("By when", "due_on", errors=HomeTasks.errors),
            on_submit=HomeTasks.add,
            foot=[ui.button("Add", kind="main", submit=True), ui.button("Cancel", on_click=HomeTasks.close_form)],
        ),
        open=HomeTasks.adding,
        on_close=HomeTasks.close_form,
    )


def _changes() -> rx.Component:
    return ui.section(
        "Lately",
        ui.timeline(rx.foreach(HomeChanges.changes, _change), label="What changed lately"),
        acts=ui.link("All of it", to="/history", class_name="small"),
    )


def _change(change: Any) -> rx.Component:
    who = rx.cond(change.href != "", ui.link(change.name, to=change.href), rx.el.span(change.name))
    return ui.moment(
        change.when,
        rx.el.span(change.by, class_name="strong"),
        " ",
        change.said,
        rx.cond(change.name != "", rx.fragment(" · ", who)),
    )


def _first_hour() -> rx.Component:
    """Nobody is here yet: one question."""
    return rx.fragment(
        rx.el.p("Commonplace keeps the people your organization lives from, and what they do together. It starts with them.", class_name="sentence gap"),
        ui.columns(
            _way("Start with your own spreadsheet", "A list from Excel, Mailchimp, Eventbrite, PayPal, another database: the columns are recognized, nothing is lost, and everything can be undone.", "Bring in a file", "/imports", main=True),
            rx.cond(SignedIn.permissions.contains("SETTINGS_EDIT"), _demo_way()),
            _way("Add somebody by hand", "One person, a household or an organization; the rest can come later.", "Add a person", "/people/new"),
        ),
    )  # fmt: skip


def _demo_way() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Look around the demo world"),
        rx.el.p("A community kitchen of five thousand people with eight years behind it. Your own come later, into an empty folder.", class_name="soft gap"),
        ui.button("Make the demo world", on_click=HomeState.look_around),
        class_name="way",
    )  # fmt: skip


def _way(title: str, words: str, act: str, to: str, *, main: bool = False) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title),
        rx.el.p(words, class_name="soft gap"),
        ui.link_button(act, to, kind="main" if main else ""),
        class_name="way",
    )
