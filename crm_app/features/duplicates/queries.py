"""Every select of duplicates."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
import sqlalchemy.orm
from sqlmodel import Session, select

from crm_app.core.jobs import OPEN, Job
from crm_app.features.constituents.models import Address, Constituent, Email, Phone
from crm_app.features.duplicates.models import MatchKey, MatchModel, Merge, MergeRow, MergeRule, Suggestion, Verdict
from crm_app.features.giving.models import Gift
from crm_app.features.relationships.models import HouseholdMember

MOST_PER_KEY = 60
PART = 500


def standing() -> tuple[sa.ColumnElement[bool], ...]:
    return (Constituent.deleted_at.is_(None), Constituent.merged_into_id.is_(None))


def sharing(session: Session, keys: Sequence[int], but: int | None = None) -> list[int]:
    """Records that share a key, in one query; a key half the base shares says nothing and is left out."""
    if not keys:
        return []
    mine = MatchKey.key.in_(list(keys))
    common = sa.select(MatchKey.key).where(mine).group_by(MatchKey.key).having(sa.func.count() > MOST_PER_KEY)
    found = sa.select(MatchKey.constituent_id).distinct().where(mine, MatchKey.key.not_in(common))
    return [number for number in session.execute(found).scalars() if number != but]


def model(session: Session, kind: str) -> MatchModel | None:
    return session.execute(select(MatchModel).where(MatchModel.kind == kind)).scalars().first()


def count_of_kind(session: Session, kind: str) -> int:
    query = sa.select(sa.func.count()).select_from(Constituent).where(Constituent.kind == kind, *standing())
    return session.execute(query).scalar() or 0


def people(session: Session, ids: Iterable[int]) -> dict[int, Constituent]:
    wanted = list(ids)
    found: dict[int, Constituent] = {}
    for at in range(0, len(wanted), PART):
        rows = session.execute(select(Constituent).where(Constituent.id.in_(wanted[at : at + PART]))).scalars()
        found |= {row.id: row for row in rows}
    return found


def details(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """An e-mail and a town for each: enough to tell two of one name apart."""
    said: dict[int, list[str]] = defaultdict(list)
    for table, column in ((Email, Email.address), (Address, Address.city)):
        query = sa.select(table.constituent_id, column).where(table.constituent_id.in_(list(ids)))
        for number, value in session.execute(query.order_by(table.is_primary.desc(), table.id)):
            if value and value not in said[number]:
                said[number].append(value)
    return {number: " · ".join(values[:3]) for number, values in said.items()}


def worth(session: Session, ids: Iterable[int] | None = None) -> dict[int, int]:
    """What each gave, in minor units of whatever currency: only for ordering."""
    query = sa.select(Gift.constituent_id, sa.func.sum(Gift.amount)).group_by(Gift.constituent_id)
    if ids is not None:
        query = query.where(Gift.constituent_id.in_(list(ids)))
    return {number: int(total or 0) for number, total in session.execute(query)}


def gifts(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    query = sa.select(Gift.constituent_id, sa.func.count(), sa.func.sum(Gift.amount))
    query = query.where(Gift.constituent_id.in_(list(ids))).group_by(Gift.constituent_id)
    return {number: (count, int(total or 0)) for number, count, total in session.execute(query)}


def merged_into(session: Session) -> dict[int, int]:
    """Every merged record and the one it went into, one step."""
    query = sa.select(Constituent.id, Constituent.merged_into_id).where(Constituent.merged_into_id.is_not(None))
    return dict(session.execute(query).all())


def family(session: Session, number: int) -> set[int]:
    """A record and everything that was merged into it, however deep."""
    seen, edge = {number}, {number}
    while edge:
        query = sa.select(Constituent.id).where(Constituent.merged_into_id.in_(edge))
        edge = set(session.execute(query).scalars()) - seen
        seen |= edge
    return seen


def verdicts_about(session: Session, numbers: Iterable[int]) -> list[Verdict]:
    wanted = list(numbers)
    about = sa.or_(Verdict.low_id.in_(wanted), Verdict.high_id.in_(wanted))
    return list(session.execute(select(Verdict).where(about)).scalars())


def verdicts(session: Session) -> list[tuple[int, int, str]]:
    query = sa.select(Verdict.low_id, Verdict.high_id, Verdict.verdict)
    return [(low, high, said) for low, high, said in session.execute(query)]


def verdict(session: Session, low: int, high: int) -> Verdict | None:
    return session.execute(select(Verdict).where(Verdict.low_id == low, Verdict.high_id == high)).scalars().first()


def recent_verdicts(session: Session, limit: int) -> list[Verdict]:
    return list(session.execute(select(Verdict).order_by(Verdict.id.desc()).limit(limit)).scalars())


def suggestion(session: Session, low: int, high: int) -> Suggestion | None:
    query = select(Suggestion).where(Suggestion.low_id == low, Suggestion.high_id == high)
    return session.execute(query).scalars().first()


def suggestions_about(session: Session, numbers: Iterable[int]) -> list[Suggestion]:
    wanted = list(numbers)
    about = sa.or_(Suggestion.low_id.in_(wanted), Suggestion.high_id.in_(wanted))
    return list(session.execute(select(Suggestion).where(about)).scalars())


def group(session: Session, group_id: int, bands: Sequence[str]) -> list[Suggestion]:
    query = select(Suggestion).where(Suggestion.group_id == group_id, Suggestion.band.in_(bands))
    return list(session.execute(query.order_by(Suggestion.score.desc())).scalars())


def free(now: datetime, user_id: int | None) -> tuple[sa.ColumnElement[bool], ...]:
    """Pairs nobody else has in hand and nobody put off."""
    mine = sa.or_(Suggestion.leased_until.is_(None), Suggestion.leased_until < now, Suggestion.leased_by == user_id)
    return mine, sa.or_(Suggestion.skipped_until.is_(None), Suggestion.skipped_until < now)


def queue(session: Session, band: str, first: int, size: int) -> list[Suggestion]:
    query = select(Suggestion).where(Suggestion.band == band).order_by(Suggestion.rank.desc(), Suggestion.id)
    return list(session.execute(query.offset(first).limit(size)).scalars())


def next_free(session: Session, bands: Sequence[str], now: datetime, user_id: int | None) -> Suggestion | None:
    for band in bands:
        query = select(Suggestion).where(Suggestion.band == band, *free(now, user_id))
        query = query.order_by(Suggestion.rank.desc(), Suggestion.id).limit(1).with_for_update(skip_locked=True)
        if found := session.execute(query).scalars().first():
            return found
    return None


def bands(session: Session) -> dict[str, int]:
    return dict(session.execute(sa.select(Suggestion.band, sa.func.count()).group_by(Suggestion.band)).all())


def certain(session: Session, limit: int) -> list[Suggestion]:
    return queue(session, "certain", 0, limit)


def decided_since(session: Session, moment: datetime) -> int:
    merges = session.execute(sa.select(sa.func.count()).select_from(Merge).where(Merge.at >= moment)).scalar() or 0
    said = session.execute(sa.select(sa.func.count()).select_from(Verdict).where(Verdict.at >= moment)).scalar() or 0
    return merges + said


def merged(session: Session) -> int:
    query = sa.select(sa.func.count()).select_from(Merge).where(Merge.undone_at.is_(None))
    return session.execute(query).scalar() or 0


def merges(session: Session, limit: int, about: Iterable[int] | None = None) -> list[tuple[Merge, int]]:
    rows = sa.select(sa.func.count()).where(MergeRow.merge_id == Merge.id).scalar_subquery()
    query = sa.select(Merge, rows).order_by(Merge.id.desc()).limit(limit)
    if about is not None:
        wanted = list(about)
        query = query.where(sa.or_(Merge.kept_id.in_(wanted), Merge.dropped_id.in_(wanted)))
    return [(merge, count) for merge, count in session.execute(query)]


def merge_rows(session: Session, merge_id: int) -> list[MergeRow]:
    query = select(MergeRow).where(MergeRow.merge_id == merge_id).order_by(MergeRow.id.desc())
    return list(session.execute(query).scalars())


def merge_of_batch(session: Session, batch: str) -> list[Merge]:
    query = select(Merge).where(Merge.batch == batch, Merge.undone_at.is_(None)).order_by(Merge.id.desc())
    return list(session.execute(query).scalars())


def rules(session: Session) -> dict[str, str]:
    return dict(session.execute(sa.select(MergeRule.field, MergeRule.rule)).all())


def household_of(session: Session, ids: Sequence[int]) -> dict[int, int]:
    query = sa.select(HouseholdMember.person_id, HouseholdMember.household_id)
    query = query.where(HouseholdMember.person_id.in_(list(ids)), HouseholdMember.ended_on.is_(None))
    return dict(session.execute(query.order_by(HouseholdMember.is_primary)).all())


def housemates(session: Session) -> set[tuple[int, int]]:
    """Pairs of people who already share a household."""
    a, b = sa.orm.aliased(HouseholdMember), sa.orm.aliased(HouseholdMember)
    query = sa.select(a.person_id, b.person_id).where(
        a.household_id == b.household_id, a.person_id < b.person_id, a.ended_on.is_(None), b.ended_on.is_(None)
    )
    return {(low, high) for low, high in session.execute(query)}


def any_rows(session: Session, table: sa.Table, *where: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in session.execute(sa.select(table).where(*where)).mappings()]


def rule(session: Session, field: str) -> MergeRule | None:
    return session.execute(select(MergeRule).where(MergeRule.field == field)).scalars().first()


def open_merge_of(session: Session, kept: int, dropped: int) -> Merge | None:
    """The merge that made `dropped` part of `kept` and was not undone."""
    query = select(Merge).where(Merge.kept_id == kept, Merge.dropped_id == dropped, Merge.undone_at.is_(None))
    return session.execute(query.order_by(Merge.id.desc())).scalars().first()


def suggestion_by(session: Session, number: int) -> Suggestion | None:
    return session.get(Suggestion, number)


def households_of(session: Session, number: int) -> list[int]:
    query = sa.select(HouseholdMember.household_id).distinct().where(HouseholdMember.person_id == number)
    return list(session.execute(query).scalars())


def leased_by(session: Session, user_id: int | None) -> list[Suggestion]:
    return list(session.execute(select(Suggestion).where(Suggestion.leased_by == user_id)).scalars())


def reach(session: Session, ids: Sequence[int]) -> list[tuple[str, int, str]]:
    """E-mails, phones and addresses of a few records: kind, whose, in words."""
    found: list[tuple[str, int, str]] = []
    for label, table, columns in (
        ("E-mail", Email, (Email.address,)),
        ("Phone", Phone, (Phone.shown, Phone.number)),
        ("Address", Address, (Address.line1, Address.postal_code, Address.city)),
    ):
        query = sa.select(table.constituent_id, *columns).where(table.constituent_id.in_(list(ids)))
        for number, *parts in session.execute(query.order_by(table.is_primary.desc(), table.id)):
            said = [part for part in parts if part]
            found.append((label, number, (said[0] if label == "Phone" and said else ", ".join(said))))
    return found


def fresh_people(session: Session) -> int:
    """How many were added since the last search."""
    last = session.execute(sa.select(sa.func.max(MatchModel.learned_at))).scalar()
    query = sa.select(sa.func.count()).select_from(Constituent).where(*standing())
    return session.execute(query.where(Constituent.created_at > last) if last else query).scalar() or 0


def searching(session: Session, kind: str) -> bool:
    query = sa.select(Job.id).where(Job.kind == kind, Job.status.in_(OPEN)).limit(1)
    return session.execute(query).first() is not None
