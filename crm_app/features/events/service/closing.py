"""After the last guest: those who were not there are marked, with a look before and a way back."""

import sqlalchemy as sa
from sqlmodel import col, select

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.events import queries
from crm_app.features.events.axes import Status
from crm_app.features.events.models import Event, Registration, Seat
from crm_app.features.events.service import pools
from crm_app.features.events.service.errors import NothingCheckedIn
from crm_app.features.events.service.moving import told


def preview(work: Work, event_id: int) -> list[str]:
    """The names that a close-out would mark as not having come."""
    work.require(Permission.EVENTS_READ)
    rows = queries.roster(work.session, event_id, [Status.REGISTERED])
    return [seat.name or f"Guest of {party.name}" for seat, party, _, _ in rows if seat.attendance == "unknown"]


def close_out(work: Work, event_id: int) -> int:
    """Mark everybody who was expected and not checked in. Refused while nobody at all is checked in."""
    work.require(Permission.EVENTS_EDIT)
    event: Event = pools.lock(work, event_id)
    if event.starts_at > work.now:
        raise Invalid("This event has not begun yet.")
    heads = dict(queries.heads(work.session, event_id))
    if not heads.get("in", 0) + heads.get("left", 0):
        raise NothingCheckedIn
    marked = _mark(work, event_id, "unknown", "no_show")
    event.closed_out_at, event.closed_out_by = work.now, work.actor.name
    if event.status == "published":
        event.status = "closed"
    history.record(work, "event", event_id, "closed out", after={"did not come": marked})
    told(work, event_id)
    return marked


def reopen(work: Work, event_id: int) -> int:
    """Take the close-out back: nobody is a no-show any more."""
    work.require(Permission.EVENTS_EDIT)
    event: Event = pools.lock(work, event_id)
    marked = _mark(work, event_id, "no_show", "unknown")
    event.closed_out_at, event.closed_out_by = None, ""
    history.record(work, "event", event_id, "close-out taken back", after={"not marked any more": marked})
    told(work, event_id)
    return marked


def excuse(work: Work, seat_id: int, excused: bool = True) -> None:
    """They said they could not come; that is not a no-show."""
    work.require(Permission.EVENTS_EDIT)
    seat = work.get(Seat, seat_id)
    if seat.attendance in ("in", "left"):
        raise Invalid("This guest was here.")
    before = seat.attendance
    seat.attendance = "excused" if excused else "unknown"
    history.record(
        work,
        "registration",
        seat.registration_id,
        "excused",
        before={"attendance": before},
        after={"attendance": seat.attendance},
        constituent_id=seat.constituent_id,
    )
    told(work, seat.event_id)


def _mark(work: Work, event_id: int, before: str, after: str) -> int:
    registered = select(Registration.id).where(
        Registration.event_id == event_id, Registration.status == Status.REGISTERED
    )
    changed = work.session.execute(
        sa.update(Seat)
        .where(
            Seat.event_id == event_id, Seat.live, Seat.attendance == before, col(Seat.registration_id).in_(registered)
        )
        .values(attendance=after)
        .execution_options(synchronize_session=False)
    )
    return changed.rowcount
