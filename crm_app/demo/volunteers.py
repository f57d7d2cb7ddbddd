"""Part: who helps: roles, shifts of a year, hours given, and the shifts that still need people."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from crm_app.demo.world import Person, World
from crm_app.features.volunteers.models import HoursEntry, Shift, Signup, VolunteerRole

ORDER = 50
ZONE = "America/Los_Angeles"
ROLES = [
    ("Kitchen", "cooking, knives", 1, 17, 4, 4, 6),
    ("Serving", "", 1, 18, 3, 3, 8),
    ("Driver", "driving, a van", 3, 9, 4, 2, 3),
    ("Garden", "", 5, 10, 3, 2, None),
    ("Front desk", "patience, Spanish", 4, 12, 4, 1, 2),
]  # name, skills, weekday, first hour, hours, needed, at most
PAST_WEEKS, WEEKS_AHEAD = 52, 5


def build(world: World) -> None:
    chance = world.chance("volunteers")
    helpers = [person for person in world.living() if person.volunteer and person.kind == "person"][:160]
    if len(helpers) < 6:
        return
    for name, skills, weekday, hour, hours, needed, most in ROLES:
        role = world.add(VolunteerRole, name=name, skills=skills)
        crew = chance.sample(helpers, min(len(helpers), 14))
        for week in range(-PAST_WEEKS, WEEKS_AHEAD):
            day = world.today + timedelta(days=weekday - world.today.weekday(), weeks=week)
            _shift(world, chance, role, crew, day, hour, hours, needed, most)
    _alone(world, chance, helpers)


def _shift(
    world: World, chance: Random, role: int, crew: list[Person], day: date, hour: int, hours: int, needed: int,
    most: int | None,
) -> None:  # fmt: skip
    starts = datetime.combine(day, time(hour), ZoneInfo(ZONE)).astimezone(UTC)
    ends, over = starts + timedelta(hours=hours), day < world.today
    people = [person for person in crew if person.since <= day]
    wish = needed + chance.choice((0, 0, 0, 1)) if over or chance.random() < 0.6 else chance.randint(0, needed)
    coming = chance.sample(people, min(len(people), wish, most or wish))
    shift = world.add(
        Shift, role_id=role, starts_at=starts, ends_at=ends, time_zone=ZONE, place="1212 SE Alder St", minimum=needed,
        maximum=most, taken=len(coming), closed_at=ends if over else None, created_by=world.owner,
        created_at=world.at(day - timedelta(days=30)),
    )  # fmt: skip
    for person in coming:
        _signup(world, chance, shift, role, person, day, starts, ends, over)


def _signup(
    world: World, chance: Random, shift: int, role: int, person: Person, day: date, starts: datetime, ends: datetime,
    over: bool,
) -> None:  # fmt: skip
    came = over and chance.random() < 0.94
    status = "completed" if came else "no_show" if over else "signed_up"
    arrived = starts + timedelta(minutes=chance.randint(-10, 15)) if came else None
    left = ends + timedelta(minutes=chance.randint(-40, 10)) if came else None
    number = world.add(
        Signup, shift_id=shift, constituent_id=person.id, status=status, status_at=left or world.at(day - timedelta(days=7)),
        arrived_at=arrived, left_at=left, by=world.owner,
    )  # fmt: skip
    if arrived and left:
        recent = (world.today - day).days
        state = "drafted" if recent < 4 else "submitted" if recent < 9 else "approved"
        minutes = round((left - arrived).total_seconds() / 60)
        _hours(world, person, day, minutes, state, signup_id=number, role_id=role)


def _alone(world: World, chance: Random, helpers: list[Person]) -> None:
    """Hours without a shift: the newsletter folded at the kitchen table."""
    for person in helpers:
        for _ in range(chance.choice((0, 0, 1, 2))):
            day = world.today - timedelta(days=chance.randint(10, 500))
            if day > person.since:
                note = chance.choice(
                    ("Folded the newsletter", "Fixed the oven", "Drove to the food bank", "Board minutes")
                )
                _hours(world, person, day, chance.choice((45, 60, 90, 120, 180)), "approved", note=note)


def _hours(world: World, person: Person, day: date, minutes: int, status: str, **more: object) -> None:
    decided = world.at(day + timedelta(days=5)) if status == "approved" else None
    world.add(
        HoursEntry, constituent_id=person.id, worked_on=day, minutes=minutes, status=status, by=world.owner,
        decided_by=world.owner if decided else "", decided_at=decided, created_at=world.at(day), **more,
    )  # fmt: skip
