"""Every select of memberships."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm_app.features.constituents.models import Constituent
from crm_app.features.giving.models import Gift
from crm_app.features.memberships.models import InheritedMember, Membership, MembershipTerm, MembershipType

FAR = date(9999, 12, 31)
"""The last day of a membership for life, where days are compared."""
T = MembershipTerm


def types(session: Session, retired: bool = False) -> Sequence[MembershipType]:
    query = select(MembershipType).order_by(MembershipType.price, MembershipType.name)
    if not retired:
        query = query.where(col(MembershipType.retired_at).is_(None))
    return session.execute(query).scalars().all()


def locked(session: Session, membership_id: int) -> Membership:
    """The membership's row, held until the end of the work: its terms and members change one after the other."""
    query = select(Membership).where(Membership.id == membership_id).with_for_update()
    return session.execute(query.execution_options(populate_existing=True)).scalar_one()


def terms(session: Session, membership_id: int) -> Sequence[MembershipTerm]:
    return session.execute(select(T).where(T.membership_id == membership_id).order_by(T.starts_on)).scalars().all()


def terms_of(session: Session, ids: Collection[int]) -> dict[int, list[MembershipTerm]]:
    found: dict[int, list[MembershipTerm]] = defaultdict(list)
    for row in session.execute(select(T).where(col(T.membership_id).in_(ids)).order_by(T.starts_on)).scalars():
        found[row.membership_id].append(row)
    return found


def statuses(session: Session, today: date) -> sa.Subquery:
    """Every membership with its status on a day, by the same rule as `engine.membership`, and its last paid day."""
    last = sa.func.coalesce(T.ends_on, FAR)
    covers = sa.func.max(sa.case((sa.and_(T.starts_on <= today, last >= today), 1), else_=0))
    ahead = sa.func.max(sa.case((T.starts_on > today, 1), else_=0))
    paid = (
        select(T.membership_id, sa.func.max(last).label("last"), covers.label("covers"), ahead.label("ahead"))
        .where(col(T.waits).is_(False))
        .group_by(T.membership_id)
        .subquery()
    )
    kinds = types(session, retired=True)
    still = {kind.id: today - timedelta(days=kind.grace_days) for kind in kinds}
    floor = sa.case(still, value=Membership.type_id, else_=today) if still else sa.literal(today)
    status = sa.case(
        (Membership.cancelled_on <= today, "cancelled"),
        (paid.c.covers == 1, "current"),
        (sa.or_(paid.c.last.is_(None), paid.c.ahead == 1), "pending"),
        (paid.c.last >= floor, "grace"),
        else_="lapsed",
    )
    query = select(Membership.id, Membership.type_id, status.label("status"), paid.c.last)
    return query.outerjoin(paid, paid.c.membership_id == Membership.id).subquery("standing")


def counts(session: Session, today: date) -> Sequence[sa.Row]:
    """How many memberships of each type have each status."""
    s = statuses(session, today)
    query = select(s.c.type_id, s.c.status, sa.func.count()).group_by(s.c.type_id, s.c.status)
    return session.execute(query).all()


def status_of(session: Session, membership_id: int, today: date) -> str | None:
    s = statuses(session, today)
    return session.execute(select(s.c.status).where(s.c.id == membership_id)).scalar()


def _listed(s: sa.Subquery) -> sa.Select:
    query = select(Membership, Constituent.display_name).join(s, s.c.id == Membership.id)
    query = query.join(Constituent, Constituent.id == Membership.constituent_id)
    return query.where(col(Constituent.deleted_at).is_(None))


def due(session: Session, today: date, until: date, limit: int) -> Sequence[sa.Row]:
    """Memberships whose last paid day is near or in grace, the most urgent first."""
    s = statuses(session, today)
    query = _listed(s).where(s.c.status.in_(["current", "grace"]), s.c.last <= until)
    return session.execute(query.order_by(s.c.last, Constituent.sort_name).limit(limit)).all()


