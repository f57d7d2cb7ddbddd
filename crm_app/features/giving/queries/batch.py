"""Selects of batches and their rows."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from crm_app.features.constituents.models.person import Constituent
from crm_app.features.giving.models import Fund, Gift, GiftBatch, GiftSplit


def batches(session: Session, limit: int = 200) -> list[GiftBatch]:
    """Open ones first, then the newest."""
    query = select(GiftBatch).order_by(GiftBatch.status != "open", GiftBatch.id.desc()).limit(limit)
    return list(session.execute(query).scalars())


def batch_sums(session: Session, batch_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Count and total of each batch; what was corrected after posting is left out."""
    query = sa.select(Gift.batch_id, sa.func.count(), sa.func.sum(Gift.amount))
    query = query.where(Gift.batch_id.in_(list(batch_ids)), Gift.status != "corrected").group_by(Gift.batch_id)
    return {row[0]: (row[1], int(row[2] or 0)) for row in session.execute(query)}


def lines(session: Session, batch_id: int) -> list[Any]:
    """(gift, name, fund id, fund name) in the order they were typed; the first fund where there are several."""
    first = sa.select(sa.func.min(GiftSplit.id)).where(GiftSplit.gift_id == Gift.id).correlate(Gift).scalar_subquery()
    query = (
        sa.select(Gift, Constituent.display_name, Fund.id, Fund.name)
        .join(Constituent, Constituent.id == Gift.constituent_id)
        .outerjoin(GiftSplit, GiftSplit.id == first)
        .outerjoin(Fund, Fund.id == GiftSplit.fund_id)
        .where(Gift.batch_id == batch_id, Gift.status != "corrected")
        .order_by(Gift.id)
    )
    return list(session.execute(query))
