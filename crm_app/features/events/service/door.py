"""The door: find, tap, undo, walk in. A repeated tap is answered calmly, a replayed one counts once."""

import re
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid, NotAllowed, NotFound
from crm_app.core.tables import Moment
from crm_app.core.work import Work
from crm_app.engine.money import written
from crm_app.features.events import clock, queries
from crm_app.features.events.axes import WORDS, Status
from crm_app.features.events.models import CheckIn, Checkpoint, Event, Registration, ScanAttempt, Seat
from crm_app.features.events.schemas import DoorRow, PartyDraft, Tap, Tapped, WalkIn
from crm_app.features.events.service import pools
from crm_app.features.events.service.errors import EventFull
from crm_app.features.events.service.registering import enter, name_seat

HERE = ("in", "left")
UNDO_WITHIN = timedelta(minutes=15)
SCANNED = re.compile(r"([A-Za-z0-9]{6})-(\d{1,9})")
"""What the code on a badge says: the order code and the seat."""


def tap(work: Work, event_id: int, touch: Tap) -> Tapped:
    """One touch: in, out or undo, from this moment or from a queue that was cut off."""
    work.require(Permission.DOOR)
    event = work.get(Event, event_id, "This event is not there any more.")
    seat = work.session.get(Seat, touch.seat_id)
    if seat is None or seat.event_id != event_id:
        return Tapped(outcome="refused", words="This person is not on the list any more.", seat_id=touch.seat_id)
    point = _checkpoint(work, event_id, touch.checkpoint_id)
    at = _when(work, touch)
    if touch.verb == "undo":
        return undo(work, event, seat, point)
    if touch.verb == "out":
        return _leave(work, event, seat, point, touch, at)
    return _come(work, event, seat, point, touch, at)


def _checkpoint(work: Work, event_id: int, checkpoint_id: int | None) -> Checkpoint:
    known = queries.checkpoints(work.session, event_id)
    found = next((point for point in known if point.id == checkpoint_id), known[0] if known else None)
    if found is None:
        raise NotFound("This event has no door.")
    return found


def _when(work: Work, touch: Tap) -> datetime:
    """The device's time, where it can be true."""
    at = touch.occurred_at
    if at is None or at.tzinfo is None or not work.now - timedelta(days=2) < at <= work.now + timedelta(minutes=2):
        return work.now
    return min(at, work.now)


def _come(work: Work, event: Event, seat: Seat, point: Checkpoint, touch: Tap, at: datetime) -> Tapped:
    party = work.get(Registration, seat.registration_id)
    refusal = _refusal(party, seat)
    if refusal and not touch.reason:
        return _refused(work, event, seat, touch, refusal)
    if refusal:
        work.require(Permission.EVENTS_OVERBOOK)
    made = _insert(
        work,
        event_id=event.id,
        seat_id=seat.id,
        checkpoint_id=point.id,
        kind="entry",
        occurred_at=at,
        received_at=work.now,
        device=touch.device,
        user_id=work.actor.user_id,
        by=work.actor.name,
        nonce=touch.nonce,
        offline=touch.offline,
        forced=bool(refusal),
        reason=touch.reason,
    )
    if not made:
        return _known_already(work, event, seat, point, touch, at)
    _arrived(work, seat, point, at)
    return _said("in", event, seat, f"in {clock.clock_time(at, event.time_zone)}", at)


def _refusal(party: Registration, seat: Seat) -> str:
    if not seat.live:
        return "This guest was taken off the list."
    if party.status != Status.REGISTERED:
        return f"Not registered: {WORDS[Status(party.status)]}."
    return ""


def _refused(work: Work, event: Event, seat: Seat, touch: Tap, words: str) -> Tapped:
    _attempt(work, event, seat, touch, words)
    return _said("refused", event, seat, words)


def _attempt(work: Work, event: Event, seat: Seat | None, touch: Tap, reason: str) -> None:
    work.session.add(
        ScanAttempt(
            event_id=event.id,
            seat_id=seat.id if seat else None,
            text=seat.name if seat else "",
            reason=reason,
            device=touch.device,
            by=work.actor.name,
            at=work.now,
        )
    )


def _insert(work: Work, **values: Any) -> bool:
    """True for exactly one of all who try at once: the open-entry index and the nonce decide."""
    dialect = sqlite if work.database.sqlite else postgresql
    statement = dialect.insert(CheckIn).values(**values).on_conflict_do_nothing().returning(col(CheckIn.id))
    return work.session.execute(statement).first() is not None


def _arrived(work: Work, seat: Seat, point: Checkpoint, at: datetime) -> None:
    """The attendance axis follows the log, in the same work."""
    if point.arrival:
        work.session.execute(
            sa.update(Seat)
            .where(Seat.id == seat.id)
            .values(
                attendance="in",
                arrived_at=sa.case((col(Seat.arrived_at) <= at, Seat.arrived_at), else_=sa.literal(at, Moment)),
            )
            .execution_options(synchronize_session=False)
        )
    _poke(work, seat.event_id)


