"""Parts that several giving pages share."""

from typing import Any

import reflex as rx

from crm_app.features.giving.state.choosing import DonorState
from crm_app.ui import parts as ui

PLACES = (
    ("overview", "Overview", "/giving"),
    ("gifts", "Gifts", "/giving/gifts"),
    ("batches", "Batches", "/giving/batches"),
    ("pledges", "Pledges", "/giving/pledges"),
    ("recurring", "Recurring", "/giving/recurring"),
    ("receipts", "Receipts", "/giving/receipts"),
    ("thanks", "Thank-yous", "/giving/thanks"),
)


def places(here: str) -> rx.Component:
    """The pages of giving, side by side."""
    return ui.link_tabs(*[(words, key == here, to) for key, words, to in PLACES], label="Giving")


def donor_field(label: str = "Donor") -> rx.Component:
    """Type two letters of a name, choose from what fits; a tick says that somebody is chosen."""
    return ui.combo(
        label,
        "donor",
        text=DonorState.name,
        key="donor-" + DonorState.fresh.to_string(),
        found=DonorState.found,
        on_text=DonorState.find,
        on_choose=DonorState.choose,
        on_leave=DonorState.leave,
        placeholder="Two letters of a name",
        hint=rx.cond(DonorState.chosen > 0, "Found.", "Not chosen yet."),
    )


def status(words: Any, good: Any) -> rx.Component:
    """A state as a badge: green when all is well."""
    return rx.cond(good, ui.badge(words, good=True), ui.badge(words, warn=True))


def person(name: Any, number: Any) -> rx.Component:
    return ui.link(name, to="/people/" + number.to_string(), class_name="person")


def two_lines(drawn: Any, drawn_before: Any, words: Any) -> rx.Component:
    """This year's line over last year's, as one picture with its words."""
    return rx.el.svg(
        rx.el.path(d=drawn_before, class_name="dim", stroke_dasharray="4 3"),
        rx.el.path(d=drawn),
        view_box="0 0 640 180",
        width="100%",
        height="180",
        class_name="spark",
        role="img",
        aria_label=words,
        custom_attrs={"preserveAspectRatio": "none"},
    )
