"""Members through somebody else: the others of the household, as many as the type allows."""

from collections.abc import Sequence

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import CrmError, Invalid
from crm_app.core.work import Work
from crm_app.features.constituents.models import Constituent
from crm_app.features.memberships import queries
from crm_app.features.memberships.models import InheritedMember, Membership, MembershipType
from crm_app.features.memberships.schemas import Inherited
from crm_app.features.relationships import queries as relationships


class NoRoom(CrmError):
    message = "This membership covers no more people of the household."


def inherit(work: Work, membership_id: int) -> Inherited:
    """Bring the members through a membership in line with the household as it is today."""
    work.require(Permission.GIVING_EDIT)
    row, kind = _locked(work, membership_id)
    return fill(work, row, kind)


def fill(work: Work, row: Membership, kind: MembershipType) -> Inherited:
    household = {person.id: person for person in _household(work, row)}
    have = queries.inherited(work.session, row.id or 0)
    made = Inherited()
    for member, person in have:
        if person.id not in household:
            _end(work, row, member, "left the household")
            made.ended.append(person.display_name)
    there = {person.id for _, person in have if person.id in household}
    for person in household.values():
        if person.id in there:
            continue
        if _room(kind, len(there)) == 0:
            made.left_out.append(person.display_name)
            continue
        _add(work, row, person)
        there.add(person.id)
        made.added.append(person.display_name)
    return made


def add_inherited(work: Work, membership_id: int, constituent_id: int) -> int:
    """Let one of the household be a member through this membership."""
    work.require(Permission.GIVING_EDIT)
    row, kind = _locked(work, membership_id)
    person = next((one for one in _household(work, row) if one.id == constituent_id), None)
    if person is None:
        raise Invalid("Only others of the same household can be members through this membership.")
    have = queries.inherited(work.session, membership_id)
    if found := next((member.id for member, one in have if one.id == constituent_id), None):
        return found
    if _room(kind, len(have)) == 0:
        raise NoRoom(
            f"This membership covers {kind.most_inherited} of the household, no more.", most=kind.most_inherited
        )
    return _add(work, row, person)


def drop_inherited(work: Work, inherited_id: int) -> None:
    work.require(Permission.GIVING_EDIT)
    member = work.get(InheritedMember, inherited_id)
    row, _ = _locked(work, member.membership_id)
    _end(work, row, member, "taken off")


def _locked(work: Work, membership_id: int) -> tuple[Membership, MembershipType]:
    work.get(Membership, membership_id, "This membership is not there any more.")
    row = queries.locked(work.session, membership_id)
    kind = work.get(MembershipType, row.type_id)
    if not kind.inherits:
        raise Invalid(f"{kind.name} is a membership for one.")
    return row, kind


def _room(kind: MembershipType, there: int) -> int | None:
    return None if kind.most_inherited is None else max(0, kind.most_inherited - there)


def _household(work: Work, row: Membership) -> Sequence[Constituent]:
    """The living others of the holder's main household, in its own order."""
    holder = work.get(Constituent, row.constituent_id)
    if holder.kind == "household":
        home: int | None = holder.id
    else:
        homes = relationships.households_of(work.session, holder.id)
        home = homes[0][1].id if homes else None
    if home is None:
        return []
    found = [person for _, person in relationships.members(work.session, home)]
    return [person for person in found if person.id != holder.id and not person.deceased]


def _add(work: Work, row: Membership, person: Constituent) -> int:
    made = work.add(
        InheritedMember(membership_id=row.id, constituent_id=person.id, since=work.now.date(), by=work.actor.name)
    )
    _recorded(work, row, person.id or 0, "member through the household")
    return made.id


def _end(work: Work, row: Membership, member: InheritedMember, why: str) -> None:
    member.until = work.now.date()
    work.session.flush()
    _recorded(work, row, member.constituent_id, "no member through the household any more", why)


def leave(work: Work, member: InheritedMember, why: str) -> None:
    _end(work, work.get(Membership, member.membership_id), member, why)


def _recorded(work: Work, row: Membership, constituent_id: int, action: str, note: str = "") -> None:
    history.record(work, "membership", row.id, action, constituent_id=constituent_id, note=note)
    work.tell("memberships", f"person:{constituent_id}", f"person:{row.constituent_id}")
