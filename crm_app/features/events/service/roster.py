"""The roster: everybody of an event, looked at in several ways; small corrections; who sits where."""

from collections import Counter

from sqlmodel import col, select

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Conflict, Invalid
from crm_app.core.history import Change
from crm_app.core.work import Work
from crm_app.engine.money import written
from crm_app.features.events import clock, queries
from crm_app.features.events.axes import ATTENDANCE_WORDS, LIVE, MONEY_WORDS, WORDS, Status, money
from crm_app.features.events.finding import asked
from crm_app.features.events.models import Event, EventTable, Registration, Seat
from crm_app.features.events.schemas import Line, PartyCard, PartyMoment, RosterRow, SeatDraft, TableCard
from crm_app.features.events.service import pools
from crm_app.features.events.service.door import rename
from crm_app.features.events.service.errors import TableFull
from crm_app.features.events.service.moving import told
from crm_app.features.events.service.registering import refuse_cards, remember

SHOWS: dict[str, tuple[str, frozenset[str]]] = {
    "everybody": ("everybody", frozenset({Status.REGISTERED})),
    "to_come": ("to come", frozenset({Status.REGISTERED})),
    "in": ("in", frozenset({Status.REGISTERED})),
    "due": ("money due", frozenset({Status.REGISTERED})),
    "needs": ("needs", frozenset({Status.REGISTERED})),
    "waiting": ("waiting", frozenset({Status.WAITLISTED, Status.OFFERED, Status.HELD, Status.AWAITING_APPROVAL})),
    "to_tell": ("to tell", frozenset(Status)),
    "gone": ("cancelled", frozenset(Status) - LIVE),
}
GROUPS = ("", "table", "ticket", "letter", "diet")
LETTERS = ("A–C", "D–F", "G–I", "J–L", "M–O", "P–R", "S–U", "V–Z")


def rows(work: Work, event_id: int, *, show: str = "everybody", group: str = "", text: str = "") -> list[RosterRow]:
    """Everybody who belongs into this view, in order."""
    work.require(Permission.EVENTS_READ)
    event = work.get(Event, event_id, "This event is not there any more.")
    statuses = SHOWS.get(show, SHOWS["everybody"])[1]
    places = {one: n for n, one in enumerate(queries.waiting_order(work.session, event_id), 1)}
    found = queries.roster(work.session, event_id, list(statuses), asked(text), show=show)
    made = [_row(event, seat, party, ticket, table or "", places, group) for seat, party, ticket, table in found]
    if show == "waiting":
        made.sort(key=lambda row: (row.place or 0, row.registration_id))
    if group:
        made.sort(key=lambda row: (row.group == "", _natural(row.group)))
    return made


def window(
    work: Work, event_id: int, show: str, group: str, text: str, first: int, most: int
) -> tuple[int, int, int, list[Line]]:
    """The lines in sight: where they begin, how many lines and how many people there are in all, and they themselves.

    In order of names only those are read; a grouped view and the waitlist have an order of their own.
    """
    work.require(Permission.EVENTS_READ)
    if group or show == "waiting":
        made = lines(work, event_id, show, group, text)
        begin = max(0, min(first, len(made) - 1))
        return begin, len(made), sum(not line.heading for line in made), made[begin : begin + most]
    event = work.get(Event, event_id, "This event is not there any more.")
    statuses, patterns = list(SHOWS.get(show, SHOWS["everybody"])[1]), asked(text)
    total = queries.count_roster(work.session, event_id, statuses, patterns, show)
    begin = max(0, min(first, total - 1))
    found = queries.roster(work.session, event_id, statuses, patterns, show=show, first=begin, most=most)
    made = [_line(_row(event, seat, party, ticket, table or "", {}, "")) for seat, party, ticket, table in found]
    return begin, total, total, made


def _natural(text: str) -> tuple[str, int, str]:
    head, _, tail = text.rpartition(" ")
    return (head, int(tail), "") if tail.isdigit() else (text, 0, "")


