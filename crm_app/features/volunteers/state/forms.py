"""What forms send, as drafts."""

from datetime import date
from typing import Any

from crm_app.core.errors import Invalid
from crm_app.features.volunteers.saying import minutes_of
from crm_app.features.volunteers.schemas import HoursDraft, ShiftDraft


def said(form: dict[str, Any], name: str) -> str:
    return str(form.get(name) or "").strip()


def whole(form: dict[str, Any], name: str) -> int | None:
    text = said(form, name)
    if text and not (text.isdigit() and len(text) < 7):
        raise Invalid(fields={name: "A whole number, please."})
    return int(text) if text else None


def day(form: dict[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(said(form, name))
    except ValueError:
        raise Invalid(fields={name: "A day, please."}) from None


def shift_draft(form: dict[str, Any]) -> ShiftDraft:
    role, minimum = whole(form, "role"), whole(form, "minimum")
    if not role:
        raise Invalid(fields={"role": "Choose what they will do; make a role first if there is none."})
    return ShiftDraft(
        role_id=role,
        day=said(form, "day"),
        starts=said(form, "starts"),
        ends=said(form, "ends"),
        place=said(form, "place"),
        minimum=1 if minimum is None else minimum,
        maximum=whole(form, "maximum"),
        event_id=whole(form, "event"),
        note=said(form, "note"),
        weeks=whole(form, "weeks") or 1,
        every=whole(form, "every") or 1,
    )


def hours_draft(form: dict[str, Any], constituent_id: int) -> HoursDraft:
    wrong: dict[str, str] = {}
    minutes = minutes_of(said(form, "hours"))
    if not constituent_id:
        wrong["person"] = "Choose somebody from the list."
    if minutes is None:
        wrong["hours"] = "Such as 2, 2.5, 2:30 or 45 min."
    if wrong:
        raise Invalid(fields=wrong)
    return HoursDraft(
        constituent_id=constituent_id,
        worked_on=day(form, "worked_on"),
        minutes=minutes or 0,
        role_id=whole(form, "role"),
        people=whole(form, "people") or 1,
        note=said(form, "note"),
    )
