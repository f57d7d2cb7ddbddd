"""Making the demo world: its parts in order, in one transaction."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import sqlalchemy as sa

from crm_app import demo
from crm_app.core import history
from crm_app.core.errors import CrmError
from crm_app.core.work import Work
from crm_app.demo.copies import more
from crm_app.demo.loader import Loader
from crm_app.demo.world import World
from crm_app.features.accounts.queries import users
from crm_app.features.constituents.models import Constituent, ExternalId

SIZE = 5_000
LARGE = 100_000
TOWN = 25_000
"""Larger worlds are many towns: one made person by person, the others like it."""
Said = Callable[[str], None]


class NotEmpty(CrmError):
    message = "There are people in this database already; the demo world needs an empty one."


def parts() -> list[ModuleType]:
    """Modules of this package that have a `build(world)` and an `ORDER`: a new part joins by being there."""
    found = [import_module(f"crm_app.demo.{module.name}") for module in iter_modules(demo.__path__)]
    return sorted((part for part in found if hasattr(part, "ORDER")), key=lambda part: (part.ORDER, part.__name__))


def make(
    work: Work, people: int = SIZE, seed: int = 7, today: date | None = None, said: Said | None = None
) -> dict[str, int]:
    """Fill an empty database; returns how many rows each table got."""
    if work.session.execute(sa.select(Constituent.id).limit(1)).first():
        raise NotEmpty(hint="Point CRM_DATA to a new folder.")
    owner = next((row for row in work.session.execute(users()).scalars() if row.active), None)
    towns = max(1, people // TOWN) if people >= LARGE else 1
    world = World(work, Loader(work.session, people >= LARGE), people // towns, seed, today or work.now.date())
    if owner:
        world.owner_id, world.owner = owner.id, owner.name
    for part in parts():
        if said:
            said(str(part.__doc__).removeprefix("Part: ").split("\n")[0].rstrip("."))
        part.build(world)
        world.loader.write()
    copied = more(world, towns - 1, said) if towns > 1 else {}
    made = world.loader.finish() | copied
    history.record(work, "demo", None, "made", after={"people": people, "seed": seed})
    if not world.loader.sqlite:
        work.after(lambda: analyze(work))
    else:
        work.session.execute(sa.text("PRAGMA analysis_limit=2000"))
        work.session.execute(sa.text("ANALYZE"))
    work.tell("people", "giving", "settings", "tasks")
    return made


def analyze(work: Work) -> None:
    """PostgreSQL plans by statistics, and lists are quick once the visibility map is there."""
    with work.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE"))


def known_twins(work: Work) -> list[tuple[int, int]]:
    """Pairs that are the same person: the truth a duplicate finder is measured by."""
    query = sa.select(ExternalId.value).where(ExternalId.system == "demo_twin").order_by(ExternalId.id)
    pairs = (value.split(".") for value in work.session.execute(query).scalars())
    return [(int(first), int(second)) for first, second in pairs]
