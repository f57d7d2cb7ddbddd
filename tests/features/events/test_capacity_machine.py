"""Whatever happens in whatever order: places taken are seats given, and nobody who fits is left waiting."""

import shutil
from datetime import timedelta
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlmodel import select

from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.errors import CrmError
from crm_app.core.work import open_work
from crm_app.features.events import service
from crm_app.features.events.axes import LIVE, MOVES
from crm_app.features.events.models import Event, Registration
from crm_app.features.events.schemas import PartyDraft
from crm_app.features.events.service import pools
from tests.features.events.conftest import NOW, draft

ADMIN = Actor.system("Ada")


class Capacity(RuleBasedStateMachine):
    base: Database

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        with open_work(self.base, ADMIN, now=self.now) as work:
            self.event = service.create(work, draft(capacity=4, promotes="offer", offer_hours=2))

    def _all(self, *statuses: str) -> list[int]:
        with open_work(self.base, ADMIN, write=False) as work:
            found = select(Registration.id).where(
                Registration.event_id == self.event, Registration.status.in_(statuses or LIVE)
            )
            return list(work.session.execute(found.order_by(Registration.id)).scalars())

    @rule(seats=st.integers(1, 3), hold=st.booleans())
    def register(self, seats: int, hold: bool) -> None:
        until = self.now + timedelta(hours=1) if hold else None
        try:
            with open_work(self.base, ADMIN, now=self.now) as work:
                service.register(work, self.event, PartyDraft(name="Guest", seats=seats, hold_until=until))
        except CrmError:
            assert hold  # only a hold may be refused

    @precondition(lambda self: self._all())
    @rule(data=st.data(), verb=st.sampled_from(sorted(MOVES.keys() - {"called off", "transferred", "promoted"})))
    def move(self, data: st.DataObject, verb: str) -> None:
        one = data.draw(st.sampled_from(self._all(*MOVES[verb].sources) or self._all()))
        try:
            with open_work(self.base, ADMIN, now=self.now) as work:
                service.change_status(work, one, verb)
        except CrmError:
            return

    @precondition(lambda self: self._all())
    @rule(data=st.data(), seats=st.integers(1, 4))
    def resize(self, data: st.DataObject, seats: int) -> None:
        one = data.draw(st.sampled_from(self._all()))
        try:
            with open_work(self.base, ADMIN, now=self.now) as work:
                service.resize_party(work, one, seats)
        except CrmError:
            return

    @rule(capacity=st.integers(0, 8))
    def change_capacity(self, capacity: int) -> None:
        with open_work(self.base, ADMIN, now=self.now) as work:
            service.set_capacity(work, self.event, capacity)

    @rule(hours=st.integers(1, 3))
    def time_goes_by(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        with open_work(self.base, ADMIN, now=self.now) as work:
            service.expire_due(work)

    @invariant()
    def places_are_seats_and_no_fitting_head_waits(self) -> None:
        with open_work(self.base, ADMIN, now=self.now, write=False) as work:
            assert service.reconcile(work, self.event) == []
            waiting = select(Registration).where(
                Registration.event_id == self.event, Registration.status == "waitlisted"
            )
            head = work.session.execute(waiting.order_by(Registration.position)).scalars().first()
            free = pools.room(work.session, work.get(Event, self.event).pool_id)
            assert head is None or free < head.seats


@pytest.mark.parametrize("kind", ["sqlite"])
def test_capacity_holds_in_any_order(kind: str, _migrated_sqlite: Path, tmp_path: Path):
    shutil.copy(_migrated_sqlite, tmp_path / "machine.db")
    Capacity.base = Database(f"sqlite:///{tmp_path / 'machine.db'}")
    quick = settings(
        max_examples=12,
        stateful_step_count=20,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Capacity, settings=quick)
    Capacity.base.dispose()
