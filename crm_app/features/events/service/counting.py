"""Counts: always from the rows, so that they agree with the list beside them."""

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.events import queries
from crm_app.features.events.axes import GONE, LIVE, Status
from crm_app.features.events.models import Event
from crm_app.features.events.schemas import Counts


def counts(work: Work, event_id: int) -> Counts:
    work.require(Permission.EVENTS_READ)
    event = work.get(Event, event_id, "This event is not there any more.")
    pool = queries.pools_of(work.session, event_id).get(event.pool_id or 0)
    heads = dict(queries.heads(work.session, event_id))
    rows = {row[0]: row[1:] for row in queries.by_status(work.session, event_id)}
    registered = rows.get(Status.REGISTERED, (0, 0, 0, 0, 0, 0))
    waiting = rows.get(Status.WAITLISTED, (0, 0, 0, 0, 0, 0))
    inside, left = heads.get("in", 0), heads.get("left", 0)
    return Counts(
        capacity=pool.capacity if pool else None,
        held=pool.held if pool else 0,
        seats=sum(heads.values()),
        parties=registered[0],
        inside=inside,
        arrived=inside + left,
        to_come=heads.get("unknown", 0),
        no_show=heads.get("no_show", 0),
        waiting=int(waiting[1] or 0),
        waiting_parties=waiting[0],
        offered=rows.get(Status.OFFERED, (0,))[0],
        to_approve=rows.get(Status.AWAITING_APPROVAL, (0,))[0],
        to_tell=sum(int(row[4] or 0) for row in rows.values()),
        due=int(registered[2] or 0),
        owing=int(registered[5] or 0),
        needs=queries.count_needs(work.session, event_id),
        gone=sum(int(row[1] or 0) for status, row in rows.items() if status in GONE),
        off_list=sum(
            int(row[1] or 0) for status, row in rows.items() if status in LIVE and status != Status.REGISTERED
        ),
    )


def reconcile(work: Work, event_id: int) -> list[str]:
    """Where the places taken and the seats given do not agree. Reports; mends nothing."""
    work.require(Permission.EVENTS_READ)
    wrong: list[str] = []
    taken = queries.seats_by_pool(work.session, event_id)
    for pool_id, pool in queries.pools_of(work.session, event_id).items():
        if pool.held != taken.get(pool_id, 0):
            wrong.append(f"{pool.name}: {pool.held} taken, {taken.get(pool_id, 0)} given")
    for registration_id, seats, live in queries.party_disagreements(work.session, event_id):
        wrong.append(f"registration {registration_id}: {seats} seats, {live} people")
    return wrong
