"""What a stranger may do: look at a public event, register, and change their own registration by a signed link."""

import hashlib
import hmac
from datetime import datetime, timedelta

from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as CalendarEvent
from sqlmodel import select

from crm_app.core.access import Actor, Role
from crm_app.core.config import settings
from crm_app.core.errors import NotFound
from crm_app.core.sealing import secret
from crm_app.core.work import Work
from crm_app.engine.money import written
from crm_app.features.events import clock, queries
from crm_app.features.events.axes import HOLDS_SEAT, WORDS, Status
from crm_app.features.events.models import Event, Registration, TicketType
from crm_app.features.events.schemas import OwnRegistration, PartyDraft, PublicEvent, PublicTicket, Registered
from crm_app.features.events.service import pools, waiting
from crm_app.features.events.service.errors import NotOpen, TooLate
from crm_app.features.events.service.registering import enter, hand_over, make_move
from crm_app.features.settings.service import organization

VISITOR = Actor(None, "Public page", Role.VIEWER, frozenset())
MOST_SEATS = 10


def public_event(work: Work, slug: str) -> PublicEvent:
    """The event as everybody may see it."""
    event = _public(work, slug)
    tickets = [_ticket(work, event, one) for one in _on_sale(work, event)]
    why = _closed(work, event)
    return PublicEvent(
        id=event.id,
        slug=event.slug,
        name=event.name,
        organization=organization(work).name,
        when=clock.said(event.starts_at, event.ends_at, event.time_zone),
        zone=event.time_zone,
        venue=event.venue,
        address=event.address,
        summary=event.summary,
        description=event.description,
        closed=why,
        tickets=tickets,
        questions=_questions(work, event),
        full=bool(tickets) and all(one.left == 0 for one in tickets),
        waitlist=event.waitlist,
        waiting=queries.count_waiting(work.session, event.id),
        most=MOST_SEATS,
    )


def _public(work: Work, slug: str) -> Event:
    event = work.session.execute(select(Event).where(Event.slug == slug)).scalar_one_or_none()
    if event is None or not event.public or event.status == "draft":
        raise NotFound("There is no such event.")
    return event


def _closed(work: Work, event: Event) -> str:
    """Why nobody can register now; empty if they can."""
    if event.status == "cancelled":
        return "This event has been called off."
    if event.ends_at < work.now:
        return "This event is over."
    if event.status == "closed" or (event.registration_closes_at and event.registration_closes_at < work.now):
        return "Registration is closed."
    if event.registration_opens_at and event.registration_opens_at > work.now:
        opens = clock.local(event.registration_opens_at, event.time_zone)
        return f"Registration opens on {opens:%-d %B, %H:%M}."
    return ""


def _on_sale(work: Work, event: Event) -> list[TicketType]:
    return [
        one
        for one in queries.tickets(work.session, event.id)
        if one.public
        and (one.sale_from is None or one.sale_from <= work.now)
        and (one.sale_until is None or one.sale_until > work.now)
    ]


def _ticket(work: Work, event: Event, ticket: TicketType) -> PublicTicket:
    return PublicTicket(
        id=ticket.id,
        name=ticket.name,
        description=ticket.description,
        price=written(ticket.price, event.currency) if ticket.price else "free",
        approval=ticket.approval,
        left=pools.room(work.session, ticket.pool_id),
    )


def _questions(work: Work, event: Event) -> list[tuple[int, str, str, list[str], bool, int]]:
    return [
        (one.id, one.label, one.kind, one.options, one.required, one.ticket_type_id or 0)
        for one in queries.questions(work.session, event.id)
    ]


def register_publicly(work: Work, slug: str, draft: PartyDraft) -> tuple[Registered, str]:
    """Register from the public page; the answer carries the key of the link to change it."""
    event = pools.lock(work, _public(work, slug).id)
    why = _closed(work, event)
    if why:
        raise NotOpen(why)
    offered = [one.id for one in _on_sale(work, event)]
    if draft.ticket_type_id not in offered:
        raise NotOpen("Please choose a ticket.")
    draft.seats = min(draft.seats, MOST_SEATS)
    draft = draft.model_copy(
        update={
            "source": "public",
            "constituent_id": None,
            "over_reason": "",
            "again_reason": "",
            "hold_until": None,
            "attention": "",
        }
    )
    made = enter(work, event, draft)
    return made, key_of(made.id, made.code)


