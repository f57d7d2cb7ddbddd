"""Who belongs to whom."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Conflict, Invalid
from crm_app.core.work import Work
from crm_app.features.constituents import naming
from crm_app.features.constituents import service as constituents
from crm_app.features.constituents.folding import fold
from crm_app.features.constituents.models import Address, Constituent
from crm_app.features.constituents.schemas import ConstituentDraft
from crm_app.features.constituents.service.editing import as_named
from crm_app.features.relationships import queries
from crm_app.features.relationships.models import HouseholdMember, Relationship, RelationshipType
from crm_app.features.relationships.schemas import (
    HouseholdRow,
    MemberRow,
    RelationDraft,
    RelationRow,
    TypeDraft,
    TypeRow,
)

GREETED = ("display_name", "sort_name", "greeting", "formal_greeting", "addressee")


class AlreadyRelated(Conflict):
    message = "These two are already related in this way."


def relate(work: Work, constituent_id: int, draft: RelationDraft) -> int:
    """Write a relationship once; both see it."""
    work.require(Permission.PEOPLE_EDIT)
    kind = work.get(RelationshipType, draft.type_id)
    here, other = work.get(Constituent, constituent_id), work.get(Constituent, draft.other_id)
    if here.id == other.id:
        raise Invalid(fields={"other": "Choose somebody else."})
    if draft.started_on and draft.ended_on and draft.ended_on < draft.started_on:
        raise Invalid(fields={"ended_on": "The end is before the beginning."})
    first, second = (other, here) if draft.reverse else (here, other)
    _refuse_twice(work, kind, first, second)
    row = work.add(
        Relationship(
            type_id=kind.id,
            from_id=first.id,
            to_id=second.id,
            title=draft.title,
            started_on=draft.started_on,
            ended_on=draft.ended_on,
            from_acts_for_to=draft.other_acts_for if draft.reverse else draft.acts_for_other,
            to_acts_for_from=draft.acts_for_other if draft.reverse else draft.other_acts_for,
            is_primary=draft.is_primary,
            note=draft.note,
            created_at=work.now,
        )
    )
    _tell(work, row, "related", f"{first.display_name} {kind.name} {second.display_name}")
    return row.id


def _refuse_twice(work: Work, kind: RelationshipType, first: Constituent, second: Constituent) -> None:
    pairs = [(first.id, second.id)]
    if kind.name == kind.reverse_name:
        pairs.append((second.id, first.id))
    query = sa.select(Relationship.id).where(
        Relationship.type_id == kind.id,
        Relationship.ended_on.is_(None),
        sa.tuple_(Relationship.from_id, Relationship.to_id).in_(pairs),
    )
    if work.session.execute(query).first():
        raise AlreadyRelated


def _tell(work: Work, row: Relationship, action: str, words: str) -> None:
    for side in (row.from_id, row.to_id):
        history.record(work, "relationship", row.id, action, constituent_id=side, note=words)
        work.tell(f"person:{side}")


def end(work: Work, relationship_id: int, on: date) -> None:
    """It was so until this day: past relationships are kept."""
    work.require(Permission.PEOPLE_EDIT)
    row = work.get(Relationship, relationship_id)
    if row.started_on and on < row.started_on:
        raise Invalid(fields={"ended_on": "The end is before the beginning."})
    row.ended_on = on
    _tell(work, row, "ended", _words(work, row))


def remove(work: Work, relationship_id: int) -> None:
    """It was a mistake: gone from both sides."""
    work.require(Permission.PEOPLE_EDIT)
    row = work.get(Relationship, relationship_id)
    _tell(work, row, "removed", _words(work, row))
    work.session.delete(row)


def _words(work: Work, row: Relationship) -> str:
    first, second = work.get(Constituent, row.from_id), work.get(Constituent, row.to_id)
    return f"{first.display_name} {work.get(RelationshipType, row.type_id).name} {second.display_name}"


def of(work: Work, constituent_id: int) -> list[RelationRow]:
    """Every relationship, seen from this side."""
    work.require(Permission.PEOPLE_READ)
    return [_seen(row, kind, other, constituent_id) for row, kind, other in queries.of(work.session, constituent_id)]


def _seen(row: Relationship, kind: RelationshipType, other: Constituent, me: int) -> RelationRow:
    first = row.from_id == me
    return RelationRow(
        id=row.id,
        other_id=other.id,
        other=other.display_name,
        other_kind=other.kind,
        is_to_me=(kind.reverse_noun if first else kind.noun) or (kind.name if first else kind.reverse_name),
        family=kind.family,
        title=row.title,
        started_on=row.started_on,
        ended_on=row.ended_on,
        acts_for_me=row.to_acts_for_from if first else row.from_acts_for_to,
        i_act_for=row.from_acts_for_to if first else row.to_acts_for_from,
        is_primary=row.is_primary,
        note=row.note,
    )


def make_household(work: Work, people: Sequence[int], name: str = "", address_id: int | None = None) -> int:
    """A household of these people, the first its head; its name and greetings follow the rules."""
    work.require(Permission.PEOPLE_EDIT)
    number = constituents.create_many(work, [ConstituentDraft(kind="household", name=name)])[0]
    for place, person in enumerate(people):
        join(work, number, person, "head" if place == 0 else "adult")
    if address_id:
        adopt_address(work, number, address_id)
    return number


def adopt_address(work: Work, household_id: int, address_id: int) -> None:
    """Make somebody's address the household's, and let every member's address follow it."""
    work.require(Permission.PEOPLE_EDIT)
    source = work.get(Address, address_id)
    copied = source.model_dump(exclude={"id", "constituent_id", "is_primary", "shared_from_id"})
    own = work.add(Address(**copied, constituent_id=household_id, is_primary=True))
    for member, _ in queries.members(work.session, household_id):
        constituents.reaching.share(work, own.id, member.person_id)


