"""Types and people to test with."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.work import Work, open_work
from crm_app.features.constituents import service as constituents
from crm_app.features.constituents.schemas import ConstituentDraft
from crm_app.features.memberships import service
from crm_app.features.memberships.schemas import StartDraft, TypeDraft

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
At = Callable[[str], Work]


@pytest.fixture
def friend(db: Database, admin: Actor) -> int:
    with open_work(db, admin, now=NOW) as work:
        return service.save_type(work, TypeDraft(name="Friend", price=6000, grace_days=30))


@pytest.fixture
def family(db: Database, admin: Actor) -> int:
    with open_work(db, admin, now=NOW) as work:
        return service.save_type(work, TypeDraft(name="Family", price=9000, inherits=True, most_inherited=2))


def someone(work: Work, first: str = "Ann") -> int:
    return constituents.create_many(work, [ConstituentDraft(first_name=first, last_name="Okonkwo")])[0]


def joined(work: Work, person: int, kind: int, on: str, **more: object) -> int:
    return service.start(work, StartDraft(constituent_id=person, type_id=kind, on=date.fromisoformat(on), **more))