def key_of(registration_id: int, code: str) -> str:
    """The signed part of a link: nobody makes one without our key, and it tells nothing."""
    said = f"registration {registration_id} {code}".encode()
    return f"{registration_id}-{hmac.new(secret(), said, hashlib.sha256).hexdigest()[:32]}"


def _own(work: Work, key: str) -> Registration:
    number, _, _ = key.partition("-")
    party = work.session.get(Registration, int(number)) if number.isdigit() and len(number) < 10 else None
    if party is None or not hmac.compare_digest(key_of(party.id, party.code), key):
        raise NotFound("This link does not fit any registration.")
    return party


def own_registration(work: Work, key: str) -> OwnRegistration:
    """Their own registration, for whoever has the link."""
    party = _own(work, key)
    event = work.get(Event, party.event_id)
    status = Status(party.status)
    place = queries.place(work.session, party) if status == Status.WAITLISTED else 0
    live = status in HOLDS_SEAT or status == Status.WAITLISTED
    return OwnRegistration(
        key=key,
        name=party.name,
        code=party.code,
        status=status,
        words=f"You are number {place} on the waitlist." if place else _said(status),
        seats=party.seats,
        due=written(party.due - party.paid, event.currency) if party.due > party.paid and live else "",
        event=event.name,
        slug=event.slug,
        when=clock.said(event.starts_at, event.ends_at, event.time_zone),
        venue=event.venue,
        until=f"{clock.local(party.until, event.time_zone):%-d %B, %H:%M}" if party.until else "",
        may_change=live and work.now < _last_moment(event),
        self_cancel_hours=event.self_cancel_hours,
    )


def _said(status: Status) -> str:
    return {
        Status.REGISTERED: "You are registered.",
        Status.AWAITING_APPROVAL: "We have your wish and will answer soon.",
        Status.OFFERED: "A seat is free for you. Will you take it?",
        Status.CANCELLED: "You have cancelled.",
        Status.TRANSFERRED: "You have given your seats to somebody else.",
        Status.CALLED_OFF: "This event has been called off.",
        Status.HELD: "Seats are held for you.",
    }.get(status, WORDS[status].capitalize() + ".")


def _last_moment(event: Event) -> datetime:
    return event.starts_at - timedelta(hours=event.self_cancel_hours)


def change_own(work: Work, key: str, verb: str, name: str = "", email: str = "") -> OwnRegistration:
    """Cancel, accept or decline an offer, or give the seats to somebody else; in time, and only one's own."""
    party = _own(work, key)
    event = pools.lock(work, party.event_id)
    work.session.refresh(party)
    if verb not in ("accept", "decline") and work.now >= _last_moment(event):
        raise TooLate("It is too late to change this here.", "Please write to us.")
    if verb == "accept":
        waiting.accept(work, party)
    elif verb == "decline":
        waiting.pass_on(work, party)
    elif verb == "transfer":
        heir = hand_over(work, event, party, name[:160], None, email[:160])
        return own_registration(work, key_of(heir.id, heir.code))
    else:
        make_move(work, event, party, "cancelled", "by themselves")
    return own_registration(work, key)


def calendar(work: Work, key: str = "", slug: str = "") -> bytes:
    """The event as an ICS file; a change of time or place counts its sequence up, a calling-off says so."""
    event = work.get(Event, _own(work, key).event_id) if key else _public(work, slug)
    entry = CalendarEvent()
    entry.add("uid", f"event-{event.id}@{settings().address.split('//')[-1].split(':')[0]}")
    entry.add("summary", event.name)
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("dtstamp", event.updated_at)
    entry.add("sequence", event.sequence)
    entry.add("location", ", ".join(part for part in (event.venue, event.address) if part))
    entry.add("description", event.summary or event.description)
    entry.add("status", "CANCELLED" if event.status == "cancelled" else "CONFIRMED")
    ours = organization(work)
    if ours.email:
        organizer = vCalAddress(f"MAILTO:{ours.email}")
        organizer.params["cn"] = vText(ours.name)
        entry["organizer"] = organizer
    made = Calendar()
    made.add("prodid", "-//Commonplace//Events//EN")
    made.add("version", "2.0")
    made.add("method", "CANCEL" if event.status == "cancelled" else "PUBLISH")
    made.add_component(entry)
    return made.to_ical()
