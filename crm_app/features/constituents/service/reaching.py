"""Ways to reach somebody: adding, correcting, marking, choosing the primary one."""

from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel
from sqlmodel import select

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.constituents.models import Address, Constituent, Email, Phone, Website
from crm_app.features.constituents.schemas import (
    AddressDraft,
    AddressRow,
    EmailDraft,
    EmailRow,
    PhoneDraft,
    PhoneRow,
    WebsiteDraft,
    WebsiteRow,
)
from crm_app.features.constituents.service import finding, reading
from crm_app.features.settings.service import organization

TABLES: dict[str, type[Any]] = {"email": Email, "phone": Phone, "address": Address, "website": Website}
STATUSES = ("ok", "on_hold", "invalid", "undeliverable", "former", "unreadable")
FOLLOWED = ("line1", "line2", "city", "region", "postal_code", "country", "district", "match_key", "status")


def add(work: Work, constituent_id: int, draft: BaseModel) -> int:
    """Add an e-mail, phone, address or website; the first of its kind becomes the primary one."""
    work.require(Permission.PEOPLE_EDIT)
    person = work.get(Constituent, constituent_id)
    kind, columns = _read(work, draft)
    table = TABLES[kind]
    first = not work.session.execute(
        select(table.id).where(table.constituent_id == person.id, table.is_primary)
    ).first()
    row = work.add(table(constituent_id=person.id, is_primary=first, **columns))
    if getattr(draft, "primary", False) and not first:
        _only_primary(work, row)
    _written(work, kind, row, "added", {}, draft.model_dump(exclude_defaults=True))
    return row.id


def _read(work: Work, draft: BaseModel) -> tuple[str, dict[str, Any]]:
    country = organization(work).country
    match draft:
        case EmailDraft():
            _refuse({"address": reading.email_error(draft.address)})
            return "email", reading.email(draft, work.now)
        case PhoneDraft():
            _refuse({"number": reading.phone_error(draft.number, country)})
            return "phone", reading.phone(draft, country, work.now)
        case AddressDraft():
            _refuse({"line1": "" if draft.line1 or draft.city or draft.postal_code else "Type an address."})
            return "address", reading.address(draft, country, work.now)
        case WebsiteDraft():
            _refuse({"url": "" if "." in draft.url else "Type an address such as example.org."})
            return "website", reading.website(draft, work.now)
    raise Invalid("This is no way to reach somebody.")


def _refuse(wrong: dict[str, str]) -> None:
    if said := {name: words for name, words in wrong.items() if words}:
        raise Invalid(fields=said)


def correct(work: Work, kind: str, point_id: int, draft: BaseModel) -> None:
    """Write an address or number anew; what follows a household's address follows."""
    work.require(Permission.PEOPLE_EDIT)
    row = work.get(TABLES[kind], point_id)
    before = _said(row)
    _, columns = _read(work, draft)
    for name, value in columns.items():
        if name != "created_at":
            setattr(row, name, value)
    if kind == "address":
        row.shared_from_id = None
        spread(work, row)
    _written(work, kind, row, "edited", before, _said(row))


def spread(work: Work, address: Address) -> None:
    """Addresses that follow this one change with it."""
    work.session.flush()
    for follower in work.session.execute(select(Address).where(Address.shared_from_id == address.id)).scalars():
        for name in FOLLOWED:
            setattr(follower, name, getattr(address, name))
        follower.updated_at = work.now
        work.tell(f"person:{follower.constituent_id}")


def share(work: Work, household_address_id: int, person_id: int) -> int:
    """Give a person the household's address by a live link."""
    work.require(Permission.PEOPLE_EDIT)
    source = work.get(Address, household_address_id)
    there = select(Address).where(Address.constituent_id == person_id)
    rows = work.session.execute(there).scalars().all()
    if same := next((row for row in rows if row.shared_from_id == source.id), None):
        return same.id
    twin = next((row for row in rows if row.match_key and row.match_key == source.match_key), None)
    row = twin or Address(constituent_id=person_id, is_primary=not any(r.is_primary for r in rows), created_at=work.now)
    for name in FOLLOWED:
        setattr(row, name, getattr(source, name))
    row.shared_from_id, row.label, row.updated_at = source.id, source.label, work.now
    work.add(row)
    _written(work, "address", row, "shared", {}, _said(row))
    return row.id


def remove(work: Work, kind: str, point_id: int) -> None:
    """Take it away; another of its kind becomes the primary one."""
    work.require(Permission.PEOPLE_EDIT)
    row = work.get(TABLES[kind], point_id)
    before, was_primary, person_id = _said(row), row.is_primary, row.constituent_id
    if kind == "address":
        freed = sa.update(Address).where(Address.shared_from_id == point_id).values(shared_from_id=None)
        work.session.execute(freed)
    work.session.delete(row)
    work.session.flush()
    if was_primary:
        table = TABLES[kind]
        rest = select(table).where(table.constituent_id == person_id).order_by(table.status != "ok", table.id)
        if heir := work.session.execute(rest.limit(1)).scalars().first():
            heir.is_primary = True
    _written(work, kind, row, "removed", before, {})


def make_primary(work: Work, kind: str, point_id: int) -> None:
    work.require(Permission.PEOPLE_EDIT)
    row = work.get(TABLES[kind], point_id)
    if not row.is_primary:
        _only_primary(work, row)
        _written(work, kind, row, "made primary", {}, _said(row))


def _only_primary(work: Work, row: Any) -> None:
    table = type(row)
    others = sa.update(table).where(table.constituent_id == row.constituent_id, table.is_primary)
    work.session.execute(others.values(is_primary=False), execution_options={"synchronize_session": "fetch"})
    row.is_primary = True
    work.session.flush()


def mark(work: Work, kind: str, point_id: int, status: str, reason: str = "") -> None:
    """Say whether it works: bounced, undeliverable, former, or well again."""
    work.require(Permission.PEOPLE_EDIT)
    if status not in STATUSES:
        raise Invalid("Choose a state.")
    row = work.get(TABLES[kind], point_id)
    before = {"status": row.status, "reason": row.status_reason}
    row.status, row.status_reason, row.status_on, row.updated_at = status, reason, work.now.date(), work.now
    if kind == "email" and status == "ok":
        row.bounces = 0
    if kind == "address":
        spread(work, row)
    _written(work, kind, row, "marked", before, {"status": status, "reason": reason})


def _said(row: Any) -> dict[str, Any]:
    kept = {"id", "constituent_id", "created_at", "updated_at", "folded", "match_key", "shared_from_id"}
    return row.model_dump(exclude=kept)


def _written(work: Work, kind: str, row: Any, action: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    history.record(work, kind, row.id, action, before=before, after=after, constituent_id=row.constituent_id)
    finding.reindex(work, [row.constituent_id])
    work.tell("people", f"person:{row.constituent_id}")


def email_row(row: Email) -> EmailRow:
    return EmailRow(**row.model_dump(include=set(EmailRow.model_fields)))


def phone_row(row: Phone) -> PhoneRow:
    return PhoneRow(**row.model_dump(include=set(PhoneRow.model_fields)))


def website_row(row: Website) -> WebsiteRow:
    return WebsiteRow(**row.model_dump(include=set(WebsiteRow.model_fields)))


def address_row(row: Address) -> AddressRow:
    return AddressRow(
        **row.model_dump(include=set(AddressRow.model_fields)),
        one_line=reading.one_line(row.line1, row.line2, row.city, row.region, row.postal_code),
        shared=row.shared_from_id is not None,
        season=f"{row.season_from} to {row.season_to}" if row.season_from else "",
    )
