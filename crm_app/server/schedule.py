"""What happens by itself: small duties, each at its own pace, never two at once."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from crm_app.core import duties, history
from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.errors import CrmError
from crm_app.core.work import open_work

log = logging.getLogger(__name__)


def _seal(database: Database) -> None:
    with open_work(database, Actor.system()) as work:
        history.seal(work.session, limit=5_000)


@dataclass
class Schedule:
    """A thread that does each duty when it is due."""

    database: Database

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="schedule", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def _loop(self) -> None:
        due: dict[str, float] = {}
        while not self._stop.wait(1.0):
            for name, seconds, call in [("seal", 60.0, _seal), *duties.known()]:
                if time.monotonic() >= due.setdefault(name, time.monotonic() + seconds):
                    due[name] = time.monotonic() + seconds
                    self._do(name, call)

    def _do(self, name: str, call: Callable[[Database], None]) -> None:
        try:
            call(self.database)
        except (sa.exc.SQLAlchemyError, CrmError, OSError):
            log.exception("the duty %s failed and is tried again next time", name)
