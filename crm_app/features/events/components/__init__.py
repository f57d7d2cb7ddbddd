"""Parts used on several pages of events."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.events.state import EventState
from crm_app.ui import parts as ui
from crm_app.ui.signed_in import SignedIn

STATUS = {"draft": "draft", "published": "open", "closed": "registration closed", "cancelled": "called off"}


def may(permission: Permission, part: rx.Component) -> rx.Component:
    """Shown to those who may; the service asks again."""
    return rx.cond(SignedIn.permissions.contains(permission.name), part)


def status_badge(status: Any) -> rx.Component:
    return rx.match(
        status,
        ("published", ui.badge("open", good=True)),
        ("cancelled", ui.badge("called off", warn=True)),
        ("closed", ui.badge("registration closed")),
        ui.badge("draft"),
    )


def event_head(here: str, *acts: Any) -> rx.Component:
    """The event's name, when and where, and the ways to its pages."""
    event = EventState.event
    return rx.fragment(
        ui.head(
            event.name,
            *acts,
            aside=status_badge(event.status),
            meta=[rx.el.span(event.when), rx.cond(event.venue != "", rx.el.span("· ", event.venue))],
        ),
        tabs(here),
    )


def tabs(here: str) -> rx.Component:
    base = EventState.base
    return ui.link_tabs(
        ("Overview", here == "overview", base),
        ("Roster", here == "roster", base + "/roster"),
        ("Tables", here == "tables", base + "/tables"),
        ("Door", here == "door", base + "/door"),
        ("After", here == "after", base + "/after"),
        label="Pages of this event",
    )


def bar(line: Any) -> rx.Component:
    """A counted word with its bar."""
    return rx.fragment(
        rx.el.span(line.label, class_name="cut"),
        rx.el.span(
            rx.el.span(class_name="bar", custom_attrs={"style": rx.Var.create({"width": line.share.to(str) + "%"})})
        ),
        rx.el.span(line.value, class_name="n"),
    )


def bars(lines: Any, label: str) -> rx.Component:
    return rx.el.div(rx.foreach(lines, bar), class_name="bars", role="group", aria_label=label)
