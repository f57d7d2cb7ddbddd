"""Planning: an event, its tickets, questions, tables, doors and budget; copies and series."""

import re
from datetime import datetime, timedelta
from typing import Any

from dateutil.rrule import rrulestr
from sqlmodel import col, select

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Conflict, Invalid
from crm_app.core.work import Work
from crm_app.features.events import clock, queries
from crm_app.features.events.axes import LIVE
from crm_app.features.events.finding import words
from crm_app.features.events.models import (
    BudgetLine,
    CapacityPool,
    Checkpoint,
    Event,
    EventSeries,
    EventTable,
    Question,
    Registration,
    TicketType,
)
from crm_app.features.events.schemas import EventDraft, QuestionDraft, TicketDraft
from crm_app.features.events.service import pools, waiting
from crm_app.features.events.service.moving import move, told
from crm_app.features.settings.models import Organization

SAME = [
    "name",
    "kind",
    "summary",
    "description",
    "venue",
    "address",
    "waitlist",
    "promotes",
    "party_policy",
    "offer_hours",
    "waitlist_stops_hours",
    "self_cancel_hours",
    "public",
    "discount_percent",
    "discount_visits",
    "door_note",
]


def create(work: Work, draft: EventDraft) -> int:
    """A new event, with one free ticket and one door to begin with."""
    work.require(Permission.EVENTS_EDIT)
    event = _new(work, draft)
    add_ticket(work, event.id, TicketDraft(name="Admission"))
    work.add(Checkpoint(event_id=event.id, name="Door 1"))
    history.record(work, "event", event.id, "made", after=_facts(event))
    return event.id


def _new(work: Work, draft: EventDraft) -> Event:
    ours = work.session.execute(select(Organization)).scalars().first()
    zone = draft.time_zone or (ours.time_zone if ours else "UTC")
    starts, ends = _span(draft, zone)
    event = work.add(
        Event(
            **{name: getattr(draft, name) for name in SAME},
            slug=_free_slug(work, draft.slug or draft.name, starts),
            starts_at=starts,
            ends_at=ends,
            time_zone=zone,
            currency=draft.currency or (ours.currency if ours else "USD"),
            created_by=work.actor.name,
            created_at=work.now,
            updated_at=work.now,
        )
    )
    pool = work.add(CapacityPool(event_id=event.id, name="Event", capacity=draft.capacity, ceiling=draft.capacity))
    event.pool_id = pool.id
    work.session.flush()
    told(work, event.id)
    return event


def _span(draft: EventDraft, zone: str) -> tuple[datetime, datetime]:
    wrong = {} if draft.name.strip() else {"name": "A name, please."}
    if draft.capacity is not None and draft.capacity < 0:
        wrong["capacity"] = "Zero or more; leave it empty for no limit."
    if wrong:
        raise Invalid(fields=wrong)
    starts = clock.moment(draft.starts, zone, "starts")
    ends = clock.moment(draft.ends, zone, "ends")
    if ends <= starts:
        raise Invalid(fields={"ends": "The end comes after the start."})
    return starts, ends


def _free_slug(work: Work, text: str, starts: datetime) -> str:
    base = "-".join(words(text))[:60].strip("-") or "event"
    base = re.sub(r"[^a-z0-9-]", "", base) or "event"
    taken = set(work.session.execute(select(Event.slug).where(col(Event.slug).like(base + "%"))).scalars())
    tries = [base, f"{base}-{starts:%Y}", f"{base}-{starts:%Y-%m-%d}", *(f"{base}-{n}" for n in range(2, 1000))]
    return next(slug for slug in tries if slug not in taken)


def _facts(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in (*SAME, "starts_at", "ends_at", "time_zone", "status", "slug")}


def change(work: Work, event_id: int, draft: EventDraft, version: int | None = None) -> None:
    work.require(Permission.EVENTS_EDIT)
    event = pools.lock(work, event_id)
    if version is not None and version != event.version:
        raise Conflict("Somebody else changed this event meanwhile.", "Reload the page to see theirs.")
    before = _facts(event)
    zone = draft.time_zone or event.time_zone
    starts, ends = _span(draft, zone)
    moved = (starts, ends, draft.venue) != (event.starts_at, event.ends_at, event.venue)
    for name in SAME:
        setattr(event, name, getattr(draft, name))
    event.starts_at, event.ends_at, event.time_zone = starts, ends, zone
    event.currency = draft.currency or event.currency
    event.sequence += moved
    _touched(work, event)
    history.record(work, "event", event_id, "edited", before=before, after=_facts(event))
    set_capacity(work, event_id, draft.capacity)


