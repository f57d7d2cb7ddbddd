"""People of one row put together: one household for two, the organization somebody works for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from crm_app.core import bulk
from crm_app.core.work import Work
from crm_app.features.constituents.models import Address
from crm_app.features.imports import queries
from crm_app.features.imports.service.planning import Plan
from crm_app.features.relationships import service as relationships
from crm_app.features.relationships.models import HouseholdMember, Relationship, RelationshipType

if TYPE_CHECKING:
    from crm_app.features.imports.service.writing import Journal


def households(work: Work, plans: Sequence[Plan], journal: "Journal") -> None:
    couples = {}
    for plan in plans:
        pair = [number for one, number in zip(plan.people, plan.ids, strict=False) if one.kind == "person" and one.role in ("one", "two")]  # fmt: skip
        if len(pair) == 2 and pair[0] != pair[1]:
            couples.setdefault(tuple(sorted(pair)), (plan.row, pair))
    if not couples:
        return
    people = sorted({number for pair in couples for number in pair})
    lives = _lives(work, people)
    for row, (first, second) in couples.values():
        shared = lives.get(first, set()) & lives.get(second, set())
        if shared:
            continue
        home = next(iter(lives.get(first, set()) | lives.get(second, set())), None)
        if home:
            mover = second if home in lives.get(first, set()) else first
            relationships.join(work, home, mover)
            journal.added(row, "household_member", mover, {"household_id": home, "person_id": mover})
        else:
            home = relationships.make_household(work, [first, second], address_id=_home_address(work, first))
            journal.added(row, "household", home)
            journal.count("households")
        for person in (first, second):
            lives.setdefault(person, set()).add(home)


def _lives(work: Work, people: Sequence[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    columns = (HouseholdMember.person_id, HouseholdMember.household_id)
    for part in queries.parts(people):
        query = sa.select(*columns).where(HouseholdMember.person_id.in_(part), HouseholdMember.ended_on.is_(None))
        for person, home in work.session.execute(query):
            found.setdefault(person, set()).add(home)
    return found


def _home_address(work: Work, person: int) -> int | None:
    query = sa.select(Address.id).where(Address.constituent_id == person, Address.label != "work", Address.line1 != "")
    return work.session.execute(query.order_by(Address.is_primary.desc(), Address.id)).scalar()


def belongings(work: Work, plans: Sequence[Plan], tool: str, journal: "Journal") -> None:
    """Households and organizations a row names by their number in the other system."""
    refs = {(plan.row, plan.ids[0], key, ref) for plan in plans if plan.people and plan.people[0].kind == "person" for key, ref in plan.people[0].refs.items()}  # fmt: skip
    if not refs:
        return
    found = {value: who for system, value, who in queries.by_external(work.session, sorted({ref for *_, ref in refs})) if system == tool}  # fmt: skip
    kinds = {one.id: one.kind for one in queries.people(work.session, sorted(set(found.values())))}
    lives = _lives(work, sorted({person for _, person, _, _ in refs}))
    wanted: dict[tuple[int, int], tuple[int, str]] = {}
    for row, person, _, ref in sorted(refs):
        body = found.get(ref)
        if body and kinds.get(body) == "organization":
            wanted.setdefault((person, body), (row, ""))
        elif body and kinds.get(body) == "household" and body not in lives.get(person, set()):
            relationships.join(work, body, person)
            lives.setdefault(person, set()).add(body)
            journal.added(row, "household_member", person, {"household_id": body, "person_id": person})
    relate(work, wanted, "employee", journal)


def employers(work: Work, plans: Sequence[Plan], journal: "Journal") -> None:
    """Each person of a row works for the organizations of the row; said once."""
    wanted: dict[tuple[int, int], tuple[int, str]] = {}
    for plan in plans:
        persons = [(one, n) for one, n in zip(plan.people, plan.ids, strict=False) if one.kind == "person"]
        for one, number in zip(plan.people, plan.ids, strict=False):
            if one.role not in ("org", "org2", "employer") or not persons:
                continue
            person, person_id = persons[min(1, len(persons) - 1)] if one.role == "org2" else persons[0]
            wanted.setdefault((person_id, number), (plan.row, str(person.facts.get("job_title", ""))))
    relate(work, wanted, "employee", journal)


def relate(work: Work, wanted: dict[tuple[int, int], tuple[int, str]], code: str, journal: "Journal") -> None:
    """Relationships of one type, those that are not here yet: (from, to) → (row, title)."""
    kind = work.session.execute(sa.select(RelationshipType.id).where(RelationshipType.code == code)).scalar()
    if not wanted or kind is None:
        return
    here: set[tuple[int, int]] = set()
    for part in queries.parts(sorted({pair[0] for pair in wanted})):
        query = sa.select(Relationship.from_id, Relationship.to_id).where(Relationship.type_id == kind, Relationship.from_id.in_(part))  # fmt: skip
        here |= {(a, b) for a, b in work.session.execute(query)}
    fresh = {pair: said for pair, said in wanted.items() if pair not in here and pair[0] != pair[1]}
    ids = bulk.numbers(work.session, Relationship, len(fresh))
    rows = [
        {"id": number, "type_id": kind, "from_id": pair[0], "to_id": pair[1], "title": title, "is_primary": False, "created_at": work.now}
        for number, (pair, (_, title)) in zip(ids, fresh.items(), strict=True)
    ]  # fmt: skip
    bulk.insert(work.session, Relationship, rows)
    journal.count("relationships", len(rows))
    for number, (row, _) in zip(ids, fresh.values(), strict=True):
        journal.added(row, "relationship", number)
