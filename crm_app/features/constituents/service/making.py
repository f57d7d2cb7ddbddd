"""New people, one or thousands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from crm_app.core import bulk, history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.constituents import naming
from crm_app.features.constituents.models import (
    Address,
    Constituent,
    Email,
    ExternalId,
    OtherName,
    Phone,
    Website,
)
from crm_app.features.constituents.schemas import ConstituentDraft
from crm_app.features.constituents.service import consent, fields, finding, marks, reading
from crm_app.features.settings.service import organization

LISTS = {
    "emails",
    "phones",
    "addresses",
    "websites",
    "other_names",
    "hats",
    "tags",
    "consents",
    "external_ids",
    "custom",
}


def create(work: Work, draft: ConstituentDraft) -> int:
    """Add one constituent with everything that was said; refuses what cannot be."""
    work.require(Permission.PEOPLE_EDIT)
    check(work, draft)
    (number,) = create_many(work, [draft])
    return number


def check(work: Work, draft: ConstituentDraft) -> None:
    """Raise Invalid with words for each field that cannot be kept."""
    wrong: dict[str, str] = {}
    named = draft.first_name or draft.last_name or draft.preferred_name or draft.nickname or draft.name
    if not (named or draft.emails or draft.phones):
        wrong["last_name" if draft.kind == "person" else "name"] = "A name, an e-mail or a phone number is needed."
    if draft.kind == "organization" and not draft.name:
        wrong["name"] = "What is the organization called?"
    if said := reading.birth_error(draft.birth_year, draft.birth_month, draft.birth_day, work.now.date()):
        wrong["birth"] = said
    country = organization(work).country
    for number, email in enumerate(draft.emails):
        if said := reading.email_error(email.address):
            wrong[f"email_{number}"] = said
    for number, phone in enumerate(draft.phones):
        if said := reading.phone_error(phone.number, country):
            wrong[f"phone_{number}"] = said
    if wrong:
        raise Invalid(fields=wrong)


def create_many(work: Work, drafts: Sequence[ConstituentDraft], *, note: str = "") -> list[int]:
    """Add many without looking each up again; contact points that cannot be read are kept and marked."""
    work.require(Permission.PEOPLE_EDIT)
    ids = bulk.numbers(work.session, Constituent, len(drafts))
    pairs = list(zip(ids, drafts))
    bulk.insert(work.session, Constituent, [person_row(i, draft, work.now, work.actor.name) for i, draft in pairs])
    _reach(work, pairs)
    bulk.insert(work.session, OtherName, [row for i, draft in pairs for row in _other_names(i, draft, work.now)])
    bulk.insert(work.session, ExternalId, [row for i, draft in pairs for row in _external_ids(i, draft, work.now)])
    marks.put_on(work, [(i, draft.hats, draft.tags) for i, draft in pairs])
    consent.keep(work, [(i, said) for i, draft in pairs for said in draft.consents])
    fields.keep(work, [(i, draft.custom) for i, draft in pairs if draft.custom])
    finding.reindex(work, ids)
    history.record_many(work, "constituent", "added", [(number, _said(draft)) for number, draft in pairs], note)
    work.tell("people")
    return ids


def person_row(number: int, draft: ConstituentDraft, now: datetime, by: str) -> dict[str, Any]:
    named = naming.names(as_named(draft))
    return {
        "id": number,
        **draft.model_dump(exclude=LISTS),
        "display_name": named.display,
        "sort_name": named.sort[:160],
        "greeting": named.greeting,
        "formal_greeting": named.formal_greeting,
        "addressee": named.addressee,
        "created_at": now,
        "updated_at": now,
        "created_by": by,
    }


def as_named(draft: ConstituentDraft) -> naming.Named:
    fallback = draft.emails[0].address if draft.emails else draft.phones[0].number if draft.phones else ""
    return naming.Named(
        draft.kind, draft.prefix, draft.first_name, draft.middle_name, draft.last_name, draft.suffix,
        draft.nickname, draft.preferred_name, draft.name, draft.deceased, fallback,
    )  # fmt: skip


def _reach(work: Work, pairs: list[tuple[int, ConstituentDraft]]) -> None:
    country = organization(work).country
    now = work.now
    emails, phones, addresses, websites = [], [], [], []
    for number, draft in pairs:
        emails += points(number, draft.emails, [reading.email(one, now) for one in draft.emails])
        phones += points(number, draft.phones, [reading.phone(one, country, now) for one in draft.phones])
        addresses += points(number, draft.addresses, [reading.address(one, country, now) for one in draft.addresses])
        websites += points(number, draft.websites, [reading.website(one, now) for one in draft.websites])
    bulk.insert(work.session, Email, emails)
    bulk.insert(work.session, Phone, phones)
    bulk.insert(work.session, Address, addresses)
    bulk.insert(work.session, Website, websites)


def points(number: int, drafts: Sequence[Any], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of one kind for one person: one is primary, the one that was said to be, else the first that works."""
    if not rows:
        return []
    said = [place for place, draft in enumerate(drafts) if draft.primary]
    works = [place for place, row in enumerate(rows) if row.get("status", "ok") == "ok"]
    primary = (said or works or [0])[0]
    return [{**row, "constituent_id": number, "is_primary": place == primary} for place, row in enumerate(rows)]


def _other_names(number: int, draft: ConstituentDraft, now: datetime) -> list[dict[str, Any]]:
    return [{**other.model_dump(), "constituent_id": number, "created_at": now} for other in draft.other_names]


def _external_ids(number: int, draft: ConstituentDraft, now: datetime) -> list[dict[str, Any]]:
    return [
        {"constituent_id": number, "system": system, "value": value, "created_at": now}
        for system, value in draft.external_ids.items()
        if value
    ]


def _said(draft: ConstituentDraft) -> dict[str, Any]:
    return draft.model_dump(exclude_defaults=True, mode="json")
