"""Every select of events."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
import sqlalchemy.orm
from sqlmodel import Session, col, select

from crm_app.core.history import Change
from crm_app.features.constituents.models import Constituent
from crm_app.features.events.axes import HOLDS_SEAT, LIVE, Status
from crm_app.features.events.finding import asked
from crm_app.features.events.models import (
    BudgetLine,
    CapacityPool,
    CheckIn,
    Checkpoint,
    Event,
    EventTable,
    Question,
    Registration,
    RegistrationPayment,
    Seat,
    TicketType,
)


def tickets(session: Session, event_id: int) -> list[TicketType]:
    return list(
        session.execute(
            select(TicketType)
            .where(TicketType.event_id == event_id, col(TicketType.retired_at).is_(None))
            .order_by(TicketType.position, TicketType.id)
        ).scalars()
    )


def pools_of(session: Session, event_id: int) -> dict[int, CapacityPool]:
    """As they are in the database now, not as this work last saw them."""
    rows = session.execute(
        select(CapacityPool).where(CapacityPool.event_id == event_id).execution_options(populate_existing=True)
    ).scalars()
    return {row.id: row for row in rows}


def questions(session: Session, event_id: int, ticket_id: int | None = None) -> list[Question]:
    asked_of = select(Question).where(Question.event_id == event_id)
    if ticket_id is not None:
        asked_of = asked_of.where(sa.or_(col(Question.ticket_type_id).is_(None), Question.ticket_type_id == ticket_id))
    return list(session.execute(asked_of.order_by(Question.position, Question.id)).scalars())


def checkpoints(session: Session, event_id: int) -> list[Checkpoint]:
    return list(
        session.execute(
            select(Checkpoint).where(Checkpoint.event_id == event_id).order_by(Checkpoint.position, Checkpoint.id)
        ).scalars()
    )


def tables(session: Session, event_id: int) -> list[EventTable]:
    return list(
        session.execute(
            select(EventTable).where(EventTable.event_id == event_id).order_by(EventTable.position, EventTable.id)
        ).scalars()
    )


def budget(session: Session, event_id: int) -> list[BudgetLine]:
    return list(
        session.execute(
            select(BudgetLine).where(BudgetLine.event_id == event_id).order_by(BudgetLine.kind, BudgetLine.position)
        ).scalars()
    )


def name_of(session: Session, constituent_id: int | None) -> str:
    return session.execute(select(Constituent.display_name).where(Constituent.id == constituent_id)).scalar() or ""


def last_position(session: Session, event_id: int) -> int:
    return (
        session.execute(select(sa.func.max(Registration.position)).where(Registration.event_id == event_id)).scalar()
        or 0
    )


def place(session: Session, party: Registration) -> int:
    """The place in the waitlist, from 1."""
    before = sa.or_(
        Registration.priority > party.priority,
        sa.and_(Registration.priority == party.priority, Registration.position < party.position),
    )
    return (
        1
        + session.execute(
            select(sa.func.count()).where(
                Registration.event_id == party.event_id, Registration.status == Status.WAITLISTED, before
            )
        ).scalar_one()
    )


def seats_of(session: Session, registration_id: int) -> list[Seat]:
    return list(
        session.execute(
            select(Seat).where(Seat.registration_id == registration_id, Seat.live).order_by(Seat.position)
        ).scalars()
    )


def visits(session: Session, constituent_id: int, since: datetime) -> int:
    """At how many events they were since then."""
    return session.execute(
        select(sa.func.count(sa.distinct(Seat.event_id))).where(
            Seat.constituent_id == constituent_id, col(Seat.attendance).in_(["in", "left"]), Seat.arrived_at >= since
        )
    ).scalar_one()


def was_here_before(session: Session, constituent_id: int | None, event_id: int) -> bool:
    return (
        session.execute(
            select(Seat.id)
            .where(
                Seat.constituent_id == constituent_id,
                Seat.event_id != event_id,
                col(Seat.attendance).in_(["in", "left"]),
            )
            .limit(1)
        ).first()
        is not None
    )


def hand_over_rows(session: Session, old_id: int, new_id: int) -> None:
    """Seats and payments of one registration become another's."""
    for table in (Seat, RegistrationPayment):
        session.execute(
            sa.update(table)
            .where(table.registration_id == old_id)
            .values(registration_id=new_id)
            .execution_options(synchronize_session=False)
        )


