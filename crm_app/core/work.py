"""One transaction, one person, one moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from crm_app.core import live
from crm_app.core.access import Actor, Permission
from crm_app.core.database import Database
from crm_app.core.errors import NotAllowed, NotFound


@dataclass
class Work:
    """What a service gets: the session, who asks, and the time it is."""

    session: Session
    actor: Actor
    now: datetime
    database: Database
    topics: set[str] = field(default_factory=set)
    afterwards: list[Callable[[], None]] = field(default_factory=list)

    def may(self, permission: Permission) -> bool:
        return permission in self.actor.permissions

    def require(self, *permissions: Permission) -> None:
        for permission in permissions:
            if permission not in self.actor.permissions:
                raise NotAllowed(f"Your role ({self.actor.role}) may not {permission}.", permission=permission.name)

    def tell(self, *topics: str) -> None:
        """Screens that listen to these topics re-read once this work is committed."""
        self.topics.update(topics)

    def after(self, call: Callable[[], None]) -> None:
        """Run once this work is committed, never when it is not."""
        self.afterwards.append(call)

    def get(self, table: type[Any], record_id: int | None, words: str = "") -> Any:
        """The row with this id, or NotFound."""
        found = self.session.get(table, record_id) if record_id is not None else None
        if found is None:
            raise NotFound(words)
        return found

    def add(self, row: Any) -> Any:
        """Add a row and give it its id."""
        self.session.add(row)
        self.session.flush()
        return row


@contextmanager
def open_work(database: Database, actor: Actor, *, write: bool = True, now: datetime | None = None) -> Iterator[Work]:
    """Open a work; it commits once, at the edge, and then tells the listening screens."""
    moment = now or datetime.now(UTC)
    with database.write() if write else database.read() as session:
        work = Work(session, actor, moment, database)
        yield work
    for call in work.afterwards:
        call()
    if work.topics:
        live.tell(work.topics)
