"""Between the list and the people we know: guests become constituents when somebody says so."""

from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.constituents import service as constituents
from crm_app.features.constituents.schemas import ConstituentDraft, EmailDraft, PhoneDraft
from crm_app.features.events import queries
from crm_app.features.events.axes import LIVE, Status
from crm_app.features.events.models import Event, Registration, Seat
from crm_app.features.events.schemas import PartyDraft, Registered
from crm_app.features.events.service import pools
from crm_app.features.events.service.moving import noted
from crm_app.features.events.service.registering import enter, name_seat, remember


def link(work: Work, seat_id: int, constituent_id: int) -> None:
    """This guest is this person."""
    work.require(Permission.EVENTS_EDIT, Permission.PEOPLE_READ)
    seat = work.get(Seat, seat_id, "This guest is not on the list any more.")
    party = work.get(Registration, seat.registration_id)
    name = queries.name_of(work.session, constituent_id)
    if not name:
        raise Invalid("This person is not there any more.")
    _linked(work, seat, party, constituent_id, name)


def make_person(work: Work, seat_id: int) -> int:
    """A guest we did not know becomes a constituent, who also goes through the search for duplicates."""
    work.require(Permission.EVENTS_EDIT, Permission.PEOPLE_EDIT)
    seat = work.get(Seat, seat_id, "This guest is not on the list any more.")
    if seat.constituent_id:
        return seat.constituent_id
    if not seat.name:
        raise Invalid("This guest has no name yet.")
    party = work.get(Registration, seat.registration_id)
    event = work.get(Event, seat.event_id)
    first, _, last = seat.name.strip().rpartition(" ")
    draft = ConstituentDraft(
        first_name=first or last,
        last_name=last if first else "",
        source=f"event: {event.name}"[:120],
        emails=[EmailDraft(address=seat.email)] if "@" in seat.email else [],
        phones=[PhoneDraft(number=seat.phone)] if seat.phone else [],
    )
    made = constituents.create(work, draft)
    _linked(work, seat, party, made, seat.name)
    return made


def _linked(work: Work, seat: Seat, party: Registration, constituent_id: int, name: str) -> None:
    before = {"constituent_id": seat.constituent_id, "name": seat.name}
    seat.constituent_id, seat.name = constituent_id, seat.name or name
    seat.first_time = not queries.was_here_before(work.session, constituent_id, seat.event_id)
    if seat.position == 0:
        party.constituent_id = constituent_id
    remember(work, constituent_id, seat.diet, seat.access)
    name_seat(seat, party)
    seat.version += 1
    noted(work, party, "linked", before, {"constituent_id": constituent_id, "name": seat.name})


def make_people(work: Work, event_id: int) -> int:
    """Everybody with a name whom we do not know yet."""
    work.require(Permission.EVENTS_EDIT, Permission.PEOPLE_EDIT)
    pools.lock(work, event_id)
    rows = queries.roster(work.session, event_id, [Status.REGISTERED])
    strangers = [seat.id for seat, *_ in rows if seat.constituent_id is None and seat.name]
    for seat_id in strangers:
        make_person(work, seat_id)
    return len(strangers)


def invite(work: Work, event_id: int, constituent_ids: list[int], ticket_type_id: int | None = None) -> dict[str, int]:
    """Register many people at once, from a list or a notebook; who is on the list already is left alone."""
    work.require(Permission.EVENTS_EDIT, Permission.PEOPLE_READ)
    event = pools.lock(work, event_id)
    known = queries.people_of(work.session, event_id, list(LIVE))
    outcome = {"registered": 0, "waitlisted": 0, "known": 0}
    for one in dict.fromkeys(constituent_ids):
        if one in known:
            outcome["known"] += 1
            continue
        made: Registered = enter(
            work, event, PartyDraft(constituent_id=one, ticket_type_id=ticket_type_id, source="notebook")
        )
        outcome["waitlisted" if made.status == Status.WAITLISTED else "registered"] += 1
    return outcome


def of_person(work: Work, constituent_id: int) -> list[dict[str, str]]:
    """The events of one person, last first, for the profile."""
    work.require(Permission.EVENTS_READ)
    return queries.events_of(work.session, constituent_id)


def find_people(work: Work, text: str) -> list[tuple[int, str, str]]:
    """People one might mean, while a name is typed; nobody for those who may not see people."""
    if not work.may(Permission.PEOPLE_READ) or len(text.strip()) < 2:
        return []
    return [(one.id, one.name, one.detail) for one in constituents.search(work, text, 8)]