def join(work: Work, household_id: int, person_id: int, role: str = "adult") -> int:
    """Let a person belong to a household; it becomes the main one if there was none."""
    work.require(Permission.PEOPLE_EDIT)
    household, person = work.get(Constituent, household_id), work.get(Constituent, person_id)
    if household.kind != "household" or person.kind != "person":
        raise Invalid("A household is made of people.")
    there = queries.members(work.session, household_id)
    if any(member.person_id == person_id for member, _ in there):
        raise Conflict(f"{person.display_name} is in this household already.")
    main = not any(member.is_primary for member, _ in queries.households_of(work.session, person_id))
    row = work.add(
        HouseholdMember(
            household_id=household_id,
            person_id=person_id,
            role=role,
            position=len(there),
            is_primary=main,
            started_on=work.now.date(),
            created_at=work.now,
        )
    )
    _told(work, household_id, person_id, f"{person.display_name} joined {household.display_name}", "joined")
    rename(work, household_id)
    return row.id


def leave(work: Work, household_id: int, person_id: int) -> None:
    work.require(Permission.PEOPLE_EDIT)
    row = next((m for m, _ in queries.members(work.session, household_id) if m.person_id == person_id), None)
    if row is None:
        raise Invalid("This person is not in the household.")
    row.ended_on, row.is_primary = work.now.date(), False
    work.session.flush()
    if others := queries.households_of(work.session, person_id):
        others[0][0].is_primary = True
    person = work.get(Constituent, person_id)
    _told(work, household_id, person_id, f"{person.display_name} left the household", "left")
    rename(work, household_id)


def _told(work: Work, household_id: int, person_id: int, words: str, action: str) -> None:
    for side in (household_id, person_id):
        history.record(work, "household", household_id, action, constituent_id=side, note=words)
        work.tell(f"person:{side}")
    work.tell("people")