def _poke(work: Work, event_id: int) -> None:
    work.tell(f"event:{event_id}", f"door:{event_id}")


def _known_already(work: Work, event: Event, seat: Seat, point: Checkpoint, touch: Tap, at: datetime) -> Tapped:
    """They are in: by this very tap, sent again, or by somebody else's, a moment ago."""
    mine = work.session.execute(select(CheckIn).where(CheckIn.nonce == touch.nonce)).scalar_one_or_none()
    if mine is not None:
        stands = "in" if mine.undone_at is None else "undone"
        time = clock.clock_time(mine.occurred_at, event.time_zone)
        return _said("replay", event, seat, f"{stands} {time}".strip(), mine.occurred_at)
    entry = queries.open_entry(work.session, seat.id, point.id)
    since = entry.occurred_at if entry else work.now
    if touch.offline and entry and at < entry.occurred_at:
        entry.occurred_at = since = at  # the earlier tap is when they came
        _arrived(work, seat, point, at)
    _attempt(work, event, seat, touch, "in already")
    who = entry.by if entry else ""
    where = entry.device or point.name if entry else point.name
    words = f"in since {clock.clock_time(since, event.time_zone)}, {where}" + (f", by {who}" if who else "")
    return _said("already", event, seat, words, since)


def _said(outcome: str, event: Event, seat: Seat, words: str, at: datetime | None = None) -> Tapped:
    return Tapped(
        outcome=outcome,
        words=words,
        seat_id=seat.id,
        name=seat.name or "This guest",
        at=clock.clock_time(at, event.time_zone) if at else "",
    )


def _leave(work: Work, event: Event, seat: Seat, point: Checkpoint, touch: Tap, at: datetime) -> Tapped:
    entry = queries.open_entry(work.session, seat.id, point.id)
    if entry is None:
        return _said("already", event, seat, "not inside")
    entry.left_at = max(at, entry.occurred_at)
    work.session.flush()
    _insert(
        work,
        event_id=event.id,
        seat_id=seat.id,
        checkpoint_id=point.id,
        kind="exit",
        occurred_at=at,
        received_at=work.now,
        device=touch.device,
        user_id=work.actor.user_id,
        by=work.actor.name,
        nonce=touch.nonce,
        offline=touch.offline,
        forced=False,
        reason="",
    )
    _follow_log(work, seat)
    return _said("out", event, seat, f"left {clock.clock_time(at, event.time_zone)}", at)


def undo(work: Work, event: Event, seat: Seat, point: Checkpoint) -> Tapped:
    """Take back the last entry. It stays in the log, with who took it back."""
    entry = queries.open_entry(work.session, seat.id, point.id)
    if entry is None:
        return _said("already", event, seat, "not in")
    mine = entry.user_id == work.actor.user_id and work.now - entry.received_at <= UNDO_WITHIN
    if not mine and not work.may(Permission.EVENTS_EDIT):
        raise NotAllowed(
            "You can undo your own check-ins for 15 minutes.", "A coordinator can undo this one on the roster."
        )
    entry.undone_at, entry.undone_by = work.now, work.actor.name
    work.session.flush()
    _follow_log(work, seat)
    history.record(
        work,
        "registration",
        seat.registration_id,
        "check-in undone",
        before={"name": seat.name, "in": entry.occurred_at},
        constituent_id=seat.constituent_id,
    )
    return _said("undone", event, seat, "not in any more")


def _follow_log(work: Work, seat: Seat) -> None:
    """Attendance as the log says it: inside if any arrival entry is open, left if one ended, else unknown."""
    entries = work.session.execute(
        select(CheckIn.left_at, CheckIn.occurred_at)
        .join(Checkpoint, Checkpoint.id == CheckIn.checkpoint_id)
        .where(
            CheckIn.seat_id == seat.id,
            CheckIn.kind == "entry",
            col(CheckIn.undone_at).is_(None),
            Checkpoint.arrival,
        )
    ).all()
    inside = any(left is None for left, _ in entries)
    attendance = "in" if inside else "left" if entries else "unknown"
    first = min((at for _, at in entries), default=None)
    work.session.execute(
        sa.update(Seat)
        .where(Seat.id == seat.id)
        .values(attendance=attendance, arrived_at=first)
        .execution_options(synchronize_session=False)
    )
    _poke(work, seat.event_id)


def tap_party(work: Work, event_id: int, registration_id: int, touch: Tap) -> list[Tapped]:
    """The whole party at once; each person gets a row of the log."""
    seats = queries.seats_of(work.session, registration_id)
    return [
        tap(
            work,
            event_id,
            touch.model_copy(update={"seat_id": seat.id, "nonce": f"{touch.nonce[:50]}:{seat.position}"}),
        )
        for seat in seats
        if touch.verb != "in" or seat.attendance != "in"
    ]


