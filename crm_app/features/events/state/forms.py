"""What forms send, as drafts."""

from typing import Any

from pydantic import ValidationError

from crm_app.core.errors import Invalid
from crm_app.engine.money import read
from crm_app.features.events.schemas import EventDraft, TicketDraft


def said(form: dict[str, Any], name: str) -> str:
    return str(form.get(name) or "").strip()


def yes(form: dict[str, Any], name: str) -> bool:
    return form.get(name) in (True, "on", "true", "1")


def whole(form: dict[str, Any], name: str, default: int | None = None) -> int | None:
    """A whole number, or what an empty field means."""
    text = said(form, name).replace(",", "").replace(" ", "")
    if not text:
        return default
    if not text.isdigit() or len(text) > 9:
        raise Invalid(fields={name: "A whole number, please."})
    return int(text)


def cents(form: dict[str, Any], name: str, currency: str) -> int:
    text = said(form, name)
    if not text:
        return 0
    try:
        return read(text, currency)
    except ValueError:
        raise Invalid(fields={name: "An amount, such as 45.00."}) from None


def event_draft(form: dict[str, Any]) -> EventDraft:
    day, until = said(form, "day"), said(form, "until_day") or said(form, "day")
    try:
        return EventDraft(
            name=said(form, "name"),
            kind=said(form, "kind") or "event",
            summary=said(form, "summary"),
            description=said(form, "description"),
            starts=f"{day}T{said(form, 'from_time')}",
            ends=f"{until}T{said(form, 'to_time')}",
            time_zone=said(form, "time_zone"),
            venue=said(form, "venue"),
            address=said(form, "address"),
            capacity=whole(form, "capacity"),
            waitlist=yes(form, "waitlist"),
            promotes=said(form, "promotes") or "confirm",
            party_policy=said(form, "party_policy") or "strict",
            offer_hours=whole(form, "offer_hours", 24) or 24,
            self_cancel_hours=whole(form, "self_cancel_hours", 24) or 0,
            public=yes(form, "public"),
            discount_percent=min(whole(form, "discount_percent", 0) or 0, 100),
            discount_visits=whole(form, "discount_visits", 0) or 0,
            door_note=said(form, "door_note"),
        )
    except ValidationError as wrong:
        raise Invalid(fields={str(one["loc"][0]): "Please look at this." for one in wrong.errors()}) from None


def ticket_draft(form: dict[str, Any], currency: str) -> TicketDraft:
    return TicketDraft(
        name=said(form, "name"),
        description=said(form, "description"),
        price=cents(form, "price", currency),
        benefit_value=cents(form, "benefit_value", currency),
        voluntary_extra=cents(form, "voluntary_extra", currency),
        capacity=whole(form, "capacity"),
        approval=yes(form, "approval"),
        min_party=whole(form, "min_party", 1) or 1,
        max_party=whole(form, "max_party", 10) or 10,
        public=yes(form, "public"),
    )