def how_many_due(session: Session, today: date, until: date) -> int:
    s = statuses(session, today)
    query = select(sa.func.count()).select_from(s).where(s.c.status.in_(["current", "grace"]), s.c.last <= until)
    return session.execute(query).scalar_one()


def with_status(session: Session, today: date, status: str, type_id: int | None, limit: int) -> Sequence[sa.Row]:
    s = statuses(session, today)
    query = _listed(s).where(s.c.status == status)
    if type_id:
        query = query.where(s.c.type_id == type_id)
    order = [s.c.last.desc()] if status in ("lapsed", "cancelled") else []
    return session.execute(query.order_by(*order, Constituent.sort_name, Membership.id).limit(limit)).all()


def held_by(session: Session, constituent_id: int) -> Sequence[sa.Row]:
    query = select(Membership, Constituent.display_name)
    query = query.join(Constituent, Constituent.id == Membership.constituent_id)
    query = query.where(Membership.constituent_id == constituent_id)
    return session.execute(query.order_by(col(Membership.joined_on).desc(), col(Membership.id).desc())).all()


def inherited_by(session: Session, constituent_id: int) -> Sequence[sa.Row]:
    query = select(Membership, Constituent.display_name).join(
        InheritedMember, InheritedMember.membership_id == Membership.id
    )
    query = query.join(Constituent, Constituent.id == Membership.constituent_id)
    query = query.where(InheritedMember.constituent_id == constituent_id, col(InheritedMember.until).is_(None))
    return session.execute(query.order_by(Membership.id)).all()


def named(session: Session, membership_id: int) -> sa.Row | None:
    query = select(Membership, Constituent.display_name)
    query = query.join(Constituent, Constituent.id == Membership.constituent_id)
    return session.execute(query.where(Membership.id == membership_id)).first()


def inherited(session: Session, membership_id: int) -> Sequence[sa.Row]:
    """Who is a member through this one now."""
    query = select(InheritedMember, Constituent).join(Constituent, Constituent.id == InheritedMember.constituent_id)
    query = query.where(InheritedMember.membership_id == membership_id, col(InheritedMember.until).is_(None))
    return session.execute(query.order_by(InheritedMember.id)).all()


def how_many_inherited(session: Session, ids: Collection[int]) -> dict[int, int]:
    query = select(InheritedMember.membership_id, sa.func.count())
    query = query.where(col(InheritedMember.membership_id).in_(ids), col(InheritedMember.until).is_(None))
    return dict(session.execute(query.group_by(InheritedMember.membership_id)).all())


def inherited_rows_of(session: Session, constituent_id: int) -> Sequence[InheritedMember]:
    query = select(InheritedMember).where(InheritedMember.constituent_id == constituent_id)
    return session.execute(query.where(col(InheritedMember.until).is_(None))).scalars().all()


def members(session: Session, today: date) -> int:
    """Distinct people who are members today, by themselves or through somebody; grace counts."""
    s = statuses(session, today)
    good = s.c.status.in_(["current", "grace"])
    own = select(Membership.constituent_id).join(s, s.c.id == Membership.id).where(good)
    also = select(InheritedMember.constituent_id).join(s, s.c.id == InheritedMember.membership_id)
    both = own.union(also.where(good, col(InheritedMember.until).is_(None))).subquery()
    return session.execute(select(sa.func.count()).select_from(both)).scalar_one()


def term_of_gift(session: Session, gift_id: int) -> MembershipTerm | None:
    return session.execute(select(T).where(T.gift_id == gift_id)).scalars().first()


def gifts_that_could_pay(session: Session, constituent_id: int, since: date, limit: int) -> Sequence[Gift]:
    """Gifts of somebody since a day that paid no term yet; gifts entered as memberships first."""
    used = select(T.gift_id).where(col(T.gift_id).is_not(None))
    query = select(Gift).where(Gift.constituent_id == constituent_id, Gift.given_on >= since, col(Gift.paid) > 0)
    query = query.where(col(Gift.id).not_in(used))
    fits = sa.case((Gift.kind == "membership", 0), else_=1)
    return session.execute(query.order_by(fits, col(Gift.given_on).desc()).limit(limit)).scalars().all()
