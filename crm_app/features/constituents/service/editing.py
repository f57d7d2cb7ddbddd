"""Changing what is known about somebody, without ever writing over somebody else's change."""

from datetime import date
from typing import Any

from sqlmodel import select

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Conflict, Invalid, NotFound
from crm_app.core.work import Work
from crm_app.features.constituents import naming
from crm_app.features.constituents.models import Constituent, Email, OtherName, Phone
from crm_app.features.constituents.queries import about
from crm_app.features.constituents.schemas import OtherNameDraft, PersonFacts
from crm_app.features.constituents.service import finding, reading
from crm_app.features.constituents.service.followers import changed

NAMES = frozenset(
    {"prefix", "first_name", "middle_name", "last_name", "suffix", "nickname", "preferred_name", "name", "deceased"}
)
COMPUTED = frozenset({"display_name", "greeting", "formal_greeting", "addressee"})
BIRTH = frozenset({"birth_year", "birth_month", "birth_day"})
PLAIN = frozenset(
    {"pronouns", "gender", "deceased_on", "language", "job_title", "anonymous", "owner_id", "alert", "alert_until"}
    | {"source", "names_locked", "photo_id"}
)
EDITABLE = NAMES | COMPUTED | BIRTH | PLAIN


class EditConflict(Conflict):
    """Somebody else changed the same fields; `fields` holds theirs and mine for each."""

    message = "Somebody else changed this meanwhile."


def facts(work: Work, constituent_id: int) -> PersonFacts:
    """The record itself; a merged one leads to the one it became part of."""
    work.require(Permission.PEOPLE_READ)
    row = standing(work, constituent_id)
    kept = row.model_dump(exclude={"merged_into_id", "deleted_at", "created_by", "import_id"})
    if not work.may(Permission.BIRTHDATES_READ):
        kept |= dict.fromkeys(BIRTH)
    return PersonFacts(**kept, deleted=row.deleted_at is not None)


def standing(work: Work, constituent_id: int) -> Constituent:
    """Follow merges to the record that stands for this number today."""
    row = work.get(Constituent, constituent_id, "There is nobody with this number.")
    seen = set()
    while row.merged_into_id and row.id not in seen:
        seen.add(row.id)
        row = work.get(Constituent, row.merged_into_id)
    return row


def edit(work: Work, constituent_id: int, changes: dict[str, Any], seen: dict[str, Any] | None = None) -> int:
    """Change fields; returns the new version.

    `seen` is what the editor saw in these fields. A field somebody else changed meanwhile is a conflict; other
    fields of the same person are not. Without `seen` the change counts as made on what is there now.
    """
    work.require(Permission.PEOPLE_EDIT)
    row = _locked(work, constituent_id)
    changes = {name: value for name, value in changes.items() if name in EDITABLE}
    if BIRTH & changes.keys():
        work.require(Permission.BIRTHDATES_READ)
    _refuse_overwriting(row, changes, seen)
    changes = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if not changes:
        return row.version
    _check(work, row, changes)
    before = row.model_dump(include=EDITABLE)
    for name, value in changes.items():
        setattr(row, name, value)
    settle(work, row, frozenset(changes))
    history.record(work, "constituent", row.id, "edited", before=before, after=row.model_dump(include=EDITABLE))
    work.tell("people", f"person:{row.id}")
    return row.version


def _locked(work: Work, constituent_id: int) -> Constituent:
    query = select(Constituent).where(Constituent.id == constituent_id).with_for_update()
    row = work.session.execute(query.execution_options(populate_existing=True)).scalars().first()
    if row is None or row.deleted_at is not None:
        raise NotFound("This record is in the trash." if row else "There is nobody with this number.")
    return row


def _refuse_overwriting(row: Constituent, changes: dict[str, Any], seen: dict[str, Any] | None) -> None:
    conflicts = {
        name: {"theirs": getattr(row, name), "mine": value}
        for name, value in changes.items()
        if seen is not None and name in seen and getattr(row, name) not in (seen[name], value)
    }
    if conflicts:
        raise EditConflict(hint="Look at both and choose.", fields=conflicts, version=row.version)


def _check(work: Work, row: Constituent, changes: dict[str, Any]) -> None:
    wrong: dict[str, str] = {}
    after = {name: changes.get(name, getattr(row, name)) for name in NAMES | BIRTH}
    if row.kind == "organization" and not after["name"]:
        wrong["name"] = "What is the organization called?"
    parts = (after["birth_year"], after["birth_month"], after["birth_day"])
    if said := reading.birth_error(*parts, work.now.date()):
        wrong["birth"] = said
    died: date | None = changes.get("deceased_on")
    if died and died > work.now.date():
        wrong["deceased_on"] = "That day is in the future."
    if wrong:
        raise Invalid(fields=wrong)


def settle(work: Work, row: Constituent, fields: frozenset[str]) -> None:
    """After a change: names and greetings by their rules, the version, search, and those who follow."""
    if fields & COMPUTED and "names_locked" not in fields:
        row.names_locked = True
    if fields & (NAMES | {"names_locked"}) and not row.names_locked:
        _rename(work, row)
    row.version += 1
    row.updated_at = work.now
    if fields & (NAMES | COMPUTED):
        finding.reindex(work, [row.id])
    changed(work, row.id, fields)


def _rename(work: Work, row: Constituent) -> None:
    if row.kind == "household":
        return  # its own feature computes it, from its members
    named = naming.names(as_named(work, row))
    row.display_name, row.sort_name = named.display, named.sort[:160]
    row.greeting, row.formal_greeting, row.addressee = named.greeting, named.formal_greeting, named.addressee


def as_named(work: Work, row: Constituent) -> naming.Named:
    fallback = ""
    if not (row.first_name or row.last_name or row.name):
        reach = [*about.of(work.session, Email, row.id), *about.of(work.session, Phone, row.id)]
        fallback = next((getattr(point, "address", "") or getattr(point, "shown", "") for point in reach), "")
    return naming.Named(
        row.kind, row.prefix, row.first_name, row.middle_name, row.last_name, row.suffix,
        row.nickname, row.preferred_name, row.name, row.deceased, fallback,
    )  # fmt: skip


def add_name(work: Work, constituent_id: int, draft: OtherNameDraft) -> int:
    """A former name or an alias: search finds the person by it from now on."""
    work.require(Permission.PEOPLE_EDIT)
    row = work.get(Constituent, constituent_id)
    if not (draft.first_name or draft.last_name or draft.name):
        raise Invalid(fields={"name": "Type the other name."})
    other = work.add(OtherName(constituent_id=row.id, created_at=work.now, **draft.model_dump()))
    after = draft.model_dump(exclude_defaults=True)
    history.record(work, "name", other.id, "added", after=after, constituent_id=row.id)
    finding.reindex(work, [row.id])
    work.tell("people", f"person:{row.id}")
    return other.id


def drop_name(work: Work, name_id: int) -> None:
    work.require(Permission.PEOPLE_EDIT)
    other = work.get(OtherName, name_id)
    history.record(
        work, "name", other.id, "removed", before={"name": shown_name(other)}, constituent_id=other.constituent_id
    )
    work.session.delete(other)
    finding.reindex(work, [other.constituent_id])
    work.tell("people", f"person:{other.constituent_id}")


def shown_name(other: OtherName) -> str:
    return naming.line(other.first_name, other.middle_name, other.last_name) or other.name
