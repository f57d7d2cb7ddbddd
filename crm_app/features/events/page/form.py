"""The form of an event, for a new one and for changing one."""

from typing import Any

import reflex as rx

from crm_app.ui import parts as ui

KINDS = [("event", "Event"), ("fundraiser", "Fundraiser"), ("workshop", "Workshop"), ("meeting", "Meeting"), ("training", "Training")]  # fmt: skip
PROMOTES = [("confirm", "goes at once to the first who waits"), ("offer", "is offered to the first who waits")]
POLICIES = [("strict", "strictly in order"), ("first_fit", "the first party that fits")]


def event_form(draft: Any, *, capacity: Any, zone: Any, errors: Any, on_submit: Any, foot: Any) -> rx.Component:
    """`draft` is an EventDraft or a var of one; moments are split into day and hour."""
    starts, ends = _var(draft.starts), _var(draft.ends)
    return ui.form(
        ui.text_field("Name", "name", value=draft.name, errors=errors, must=True, look="big", auto_focus=True),
        ui.fields(
            ui.date("Day", "day", value=_part(starts, 0), errors=errors, must=True),
            ui.text_field("From", "from_time", kind="time", value=_part(starts, 1), errors=errors, must=True),
            ui.text_field("To", "to_time", kind="time", value=_part(ends, 1), errors=errors, must=True),
        ),
        rx.cond(_starts_error(errors) != "", rx.el.p(_starts_error(errors), class_name="no small", role="alert")),
        ui.fields(
            ui.text_field("Place", "venue", value=draft.venue, errors=errors),
            ui.text_field("Address", "address", value=draft.address),
        ),
        ui.fields(
            ui.number(
                "Seats", "capacity", value=capacity, errors=errors, hint="Empty: no limit. Zero: everybody waits."
            ),
            ui.choice("Kind", "kind", KINDS, value=draft.kind),
        ),
        ui.text_field("In one sentence", "summary", value=draft.summary, hint="Shown on the public page."),
        ui.area("Description", "description", value=draft.description, prose=True),
        ui.check("People can register on a public page", "public", value=draft.public),
        ui.fold(
            "Waitlist, discounts, time zone",
            ui.stack(
                ui.check("When it is full, people can wait", "waitlist", value=draft.waitlist),
                ui.fields(
                    ui.choice("A freed seat", "promotes", PROMOTES, value=draft.promotes),
                    ui.choice("Parties wait", "party_policy", POLICIES, value=draft.party_policy),
                    ui.number("An offer stands for hours", "offer_hours", value=_text(draft.offer_hours)),
                    ui.number(
                        "Cancel by themselves until hours before",
                        "self_cancel_hours",
                        value=_text(draft.self_cancel_hours),
                    ),
                    ui.number("Discount in per cent", "discount_percent", value=_text(draft.discount_percent)),
                    ui.number(
                        "… for those who came times a year", "discount_visits", value=_text(draft.discount_visits)
                    ),
                    ui.date("Ends on another day", "until_day", value=_later_day(starts, ends)),
                    ui.text_field(
                        "Time zone", "time_zone", value=zone, errors=errors, hint="Such as America/New_York."
                    ),
                ),
                ui.text_field("A word for the door", "door_note", value=draft.door_note),
            ),
        ),
        on_submit=on_submit,
        foot=foot,
    )


def _var(text: Any) -> Any:
    return text if isinstance(text, rx.Var) else str(text)


def _part(moment: Any, n: int) -> Any:
    """Day or hour of 2026-11-22T18:00."""
    if isinstance(moment, rx.Var):
        return moment.to(str).split("T")[n]
    return moment.split("T")[n] if "T" in moment else ""


def _later_day(starts: Any, ends: Any) -> Any:
    if isinstance(starts, rx.Var):
        return rx.cond(_part(starts, 0) == _part(ends, 0), "", _part(ends, 0))
    return ""


def _text(number: Any) -> Any:
    return number.to(str) if isinstance(number, rx.Var) else str(number or "")


def _starts_error(errors: rx.Var) -> Any:
    return rx.cond(errors.contains("starts"), errors["starts"], rx.cond(errors.contains("ends"), errors["ends"], ""))
