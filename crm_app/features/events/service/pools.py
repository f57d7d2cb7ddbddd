"""Capacity: one conditional statement takes places, another gives them back. The row is the lock."""

import sqlalchemy as sa
from sqlmodel import Session, select

from crm_app.core.errors import NotFound
from crm_app.core.work import Work
from crm_app.features.events.models import CapacityPool, Event

P = CapacityPool


def lock(work: Work, event_id: int) -> Event:
    """The event's row, held until the end of the work: what is counted for it stays so.

    SQLite has one writer anyway; PostgreSQL waits here instead of overtaking the waitlist.
    """
    found = work.session.execute(
        select(Event).where(Event.id == event_id).with_for_update().execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if found is None:
        raise NotFound("This event is not there any more.")
    return found


def chain(session: Session, pool_id: int) -> list[int]:
    """This pool and those it is part of, smallest id first: everybody takes them in the same order."""
    found: list[int] = []
    following: int | None = pool_id
    while following is not None and following not in found:
        found.append(following)
        following = session.execute(select(P.parent_id).where(P.id == following)).scalar_one()
    return sorted(found)


def claim(work: Work, pool_id: int, seats: int, *, over: bool = False) -> list[int]:
    """Take places in the whole chain. Returns the pools that have no room; empty when the places are taken."""
    taken: list[int] = []
    for one in chain(work.session, pool_id):
        if not _take(work.session, one, seats, over):
            for other in taken:
                _give(work.session, other, seats)
            return [one]
        taken.append(one)
    return []


def lacking(session: Session, pool_ids: set[int], seats: int) -> set[int]:
    """Which of these pools have no room for so many. A look, not a promise: only `claim` gives places."""
    rows = session.execute(select(P.id).where(P.id.in_(pool_ids), P.capacity.is_not(None), P.held + seats > P.capacity))
    return set(rows.scalars())


def release(work: Work, pool_id: int, seats: int) -> None:
    for one in chain(work.session, pool_id):
        _give(work.session, one, seats)


def _take(session: Session, pool_id: int, seats: int, over: bool) -> bool:
    after = P.held + seats
    statement = sa.update(P).where(P.id == pool_id)
    if over:
        belt = sa.case((P.ceiling.is_(None), None), (P.ceiling < after, after), else_=P.ceiling)
        statement = statement.values(held=after, ceiling=belt)
    else:
        statement = statement.where(sa.or_(P.capacity.is_(None), after <= P.capacity)).values(held=after)
    return session.execute(statement.execution_options(synchronize_session=False)).rowcount == 1


def _give(session: Session, pool_id: int, seats: int) -> None:
    less = P.held - seats
    belt = sa.case((P.capacity.is_(None), None), (P.capacity < less, less), else_=P.capacity)
    session.execute(
        sa.update(P).where(P.id == pool_id).values(held=less, ceiling=belt).execution_options(synchronize_session=False)
    )


def resize(work: Work, pool_id: int, capacity: int | None) -> None:
    """Raise or lower. Below what is taken nobody loses a seat; no new ones are given until there is room."""
    belt = None if capacity is None else sa.case((P.held > capacity, P.held), else_=capacity)
    work.session.execute(
        sa.update(P)
        .where(P.id == pool_id)
        .values(capacity=capacity, ceiling=belt)
        .execution_options(synchronize_session=False)
    )


def room(session: Session, pool_id: int) -> int | None:
    """Free places in the tightest pool of the chain; None where nothing limits."""
    rows = session.execute(select(P.capacity, P.held).where(P.id.in_(chain(session, pool_id))))
    free = [max(0, capacity - held) for capacity, held in rows if capacity is not None]
    return min(free) if free else None
