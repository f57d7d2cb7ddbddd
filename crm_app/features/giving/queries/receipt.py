"""Selects of receipts, and the counter that gives their numbers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from crm_app.features.constituents.models.contact import Address
from crm_app.features.constituents.models.person import Constituent
from crm_app.features.giving.models import Gift, Receipt, ReceiptLine

NEXT = sa.text(
    "INSERT INTO receipt_counter (organization_id, series, year, last) VALUES (:organization, :series, :year, 1) "
    "ON CONFLICT (organization_id, series, year) DO UPDATE SET last = receipt_counter.last + 1 RETURNING last"
)


def next_number(session: Session, organization: int, series: str, year: int) -> int:
    """The next number; whoever asks second waits until the first has committed or rolled back."""
    return session.execute(NEXT, {"organization": organization, "series": series, "year": year}).scalar_one()


def receipted(session: Session, gift_ids: Iterable[int]) -> dict[int, str]:
    """Gifts that stand on a living receipt, with its number."""
    query = sa.select(ReceiptLine.gift_id, Receipt.label).join(Receipt, Receipt.id == ReceiptLine.receipt_id)
    query = query.where(ReceiptLine.gift_id.in_(list(gift_ids)), ReceiptLine.live.is_(True))
    return dict(session.execute(query).all())


def gifts(session: Session, gift_ids: Iterable[int]) -> list[Gift]:
    return list(session.execute(select(Gift).where(Gift.id.in_(list(gift_ids))).order_by(Gift.id)).scalars())


def unreceipted(session: Session, span: tuple[date, date], constituent_ids: Iterable[int] | None = None) -> list[Gift]:
    """Paid gifts of these days that stand on no living receipt."""
    live = sa.exists().where(ReceiptLine.gift_id == Gift.id, ReceiptLine.live.is_(True))
    query = select(Gift).where(Gift.given_on.between(*span), Gift.paid > 0, ~live)
    if constituent_ids is not None:
        query = query.where(Gift.constituent_id.in_(list(constituent_ids)))
    return list(session.execute(query.order_by(Gift.constituent_id, Gift.given_on, Gift.id)).scalars())


def unreceipted_donors(session: Session, span: tuple[date, date]) -> list[tuple[int, int, int]]:
    """(donor, gifts, paid) of everybody with gifts of these days on no living receipt."""
    live = sa.exists().where(ReceiptLine.gift_id == Gift.id, ReceiptLine.live.is_(True))
    query = sa.select(Gift.constituent_id, sa.func.count(), sa.func.sum(Gift.paid))
    query = query.where(Gift.given_on.between(*span), Gift.paid > 0, ~live).group_by(Gift.constituent_id)
    return [(row[0], row[1], int(row[2])) for row in session.execute(query.order_by(Gift.constituent_id))]


def names(session: Session, constituent_ids: Iterable[int]) -> dict[int, Constituent]:
    query = select(Constituent).where(Constituent.id.in_(list(constituent_ids)))
    return {row.id: row for row in session.execute(query).scalars()}


def addresses(session: Session, constituent_ids: Iterable[int]) -> dict[int, Address]:
    """The address to print: the primary one, else the first."""
    query = select(Address).where(Address.constituent_id.in_(list(constituent_ids)))
    rows = session.execute(query.order_by(Address.is_primary, Address.id.desc())).scalars()
    return {row.constituent_id: row for row in rows}


def receipt_lines(session: Session, receipt_id: int) -> list[ReceiptLine]:
    return list(session.execute(select(ReceiptLine).where(ReceiptLine.receipt_id == receipt_id)).scalars())


def _filtered(query: Any, year: int | None, status: str, text: str) -> Any:
    if year:
        query = query.where(Receipt.year == year)
    if status:
        query = query.where(Receipt.status == status)
    if text:
        query = query.where(sa.or_(Receipt.label.ilike(f"%{text}%"), Receipt.donor.ilike(f"%{text}%")))
    return query


def count_receipts(session: Session, year: int | None, status: str, text: str) -> int:
    return session.execute(_filtered(sa.select(sa.func.count(Receipt.id)), year, status, text)).scalar() or 0


def receipts(session: Session, year: int | None, status: str, text: str, first: int, size: int) -> list[Receipt]:
    query = _filtered(select(Receipt), year, status, text)
    query = query.order_by(Receipt.issued_at.desc(), Receipt.id.desc()).offset(first).limit(size)
    return list(session.execute(query).scalars())


def receipt_years(session: Session) -> list[int]:
    return list(session.execute(sa.select(Receipt.year).distinct().order_by(Receipt.year.desc())).scalars())
