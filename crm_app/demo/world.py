"""The world while it is made: its people as the parts need them, its chance, its clock."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlmodel import SQLModel

from crm_app.core.work import Work
from crm_app.demo.loader import Loader

YEARS = 8
ORGANIZATION = "Alder Street Kitchen"
STAFF = ("Rosa Lindqvist", "Jake Abebe", "Priya Iyer", "Tom Haugen")


@dataclass(slots=True)
class Person:
    """Somebody in the demo world."""

    id: int
    first: str
    last: str
    since: date
    kind: str = "person"
    email: str = ""
    phone: str = ""
    household_id: int = 0
    address_id: int = 0
    age: int = 0
    deceased: bool = False
    giver: str = ""
    """sustainer, yearly, twice, now_and_then, once, lapsed, major, none"""
    volunteer: bool = False
    board: bool = False
    client: bool = False
    twin_of: int = 0
    """The record this one is a second copy of."""


@dataclass
class World:
    """What every part of the demo builds on. Chance is drawn by name, so that parts do not disturb each other."""

    work: Work
    loader: Loader
    size: int
    seed: int
    today: date
    owner_id: int | None = None
    owner: str = STAFF[0]
    people: list[Person] = field(default_factory=list)
    households: list[Person] = field(default_factory=list)
    organizations: list[Person] = field(default_factory=list)
    named: dict[str, dict[str, int]] = field(default_factory=dict)
    """Ids by name of what there is few of: funds, campaigns, hats, tags."""

    def chance(self, part: str) -> Random:
        return Random(f"{self.seed}:{part}")

    def add(self, model: type[SQLModel], **values: Any) -> int:
        """Put a row into the world; returns its id at once."""
        return self.loader.put(model, **values)

    @property
    def begins(self) -> date:
        return self.today.replace(year=self.today.year - YEARS, month=1, day=1)

    def at(self, day: date, hour: int = 12, minute: int = 0) -> datetime:
        """A moment of a day, never later than now."""
        return min(datetime.combine(day, time(hour, minute), UTC), self.work.now - timedelta(minutes=1))

    def living(self) -> list[Person]:
        return [person for person in self.people if not person.deceased and not person.twin_of]