def at_the_door(session: Session, event_id: int, text: str, limit: int = 25) -> list[Any]:
    """Seats whose words begin with every word of the text; registered ones first."""
    found = select(Seat.id).where(Seat.event_id == event_id, Seat.live)
    for pattern in asked(text):
        found = found.where(col(Seat.found_by).like(pattern))
    known = sa.case((Registration.status == Status.REGISTERED, 0), else_=1)
    return list(
        session.execute(
            select(Seat, Registration, EventTable.name)
            .join(Registration, Registration.id == Seat.registration_id)
            .outerjoin(EventTable, EventTable.id == Seat.table_id)
            .where(col(Seat.id).in_(found), col(Registration.status).in_([*LIVE, Status.CANCELLED]))
            .order_by(known, Seat.sort_name, Seat.registration_id, Seat.position)
            .limit(limit)
        )
    )


def party_at_the_door(session: Session, registration_id: int) -> list[Any]:
    return list(
        session.execute(
            select(Seat, Registration, EventTable.name)
            .join(Registration, Registration.id == Seat.registration_id)
            .outerjoin(EventTable, EventTable.id == Seat.table_id)
            .where(Seat.registration_id == registration_id, Seat.live)
            .order_by(Seat.position)
        )
    )


def party_sizes(session: Session, registration_ids: list[int]) -> dict[int, tuple[int, int]]:
    """For each party: how many seats, how many of them are in."""
    arrived = sa.func.sum(sa.case((col(Seat.attendance).in_(["in", "left"]), 1), else_=0))
    rows = session.execute(
        select(Seat.registration_id, sa.func.count(), arrived)
        .where(col(Seat.registration_id).in_(registration_ids), Seat.live)
        .group_by(Seat.registration_id)
    )
    return {one: (seats, int(came or 0)) for one, seats, came in rows}


