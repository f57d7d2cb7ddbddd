"""An event to test with."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.work import open_work
from crm_app.features.constituents.models import Constituent
from crm_app.features.events import service
from crm_app.features.events.schemas import EventDraft

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MakeEvent = Callable[..., int]


def draft(**more: object) -> EventDraft:
    given = {"name": "Harvest supper", "starts": "2026-11-21T18:00", "ends": "2026-11-21T22:00"}
    return EventDraft(**{**given, "time_zone": "America/New_York", "capacity": 5, **more})


@pytest.fixture
def make_event(db: Database, admin: Actor) -> MakeEvent:
    def make(**more: object) -> int:
        with open_work(db, admin, now=NOW) as work:
            event_id = service.create(work, draft(**more))
            service.step(work, event_id, "publish")
            return event_id

    return make


@pytest.fixture
def ann(db: Database, admin: Actor) -> int:
    with open_work(db, admin, now=NOW) as work:
        person = Constituent(
            first_name="Ann", last_name="Okonkwo", display_name="Ann Okonkwo", created_at=NOW, updated_at=NOW
        )
        return work.add(person).id
