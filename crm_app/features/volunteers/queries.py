"""Every select of volunteering."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
import sqlalchemy.orm
from sqlmodel import Session, col, select

from crm_app.features.constituents.models import Constituent, Email, Phone
from crm_app.features.events.models import Event
from crm_app.features.volunteers.models import HoursEntry, Shift, Signup, VolunteerRole
from crm_app.features.volunteers.moves import COMING, HOLDING

HOURS = HoursEntry.minutes * HoursEntry.people
MOST = 200


def roles(session: Session, retired: bool = False) -> Sequence[VolunteerRole]:
    query = select(VolunteerRole).order_by(sa.func.lower(VolunteerRole.name))
    if not retired:
        query = query.where(col(VolunteerRole.retired_at).is_(None))
    return session.execute(query).scalars().all()


def _shifts() -> sa.Select:
    query = select(Shift, VolunteerRole, Event.name).join(VolunteerRole, VolunteerRole.id == Shift.role_id)
    return query.outerjoin(Event, Event.id == Shift.event_id).execution_options(populate_existing=True)


def shift(session: Session, shift_id: int) -> sa.Row | None:
    return session.execute(_shifts().where(Shift.id == shift_id)).first()


def upcoming(session: Session, since: datetime, until: datetime, limit: int = MOST) -> Sequence[sa.Row]:
    query = _shifts().where(Shift.ends_at >= since, Shift.starts_at < until, col(Shift.cancelled_at).is_(None))
    return session.execute(query.order_by(Shift.starts_at, Shift.id).limit(limit)).all()


def short(session: Session, since: datetime, until: datetime, limit: int = MOST) -> Sequence[sa.Row]:
    query = _shifts().where(Shift.starts_at >= since, Shift.starts_at < until, Shift.taken < Shift.minimum)
    query = query.where(col(Shift.cancelled_at).is_(None))
    return session.execute(query.order_by(Shift.starts_at, Shift.id).limit(limit)).all()


def unfinished(session: Session, since: datetime, now: datetime, limit: int = 20) -> Sequence[sa.Row]:
    """Shifts that are over, had people on them, and were not finished."""
    query = _shifts().where(Shift.ends_at < now, Shift.ends_at >= since, Shift.taken > 0)
    query = query.where(col(Shift.cancelled_at).is_(None), col(Shift.closed_at).is_(None))
    return session.execute(query.order_by(col(Shift.starts_at).desc()).limit(limit)).all()


def following(session: Session, shift: Shift) -> Sequence[Shift]:
    """This shift and the later ones planned with it."""
    query = select(Shift).where(Shift.series_id == shift.series_id, Shift.starts_at >= shift.starts_at)
    return session.execute(query.where(col(Shift.cancelled_at).is_(None)).order_by(Shift.starts_at)).scalars().all()


def coming(session: Session, shift_id: int) -> Sequence[sa.Row]:
    """Everybody on a shift who has not cancelled, with the minutes kept for them."""
    minutes = (
        select(sa.func.sum(HOURS))
        .where(HoursEntry.signup_id == Signup.id, HoursEntry.status != "declined")
        .scalar_subquery()
    )
    query = select(Signup, Constituent.display_name, minutes.label("minutes"))
    query = query.join(Constituent, Constituent.id == Signup.constituent_id)
    query = query.where(Signup.shift_id == shift_id, Signup.status != "cancelled")
    return session.execute(query.order_by(Constituent.sort_name, Signup.id)).all()


def reached_by(session: Session, ids: Collection[int]) -> tuple[dict[int, str], dict[int, str]]:
    """The first phone and the first e-mail of these people."""
    found: list[dict[int, str]] = []
    for table, column in ((Phone, Phone.shown), (Email, Email.address)):
        query = select(table.constituent_id, column).where(col(table.constituent_id).in_(ids))
        found.append(dict(reversed(session.execute(query.order_by(col(table.is_primary).desc(), table.id)).all())))
    return found[0], found[1]


def live_signup(session: Session, shift_id: int, constituent_id: int) -> int | None:
    query = select(Signup.id).where(Signup.shift_id == shift_id, Signup.constituent_id == constituent_id)
    return session.execute(query.where(col(Signup.status).in_(HOLDING)).limit(1)).scalar()


def at_the_same_time(session: Session, constituent_id: int, starts: datetime, ends: datetime) -> sa.Row | None:
    """The first shift somebody is on that shares a minute with this time."""
    query = _shifts().join(Signup, Signup.shift_id == Shift.id)
    query = query.where(Signup.constituent_id == constituent_id, col(Signup.status).in_(COMING))
    query = query.where(Shift.starts_at < ends, Shift.ends_at > starts, col(Shift.cancelled_at).is_(None))
    return session.execute(query.order_by(Shift.starts_at).limit(1)).first()


def future_signups(session: Session, constituent_id: int, now: datetime) -> Sequence[Signup]:
    query = select(Signup).join(Shift, Shift.id == Signup.shift_id)
    query = query.where(Signup.constituent_id == constituent_id, Signup.status == "signed_up", Shift.starts_at > now)
    return session.execute(query).scalars().all()


def signups(session: Session, shift_id: int, statuses: Collection[str]) -> Sequence[Signup]:
    query = select(Signup).where(Signup.shift_id == shift_id, col(Signup.status).in_(statuses))
    return session.execute(query.order_by(Signup.id)).scalars().all()


def held(session: Session, shift_id: int) -> int:
    query = select(sa.func.count()).where(Signup.shift_id == shift_id, col(Signup.status).in_(HOLDING))
    return session.execute(query).scalar_one()


def entries(session: Session, statuses: Collection[str], limit: int = MOST) -> Sequence[sa.Row]:
    query = _entries().where(col(HoursEntry.status).in_(statuses))
    return session.execute(query.order_by(HoursEntry.worked_on, HoursEntry.id).limit(limit)).all()


def entries_of(session: Session, constituent_id: int, limit: int = MOST) -> Sequence[sa.Row]:
    query = _entries().where(HoursEntry.constituent_id == constituent_id)
    return session.execute(query.order_by(col(HoursEntry.worked_on).desc(), HoursEntry.id).limit(limit)).all()


def _entries() -> sa.Select:
    query = select(HoursEntry, Constituent.display_name, VolunteerRole.name)
    query = query.join(Constituent, Constituent.id == HoursEntry.constituent_id)
    return query.outerjoin(VolunteerRole, VolunteerRole.id == HoursEntry.role_id)


def locked(session: Session, entry_ids: Collection[int]) -> Sequence[HoursEntry]:
    query = select(HoursEntry).where(col(HoursEntry.id).in_(entry_ids)).order_by(HoursEntry.id).with_for_update()
    return session.execute(query.execution_options(populate_existing=True)).scalars().all()


def of_signup(session: Session, signup_id: int) -> Sequence[HoursEntry]:
    return session.execute(select(HoursEntry).where(HoursEntry.signup_id == signup_id)).scalars().all()


def drafts_of(session: Session, shift_id: int) -> list[int]:
    query = select(HoursEntry.id).join(Signup, Signup.id == HoursEntry.signup_id)
    query = query.where(Signup.shift_id == shift_id, HoursEntry.status == "drafted")
    return list(session.execute(query.order_by(HoursEntry.id)).scalars())


def waiting(session: Session) -> dict[str, int]:
    """How many entries wait, by status."""
    query = select(HoursEntry.status, sa.func.count()).where(col(HoursEntry.status).in_(["drafted", "submitted"]))
    return dict(session.execute(query.group_by(HoursEntry.status)).all())


def by_year(session: Session, constituent_id: int) -> Sequence[sa.Row]:
    year = sa.extract("year", HoursEntry.worked_on)
    query = select(year, sa.func.sum(HOURS))
    query = query.where(HoursEntry.constituent_id == constituent_id, HoursEntry.status == "approved")
    return session.execute(query.group_by(year).order_by(year.desc())).all()


def by_person(session: Session, since: date, until: date, limit: int) -> Sequence[sa.Row]:
    """Approved minutes in these days by person, most first."""
    total = sa.func.sum(HOURS)
    query = select(Constituent.id, Constituent.display_name, total)
    query = query.join(HoursEntry, HoursEntry.constituent_id == Constituent.id)
    query = query.where(HoursEntry.status == "approved", HoursEntry.worked_on >= since, HoursEntry.worked_on <= until)
    query = query.group_by(Constituent.id, Constituent.display_name)
    return session.execute(query.order_by(total.desc(), Constituent.display_name).limit(limit)).all()


def sums(session: Session, since: date, until: date) -> tuple[int, int]:
    """Approved minutes in these days, and of how many people."""
    query = select(sa.func.coalesce(sa.func.sum(HOURS), 0), sa.func.count(HoursEntry.constituent_id.distinct()))
    query = query.where(HoursEntry.status == "approved", HoursEntry.worked_on >= since, HoursEntry.worked_on <= until)
    minutes, people = session.execute(query).one()
    return int(minutes), people


def did_before(session: Session, shift: Shift, limit: int) -> Sequence[sa.Row]:
    """People who did this role, are not on this shift and not on another at its time; the most frequent first."""
    other, busy = sa.orm.aliased(Shift), sa.orm.aliased(Signup)
    taken = (
        select(busy.constituent_id)
        .join(other, other.id == busy.shift_id)
        .where(col(busy.status).in_(COMING), other.starts_at < shift.ends_at, other.ends_at > shift.starts_at)
    )
    times, last = sa.func.count(), sa.func.max(Shift.starts_at)
    query = select(Constituent.id, Constituent.display_name, times, last)
    query = query.join(Signup, Signup.constituent_id == Constituent.id).join(Shift, Shift.id == Signup.shift_id)
    query = query.where(Signup.status == "completed", Shift.role_id == shift.role_id, Shift.id != shift.id)
    query = query.where(col(Constituent.deleted_at).is_(None), col(Constituent.deceased).is_(False))
    query = query.where(col(Constituent.id).not_in(taken)).group_by(Constituent.id, Constituent.display_name)
    return session.execute(query.order_by(times.desc(), last.desc()).limit(limit)).all()


def events_to_come(session: Session, now: datetime, limit: int = 60) -> Sequence[sa.Row]:
    query = select(Event.id, Event.name).where(Event.ends_at > now, Event.status != "cancelled")
    return session.execute(query.where(col(Event.template).is_(False)).order_by(Event.starts_at).limit(limit)).all()
