"""Parts of the page about memberships."""

from typing import Any

import reflex as rx

from crm_app.features.memberships.state import MemberWhoState
from crm_app.ui import parts as ui


def person(name: Any, number: Any) -> rx.Component:
    return ui.link(name, to="/people/" + number.to_string(), class_name="person")


def standing(status: Any, words: Any) -> rx.Component:
    """The status as a badge and the reason for it."""
    badge = rx.match(
        status,
        ("current", ui.badge("current", good=True)),
        ("grace", ui.badge("in grace", warn=True)),
        ("lapsed", ui.badge("lapsed", warn=True)),
        ui.badge(status),
    )
    return rx.fragment(badge, " ", rx.el.span(words, class_name="small soft"))


def number_button(number: Any, press: Any, label: Any) -> rx.Component:
    """A number that opens its rows."""
    return rx.cond(number > 0, ui.text_button(number.to_string(), on_click=press, aria_label=label), "0")


def who(label: str, errors: Any) -> rx.Component:
    """Two letters of a name, then one of those that fit."""
    found = ui.combo(
        label,
        "person",
        text=MemberWhoState.name,
        key="who-" + MemberWhoState.fresh.to_string(),
        found=MemberWhoState.found,
        on_text=MemberWhoState.find,
        on_choose=MemberWhoState.choose,
        on_leave=MemberWhoState.leave,
        placeholder="Two letters of a name",
    )
    wrong = rx.cond(errors.contains("person"), rx.el.p(errors["person"], class_name="no small", role="alert"))
    return rx.el.div(found, wrong)
