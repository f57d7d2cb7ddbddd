"""Part: what was said: consent, calls and visits, notes, and what we promised to do."""

from datetime import timedelta
from random import Random

from crm_app.demo.world import STAFF, Person, World
from crm_app.features.constituents.models import Consent, Note
from crm_app.features.interactions.models import Interaction, Task

ORDER = 40
WORDING = "I would like to hear from Alder Street Kitchen about {purpose}."
CALLS = [
    ("thanks", "reached", "Thanked for the gift; was glad to hear about the winter table."),
    ("thanks", "left_message", "Left a message of thanks."),
    ("cultivation", "reached", "Talked about the youth garden; would like to see it in June."),
    ("events", "said_yes", "Will come to the supper and bring two guests."),
    ("events", "said_no", "Cannot come this year, travelling."),
    ("ask", "follow_up", "Is thinking about a gift to the new kitchen; call again after the holidays."),
    ("ask", "said_yes", "Will give monthly from now on."),
    ("ask", "no_answer", ""),
    ("volunteering", "reached", "Can help on Saturdays, not before ten."),
    ("stewardship", "reached", "Asked how the relief fund is used; sent the spring report."),
]
VISITS = [
    "Coffee at the bakery; her late husband cooked with us for years.",
    "Walked through the old kitchen together.",
]
VISITS += [
    "Introduced by Priya at the supper. Knows half of the neighborhood.",
    "Showed the plans for the new kitchen.",
]
NOTES = [
    "Prefers handwritten cards.",
    "Allergic to nuts.",
    "Daughter went to school with Jake.",
    "Moved here from Seattle.",
]
NOTES += ["Has a truck and offers it gladly.", "Do not seat next to the Hendersons."]


def build(world: World) -> None:
    chance = world.chance("talk")
    for person in world.people:
        if person.age > 18 and not person.twin_of:
            _consent(world, chance, person)
            _conversations(world, chance, person)
    _tasks(world, chance)


def _consent(world: World, chance: Random, person: Person) -> None:
    said = []
    if person.email and chance.random() < 0.7:
        yes = chance.random() < 0.9
        said.append(("email", "news", "granted" if yes else "refused"))
        if yes and chance.random() < 0.75:
            said.append(("email", "fundraising", "granted" if chance.random() < 0.85 else "refused"))
        if yes and chance.random() < 0.5:
            said.append(("email", "events", "granted"))
    if person.address_id and chance.random() < 0.5:
        said.append(("post", "fundraising", "granted" if chance.random() < 0.9 else "refused"))
    if person.phone and chance.random() < 0.2:
        said.append(("phone", "all", "granted" if chance.random() < 0.5 else "refused"))
    for channel, purpose, state in said:
        day = min(world.today, person.since + timedelta(days=chance.randint(0, 30)))
        _statement(
            world, person, channel, purpose, state, world.at(day), chance.choice(("Web form", "Supper card", "Phone"))
        )
    if said and chance.random() < 0.06:
        day = world.today - timedelta(days=chance.randint(1, max(2, (world.today - person.since).days)))
        _statement(world, person, said[0][0], "all", "withdrawn", world.at(day, 15), "Unsubscribe link")


def _statement(world: World, person: Person, channel: str, purpose: str, state: str, moment, source: str) -> None:
    world.add(
        Consent,
        constituent_id=person.id,
        channel=channel,
        purpose=purpose,
        state=state,
        wording=WORDING.format(purpose=purpose) if state == "granted" else "",
        source=source,
        captured_at=moment,
        by=STAFF[person.id % len(STAFF)],
        created_at=moment,
    )


def _conversations(world: World, chance: Random, person: Person) -> None:
    often = {"major": 6, "yearly": 1, "sustainer": 1}.get(person.giver, 0) + (3 if person.board else 0)
    count = chance.randint(0, often * 2) if often else int(chance.random() < 0.12)
    for _ in range(count):
        day = person.since + timedelta(days=chance.randint(0, max(1, (world.today - person.since).days)))
        visit = chance.random() < 0.15
        purpose, outcome, body = ("cultivation", "reached", chance.choice(VISITS)) if visit else chance.choice(CALLS)
        moment = world.at(day, chance.randint(9, 18), chance.choice((0, 5, 10, 20, 40)))
        world.add(
            Interaction,
            constituent_id=person.id,
            kind="visit" if visit else chance.choice(("call", "call", "call", "email", "letter", "meeting")),
            direction="out" if chance.random() < 0.8 else "in",
            purpose=purpose,
            outcome=outcome,
            body=body,
            happened_at=moment,
            minutes=chance.choice((5, 10, 15, 45)) if body else None,
            by=STAFF[chance.randint(0, len(STAFF) - 1)],
            created_at=moment,
            updated_at=moment,
        )
    if chance.random() < 0.03:
        stamp = world.at(person.since)
        values = {"privacy": "team" if chance.random() < 0.15 else "everyone", "by": chance.choice(STAFF)}
        world.add(
            Note, constituent_id=person.id, body=chance.choice(NOTES), created_at=stamp, updated_at=stamp, **values
        )


def _tasks(world: World, chance: Random) -> None:
    jobs = ["Call {name} about the new kitchen", "Send {name} the spring report", "Thank {name} by hand"]
    jobs += ["Ask {name} to sit at the supper's front table", "Visit {name}", "Check the address of {name}"]
    people = [person for person in world.living() if person.giver in ("major", "yearly", "sustainer")]
    for place in range(min(48, len(people))):
        person = chance.choice(people)
        mine = place % 3 == 0
        day = world.today + timedelta(days=chance.randint(-9, 30))
        stamp = world.at(world.today - timedelta(days=chance.randint(1, 30)))
        world.add(
            Task,
            constituent_id=person.id,
            title=chance.choice(jobs).format(name=f"{person.first} {person.last}"),
            due_on=day if chance.random() < 0.9 else None,
            owner_id=world.owner_id if mine else None,
            owner_name=world.owner if mine else STAFF[1 + place % 3],
            priority="high" if chance.random() < 0.15 else "normal",
            created_by=STAFF[place % len(STAFF)],
            created_at=stamp,
            updated_at=stamp,
        )
