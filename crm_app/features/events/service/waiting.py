"""The waitlist: first come, first served, by the event's party policy; moved inside the work that frees a seat."""

from datetime import timedelta

from sqlmodel import select

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.events.axes import Status
from crm_app.features.events.models import Event, Registration, TicketType
from crm_app.features.events.service import pools
from crm_app.features.events.service.moving import move, noted


def settle(work: Work, event: Event, newcomer: Registration | None = None) -> list[Registration]:
    """Give free places to those who wait, in order; returns who moved up.

    A newcomer stands at the end of the same list, so that nobody ever overtakes it; with room at once
    they are registered, whatever the event does for those who had to wait.
    """
    moved: list[Registration] = []
    blocked: set[int] = set()
    chains: dict[int, tuple[TicketType, set[int]]] = {}
    for party_id, ticket_id, seats in _waiting(work, event, newcomer):
        if ticket_id not in chains:
            ticket = work.get(TicketType, ticket_id)
            chains[ticket_id] = ticket, set(pools.chain(work.session, ticket.pool_id))
        ticket, chain = chains[ticket_id]
        if blocked & chain:
            continue
        lacking = pools.lacking(work.session, chain, seats)
        if lacking:
            blocked |= lacking if event.party_policy == "strict" else set()
            continue
        party = newcomer if newcomer and newcomer.id == party_id else work.get(Registration, party_id)
        _move_up(work, event, party, ticket, direct=party is newcomer)
        moved.append(party)
    return moved


def _waiting(work: Work, event: Event, newcomer: Registration | None) -> list[tuple[int, int, int]]:
    """Number, ticket and seats of those who wait, in order; a long list costs one look."""
    if event.status == "cancelled":
        return []
    stops = event.starts_at - timedelta(hours=event.waitlist_stops_hours)
    if work.now >= stops and event.waitlist_stops_hours:
        return [(newcomer.id, newcomer.ticket_type_id, newcomer.seats)] if newcomer else []
    return [
        tuple(row)
        for row in work.session.execute(
            select(Registration.id, Registration.ticket_type_id, Registration.seats)
            .where(Registration.event_id == event.id, Registration.status == Status.WAITLISTED)
            .order_by(Registration.priority.desc(), Registration.position, Registration.id)
        )
    ]


def _move_up(work: Work, event: Event, party: Registration, ticket: TicketType, *, direct: bool) -> None:
    if ticket.approval:
        move(work, party, "promoted for approval")
    elif direct or event.promotes == "confirm":
        move(work, party, "promoted", to_tell="" if direct else "promoted")
    else:
        deadline = min(work.now + timedelta(hours=event.offer_hours), event.starts_at)
        move(work, party, "offered", until=max(deadline, work.now), to_tell="offered")


def offer_now(work: Work, registration_id: int, reason: str) -> None:
    """Out of turn: a coordinator offers a seat to this party, and says why."""
    work.require(Permission.EVENTS_EDIT)
    party = work.get(Registration, registration_id)
    event = pools.lock(work, party.event_id)
    work.session.refresh(party)
    deadline = work.now + timedelta(hours=event.offer_hours)
    move(work, party, "offered", until=deadline, to_tell="offered", reason=reason, note=reason)


def prefer(work: Work, registration_id: int, priority: int, reason: str) -> None:
    """Move a party up or down the waitlist, with a reason that stays."""
    work.require(Permission.EVENTS_EDIT)
    party = work.get(Registration, registration_id)
    event = pools.lock(work, party.event_id)
    noted(work, party, "reordered", {"priority": party.priority}, {"priority": priority}, reason)
    party.priority = priority
    work.session.flush()
    settle(work, event)


def accept(work: Work, party: Registration) -> None:
    """The offer is taken, in time."""
    event = pools.lock(work, party.event_id)
    work.session.refresh(party)
    if party.until and party.until < work.now and party.status == Status.OFFERED:
        lapse(work, event, party)
        return
    move(work, party, "accepted", to_tell="")


def pass_on(work: Work, party: Registration) -> None:
    """The offer is declined; the next one gets it."""
    event = pools.lock(work, party.event_id)
    work.session.refresh(party)
    move(work, party, "passed on", to_tell="")
    settle(work, event)


def lapse(work: Work, event: Event, party: Registration) -> None:
    move(work, party, "expired", to_tell="lapsed")
    settle(work, event)


def expire_due(work: Work) -> int:
    """Holds and offers whose time is over give their places to the next ones."""
    due = work.session.execute(
        select(Registration.id, Registration.event_id)
        .where(Registration.until < work.now, Registration.status.in_([Status.HELD, Status.OFFERED]))
        .order_by(Registration.event_id, Registration.until)
    ).all()
    done = 0
    for registration_id, event_id in due:
        event = pools.lock(work, event_id)
        party = work.get(Registration, registration_id)
        work.session.refresh(party)
        if party.status in (Status.HELD, Status.OFFERED) and party.until and party.until < work.now:
            lapse(work, event, party)
            done += 1
    return done
