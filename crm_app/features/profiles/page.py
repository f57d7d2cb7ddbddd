"""`/people/[person_id]`: one screen that tells the whole story."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.profiles.components import edits, known, reached
from crm_app.features.profiles.components.common import EDIT, READ, may
from crm_app.features.profiles.state import DeedState, ProfileState, TimelineState
from crm_app.ui import parts as ui
from crm_app.ui.page import page

P, D = ProfileState, DeedState
KINDS = [("", "everything"), ("gifts", "gifts"), ("events", "events"), ("talk", "conversations"), ("mail", "mail"), ("work", "volunteering"), ("changes", "changes")]  # fmt: skip


@page("/people/[person_id]", title="Constituent", needs=READ, on_load=ProfileState.load)
def profile() -> rx.Component:
    return rx.fragment(
        ui.head(
            rx.cond(P.head["name"] != "", P.head["name"], "…"),
            may(EDIT, ui.button("Log a call", key="l", on_click=D.begin("talk"))),
            may(EDIT, ui.button("Edit", key="e", on_click=D.begin("names"))),
            _more(),
            aside=P.head["aside"],
            meta=_meta(),
        ),
        _banners(),
        ui.text(
            _facts(),
            edits.record_form(),
            rx.el.section(
                ui.named("Timeline", acts=_filters()),
                _timeline(),
            ),
            known.tasks(),
            known.notes(),
            known.about(),
            known.files(),
        ),
        ui.margin(
            reached.reach(),
            reached.homes(),
            reached.relations(),
            _giving(),
            known.tags(),
            reached.alike(),
            early=True,
        ),
        edits.windows(),
    )


def _more() -> rx.Component:
    return ui.menu(
        "",
        may(Permission.GIVING_EDIT, ui.item("Enter a gift", to="/giving/gifts")),
        may(EDIT, ui.item("Add a note", key="m", on_click=D.begin("note"))),
        may(Permission.TASKS, ui.item("Add a task", on_click=D.begin("task"))),
        may(EDIT, ui.item("Add a hat", on_click=D.begin("hat"))),
        may(EDIT, ui.item("Add a former name", on_click=D.begin("name"))),
        may(EDIT, ui.item("Relate to somebody", on_click=D.begin("relate"))),
        may(Permission.CONSENT_EDIT, ui.item("Write down consent", on_click=D.begin("consent"))),
        may(EDIT, ui.item("Keep a file or a picture", on_click=D.begin("file"))),
        ui.line(),
        may(
            Permission.PEOPLE_DELETE,
            rx.cond(
                P.head["trash"],
                ui.item("Bring back from the trash", on_click=D.restore),
                ui.item("Move to the trash", icon="trash", danger=True, on_click=D.discard),
            ),
        ),
        icon="more",
        label="More to do",
    )


def _meta() -> list[rx.Component]:
    def one(hat: Any) -> rx.Component:
        return ui.hat(hat["words"], past=hat["past"])

    return [
        rx.el.span(rx.foreach(P.hats, one), class_name="hats"),
        rx.cond(P.head["owner"] != "", rx.el.span("Looked after by ", P.head["owner"])),
        rx.cond(P.looking != "", ui.here(P.looking)),
    ]


def _banners() -> rx.Component:
    return rx.fragment(
        rx.cond(P.head["trash"], ui.banner("This record is in the trash.", warn=True, acts=[may(Permission.PEOPLE_DELETE, ui.text_button("Bring back", on_click=D.restore))])),
        rx.cond(P.head["alert"] != "", ui.banner(P.head["alert"], warn=True)),
        rx.cond(P.head["deceased"] != "", ui.banner(P.head["deceased"], ". Nothing is sent any more.", plain=True)),
    )  # fmt: skip


def _facts() -> rx.Component:
    return rx.cond(
        P.figures.length() > 0,
        ui.facts(rx.foreach(P.figures, lambda one: rx.cond(one["to"] != "", ui.fact(one["figure"], one["words"], to=one["to"]), ui.fact(one["figure"], one["words"])))),
    )  # fmt: skip


def _filters() -> rx.Component:
    return ui.filters(*[(words, TimelineState.show == kind, TimelineState.choose(kind)) for kind, words in KINDS])


def _timeline() -> rx.Component:
    nothing = ui.empty(
        "Nothing here yet", "Calls, gifts, events and changes will stand here, newest first.", small=True
    )
    return rx.fragment(
        rx.cond(TimelineState.lines.length() > 0, ui.timeline(rx.foreach(TimelineState.lines, _line)), nothing),
        rx.cond(TimelineState.more, ui.text_button("show older ones", on_click=TimelineState.show_more)),
    )


def _line(one: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(one["when"], class_name="when"),
        rx.el.span(
            one["words"],
            rx.cond(one["link"] != "", ui.link(one["link"], to=one["to"])),
            one["after"],
            rx.cond(one["warn"] != "", rx.el.span(" · ", rx.el.span(one["warn"], class_name="no"))),
        ),
        rx.el.span(one["amount"], class_name="amt"),
        rx.cond(one["more"] != "", rx.el.span(one["more"], class_name="more")),
        class_name="tl",
        key=one["key"],
    )


def _giving() -> rx.Component:
    return rx.cond(
        P.columns.length() > 0,
        rx.el.div(
            ui.named("Giving", level=2),
            ui.spark_columns(P.columns, "Giving by year, " + P.years.to(str)),
            rx.el.div(P.years, class_name="delta"),
            class_name="section",
        ),
    )
