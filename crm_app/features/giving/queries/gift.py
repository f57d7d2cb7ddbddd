"""Selects of single gifts and what hangs on them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, select

from crm_app.features.giving.models import Fund, Gift, Payment, Receipt, ReceiptLine
from crm_app.features.settings.models import Organization

GENERAL = "GENERAL"


def organization(session: Session) -> Organization:
    """We ourselves; with the settings' defaults until somebody has written them."""
    found = session.execute(select(Organization).order_by(Organization.id).limit(1)).scalars().first()
    return found or Organization(id=1)


def general_fund(session: Session, now: datetime) -> int:
    """The fund of gifts that name none; made when first needed."""
    found = session.execute(select(Fund.id).where(Fund.code == GENERAL)).scalar()
    if found is None:
        fund = Fund(name="General fund", code=GENERAL, created_at=now)
        session.add(fund)
        session.flush()
        found = fund.id
    return found or 0


def payments(session: Session, gift_id: int | None) -> list[Payment]:
    """The ledger of a gift, oldest first."""
    rows = select(Payment).where(Payment.gift_id == gift_id).order_by(Payment.id)
    return list(session.execute(rows).scalars())


def live_receipt(session: Session, gift_id: int | None) -> Receipt | None:
    line = select(ReceiptLine.receipt_id).where(ReceiptLine.gift_id == gift_id, ReceiptLine.live.is_(True))
    return session.execute(select(Receipt).where(Receipt.id.in_(line))).scalars().first()


def near(session: Session, constituent_id: int, amount: int, span: tuple[date, date], reference: str) -> list[Gift]:
    """Gifts of this giver with the same amount around that day, or with the same reference."""
    alike = sa.and_(Gift.amount == amount, Gift.given_on.between(*span))
    if reference:
        alike = sa.or_(alike, Gift.reference == reference)
    mine = Gift.constituent_id == constituent_id
    query = select(Gift).where(mine, alike, Gift.status != "corrected").order_by(Gift.given_on.desc()).limit(5)
    return list(session.execute(query).scalars())


def by_external(session: Session, source: str, number: str) -> int | None:
    """The gift that came with this transaction number."""
    query = select(Gift.id).where(Gift.external_source == source, Gift.external_id == number)
    return session.execute(query).scalar()