def preview(work: Work, household_id: int) -> naming.Names:
    """The name and greetings the rules would give."""
    household = work.get(Constituent, household_id)
    before = naming.Names(household.display_name, household.sort_name, "", "", "")
    return naming.household(
        [_as_member(work, member, person) for member, person in queries.members(work.session, household_id)], before
    )


def _as_member(work: Work, member: HouseholdMember, person: Constituent) -> naming.Member:
    return naming.Member(
        as_named(work, person),
        child=member.role == "child",
        in_name=member.in_name,
        in_formal=member.in_formal_greeting,
        in_greeting=member.in_greeting,
    )


def rename(work: Work, household_id: int) -> None:
    """Compute name and greetings anew, unless they were written by hand; a given name stays, greetings follow."""
    row = work.get(Constituent, household_id)
    if row.names_locked:
        return
    named = preview(work, household_id)
    fresh = (row.name or named.display, fold(row.name) or named.sort[:160])
    fresh += (named.greeting, named.formal_greeting, named.addressee)
    before = tuple(getattr(row, column) for column in GREETED)
    if fresh == before:
        return
    for column, value in zip(GREETED, fresh):
        setattr(row, column, value)
    row.version, row.updated_at = row.version + 1, work.now
    history.record(
        work, "constituent", row.id, "renamed", before=dict(zip(GREETED, before)), after=dict(zip(GREETED, fresh))
    )
    constituents.reindex(work, [row.id])
    work.tell(f"person:{row.id}")


def households(work: Work, person_id: int) -> list[HouseholdRow]:
    """Households somebody is in, or the household itself, with their members."""
    work.require(Permission.PEOPLE_READ)
    row = work.get(Constituent, person_id)
    if row.kind == "household":
        return [household_row(work, row)]
    return [household_row(work, household) for _, household in queries.households_of(work.session, person_id)]


def household_row(work: Work, household: Constituent) -> HouseholdRow:
    return HouseholdRow(
        id=household.id,
        name=household.display_name,
        greeting=household.greeting,
        formal_greeting=household.formal_greeting,
        addressee=household.addressee,
        names_locked=household.names_locked,
        members=[
            MemberRow(
                id=member.id,
                person_id=person.id,
                name=person.display_name,
                informal=person.preferred_name or person.nickname or person.first_name or person.display_name,
                role=member.role,
                position=member.position,
                deceased=person.deceased,
                is_primary=member.is_primary,
            )
            for member, person in queries.members(work.session, household.id)
        ],
    )


def list_types(work: Work, counted: bool = False) -> list[TypeRow]:
    used = queries.used(work.session) if counted else {}
    return [
        TypeRow(
            **row.model_dump(exclude={"position", "retired_at"}),
            retired=row.retired_at is not None,
            used=used.get(row.id, 0),
        )
        for row in queries.types(work.session)
    ]


def save_type(work: Work, draft: TypeDraft, type_id: int | None = None) -> int:
    work.require(Permission.SETTINGS_EDIT)
    if not draft.name or not draft.reverse_name:
        raise Invalid(fields={"name": "Say it from both sides, such as parent of and child of."})
    if type_id:
        row = work.get(RelationshipType, type_id)
    else:
        taken = {kind.code for kind in queries.types(work.session)}
        base = fold(draft.name).replace(" ", "_")
        code = next(c for n in range(1, 1_000) if (c := base if n == 1 else f"{base}_{n}") not in taken)
        row = RelationshipType(code=code, name="", reverse_name="", position=len(taken))
    before = {"name": row.name, "reverse_name": row.reverse_name}
    for name, value in draft.model_dump().items():
        setattr(row, name, value)
    work.add(row)
    history.record(work, "relationship_type", row.id, "edited", before=before, after=draft.model_dump())
    work.tell("settings")
    return row.id


def retire_type(work: Work, type_id: int, retired: bool = True) -> None:
    work.require(Permission.SETTINGS_EDIT)
    work.get(RelationshipType, type_id).retired_at = work.now if retired else None
    history.record(work, "relationship_type", type_id, "retired" if retired else "brought back")
    work.tell("settings")