def set_capacity(work: Work, event_id: int, capacity: int | None, pool_id: int | None = None) -> int:
    """Raise or lower the capacity of the event or of one pool; room goes to those who wait. Returns how many moved."""
    work.require(Permission.EVENTS_EDIT)
    event = pools.lock(work, event_id)
    pool = queries.pools_of(work.session, event_id).get(pool_id or event.pool_id or 0)
    if pool is None or (capacity is not None and capacity < 0):
        raise Invalid(fields={"capacity": "Zero or more; leave it empty for no limit."})
    if pool.capacity == capacity:
        return 0
    history.record(work, "event", event_id, "capacity", before={pool.name: pool.capacity}, after={pool.name: capacity})
    pools.resize(work, pool.id, capacity)
    told(work, event_id)
    return len(waiting.settle(work, event))


def _touched(work: Work, event: Event) -> None:
    event.version += 1
    event.updated_at = work.now
    work.session.flush()
    told(work, event.id)


STEPS = {
    "publish": ({"draft", "closed"}, "published"),
    "close": ({"published"}, "closed"),
    "reopen": ({"closed"}, "published"),
    "withdraw": ({"published", "closed"}, "draft"),
    "revive": ({"cancelled"}, "draft"),
}


def step(work: Work, event_id: int, verb: str) -> str:
    """Publish, close, reopen or withdraw an event."""
    work.require(Permission.EVENTS_EDIT)
    event = pools.lock(work, event_id)
    sources, target = STEPS[verb]
    if event.status not in sources:
        raise Invalid(f"This event is {event.status}; it cannot be changed that way.")
    history.record(work, "event", event_id, verb, before={"status": event.status}, after={"status": target})
    event.status = target
    _touched(work, event)
    return target


def call_off(work: Work, event_id: int, reason: str) -> int:
    """The event does not take place: everybody who had a seat or waited is listed to be told."""
    work.require(Permission.EVENTS_EDIT)
    if not reason.strip():
        raise Invalid(fields={"reason": "Say why; people will ask."})
    event = pools.lock(work, event_id)
    history.record(
        work,
        "event",
        event_id,
        "called off",
        before={"status": event.status},
        after={"status": "cancelled"},
        note=reason,
    )
    event.status, event.sequence = "cancelled", event.sequence + 1
    _touched(work, event)
    live = select(Registration).where(Registration.event_id == event_id, col(Registration.status).in_(LIVE))
    parties = list(work.session.execute(live.order_by(Registration.id)).scalars())
    for party in parties:
        move(work, party, "called off", to_tell="called_off", note=reason)
    return len(parties)


def add_ticket(work: Work, event_id: int, draft: TicketDraft) -> int:
    work.require(Permission.EVENTS_EDIT)
    event = pools.lock(work, event_id)
    _sound_ticket(draft)
    count = len(queries.tickets(work.session, event_id))
    ticket = work.add(
        TicketType(
            event_id=event_id,
            pool_id=_pool_for(work, event, draft),
            position=count,
            **draft.model_dump(exclude={"capacity", "shares_with_id"}),
        )
    )
    history.record(work, "event", event_id, "added a ticket", after=draft.model_dump())
    told(work, event_id)
    return ticket.id


def _sound_ticket(draft: TicketDraft) -> None:
    wrong = {} if draft.name.strip() else {"name": "A name, please."}
    if draft.price < 0 or draft.benefit_value < 0:
        wrong["price"] = "Zero or more."
    if draft.benefit_value > draft.price:
        wrong["benefit_value"] = "What a guest gets cannot be worth more than the price."
    if not 1 <= draft.min_party <= draft.max_party <= 100:
        wrong["max_party"] = "From one to a hundred, the smaller first."
    if wrong:
        raise Invalid(fields=wrong)


def _pool_for(work: Work, event: Event, draft: TicketDraft) -> int:
    """A pool of its own within the event's, one shared with another ticket, or simply the event's."""
    if draft.shares_with_id:
        return work.get(TicketType, draft.shares_with_id).pool_id
    if draft.capacity is None:
        return event.pool_id or 0
    pool = CapacityPool(
        event_id=event.id, parent_id=event.pool_id, name=draft.name, capacity=draft.capacity, ceiling=draft.capacity
    )
    return work.add(pool).id


