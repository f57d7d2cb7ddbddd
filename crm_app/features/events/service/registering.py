"""Registering: a party asks for seats and gets them, waits, or learns why not."""

import re
import secrets
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import select

from crm_app.core.access import Permission
from crm_app.core.errors import Conflict, Invalid, NotFound
from crm_app.core.work import Work
from crm_app.features.events import queries
from crm_app.features.events.axes import HOLDS_SEAT, LIVE, WORDS, Status
from crm_app.features.events.finding import found_by, sort_name
from crm_app.features.events.models import Event, GuestNeed, Question, Registration, Seat, TicketType
from crm_app.features.events.schemas import GuestDraft, PartyDraft, Registered
from crm_app.features.events.service import pools, waiting
from crm_app.features.events.service.errors import AlreadyRegistered, CardNumber, EventFull, NotOpen
from crm_app.features.events.service.moving import move, noted, told

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that reads like something else
CARD = re.compile(r"(?:\d[ -]?){13,19}")


def register(work: Work, event_id: int, draft: PartyDraft) -> Registered:
    """Register a party by hand."""
    work.require(Permission.EVENTS_EDIT)
    if draft.over_reason:
        work.require(Permission.EVENTS_OVERBOOK)
    return enter(work, pools.lock(work, event_id), draft)


def enter(work: Work, event: Event, draft: PartyDraft) -> Registered:
    """The rule behind every way in: by staff, from the public page, at the door, from a file."""
    again = _sent_before(work, draft.nonce)
    if again:
        return outcome(work, again, repeated=True)
    if event.status == "cancelled":
        raise NotOpen("This event has been called off.")
    ticket = _ticket(work, event, draft)
    _sound(work, event, ticket, draft)
    party = _party(work, event, ticket, draft)
    _seats(work, event, party, draft)
    noted(work, party, "asked", {}, {"seats": party.seats, "ticket": ticket.name, "source": party.source})
    _give_seats(work, event, party, draft)
    return outcome(work, party)


def _sent_before(work: Work, nonce: str | None) -> Registration | None:
    if not nonce:
        return None
    return work.session.execute(select(Registration).where(Registration.nonce == nonce)).scalar_one_or_none()


def _ticket(work: Work, event: Event, draft: PartyDraft) -> TicketType:
    if draft.ticket_type_id is None:
        tickets = queries.tickets(work.session, event.id)
        if not tickets:
            raise NotOpen("This event has no tickets yet.")
        return tickets[0]
    ticket = work.get(TicketType, draft.ticket_type_id, "This ticket is not offered any more.")
    if ticket.event_id != event.id:
        raise NotFound("This ticket belongs to another event.")
    return ticket


def _sound(work: Work, event: Event, ticket: TicketType, draft: PartyDraft) -> None:
    """Is what was written something we may keep?"""
    draft.name = draft.name.strip()[:160]
    if draft.constituent_id and not draft.name:
        draft.name = queries.name_of(work.session, draft.constituent_id)
    wrong: dict[str, str] = {}
    if not draft.name:
        wrong["name"] = "A name, please."
    draft.seats = max(draft.seats, 1 + len(draft.guests))
    if not ticket.min_party <= draft.seats <= ticket.max_party and draft.source != "door":
        wrong["seats"] = f"{ticket.name}: a party of {ticket.min_party} to {ticket.max_party}."
    if draft.extra < 0:
        wrong["extra"] = "An amount of zero or more."
    wrong |= _unanswered(work, event, ticket, draft)
    if wrong:
        raise Invalid(fields=wrong)
    refuse_cards(draft.note, draft.attention, draft.diet, draft.access, *map(str, draft.answers.values()))
    if draft.constituent_id and not draft.again_reason:
        _not_twice(work, event, draft.constituent_id)


def _unanswered(work: Work, event: Event, ticket: TicketType, draft: PartyDraft) -> dict[str, str]:
    """Only the public form insists; staff may not know yet."""
    if draft.source != "public":
        return {}
    asked: list[Question] = queries.questions(work.session, event.id, ticket.id)
    given = {**draft.answers, "diet": draft.diet, "access": draft.access}
    return {
        f"q{one.id}": "Please answer this."
        for one in asked
        if one.required and not given.get(one.kind if one.kind in ("diet", "access") else str(one.id))
    }


