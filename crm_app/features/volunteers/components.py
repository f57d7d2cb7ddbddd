"""Parts that both pages share."""

from typing import Any

import reflex as rx

from crm_app.features.volunteers.state.choosing import WhoState
from crm_app.ui import parts as ui


def person(name: Any, number: Any) -> rx.Component:
    return ui.link(name, to="/people/" + number.to_string(), class_name="person")


def who(label: str, errors: Any = None) -> rx.Component:
    """Two letters of a name, then one of those that fit."""
    return ui.combo(
        label,
        "person",
        text=WhoState.name,
        key="who-" + WhoState.fresh.to_string(),
        found=WhoState.found,
        on_text=WhoState.find,
        on_choose=WhoState.choose,
        on_leave=WhoState.leave,
        placeholder="Two letters of a name",
    ) if errors is None else rx.el.div(
        who(label), rx.cond(errors.contains("person"), rx.el.p(errors["person"], class_name="no small", role="alert"))
    )  # fmt: skip


def places(row: Any) -> rx.Component:
    """How many are on it, and what there is to say about that."""
    of = rx.cond(row.maximum, " of " + row.maximum.to_string(), "")
    said = rx.cond(
        row.cancelled | (row.missing > 0), ui.badge(row.words, warn=True), rx.cond(row.full, ui.badge(row.words, good=True), ui.soft(row.words))
    )  # fmt: skip
    return ui.row(rx.el.span(row.taken.to_string(), of, class_name="num"), said, tight=True)


def shift_fields(roles: Any, errors: Any, row: Any = None, today: Any = "") -> list[rx.Component]:
    """The fields of a shift, filled from `row` where there is one."""
    at = (lambda name, other="": rx.cond(row, row[name], other)) if row is not None else (lambda _name, other="": other)
    most = rx.cond(row & row.maximum, row.maximum.to_string(), "") if row is not None else ""
    return [
        ui.fields(
            ui.choice("What they do", "role", roles, value=at("role_id", 0).to_string() if row is not None else None, errors=errors),
            ui.date("Day", "day", value=at("day", today), errors=errors),
            ui.text_field("From", "starts", kind="time", value=at("starts", "18:00"), errors=errors),
            ui.text_field("Until", "ends", kind="time", value=at("ends", "21:00"), errors=errors),
            ui.number("Needed", "minimum", value=at("minimum", 2).to_string() if row is not None else "2", errors=errors),
            ui.number("At most", "maximum", value=most, errors=errors, hint="Empty: no limit."),
        ),
        ui.text_field("Place", "place", value=at("place")),
        ui.text_field("Note", "note", value=at("note"), hint="What to bring, whom to ask for."),
    ]  # fmt: skip
