"""Monday: did it work? Attendance, money, who was new, who came back."""

from collections import Counter

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.engine.money import written
from crm_app.features.events import clock, queries
from crm_app.features.events.axes import HOLDS_SEAT, Status
from crm_app.features.events.models import Event, TicketType
from crm_app.features.events.schemas import Evaluation, EvaluationLine

SOURCES = {
    "staff": "registered by us",
    "public": "on the public page",
    "door": "walked in",
    "import": "from a file",
    "notebook": "invited from a notebook",
}


def evaluate(work: Work, event_id: int) -> Evaluation:
    work.require(Permission.EVENTS_READ)
    event = work.get(Event, event_id, "This event is not there any more.")
    people = queries.roster(work.session, event_id, [Status.REGISTERED])
    came = [(seat, party) for seat, party, _, _ in people if seat.attendance in ("in", "left")]
    attendance = Counter(seat.attendance for seat, *_ in people)
    expected = len(people) - attendance["excused"]
    statuses = {row[0]: row for row in queries.by_status(work.session, event_id)}
    income, costs, receiptable = _money(work, event)
    known = {seat.constituent_id for seat, _ in came if seat.constituent_id}
    return Evaluation(
        seats=len(people),
        arrived=len(came),
        no_show=attendance["no_show"],
        unknown=attendance["unknown"],
        show_rate=f"{round(100 * len(came) / expected)} %" if expected and came else "–",
        walk_ins=sum(party.source == "door" for _, party in came),
        cancelled=int(statuses[Status.CANCELLED][2]) if Status.CANCELLED in statuses else 0,
        waited=int(statuses[Status.WAITLISTED][2]) if Status.WAITLISTED in statuses else 0,
        promoted=queries.times_moved_up(work.session, event_id),
        first_timers=sum(seat.first_time for seat, _ in came),
        came_back=queries.came_again(work.session, event_id, event.starts_at),
        new_constituents=queries.new_people(work.session, known, event.created_at),
        income=written(income, event.currency),
        costs=written(costs, event.currency),
        net=written(abs(income - costs), event.currency),
        in_the_red=income < costs,
        receiptable=written(receiptable, event.currency),
        due=written(int(statuses[Status.REGISTERED][3] or 0) if Status.REGISTERED in statuses else 0, event.currency),
        sources=_lines(Counter(SOURCES.get(party.source, party.source) for _, party, _, _ in people)),
        diets=_lines(Counter(seat.diet.strip().lower() for seat, *_ in people if seat.diet.strip())),
        needs=_lines(Counter(seat.access.strip() for seat, *_ in people if seat.access.strip())),
        arrivals=_arrivals(event, came),
        closed_out=f"{clock.local(event.closed_out_at, event.time_zone):%-d %b %H:%M}, {event.closed_out_by}"
        if event.closed_out_at
        else "",
    )


def _money(work: Work, event: Event) -> tuple[int, int, int]:
    """What came in, what it cost, and the part of what was paid that is more than the guests got for it."""
    receiptable = paid = 0
    for party in queries.parties(work.session, event.id, [*HOLDS_SEAT, Status.CANCELLED]):
        paid += party.paid
        if party.status in HOLDS_SEAT:
            ticket = work.get(TicketType, party.ticket_type_id)
            receiptable += max(0, party.paid - ticket.benefit_value * party.seats)
    lines = queries.budget(work.session, event.id)
    other = sum((b.actual if b.actual is not None else 0) for b in lines if b.kind == "income")
    costs = sum((b.actual if b.actual is not None else b.planned) for b in lines if b.kind == "cost")
    return paid + other, costs, receiptable


def _lines(counted: Counter[str]) -> list[EvaluationLine]:
    most = max(counted.values(), default=1)
    return [
        EvaluationLine(label=label, value=f"{number}", share=round(100 * number / most))
        for label, number in counted.most_common(12)
    ]


def _arrivals(event: Event, came: list[tuple]) -> list[EvaluationLine]:
    """How many came in each quarter of an hour: where the queue was."""
    quarters: Counter[str] = Counter()
    for seat, _ in came:
        if seat.arrived_at:
            at = clock.local(seat.arrived_at, event.time_zone)
            quarters[f"{at.hour:02}:{at.minute // 15 * 15:02}"] += 1
    most = max(quarters.values(), default=1)
    return [
        EvaluationLine(label=label, value=f"{n}", share=round(100 * n / most)) for label, n in sorted(quarters.items())
    ][:24]