def _row(
    event: Event, seat: Seat, party: Registration, ticket: str, table: str, places: dict[int, int], group: str
) -> RosterRow:
    owes = money(party.due, party.paid, party.status) if seat.position == 0 else "not_due"
    status = Status(party.status)
    groups = {"table": table, "ticket": ticket, "letter": letter(seat.sort_name), "diet": seat.diet.strip().lower()}
    return RosterRow(
        seat_id=seat.id,
        registration_id=party.id,
        name=seat.name or f"Guest of {party.name}",
        named=bool(seat.name),
        host=seat.position == 0,
        with_=f"with {party.name}" if seat.position and seat.name else "",
        constituent_id=seat.constituent_id,
        ticket=ticket,
        status=status,
        status_words=f"{places[party.id]}. waiting" if party.id in places else WORDS[status],
        money=owes,
        money_words=_money_words(event, party, owes),
        attendance=seat.attendance,
        arrived=clock.clock_time(seat.arrived_at, event.time_zone),
        table_id=seat.table_id,
        table=table,
        diet=seat.diet,
        access=seat.access,
        attention=seat.attention or (party.attention if seat.position == 0 else ""),
        email=seat.email or (party.email if seat.position == 0 else ""),
        phone=seat.phone or (party.phone if seat.position == 0 else ""),
        code=party.code,
        note=party.note if seat.position == 0 else "",
        place=places.get(party.id, 0),
        to_tell=party.to_tell if seat.position == 0 else "",
        group=groups.get(group, ""),
    )


def _money_words(event: Event, party: Registration, owes: str) -> str:
    if owes in ("due", "partial", "refund_due"):
        return (
            f"{written(abs(party.due - party.paid), event.currency)} {MONEY_WORDS[owes].replace('partly paid', 'due')}"
        )
    return MONEY_WORDS[owes]


def letter(sort_name: str) -> str:
    first = sort_name[:1].upper()
    return next((span for span in LETTERS if span[0] <= first <= span[-1]), "Other")


NOBODY = {"table": "No table yet", "ticket": "No ticket", "letter": "Other", "diet": "No diet said"}


def lines(work: Work, event_id: int, show: str, group: str, text: str) -> list[Line]:
    """The view as lines: a heading with its count before each group, then its people."""
    found = rows(work, event_id, show=show, group=group, text=text)
    sizes = Counter(row.group for row in found)
    here = Counter(row.group for row in found if row.attendance in ("in", "left"))
    made: list[Line] = []
    last: str | None = None
    for row in found:
        if group and row.group != last:
            last = row.group
            words = f"{sizes[last]} · {here[last]} in" if here[last] else f"{sizes[last]}"
            made.append(Line(id=-len(made) - 1, heading=last or NOBODY[group], count=words))
        made.append(_line(row))
    return made


def _line(row: RosterRow) -> Line:
    needs = " · ".join(part for part in (row.diet, row.access, row.attention) if part)
    waits = row.status != Status.REGISTERED
    states = {"in": f"in {row.arrived}", "left": "left", "no_show": "did not come", "excused": "excused"}
    return Line(
        id=row.seat_id,
        registration_id=row.registration_id,
        name=row.name,
        named=row.named,
        with_=row.with_,
        ticket=row.ticket,
        table=row.table,
        needs=needs,
        money=row.money_words,
        owes=row.money in ("due", "partial", "refund_due"),
        state="waits" if waits else row.attendance,
        says=row.status_words if waits else states.get(row.attendance, "Check in"),
        tell=TELL.get(row.to_tell, ""),
    )


TELL = {
    "promoted": "has a seat now",
    "offered": "is offered a seat",
    "lapsed": "offer is over",
    "called_off": "event called off",
}


def party_card(work: Work, seat_id: int) -> PartyCard:
    """One person with their party, for the drawer."""
    work.require(Permission.EVENTS_READ)
    seat = work.get(Seat, seat_id, "This guest is not on the list any more.")
    party = work.get(Registration, seat.registration_id)
    event = work.get(Event, seat.event_id)
    owes = money(party.due, party.paid, party.status)
    return PartyCard(
        seat_id=seat_id,
        registration_id=party.id,
        constituent_id=seat.constituent_id or 0,
        name=seat.name,
        host=party.name,
        code=party.code,
        status=party.status,
        status_words=WORDS[Status(party.status)],
        seats=party.seats,
        email=seat.email or party.email,
        phone=seat.phone or party.phone,
        diet=seat.diet,
        access=seat.access,
        attention=seat.attention or (party.attention if seat.position == 0 else ""),
        note=party.note,
        table_id=str(seat.table_id or ""),
        attendance=seat.attendance,
        attendance_words=ATTENDANCE_WORDS[seat.attendance] or "not here yet",
        due=written(max(party.due - party.paid, 0), event.currency) if party.due > party.paid else "",
        due_cents=max(party.due - party.paid, 0),
        paid=written(party.paid, event.currency) if party.paid else "",
        money_words=_money_words(event, party, owes),
        discount=party.discount,
        source=party.source,
        version=seat.version,
        guests=[one.name or f"Guest {one.position}" for one in queries.seats_of(work.session, party.id)],
        moments=_moments(work, event, party.id),
    )


