"""Selects of funds, campaigns and appeals, and what came in for them."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, select

from crm_app.features.giving.models import Appeal, Campaign, Fund, Gift, GiftSplit


def funds(session: Session) -> Sequence[Fund]:
    return session.execute(select(Fund).order_by(Fund.retired_at.is_not(None), Fund.id)).scalars().all()


def campaigns(session: Session) -> Sequence[Campaign]:
    query = select(Campaign).order_by(Campaign.retired_at.is_not(None), Campaign.starts_on.desc(), Campaign.id)
    return session.execute(query).scalars().all()


def appeals(session: Session) -> Sequence[Appeal]:
    return session.execute(select(Appeal).order_by(Appeal.sent_on.desc(), Appeal.id)).scalars().all()


def by_fund(session: Session) -> dict[int, int]:
    query = sa.select(
        GiftSplit.fund_id,
        sa.func.sum(
            sa.case((Gift.paid == Gift.amount, GiftSplit.amount), else_=GiftSplit.amount * Gift.paid / Gift.amount)
        ),
    ).join(Gift, Gift.id == GiftSplit.gift_id)
    return dict(session.execute(query.where(Gift.paid > 0).group_by(GiftSplit.fund_id)).all())


def by_campaign(session: Session) -> dict[int, int]:
    query = sa.select(Gift.campaign_id, sa.func.sum(Gift.paid)).where(Gift.paid > 0)
    return dict(session.execute(query.where(Gift.campaign_id.is_not(None)).group_by(Gift.campaign_id)).all())
