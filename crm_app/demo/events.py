"""Part: events, with a supper tonight, workshops that were, and a gala to come."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from crm_app.core.work import Work
from crm_app.demo.world import World
from crm_app.features.events import service
from crm_app.features.events.clock import local
from crm_app.features.events.schemas import EventDraft, PartyDraft, PaymentDraft, QuestionDraft, Tap, TicketDraft

ZONE = "America/Los_Angeles"
DIETS = ("vegan", "vegetarian", "no nuts", "gluten-free", "halal", "no dairy")
NEEDS = ("step-free way in", "sign language interpreter", "a seat near the front", "large print")


ORDER = 600
MOST = 2_000


def build(world: World) -> None:
    """Guests come from those one can talk to; a tiny world has none."""
    people = [one.id for one in world.living() if one.kind == "person" and not one.twin_of][:MOST]
    if len(people) >= 12:
        events(_at(world.work, world.at(world.today, 12)), people, world.seed)


def events(work: Work, people: Sequence[int], seed: int = 7) -> list[int]:
    """Plan the demo's events and fill them with these people (constituent ids)."""
    chance = random.Random(seed)
    past = [_workshop(work, people, chance, weeks) for weeks in (10, 6, 2)]
    return [*past, _supper(work, people, chance), _gala(work, people, chance), _cleanup(work)]


def _day(work: Work, days: int) -> str:
    return f"{local(work.now, ZONE) + timedelta(days=days):%Y-%m-%d}"


def _at(work: Work, moment: datetime) -> Work:
    """The same work, at another moment: what happened then is written with its own time."""
    return Work(work.session, work.actor, moment, work.database)


def _workshop(work: Work, people: Sequence[int], chance: random.Random, weeks: int) -> int:
    day = _day(work, -7 * weeks)
    then = work.now - timedelta(weeks=weeks + 3)
    planned = _at(work, then)
    event = service.create(
        planned,
        EventDraft(
            name="Seed-saving workshop",
            kind="workshop",
            starts=f"{day}T10:00",
            ends=f"{day}T13:00",
            time_zone=ZONE,
            venue="Garden house",
            capacity=24,
            summary="Bring jars. We show how to keep seeds of beans, tomatoes and squash.",
            public=True,
        ),
    )
    service.step(planned, event, "publish")
    _fill(planned, event, people, chance, parties=22, most=2)
    _evening(work, event, chance, show_rate=0.82)
    service.set_budget(planned, event, "cost", "Seeds and jars", 9000, 8450)
    service.close_out(work, event)
    return event


def _supper(work: Work, people: Sequence[int], chance: random.Random) -> int:
    day = _day(work, 0)
    planned = _at(work, work.now - timedelta(weeks=5))
    event = service.create(
        planned,
        EventDraft(
            name="Harvest supper",
            kind="fundraiser",
            starts=f"{day}T18:00",
            ends=f"{day}T22:00",
            time_zone=ZONE,
            venue="Alder Street Hall",
            address="212 SE Alder St, Portland",
            capacity=120,
            summary="One long evening, six long tables, everything from our gardens.",
            description="Doors at six, supper at seven. Children are welcome; there is a corner to play in.",
            public=True,
            discount_percent=20,
            discount_visits=2,
        ),
    )
    supper = service.add_ticket(planned, event, TicketDraft(name="Supper", price=4500, benefit_value=2500))
    table = service.add_ticket(
        planned, event, TicketDraft(name="Patron’s table", price=15000, benefit_value=4000, capacity=16, max_party=8)
    )
    service.retire_ticket(planned, next(t.id for t in service.event(planned, event).tickets if t.price == "free"))
    service.add_question(planned, event, QuestionDraft(label="What do you eat?", kind="diet", ticket_type_id=supper))
    service.add_question(planned, event, QuestionDraft(label="What do you need to take part?", kind="access"))
    service.add_checkpoint(planned, event, "Garden gate")
    service.add_tables(planned, event, 15, 8)
    service.step(planned, event, "publish")
    _fill(planned, event, people, chance, parties=6, most=4, ticket=table, pays=0.9)
    _fill(planned, event, people, chance, parties=58, most=4, ticket=supper, pays=0.8)
    service.seat_parties(planned, event)
    for line in (("cost", "Kitchen", 110000), ("cost", "Hall", 40000), ("income", "Raffle", 30000)):
        service.set_budget(planned, event, *line, None)
    return event


def _gala(work: Work, people: Sequence[int], chance: random.Random) -> int:
    day = _day(work, 47)
    event = service.create(
        work,
        EventDraft(
            name="Spring gala",
            kind="fundraiser",
            starts=f"{day}T19:00",
            ends=f"{day}T23:00",
            time_zone=ZONE,
            venue="The Armory",
            capacity=40,
            promotes="offer",
            offer_hours=48,
            public=True,
            summary="An evening of thanks with music, and the year’s awards.",
        ),
    )
    service.add_ticket(work, event, TicketDraft(name="Guest", price=9000, benefit_value=5500))
    service.add_ticket(work, event, TicketDraft(name="Press", approval=True, public=False))
    service.step(work, event, "publish")
    _fill(work, event, people, chance, parties=24, most=3)
    return event


def _cleanup(work: Work) -> int:
    day = _day(work, 13)
    draft = EventDraft(
        name="River clean-up",
        starts=f"{day}T09:00",
        ends=f"{day}T12:00",
        time_zone=ZONE,
        venue="Boat ramp, Sellwood",
        summary="Gloves and bags are there. Bring boots.",
        public=True,
    )
    event = service.create(work, draft)
    service.step(work, event, "publish")
    return event


def _fill(
    work: Work,
    event: int,
    people: Sequence[int],
    chance: random.Random,
    *,
    parties: int,
    most: int,
    ticket: int | None = None,
    pays: float = 0.0,
) -> None:
    known = {row.constituent_id for row in service.rows(work, event)}
    free = [one for one in people if one not in known]
    for person in chance.sample(free, min(parties, len(free))):
        seats = chance.choice(range(1, most + 1)) if chance.random() < 0.45 else 1
        diet = chance.choice(DIETS) if chance.random() < 0.2 else ""
        access = chance.choice(NEEDS) if chance.random() < 0.06 else ""
        source = chance.choice(("staff", "public", "public", "notebook"))
        party = PartyDraft(
            constituent_id=person, seats=seats, ticket_type_id=ticket, diet=diet, access=access, source="staff"
        )
        made = service.register(work, event, party.model_copy(update={"source": source}))
        if made.due and made.status == "registered" and chance.random() < pays:
            service.pay(work, made.id, PaymentDraft(amount=made.due, method=chance.choice(("online", "transfer"))))


def _evening(work: Work, event: int, chance: random.Random, *, show_rate: float) -> None:
    """People come, most in the first half hour."""
    starts = service.starts_at(work, event)
    for row in service.rows(work, event):
        if chance.random() > show_rate:
            continue
        at = starts + timedelta(minutes=int(chance.triangular(-25, 50, 0)))
        tap = Tap(nonce=f"demo-{event}-{row.seat_id}", seat_id=row.seat_id, device="Door 1")
        service.tap(_at(work, at), event, tap)
