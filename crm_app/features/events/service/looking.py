"""Looking at events: the list, one event with its parts, the drafts its forms start from."""

from datetime import datetime

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.engine.money import written
from crm_app.features.events import clock, queries
from crm_app.features.events.models import Event, TicketType
from crm_app.features.events.schemas import (
    BudgetRow,
    EventDraft,
    EventRow,
    EventView,
    PointRow,
    QuestionRow,
    TicketDraft,
    TicketRow,
)
from crm_app.features.settings.service import organization


def events(work: Work, show: str = "coming", text: str = "") -> list[EventRow]:
    """Events to come (next first), past ones (last first), drafts or all."""
    work.require(Permission.EVENTS_READ)
    heads = queries.heads_by_event(work.session)
    capacities = queries.capacities(work.session)
    made = [_row(work, event, heads, capacities) for event in queries.events(work.session)]
    wanted = [row for row in made if _shown(row, show) and text.casefold() in f"{row.name} {row.venue}".casefold()]
    return wanted[::-1] if show == "coming" else wanted


def _shown(row: EventRow, show: str) -> bool:
    if show == "coming":
        return not row.past and row.status != "cancelled"
    if show == "past":
        return row.past or row.status == "cancelled"
    return show == "all" or row.status == show


def _row(work: Work, event: Event, heads: dict[int, dict[str, int]], capacities: dict[int, int | None]) -> EventRow:
    at = heads.get(event.id, {"seats": 0, "arrived": 0, "waiting": 0})
    capacity = capacities.get(event.id)
    local = clock.local(event.starts_at, event.time_zone)
    return EventRow(
        id=event.id,
        name=event.name,
        slug=event.slug,
        kind=event.kind,
        status=event.status,
        when=clock.said(event.starts_at, event.ends_at, event.time_zone),
        day=f"{local:%-d %b}",
        venue=event.venue,
        seats=at["seats"],
        capacity=capacity,
        taken=f"{at['seats']:,}" + (f" of {capacity:,}" if capacity is not None else ""),
        waiting=at["waiting"],
        arrived=at["arrived"],
        fill=min(100, round(100 * at["seats"] / capacity)) if capacity else 0,
        past=event.ends_at < work.now,
        template=event.template,
        public=event.public,
    )


def coming(work: Work) -> int:
    """For the menu: how many events are ahead."""
    return queries.count_coming(work.session, work.now)


def event(work: Work, event_id: int) -> EventView:
    """One event, ready to show."""
    work.require(Permission.EVENTS_READ)
    found = work.get(Event, event_id, "This event is not there any more.")
    tickets = queries.tickets(work.session, event_id)
    pools = queries.pools_of(work.session, event_id)
    return EventView(
        id=found.id,
        name=found.name,
        slug=found.slug,
        status=found.status,
        when=clock.said(found.starts_at, found.ends_at, found.time_zone),
        starts=clock.for_input(found.starts_at, found.time_zone),
        time_zone=found.time_zone,
        venue=found.venue,
        address=found.address,
        summary=found.summary,
        description=found.description,
        currency=found.currency,
        door_note=found.door_note,
        public=found.public,
        begun=found.starts_at <= work.now,
        past=found.ends_at < work.now,
        closed_out=f"by {found.closed_out_by}" if found.closed_out_at else "",
        rules=_rules(found),
        version=found.version,
        tickets=[_ticket(found, ticket, pools) for ticket in tickets],
        questions=[
            QuestionRow(
                id=one.id,
                label=one.label,
                kind=one.kind,
                of=next((t.name for t in tickets if t.id == one.ticket_type_id), "everybody"),
                required=one.required,
            )
            for one in queries.questions(work.session, event_id)
        ],
        doors=[PointRow(id=one.id, name=one.name) for one in queries.checkpoints(work.session, event_id)],
        budget=[
            BudgetRow(
                id=line.id,
                kind=line.kind,
                name=line.name,
                planned=written(line.planned, found.currency),
                actual=written(line.actual, found.currency) if line.actual is not None else "",
            )
            for line in queries.budget(work.session, event_id)
        ],
    )


def _rules(event: Event) -> list[str]:
    """How seats are given, in sentences."""
    said = []
    if not event.waitlist:
        said.append("When it is full, nobody can wait.")
    elif event.promotes == "confirm":
        said.append("A freed seat goes at once to the first who waits.")
    else:
        said.append(f"A freed seat is offered to the first who waits, for {event.offer_hours} hours.")
    if event.waitlist and event.party_policy == "first_fit":
        said.append("A party that does not fit lets smaller ones go first.")
    if event.discount_percent and event.discount_visits:
        said.append(f"{event.discount_percent} % off for those who came {event.discount_visits} times in a year.")
    if event.public:
        said.append(f"People cancel by themselves until {event.self_cancel_hours} hours before.")
    return said


def _ticket(event: Event, ticket: TicketType, pools: dict[int, object]) -> TicketRow:
    pool = pools.get(ticket.pool_id)
    own = pool is not None and ticket.pool_id != event.pool_id
    words = [] if not ticket.approval else ["needs approval"]
    words += (
        [f"party of {ticket.min_party} to {ticket.max_party}"]
        if (ticket.min_party, ticket.max_party) != (1, 10)
        else []
    )
    words += [] if ticket.public else ["not on the public page"]
    return TicketRow(
        id=ticket.id,
        name=ticket.name,
        price=written(ticket.price, event.currency) if ticket.price else "free",
        price_cents=ticket.price,
        benefit=written(ticket.benefit_value, event.currency) if ticket.benefit_value else "",
        places=f"{pool.held} of {pool.capacity}" if own and pool.capacity is not None else "",
        words=", ".join(words),
    )


def draft_of(work: Work, event_id: int) -> EventDraft:
    """What the form of an event starts from."""
    work.require(Permission.EVENTS_READ)
    event = work.get(Event, event_id, "This event is not there any more.")
    pool = queries.pools_of(work.session, event_id).get(event.pool_id or 0)
    given = {name: getattr(event, name) for name in EventDraft.model_fields if hasattr(event, name)}
    return EventDraft(
        **given,
        starts=clock.for_input(event.starts_at, event.time_zone),
        ends=clock.for_input(event.ends_at, event.time_zone),
        capacity=pool.capacity if pool else None,
    )


def ticket_draft(work: Work, ticket_id: int) -> TicketDraft:
    work.require(Permission.EVENTS_READ)
    ticket = work.get(TicketType, ticket_id)
    event = work.get(Event, ticket.event_id)
    pool = queries.pools_of(work.session, ticket.event_id).get(ticket.pool_id)
    own = pool is not None and ticket.pool_id != event.pool_id
    return TicketDraft(
        **ticket.model_dump(include=set(TicketDraft.model_fields)), capacity=pool.capacity if own else None
    )


def home_zone(work: Work) -> str:
    """The organization's own time zone, for new events."""
    ours = organization(work)
    return ours.time_zone or "UTC"


def table_names(work: Work, event_id: int) -> list[tuple[int, str]]:
    work.require(Permission.EVENTS_READ)
    return [(table.id, table.name) for table in queries.tables(work.session, event_id)]


def starts_at(work: Work, event_id: int) -> datetime:
    work.require(Permission.EVENTS_READ)
    return work.get(Event, event_id).starts_at