def _moments(work: Work, event: Event, registration_id: int) -> list[PartyMoment]:
    changes = work.session.execute(
        select(Change)
        .where(Change.kind == "registration", Change.record_id == registration_id)
        .order_by(col(Change.id).desc())
        .limit(12)
    ).scalars()
    return [
        PartyMoment(
            when=f"{clock.local(one.at, event.time_zone):%-d %b %H:%M}",
            what=one.action + (f": {one.note}" if one.note else ""),
            by=one.by,
        )
        for one in changes
    ]


def change_seat(work: Work, seat_id: int, draft: SeatDraft) -> None:
    """Correct one person in place. What two people wrote at once is not lost silently."""
    work.require(Permission.EVENTS_EDIT)
    seat = work.get(Seat, seat_id, "This guest is not on the list any more.")
    event = pools.lock(work, seat.event_id)
    work.session.refresh(seat)
    if draft.version is not None and draft.version != seat.version:
        raise Conflict("Somebody else changed this guest meanwhile.", "Open them again to see theirs.")
    refuse_cards(draft.note, draft.attention, draft.diet, draft.access)
    party = work.get(Registration, seat.registration_id)
    fields = ("diet", "access", "attention")
    before = {name: getattr(seat, name) for name in (*fields, "name", "email", "phone")} | {"note": party.note}
    if seat.position == 0 and not draft.name.strip():
        raise Invalid(fields={"name": "The host of a party needs a name."})
    for name in fields:
        setattr(seat, name, getattr(draft, name).strip())
    seat.email, seat.phone = draft.email.strip(), draft.phone.strip()
    if seat.position == 0:
        party.name, party.email, party.phone = draft.name.strip(), seat.email, seat.phone
        party.attention = draft.attention.strip()
        seat.attention = ""
    party.note = draft.note.strip()
    rename(work, seat, draft.name)
    if draft.table_id is not None:
        seat_at(work, [seat_id], draft.table_id or None)
    if seat.constituent_id:
        remember(work, seat.constituent_id, draft.diet, draft.access)
    after = {name: getattr(seat, name) for name in before if name != "note"} | {"note": party.note}
    history.record(
        work,
        "registration",
        party.id,
        "edited",
        before=before,
        after=after,
        constituent_id=seat.constituent_id,
    )
    told(work, event.id)


def seat_at(work: Work, seat_ids: list[int], table_id: int | None) -> int:
    """Sit people at a table, or get them up. A table takes no more than it has chairs."""
    work.require(Permission.EVENTS_EDIT)
    seats = [work.get(Seat, one, "This guest is not on the list any more.") for one in seat_ids]
    if not seats:
        return 0
    event = pools.lock(work, seats[0].event_id)
    if table_id is not None:
        table = work.get(EventTable, table_id, "This table is not there any more.")
        sitting = queries.sitting(work.session, table_id)
        new = [seat for seat in seats if seat.id not in sitting]
        if table.event_id != event.id or any(seat.event_id != event.id for seat in seats):
            raise Invalid("This table belongs to another event.")
        if len(sitting) + len(new) > table.seats:
            raise TableFull(f"{table.name} has {max(table.seats - len(sitting), 0)} free chairs.", table=table_id)
    for seat in seats:
        seat.table_id = table_id
    work.session.flush()
    told(work, event.id)
    return len(seats)


def tables(work: Work, event_id: int) -> list[TableCard]:
    """Every table with who sits there, and before them those without a table."""
    work.require(Permission.EVENTS_READ)
    people = rows(work, event_id)
    known = [(0, "No table yet", 0), *((t.id, t.name, t.seats) for t in queries.tables(work.session, event_id))]
    return [
        TableCard(
            id=table_id,
            name=name,
            seats=seats,
            taken=sum((row.table_id or 0) == table_id for row in people),
            people=[_line(row) for row in people if (row.table_id or 0) == table_id][:120],
        )
        for table_id, name, seats in known
    ]


def seat_parties(work: Work, event_id: int) -> int:
    """Sit those without a table by themselves: large parties first, together, where they fit."""
    work.require(Permission.EVENTS_EDIT)
    pools.lock(work, event_id)
    free = {t.id: t.seats - len(queries.sitting(work.session, t.id)) for t in queries.tables(work.session, event_id)}
    parties: dict[int, list[int]] = {}
    for row in rows(work, event_id):
        if row.table_id is None:
            parties.setdefault(row.registration_id, []).append(row.seat_id)
    seated = 0
    for seats in sorted(parties.values(), key=len, reverse=True):
        fits = [table_id for table_id, chairs in free.items() if chairs >= len(seats)]
        if fits:
            seated += seat_at(work, seats, fits[0])
            free[fits[0]] -= len(seats)
    return seated
