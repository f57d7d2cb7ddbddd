"""A role, shifts and people to test with."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.work import open_work
from crm_app.features.constituents import service as constituents
from crm_app.features.constituents.schemas import ConstituentDraft
from crm_app.features.volunteers import service
from crm_app.features.volunteers.schemas import RoleDraft, ShiftDraft

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MakeShift = Callable[..., int]
MakePeople = Callable[[int], list[int]]


@pytest.fixture
def role(db: Database, admin: Actor) -> int:
    with open_work(db, admin, now=NOW) as work:
        return service.save_role(work, RoleDraft(name="Kitchen", skills="cooking,  knives ,"))


@pytest.fixture
def make_shift(db: Database, admin: Actor, role: int) -> MakeShift:
    def make(**more: object) -> int:
        given = {"role_id": role, "day": "2026-11-21", "starts": "18:00", "ends": "21:00"}
        with open_work(db, admin, now=NOW) as work:
            draft = ShiftDraft(**{**given, "time_zone": "America/New_York", "minimum": 2, "maximum": 4, **more})
            return service.plan(work, draft).ids[0]

    return make


@pytest.fixture
def people(db: Database, admin: Actor) -> MakePeople:
    def make(count: int) -> list[int]:
        with open_work(db, admin, now=NOW) as work:
            drafts = [ConstituentDraft(first_name=f"Ann{n}", last_name="Okonkwo") for n in range(count)]
            return list(constituents.create_many(work, drafts))

    return make