def change_ticket(work: Work, ticket_id: int, draft: TicketDraft) -> None:
    work.require(Permission.EVENTS_EDIT)
    ticket = work.get(TicketType, ticket_id)
    event = pools.lock(work, ticket.event_id)
    _sound_ticket(draft)
    before = ticket.model_dump(exclude={"id"})
    for name, value in draft.model_dump(exclude={"capacity", "shares_with_id"}).items():
        setattr(ticket, name, value)
    history.record(work, "event", event.id, "changed a ticket", before=before, after=ticket.model_dump(exclude={"id"}))
    work.session.flush()
    if ticket.pool_id != event.pool_id:
        set_capacity(work, event.id, draft.capacity, ticket.pool_id)
    elif draft.capacity is not None:
        _own_pool(work, event, ticket, draft.capacity)
    told(work, event.id)


def _own_pool(work: Work, event: Event, ticket: TicketType, capacity: int) -> None:
    """A ticket gets a limit of its own afterwards: those who have it count."""
    held = queries.held_by_ticket(work.session, ticket.id)
    pool = CapacityPool(
        event_id=event.id,
        parent_id=event.pool_id,
        name=ticket.name,
        capacity=capacity,
        ceiling=max(capacity, held),
        held=held,
    )
    ticket.pool_id = work.add(pool).id
    work.session.flush()


def retire_ticket(work: Work, ticket_id: int) -> None:
    """No longer offered; who has one keeps it."""
    work.require(Permission.EVENTS_EDIT)
    ticket = work.get(TicketType, ticket_id)
    if len(queries.tickets(work.session, ticket.event_id)) == 1:
        raise Invalid("An event needs at least one ticket.")
    ticket.retired_at = work.now
    history.record(work, "event", ticket.event_id, "retired a ticket", after={"ticket": ticket.name})
    told(work, ticket.event_id)


def add_question(work: Work, event_id: int, draft: QuestionDraft) -> int:
    work.require(Permission.EVENTS_EDIT)
    if not draft.label.strip():
        raise Invalid(fields={"label": "What do you want to know?"})
    if draft.kind == "choice" and len(draft.options) < 2:
        raise Invalid(fields={"options": "At least two answers to choose from."})
    position = len(queries.questions(work.session, event_id))
    question = work.add(Question(event_id=event_id, position=position, **draft.model_dump()))
    told(work, event_id)
    return question.id


def drop_question(work: Work, question_id: int) -> None:
    work.require(Permission.EVENTS_EDIT)
    question = work.get(Question, question_id)
    told(work, question.event_id)
    work.session.delete(question)


def add_tables(work: Work, event_id: int, count: int, seats: int) -> None:
    """So many tables of so many seats, numbered on from those there are."""
    work.require(Permission.EVENTS_EDIT)
    if not (1 <= count <= 200 and 1 <= seats <= 100):
        raise Invalid("One to 200 tables of one to 100 seats.")
    known = queries.tables(work.session, event_id)
    names = {table.name for table in known}
    free = (f"Table {n}" for n in range(1, 10_000) if f"Table {n}" not in names)
    for n in range(count):
        work.session.add(EventTable(event_id=event_id, name=next(free), seats=seats, position=len(known) + n))
    work.session.flush()
    told(work, event_id)


def change_table(work: Work, table_id: int, name: str, seats: int) -> None:
    work.require(Permission.EVENTS_EDIT)
    table = work.get(EventTable, table_id)
    others = {t.name.casefold() for t in queries.tables(work.session, table.event_id) if t.id != table_id}
    if not name.strip() or name.strip().casefold() in others:
        raise Invalid(fields={"name": "A name no other table has."})
    table.name, table.seats = name.strip(), max(1, seats)
    told(work, table.event_id)


def drop_table(work: Work, table_id: int) -> None:
    """The table goes; its guests are not seated any more."""
    work.require(Permission.EVENTS_EDIT)
    table = work.get(EventTable, table_id)
    told(work, table.event_id)
    queries.unseat_table(work.session, table_id)
    work.session.delete(table)


def add_checkpoint(work: Work, event_id: int, name: str, arrival: bool = True) -> int:
    work.require(Permission.EVENTS_EDIT)
    if not name.strip():
        raise Invalid(fields={"name": "A name, please."})
    position = len(queries.checkpoints(work.session, event_id))
    made = work.add(Checkpoint(event_id=event_id, name=name.strip(), arrival=arrival, position=position))
    told(work, event_id)
    return made.id


