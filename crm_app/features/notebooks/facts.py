"""Everything that may be asked: the facts of every feature, found by their room."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from sqlmodel import Session

from crm_app import features
from crm_app.engine.segment.catalogue import Catalogue, gather


def _rooms() -> list[ModuleType]:
    found = []
    for feature in iter_modules(features.__path__):
        if feature.name == "notebooks":
            continue
        package = import_module(f"crm_app.features.{feature.name}")
        if any(room.name == "facts" for room in iter_modules(package.__path__)):
            found.append(import_module(f"crm_app.features.{feature.name}.facts"))
    return sorted(found, key=lambda room: (not room.__name__.endswith("constituents.facts"), room.__name__))


ROOMS = _rooms()


def catalogue(session: Session) -> Catalogue:
    """What every feature declares, with what this organization added itself; people come first."""
    more = [room.more(session) for room in ROOMS if hasattr(room, "more")]
    return gather([*(room.CATALOGUE for room in ROOMS), *more])