def walk_in(work: Work, event_id: int, draft: WalkIn) -> list[Tapped]:
    """Somebody nobody expected: on the list and inside, in one step. Who they are can be sorted out later."""
    work.require(Permission.DOOR)
    if not draft.name.strip():
        raise Invalid(fields={"name": "A name, please."})
    if draft.over_reason:
        work.require(Permission.EVENTS_OVERBOOK)
    if draft.constituent_id:
        work.require(Permission.PEOPLE_READ)
    event = pools.lock(work, event_id)
    party = PartyDraft(
        source="door",
        again_reason="walk-in" if draft.constituent_id is None else "",
        **draft.model_dump(exclude={"checkpoint_id", "device", "nonce"}),
        nonce=f"walk-in:{draft.nonce}",
    )
    try:
        made = enter(work, event, party)
    except EventFull as full:
        raise EventFull(
            "All seats are taken.", "Somebody who may let people in over capacity can do so, with a reason."
        ) from full
    touch = Tap(nonce=draft.nonce, seat_id=0, checkpoint_id=draft.checkpoint_id, device=draft.device)
    return tap_party(work, event_id, made.id, touch)


def name_guest(work: Work, event_id: int, seat_id: int, name: str) -> None:
    """A guest nobody knew the name of says it at the door."""
    work.require(Permission.DOOR)
    seat = work.get(Seat, seat_id)
    if seat.event_id != event_id:
        raise NotFound
    if seat.name and not work.may(Permission.EVENTS_EDIT):
        raise NotAllowed("This guest has a name already.")
    from_before = {"name": seat.name}
    rename(work, seat, name)
    history.record(
        work, "registration", seat.registration_id, "named a guest", before=from_before, after={"name": name}
    )


def rename(work: Work, seat: Seat, name: str) -> None:
    seat.name, seat.version = name.strip()[:160], seat.version + 1
    name_seat(seat, work.get(Registration, seat.registration_id))
    work.session.flush()
    _poke(work, seat.event_id)


def search(work: Work, event_id: int, text: str, limit: int = 25) -> list[DoorRow]:
    """Three letters are enough."""
    work.require(Permission.DOOR)
    event = work.get(Event, event_id)
    scanned = SCANNED.fullmatch(text.strip())
    if scanned:
        return _rows(work, event, queries.scanned(work.session, event_id, scanned[1].upper(), int(scanned[2])))
    if len(text.strip()) < (2 if text.isascii() else 1):
        return recent(work, event, limit)
    return _rows(work, event, queries.at_the_door(work.session, event_id, text, limit))


def recent(work: Work, event: Event, limit: int = 8) -> list[DoorRow]:
    """The last who came: to undo a slip, to answer a question."""
    return _rows(work, event, queries.last_arrivals(work.session, event.id, min(limit, 8)))


def party(work: Work, registration_id: int) -> list[DoorRow]:
    work.require(Permission.DOOR)
    found = queries.party_at_the_door(work.session, registration_id)
    return _rows(work, work.get(Event, found[0][1].event_id), found) if found else []


def _rows(work: Work, event: Event, found: list[Any]) -> list[DoorRow]:
    sizes = queries.party_sizes(work.session, [party.id for _, party, _ in found])
    tickets = {t.id: t.name for t in queries.tickets(work.session, event.id)}
    return [_row(event, seat, party, table or "", sizes, tickets) for seat, party, table in found]


def _row(
    event: Event,
    seat: Seat,
    party: Registration,
    table: str,
    sizes: dict[int, tuple[int, int]],
    tickets: dict[int, str],
) -> DoorRow:
    size, came = sizes.get(party.id, (1, 0))
    together = f"party of {size}" if size > 1 and seat.position == 0 else f"with {party.name}" if size > 1 else ""
    ticket = tickets.get(party.ticket_type_id, "") if len(tickets) > 1 else ""
    state, says = _state(event, seat, party)
    return DoorRow(
        seat_id=seat.id,
        registration_id=party.id,
        name=seat.name or f"Guest of {party.name}",
        detail=" · ".join(part for part in (table, ticket, together, "" if seat.name else "add the name") if part),
        flags=" · ".join(_flags(event, seat, party)),
        state=state,
        says=says,
        party=size,
        party_in=came,
    )


def _state(event: Event, seat: Seat, party: Registration) -> tuple[str, str]:
    if party.status != Status.REGISTERED:
        return "no", WORDS[Status(party.status)]
    if seat.attendance == "in":
        return "in", f"in {clock.clock_time(seat.arrived_at, event.time_zone)}"
    if seat.attendance == "left":
        return "left", "left, let in again"
    return "come", "Check in"


def _flags(event: Event, seat: Seat, party: Registration) -> list[str]:
    due = party.due - party.paid
    said = [seat.diet, seat.access, seat.attention, party.attention if seat.position == 0 else ""]
    owes = f"{written(due, event.currency)} due" if due > 0 and seat.position == 0 else ""
    return [part for part in (owes, *said) if part]
