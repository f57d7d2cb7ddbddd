"""Every select of imports."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
import sqlalchemy.orm
from sqlmodel import Session, select

from crm_app.features.constituents.models import Address, Constituent, Email, ExternalId, Phone
from crm_app.features.giving.models import Gift
from crm_app.features.imports.models import (
    PUBLISHED,
    Import,
    ImportRow,
    ImportWrite,
    Publication,
    RememberedMapping,
)
from crm_app.features.relationships.models import HouseholdMember

PART = 5_000


def newest(session: Session, limit: int = 100) -> Sequence[Import]:
    return session.execute(select(Import).order_by(Import.id.desc()).limit(limit)).scalars().all()


def same_file(session: Session, sha256: str, but: int) -> Import | None:
    query = select(Import).where(Import.sha256 == sha256, Import.status == PUBLISHED, Import.id != but)
    return session.execute(query.order_by(Import.id.desc())).scalars().first()


def remembered(session: Session, header_key: str) -> RememberedMapping | None:
    return (
        session.execute(select(RememberedMapping).where(RememberedMapping.header_key == header_key)).scalars().first()
    )


def counts(session: Session, import_id: int) -> list[tuple[str, bool, int]]:
    query = (
        sa.select(ImportRow.outcome, ImportRow.done, sa.func.count())
        .where(ImportRow.import_id == import_id)
        .group_by(ImportRow.outcome, ImportRow.done)
    )
    return [(outcome, done, count) for outcome, done, count in session.execute(query)]


def rows(
    session: Session, import_id: int, outcomes: Sequence[str], text: str, start: int, size: int
) -> Sequence[ImportRow]:
    return (
        session.execute(
            _filtered(select(ImportRow), import_id, outcomes, text).order_by(ImportRow.row).offset(start).limit(size)
        )
        .scalars()
        .all()
    )


def rows_count(session: Session, import_id: int, outcomes: Sequence[str], text: str) -> int:
    query = _filtered(sa.select(sa.func.count()).select_from(ImportRow), import_id, outcomes, text)
    return session.execute(query).scalar() or 0


def _filtered(query: Any, import_id: int, outcomes: Sequence[str], text: str) -> Any:
    query = query.where(ImportRow.import_id == import_id)
    if outcomes:
        query = query.where(ImportRow.outcome.in_(outcomes))
    if text.strip():
        like = f"%{text.strip()}%"
        query = query.where(
            sa.or_(ImportRow.reason.ilike(like), ImportRow.summary.ilike(like), ImportRow.evidence.ilike(like))
        )
    return query


def reasons(session: Session, import_id: int, limit: int = 8) -> list[tuple[str, int]]:
    count = sa.func.count()
    query = (
        sa.select(ImportRow.reason, count)
        .where(ImportRow.import_id == import_id, ImportRow.reason != "", ImportRow.outcome.in_(("ask", "skip")))
        .group_by(ImportRow.reason)
        .order_by(count.desc())
        .limit(limit)
    )
    return [(reason, number) for reason, number in session.execute(query)]


def numbers_of(session: Session, import_id: int, outcomes: Sequence[str]) -> list[int]:
    query = sa.select(ImportRow.row).where(ImportRow.import_id == import_id, ImportRow.outcome.in_(outcomes))
    return list(session.execute(query.order_by(ImportRow.row)).scalars())


def decided(session: Session, import_id: int) -> dict[int, tuple[str, dict[str, str] | None]]:
    """What people decided or put right, by row."""
    touched = sa.or_(ImportRow.choice != "", ImportRow.edits.is_not(sa.null()))
    query = sa.select(ImportRow.row, ImportRow.choice, ImportRow.edits).where(ImportRow.import_id == import_id, touched)
    return {row: (choice, edits) for row, choice, edits in session.execute(query)}


def finished(session: Session, import_id: int) -> set[int]:
    query = sa.select(ImportRow.row).where(ImportRow.import_id == import_id, ImportRow.done)
    return set(session.execute(query).scalars())


def waiting(session: Session, import_id: int, outcomes: Sequence[str], after: int, size: int) -> Sequence[ImportRow]:
    """The next rows to publish, in the order of the file."""
    query = select(ImportRow).where(
        ImportRow.import_id == import_id,
        ImportRow.done.is_(False),
        ImportRow.outcome.in_(outcomes),
        ImportRow.row > after,
    )
    return session.execute(query.order_by(ImportRow.row).limit(size)).scalars().all()


def known_digests(session: Session, digests: Iterable[int], but: int) -> dict[int, int]:
    """Rows of other imports that were published and not undone: digest → import."""
    found: dict[int, int] = {}
    for part in parts(list(digests)):
        query = sa.select(ImportRow.digest, ImportRow.import_id).where(
            ImportRow.digest.in_(part), ImportRow.import_id != but
        )
        found |= dict(session.execute(query).all())
    return found


def parts(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(values), PART):
        yield values[start : start + PART]


def by_external(session: Session, values: Sequence[str]) -> list[tuple[str, str, int]]:
    return pairs(session, values, ExternalId.value, (ExternalId.system, ExternalId.value, ExternalId.constituent_id))


def by_email(session: Session, values: Sequence[str]) -> list[tuple[str, int]]:
    return pairs(session, values, Email.folded, (Email.folded, Email.constituent_id))


def by_phone(session: Session, values: Sequence[str]) -> list[tuple[str, int]]:
    return pairs(session, values, Phone.number, (Phone.number, Phone.constituent_id))


def by_sort_name(session: Session, values: Sequence[str]) -> list[tuple[str, int]]:
    return pairs(session, values, Constituent.sort_name, (Constituent.sort_name, Constituent.id))


def pairs(session: Session, values: Sequence[Any], column: Any, wanted: tuple[Any, ...]) -> list[Any]:
    return [tuple(row) for part in parts(values) for row in session.execute(sa.select(*wanted).where(column.in_(part)))]


def people(session: Session, ids: Sequence[int]) -> list[Constituent]:
    return [
        row
        for part in parts(ids)
        for row in session.execute(select(Constituent).where(Constituent.id.in_(part))).scalars()
    ]


def doors(session: Session, ids: Sequence[int]) -> list[tuple[int, str]]:
    """The doors of these people: street and postal code, folded."""
    return pairs(session, ids, Address.constituent_id, (Address.constituent_id, Address.match_key))


def mates(session: Session, ids: Sequence[int]) -> list[tuple[int, int]]:
    """Who lives in one household with whom."""
    mine, theirs = sa.orm.aliased(HouseholdMember), sa.orm.aliased(HouseholdMember)
    found: list[tuple[int, int]] = []
    for part in parts(ids):
        query = sa.select(mine.person_id, theirs.person_id).join(theirs, theirs.household_id == mine.household_id)
        query = query.where(mine.person_id.in_(part), mine.ended_on.is_(None), theirs.ended_on.is_(None))
        found += [(one, other) for one, other in session.execute(query) if one != other]
    return found


def numbers(session: Session, ids: Sequence[int]) -> list[tuple[int, str, str]]:
    wanted = (ExternalId.constituent_id, ExternalId.system, ExternalId.value)
    return pairs(session, ids, ExternalId.constituent_id, wanted)


def emails_of(session: Session, ids: Sequence[int]) -> list[tuple[int, str]]:
    return pairs(session, ids, Email.constituent_id, (Email.constituent_id, Email.folded))


def gifts_by_number(session: Session, source: str, values: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in parts(values):
        query = sa.select(Gift.external_id, Gift.id).where(Gift.external_source == source, Gift.external_id.in_(part))
        found |= dict(session.execute(query).all())
    return found


def publication(session: Session, import_id: int) -> Publication | None:
    query = select(Publication).where(Publication.import_id == import_id).order_by(Publication.id.desc())
    return session.execute(query).scalars().first()


def undone_spans(session: Session) -> list[tuple[Any, Any, str]]:
    """When publications that were taken out again ran, and when they were taken out: changes of then count for nothing."""
    spans = []
    for one in session.execute(select(Publication).where(Publication.undoing_at.is_not(None))).scalars():
        spans.append((one.started_at, one.ended_at or one.undoing_at, one.by))
        spans.append((one.undoing_at, one.undone_at or datetime.max.replace(tzinfo=UTC), one.undone_by or one.by))
    return spans


def writes(session: Session, import_id: int) -> Sequence[ImportWrite]:
    query = select(ImportWrite).where(ImportWrite.import_id == import_id).order_by(ImportWrite.id.desc())
    return session.execute(query).scalars().all()


def made_people(session: Session, import_id: int) -> list[int]:
    query = sa.select(Constituent.id).where(Constituent.import_id == import_id)
    return list(session.execute(query.order_by(Constituent.id)).scalars())


def made_gifts(session: Session, import_id: int) -> list[int]:
    return list(session.execute(sa.select(Gift.id).where(Gift.import_id == import_id).order_by(Gift.id)).scalars())