def open_entry(session: Session, seat_id: int, checkpoint_id: int) -> CheckIn | None:
    return session.execute(
        select(CheckIn)
        .where(
            CheckIn.seat_id == seat_id,
            CheckIn.checkpoint_id == checkpoint_id,
            CheckIn.kind == "entry",
            col(CheckIn.undone_at).is_(None),
            col(CheckIn.left_at).is_(None),
        )
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()


def heads(session: Session, event_id: int) -> Any:
    """Live seats of registered parties by attendance."""
    return session.execute(
        select(Seat.attendance, sa.func.count())
        .join(Registration, Registration.id == Seat.registration_id)
        .where(Seat.event_id == event_id, Seat.live, Registration.status == Status.REGISTERED)
        .group_by(Seat.attendance)
    ).all()


def by_status(session: Session, event_id: int) -> Any:
    """For each status: parties, seats, what they owe, what they paid, how many want to be told."""
    return session.execute(
        select(
            Registration.status,
            sa.func.count(),
            sa.func.sum(Registration.seats),
            sa.func.sum(sa.case((Registration.due > Registration.paid, Registration.due - Registration.paid), else_=0)),
            sa.func.sum(Registration.paid),
            sa.func.sum(sa.case((Registration.to_tell != "", 1), else_=0)),
            sa.func.sum(sa.case((Registration.due > Registration.paid, 1), else_=0)),
        )
        .where(Registration.event_id == event_id)
        .group_by(Registration.status)
    ).all()


def events(session: Session, *, templates: bool = False) -> list[Event]:
    return list(
        session.execute(
            select(Event).where(Event.template == templates).order_by(col(Event.starts_at).desc(), Event.id)
        ).scalars()
    )


def heads_by_event(session: Session) -> dict[int, dict[str, int]]:
    """For every event: live seats registered, arrived, waiting."""
    came = sa.func.sum(sa.case((col(Seat.attendance).in_(["in", "left"]), 1), else_=0))
    rows = session.execute(
        select(Seat.event_id, Registration.status, sa.func.count(), came)
        .join(Registration, Registration.id == Seat.registration_id)
        .where(Seat.live, col(Registration.status).in_([Status.REGISTERED, Status.WAITLISTED]))
        .group_by(Seat.event_id, Registration.status)
    )
    found: dict[int, dict[str, int]] = {}
    for event_id, status, seats, arrived in rows:
        at = found.setdefault(event_id, {"seats": 0, "arrived": 0, "waiting": 0})
        if status == Status.REGISTERED:
            at["seats"], at["arrived"] = seats, int(arrived or 0)
        else:
            at["waiting"] = seats
    return found


def capacities(session: Session) -> dict[int, int | None]:
    return dict(
        session.execute(
            select(Event.id, CapacityPool.capacity).join(CapacityPool, CapacityPool.id == Event.pool_id)
        ).all()
    )


HOST = col(Seat.position) == 0
BELONGS: dict[str, Any] = {
    "to_come": col(Seat.attendance) == "unknown",
    "in": col(Seat.attendance).in_(["in", "left"]),
    "due": sa.and_(col(Registration.due) > col(Registration.paid), HOST),
    "needs": sa.or_(
        col(Seat.diet) != "",
        col(Seat.access) != "",
        col(Seat.attention) != "",
        sa.and_(HOST, col(Registration.attention) != ""),
    ),
    "to_tell": sa.and_(col(Registration.to_tell) != "", HOST),
}
"""What a view of the roster asks beside the status."""


def _of_roster(event_id: int, statuses: list[str], patterns: list[str] | None, show: str) -> list[Any]:
    said = [Seat.event_id == event_id, Seat.live, col(Registration.status).in_(statuses)]
    said += [col(Seat.found_by).like(pattern) for pattern in patterns or []]
    return [*said, BELONGS[show]] if show in BELONGS else said


def roster(
    session: Session,
    event_id: int,
    statuses: list[str],
    patterns: list[str] | None = None,
    *,
    show: str = "",
    first: int = 0,
    most: int | None = None,
) -> list[Any]:
    """Live seats of a view with their party, ticket and table, in order of names; found by every pattern."""
    found = (
        select(Seat, Registration, TicketType.name, EventTable.name)
        .join(Registration, Registration.id == Seat.registration_id)
        .join(TicketType, TicketType.id == Registration.ticket_type_id)
        .outerjoin(EventTable, EventTable.id == Seat.table_id)
        .where(*_of_roster(event_id, statuses, patterns, show))
        .order_by(Seat.sort_name, Seat.registration_id, Seat.position)
    )
    return list(session.execute(found.offset(first).limit(most) if most is not None else found))


def count_roster(session: Session, event_id: int, statuses: list[str], patterns: list[str], show: str) -> int:
    return session.execute(
        select(sa.func.count(Seat.id))
        .join(Registration, Registration.id == Seat.registration_id)
        .where(*_of_roster(event_id, statuses, patterns, show))
    ).scalar_one()


def waiting_order(session: Session, event_id: int) -> list[int]:
    return list(
        session.execute(
            select(Registration.id)
            .where(Registration.event_id == event_id, Registration.status == Status.WAITLISTED)
            .order_by(col(Registration.priority).desc(), Registration.position, Registration.id)
        ).scalars()
    )


def sitting(session: Session, table_id: int) -> set[int]:
    """Seats of registered people at this table."""
    return set(
        session.execute(
            select(Seat.id)
            .join(Registration, Registration.id == Seat.registration_id)
            .where(Seat.table_id == table_id, Seat.live, Registration.status == Status.REGISTERED)
        ).scalars()
    )


def held_by_ticket(session: Session, ticket_id: int) -> int:
    return (
        session.execute(
            select(sa.func.sum(Registration.seats)).where(
                Registration.ticket_type_id == ticket_id, col(Registration.status).in_(HOLDS_SEAT)
            )
        ).scalar()
        or 0
    )


def unseat_table(session: Session, table_id: int) -> None:
    session.execute(
        sa.update(Seat)
        .where(Seat.table_id == table_id)
        .values(table_id=None)
        .execution_options(synchronize_session=False)
    )


def last_arrivals(session: Session, event_id: int, limit: int) -> list[Any]:
    return list(
        session.execute(
            select(Seat, Registration, EventTable.name)
            .join(Registration, Registration.id == Seat.registration_id)
            .outerjoin(EventTable, EventTable.id == Seat.table_id)
            .where(Seat.event_id == event_id, Seat.live, Seat.attendance == "in")
            .order_by(col(Seat.arrived_at).desc(), Seat.id)
            .limit(limit)
        )
    )


def seats_by_pool(session: Session, event_id: int) -> dict[int, int]:
    """Seats that hold a place, by pool, each counted in its parents as well."""
    rows = session.execute(
        select(TicketType.pool_id, sa.func.sum(Registration.seats))
        .join(TicketType, TicketType.id == Registration.ticket_type_id)
        .where(Registration.event_id == event_id, col(Registration.status).in_(HOLDS_SEAT))
        .group_by(TicketType.pool_id)
    ).all()
    parents = {one: pool.parent_id for one, pool in pools_of(session, event_id).items()}
    found: dict[int, int] = {}
    for pool_id, seats in rows:
        following: int | None = pool_id
        while following is not None:
            found[following] = found.get(following, 0) + int(seats)
            following = parents.get(following)
    return found


def party_disagreements(session: Session, event_id: int) -> list[Any]:
    """Parties whose number of seats is not the number of their people."""
    people = sa.func.count(Seat.id)
    return list(
        session.execute(
            select(Registration.id, Registration.seats, people)
            .outerjoin(Seat, sa.and_(Seat.registration_id == Registration.id, Seat.live))
            .where(Registration.event_id == event_id, Registration.status != Status.TRANSFERRED)
            .group_by(Registration.id, Registration.seats)
            .having(people != Registration.seats)
        )
    )


def count_coming(session: Session, now: datetime) -> int:
    return session.execute(
        select(sa.func.count()).where(
            Event.ends_at >= now,
            col(Event.status).in_(["draft", "published", "closed"]),
            col(Event.template).is_(False),
        )
    ).scalar_one()


def parties(session: Session, event_id: int, statuses: list[str]) -> list[Registration]:
    return list(
        session.execute(
            select(Registration).where(Registration.event_id == event_id, col(Registration.status).in_(statuses))
        ).scalars()
    )


def times_moved_up(session: Session, event_id: int) -> int:
    """Parties that had to wait and got a seat."""
    return session.execute(
        select(sa.func.count(sa.distinct(Change.record_id)))
        .join(Registration, Registration.id == Change.record_id)
        .where(
            Change.kind == "registration",
            col(Change.action).in_(["promoted", "offered"]),
            Registration.event_id == event_id,
            Change.at > Registration.created_at,
        )
    ).scalar_one()


def came_again(session: Session, event_id: int, starts_at: datetime) -> int:
    """First-timers of this event who were at a later one."""
    later = sa.orm.aliased(Seat)
    return session.execute(
        select(sa.func.count(sa.distinct(Seat.constituent_id)))
        .join(later, later.constituent_id == Seat.constituent_id)
        .join(Event, Event.id == later.event_id)
        .where(
            Seat.event_id == event_id,
            Seat.first_time,
            col(Seat.attendance).in_(["in", "left"]),
            col(later.attendance).in_(["in", "left"]),
            Event.starts_at > starts_at,
        )
    ).scalar_one()


def new_people(session: Session, constituent_ids: set[int], since: datetime) -> int:
    """Of these, how many came to us after the event was planned."""
    return session.execute(
        select(sa.func.count()).where(col(Constituent.id).in_(constituent_ids), Constituent.created_at >= since)
    ).scalar_one()


def people_of(session: Session, event_id: int, statuses: list[str]) -> set[int]:
    return set(
        session.execute(
            select(Seat.constituent_id)
            .join(Registration, Registration.id == Seat.registration_id)
            .where(
                Seat.event_id == event_id,
                Seat.live,
                col(Seat.constituent_id).is_not(None),
                col(Registration.status).in_(statuses),
            )
        ).scalars()
    )


def events_of(session: Session, constituent_id: int) -> list[dict[str, str]]:
    rows = session.execute(
        select(Event.id, Event.name, Event.starts_at, Registration.status, Seat.attendance)
        .join(Seat, Seat.event_id == Event.id)
        .join(Registration, Registration.id == Seat.registration_id)
        .where(Seat.constituent_id == constituent_id, Seat.live)
        .order_by(col(Event.starts_at).desc())
        .limit(60)
    )
    return [
        {"id": str(one), "name": name, "day": f"{at:%Y-%m-%d}", "status": status, "attendance": attendance}
        for one, name, at, status, attendance in rows
    ]


def count_needs(session: Session, event_id: int) -> int:
    """Registered people with a diet, an access need or a word for the door."""
    return count_roster(session, event_id, [Status.REGISTERED], [], "needs")


def count_waiting(session: Session, event_id: int) -> int:
    """Seats that are waited for."""
    return (
        session.execute(
            select(sa.func.sum(Registration.seats)).where(
                Registration.event_id == event_id, Registration.status == Status.WAITLISTED
            )
        ).scalar()
        or 0
    )


def scanned(session: Session, event_id: int, code: str, seat_id: int) -> list[Any]:
    """The seat a badge's code names."""
    return list(
        session.execute(
            select(Seat, Registration, EventTable.name)
            .join(Registration, Registration.id == Seat.registration_id)
            .outerjoin(EventTable, EventTable.id == Seat.table_id)
            .where(Seat.id == seat_id, Seat.event_id == event_id, Registration.code == code, Seat.live)
        )
    )
