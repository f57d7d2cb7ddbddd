"""What rows bring besides people and gifts: registrations, memberships, conversations, promises, links between records."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from crm_app.engine.tabular.mapping import Mapping
from crm_app.engine.tabular.understand import Understood, day
from crm_app.features.imports.service.someone import in_utc

WITHOUT_PEOPLE = ("campaigns", "funds", "splits")


@dataclass(slots=True)
class Extra:
    """One more thing a row says, by its kind."""

    kind: str
    facts: dict[str, Any] = field(default_factory=dict)


def extra_of(row: Understood, mapping: Mapping) -> Extra | None:
    values, brings = row.values, mapping.form.brings
    make = MAKERS.get(brings)
    if make:
        return make(row)
    if values.get("gift_kind", "").upper() == "P" or (values.get("membership") and values.get("member_from")):
        return _membership(row) if values.get("membership") else None
    if values.get("event") or values.get("interaction_date"):
        return _registration(row) if values.get("event") else _interaction(row)
    return None


def _registration(row: Understood) -> Extra | None:
    values = row.values
    at = in_utc(values.get("checked_in_at") or values.get("registered_at") or values.get("event_date"))
    facts = {
        "event": values.get("event") or values.get("event_id") or "Event",
        "ticket": values.get("ticket", ""),
        "state": "attended" if values.get("checked_in_at") else values.get("attendance", "registered"),
        "at": at,
        "number": values.get("ticket_id") or values.get("order_id") or "",
        "places": values.get("quantity", 1),
        "table": values.get("table", ""),
        "answers": dict(row.answers),
    }
    return Extra("registration", facts)


def _interaction(row: Understood) -> Extra | None:
    values = row.values
    return Extra(
        "interaction",
        {
            "kind": values.get("interaction", "note"),
            "subject": values.get("subject", ""),
            "body": values.get("details", ""),
            "at": in_utc(values.get("interaction_date")),
            "minutes": values.get("duration"),
        },
    )


def _membership(row: Understood) -> Extra | None:
    values = row.values
    name = values.get("membership", "")
    return Extra("membership", {"name": name, "from": day(values.get("member_from")), "until": day(values.get("member_until"))}) if name else None  # fmt: skip


def _recurring(row: Understood) -> Extra | None:
    values = row.values
    if not values.get("recurring_amount"):
        return None
    began = day(values.get("recurring_from")) or day(values.get("recurring_until"))
    return Extra(
        "recurring",
        {
            "number": values.get("recurring_id", ""),
            "amount": values["recurring_amount"],
            "currency": values.get("currency", ""),
            "often": values.get("frequency", "monthly"),
            "from": began,
            "until": day(values.get("recurring_until")),
            "why": values.get("recurring_why", ""),
        },
    )


def _soft(row: Understood) -> Extra:
    values = row.values
    return Extra("soft", {"gift": values.get("gift_ref", ""), "role": values.get("soft_role", ""), "amount": values.get("soft_amount")})  # fmt: skip


def _relation(row: Understood) -> Extra:
    values = row.values
    return Extra("relation", {"other": values.get("related_ref", ""), "type": values.get("relation", ""), "note": values.get("description", "")})  # fmt: skip


def _affiliation(row: Understood) -> Extra:
    values = row.values
    dates: dict[str, date | datetime | None] = {
        "from": day(values.get("link_from")),
        "until": day(values.get("link_until")),
    }
    return Extra(
        "affiliation", {"organization": values.get("org_ref", ""), "title": values.get("job_title", ""), **dates}
    )


def _named(row: Understood) -> Extra | None:
    values = row.values
    if not values.get("name"):
        return None
    dates = {"begins": day(values.get("begins")), "ends": day(values.get("ends"))}
    return Extra("named", {"name": values["name"], "code": values.get("external_id", ""), "description": values.get("description", ""), **dates})  # fmt: skip


def _split(row: Understood) -> Extra | None:
    values = row.values
    if not values.get("gift_ref"):
        return None
    return Extra("split", {"gift": values["gift_ref"], "fund": values.get("fund_ref", ""), "amount": values.get("split_amount", 0)})  # fmt: skip


def _response(row: Understood) -> Extra:
    return Extra("response", {"campaign": row.values.get("campaign_ref", ""), "said": row.values.get("subject", "")})


MAKERS = {
    "registrations": _registration, "checkins": _registration, "interactions": _interaction, "memberships": _membership, "recurring": _recurring,
    "soft_credits": _soft, "relationships": _relation, "affiliations": _affiliation, "campaigns": _named, "funds": _named, "splits": _split, "responses": _response,
}  # fmt: skip