def set_budget(work: Work, event_id: int, kind: str, name: str, planned: int, actual: int | None) -> None:
    """Write a budget line; the same name again corrects it."""
    work.require(Permission.EVENTS_EDIT)
    if not name.strip():
        raise Invalid(fields={"name": "For what?"})
    lines = queries.budget(work.session, event_id)
    line = next((b for b in lines if (b.kind, b.name.casefold()) == (kind, name.strip().casefold())), None)
    if line is None:
        line = work.add(BudgetLine(event_id=event_id, kind=kind, name=name.strip(), position=len(lines)))
    line.planned, line.actual = planned, actual
    told(work, event_id)


def drop_budget(work: Work, line_id: int) -> None:
    work.require(Permission.EVENTS_EDIT)
    line = work.get(BudgetLine, line_id)
    told(work, line.event_id)
    work.session.delete(line)


def copy(work: Work, event_id: int, day: str, name: str = "") -> int:
    """The same event on another day: tickets, questions, tables, doors and plans come along, people do not."""
    work.require(Permission.EVENTS_EDIT)
    old = work.get(Event, event_id)
    starts = clock.again(old.starts_at, old.time_zone, clock.read(day, "day"))
    shift = starts - old.starts_at
    new = work.add(
        Event(
            **{field: getattr(old, field) for field in SAME} | {"name": name.strip() or old.name},
            slug=_free_slug(work, name or old.name, starts),
            series_id=old.series_id,
            copied_from_id=old.id,
            starts_at=starts,
            ends_at=_shifted(old.ends_at, old, starts),
            time_zone=old.time_zone,
            currency=old.currency,
            hold_minutes=old.hold_minutes,
            created_by=work.actor.name,
            created_at=work.now,
            updated_at=work.now,
        )
    )
    _copy_parts(work, old, new, shift)
    history.record(work, "event", new.id, "copied", after={"from": old.id, "name": new.name})
    told(work, new.id)
    return new.id


def _shifted(ends: datetime, old: Event, starts: datetime) -> datetime:
    return starts + (ends - old.starts_at)


def _copy_parts(work: Work, old: Event, new: Event, shift: timedelta) -> None:
    pool_ids: dict[int, int] = {}
    for pool_id, pool in sorted(queries.pools_of(work.session, old.id).items()):
        fresh = CapacityPool(
            event_id=new.id,
            name=pool.name,
            capacity=pool.capacity,
            ceiling=pool.capacity,
            parent_id=pool_ids.get(pool.parent_id or 0),
        )
        pool_ids[pool_id] = work.add(fresh).id
    new.pool_id = pool_ids[old.pool_id or 0]
    ticket_ids: dict[int, int] = {}
    for ticket in queries.tickets(work.session, old.id):
        dates = {
            name: value + shift for name in ("sale_from", "sale_until") if (value := getattr(ticket, name)) is not None
        }
        given = ticket.model_dump(exclude={"id"}) | dates
        ticket_ids[ticket.id] = work.add(
            TicketType(**given | {"event_id": new.id, "pool_id": pool_ids[ticket.pool_id]})
        ).id
    for question in queries.questions(work.session, old.id):
        given = question.model_dump(exclude={"id"}) | {"event_id": new.id}
        work.session.add(Question(**given | {"ticket_type_id": ticket_ids.get(question.ticket_type_id or 0)}))
    for rows in (queries.tables, queries.checkpoints):
        for row in rows(work.session, old.id):
            work.session.add(type(row)(**row.model_dump(exclude={"id"}) | {"event_id": new.id}))
    for line in queries.budget(work.session, old.id):
        work.session.add(BudgetLine(**line.model_dump(exclude={"id"}) | {"event_id": new.id, "actual": None}))
    work.session.flush()


def make_series(work: Work, event_id: int, rule: str, limit: int = 60) -> list[int]:
    """Repeat an event by a recurrence rule such as FREQ=WEEKLY;COUNT=8; each date keeps its local hour."""
    work.require(Permission.EVENTS_EDIT)
    event = work.get(Event, event_id)
    first = clock.local(event.starts_at, event.time_zone).replace(tzinfo=None)
    try:
        days = list(rrulestr(rule, dtstart=first).xafter(first, count=limit, inc=False))
    except ValueError:
        raise Invalid(fields={"rule": "This rule cannot be read."}) from None
    series = work.add(EventSeries(name=event.name, rule=rule, created_at=work.now))
    event.series_id = series.id
    work.session.flush()
    return [copy(work, event_id, f"{day:%Y-%m-%d}") for day in days]