def refuse_cards(*texts: str) -> None:
    for text in texts:
        for found in CARD.findall(text or ""):
            if _is_card(re.sub(r"\D", "", found)):
                raise CardNumber


def _is_card(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _not_twice(work: Work, event: Event, constituent_id: int) -> None:
    found = work.session.execute(
        select(Registration)
        .join(Seat, Seat.registration_id == Registration.id)
        .where(
            Seat.event_id == event.id,
            Seat.constituent_id == constituent_id,
            Seat.live,
            Registration.status.in_(LIVE),
        )
        .limit(1)
    ).scalar_one_or_none()
    if found:
        raise AlreadyRegistered(
            f"{found.name} is on the list already ({WORDS[Status(found.status)]}).", registration=found.id
        )


def _party(work: Work, event: Event, ticket: TicketType, draft: PartyDraft) -> Registration:
    percent, words = discount(work, event, draft.constituent_id)
    price = ticket.price * draft.seats
    last = queries.last_position(work.session, event.id)
    return work.add(
        Registration(
            event_id=event.id,
            ticket_type_id=ticket.id,
            constituent_id=draft.constituent_id,
            name=draft.name,
            email=draft.email.strip()[:160],
            phone=draft.phone.strip()[:60],
            code="".join(secrets.choice(ALPHABET) for _ in range(6)),
            seats=draft.seats,
            status=Status.WAITLISTED,
            status_at=work.now,
            status_by=work.actor.name,
            position=last + 1,
            due=price - price * percent // 100 + draft.extra,
            extra=draft.extra,
            discount=words,
            attention=draft.attention,
            note=draft.note,
            source=draft.source,
            reason=draft.over_reason or draft.again_reason,
            nonce=draft.nonce,
            created_by=work.actor.name,
            created_at=work.now,
            updated_at=work.now,
        )
    )


def discount(work: Work, event: Event, constituent_id: int | None) -> tuple[int, str]:
    """For those who came often enough in the last twelve months."""
    if not (event.discount_percent and event.discount_visits and constituent_id):
        return 0, ""
    since = work.now - timedelta(days=365)
    visits = queries.visits(work.session, constituent_id, since)
    if visits < event.discount_visits:
        return 0, ""
    return event.discount_percent, f"{event.discount_percent} % for coming {visits} times in a year"


def _seats(work: Work, event: Event, party: Registration, draft: PartyDraft) -> None:
    host = GuestDraft(
        name=draft.name,
        constituent_id=draft.constituent_id,
        diet=draft.diet,
        access=draft.access,
        answers=draft.answers,
    )
    for position in range(draft.seats):
        guest = [host, *draft.guests][position] if position <= len(draft.guests) else GuestDraft()
        work.session.add(make_seat(work, party, guest, position))
    work.session.flush()


def make_seat(work: Work, party: Registration, guest: GuestDraft, position: int) -> Seat:
    need = _remembered(work, guest)
    name = guest.name.strip()[:160]
    if guest.constituent_id and not name:
        name = queries.name_of(work.session, guest.constituent_id)
    seat = Seat(
        registration_id=party.id,
        event_id=party.event_id,
        constituent_id=guest.constituent_id,
        position=position,
        name=name,
        diet=guest.diet or need.diet,
        access=guest.access or need.access,
        answers=guest.answers,
        email=party.email if position == 0 else "",
        phone=party.phone if position == 0 else "",
        first_time=bool(guest.constituent_id)
        and not queries.was_here_before(work.session, guest.constituent_id, party.event_id),
    )
    name_seat(seat, party)
    return seat


def name_seat(seat: Seat, party: Registration) -> None:
    """Keep what the seat is sorted and found by in step with its name."""
    seat.sort_name = sort_name(seat.name) if seat.name else f"{sort_name(party.name)} ~{seat.position:03d}"
    host = "" if seat.name else f"guest {party.name}"
    seat.found_by = found_by(
        seat.name, email=seat.email or party.email, phone=seat.phone or party.phone, code=party.code, host=host
    )


def _remembered(work: Work, guest: GuestDraft) -> GuestNeed:
    """Needs said once are known the next time; what is said now is remembered."""
    blank = GuestNeed(constituent_id=0, updated_at=work.now)
    if not guest.constituent_id:
        return blank
    return remember(work, guest.constituent_id, guest.diet, guest.access) or blank


def remember(work: Work, constituent_id: int, diet: str, access: str) -> GuestNeed | None:
    need = work.session.execute(
        select(GuestNeed).where(GuestNeed.constituent_id == constituent_id)
    ).scalar_one_or_none()
    if not diet and not access:
        return need
    if need is None:
        need = work.add(GuestNeed(constituent_id=constituent_id, updated_at=work.now))
    need.diet, need.access, need.updated_at = diet or need.diet, access or need.access, work.now
    return need


def _give_seats(work: Work, event: Event, party: Registration, draft: PartyDraft) -> None:
    if draft.over_reason:
        move(work, party, "promoted", over=True, note=draft.over_reason)
        return
    if draft.hold_until:
        _hold(work, party, draft)
        return
    if draft.source == "door":
        move(work, party, "promoted")  # they stand here; those who wait are at home
        return
    waiting.settle(work, event, newcomer=party)
    if party.status == Status.WAITLISTED and not event.waitlist:
        free = pools.room(work.session, work.get(TicketType, party.ticket_type_id).pool_id)
        raise EventFull("This event is full." if not free else f"Only {free} seats are free.", free=free)


def _hold(work: Work, party: Registration, draft: PartyDraft) -> None:
    ticket = work.get(TicketType, party.ticket_type_id)
    if pools.claim(work, ticket.pool_id, party.seats):
        raise EventFull(f"There are not {party.seats} free seats to hold.")
    work.session.execute(
        sa.update(Registration)
        .where(Registration.id == party.id)
        .values(status=Status.HELD, until=draft.hold_until)
        .execution_options(synchronize_session=False)
    )
    work.session.refresh(party)


def outcome(work: Work, party: Registration, *, repeated: bool = False) -> Registered:
    place = queries.place(work.session, party) if party.status == Status.WAITLISTED else 0
    words = f"{place}. on the waitlist" if place else WORDS[Status(party.status)]
    return Registered(
        id=party.id,
        code=party.code,
        status=party.status,
        words=words,
        place=place,
        due=party.due,
        repeated=repeated,
    )


def change_status(work: Work, registration_id: int, verb: str, reason: str = "") -> Registered:
    """A coordinator's move: confirm, approve, decline, accept, pass on, cancel, reinstate."""
    work.require(Permission.EVENTS_EDIT)
    party = work.get(Registration, registration_id)
    event = pools.lock(work, party.event_id)
    work.session.refresh(party)
    make_move(work, event, party, verb, reason)
    return outcome(work, party)


def make_move(work: Work, event: Event, party: Registration, verb: str, reason: str = "") -> None:
    move(work, party, verb, note=reason, **({"reason": reason} if reason else {}))
    if party.status not in HOLDS_SEAT:
        work.session.execute(sa.update(Seat).where(Seat.registration_id == party.id).values(table_id=None))
        waiting.settle(work, event)


def resize_party(work: Work, registration_id: int, seats: int) -> Registered:
    """More seats if there is room; fewer give room to the next ones."""
    work.require(Permission.EVENTS_EDIT)
    party = work.get(Registration, registration_id)
    event = pools.lock(work, party.event_id)
    work.session.refresh(party)
    if seats < 1:
        raise Invalid(fields={"seats": "At least one seat; or cancel the registration."})
    ticket = work.get(TicketType, party.ticket_type_id)
    difference = seats - party.seats
    if party.status in HOLDS_SEAT and difference > 0 and pools.claim(work, ticket.pool_id, difference):
        raise EventFull(f"There are not {difference} more free seats.")
    if party.status in HOLDS_SEAT and difference < 0:
        pools.release(work, ticket.pool_id, -difference)
    before = {"seats": party.seats, "due": party.due}
    _grow(work, party, seats)
    party.due += ticket.price * difference
    party.seats, party.updated_at, party.version = seats, work.now, party.version + 1
    work.session.flush()
    noted(work, party, "resized", before, {"seats": party.seats, "due": party.due})
    if difference < 0:
        waiting.settle(work, event)
    return outcome(work, party)


def _grow(work: Work, party: Registration, seats: int) -> None:
    """Add unnamed guests, or let the last unnamed and not arrived ones go."""
    now = list(queries.seats_of(work.session, party.id))
    for position in range(len(now), seats):
        last = max((seat.position for seat in now), default=-1)
        work.session.add(make_seat(work, party, GuestDraft(), last + 1 + position - len(now)))
    going = sorted(now, key=lambda s: (s.attendance == "unknown", not s.name, s.position), reverse=True)
    for seat in going[: len(now) - seats] if seats < len(now) else []:
        if seat.attendance in ("in", "left"):
            raise Conflict(f"{seat.name or 'This guest'} is here already.")
        seat.live, seat.table_id = False, None
    work.session.flush()


def drop_seat(work: Work, seat_id: int) -> Registered:
    """One of the party does not come; the others do."""
    work.require(Permission.EVENTS_EDIT)
    seat = work.get(Seat, seat_id)
    party = work.get(Registration, seat.registration_id)
    event = pools.lock(work, seat.event_id)
    work.session.refresh(party)
    work.session.refresh(seat)
    if not seat.live:
        return outcome(work, party)
    if party.seats == 1:
        make_move(work, event, party, "cancelled")
        return outcome(work, party)
    if seat.attendance in ("in", "left"):
        raise Conflict(f"{seat.name or 'This guest'} is here already.")
    seat.live, seat.table_id = False, None
    ticket = work.get(TicketType, party.ticket_type_id)
    if party.status in HOLDS_SEAT:
        pools.release(work, ticket.pool_id, 1)
    before = {"seats": party.seats, "due": party.due}
    party.seats, party.due = party.seats - 1, max(party.due - ticket.price, 0)
    party.version, party.updated_at = party.version + 1, work.now
    work.session.flush()
    noted(work, party, "dropped a guest", before, {"seats": party.seats, "due": party.due}, seat.name)
    waiting.settle(work, event)
    return outcome(work, party)


def transfer(
    work: Work, registration_id: int, name: str, constituent_id: int | None = None, email: str = ""
) -> Registered:
    """The seats go to somebody else; the money stays with them, both are linked."""
    work.require(Permission.EVENTS_EDIT)
    party = work.get(Registration, registration_id)
    event = pools.lock(work, party.event_id)
    work.session.refresh(party)
    return hand_over(work, event, party, name, constituent_id, email)


def hand_over(
    work: Work, event: Event, party: Registration, name: str, constituent_id: int | None, email: str
) -> Registered:
    name = name.strip() or (queries.name_of(work.session, constituent_id) if constituent_id else "")
    if not name:
        raise Invalid(fields={"name": "To whom?"})
    due, seats = party.due, party.seats
    move(work, party, "transferred", to_tell="")
    heir = work.add(
        Registration(
            **party.model_dump(
                exclude={"id", "code", "status", "name", "email", "phone", "constituent_id", "nonce", "moved_to_id"}
            )
            | {"note": "", "created_at": work.now, "created_by": work.actor.name, "paid": 0, "version": 1},
            code="".join(secrets.choice(ALPHABET) for _ in range(6)),
            status=Status.WAITLISTED,
            name=name,
            email=email,
            constituent_id=constituent_id,
        )
    )
    move(work, heir, "promoted", note=f"from {party.name}")
    queries.hand_over_rows(work.session, party.id, heir.id)
    work.session.expire_all()
    heir, old = work.get(Registration, heir.id), work.get(Registration, party.id)
    heir.paid, old.paid, old.moved_to_id, old.due = old.paid, 0, heir.id, 0
    heir.due, heir.seats = due, seats
    for seat in queries.seats_of(work.session, heir.id):
        if seat.position == 0:
            seat.name, seat.constituent_id, seat.email, seat.phone = name, constituent_id, email, ""
        name_seat(seat, heir)
    work.session.flush()
    return outcome(work, heir)


def mark_told(work: Work, registration_ids: list[int]) -> int:
    """The party has heard what changed by itself."""
    work.require(Permission.EVENTS_EDIT)
    done = 0
    for registration_id in registration_ids:
        party = work.get(Registration, registration_id)
        if party.to_tell:
            noted(work, party, "told", {"to_tell": party.to_tell}, {"to_tell": ""})
            party.to_tell = ""
            told(work, party.event_id)
            done += 1
    return done


def mark_told_of(work: Work, seat_ids: list[int]) -> int:
    """The same, for the parties of these guests."""
    return mark_told(work, sorted({work.get(Seat, one).registration_id for one in seat_ids}))
