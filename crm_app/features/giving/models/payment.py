"""The ledger: every movement of money for a gift."""

from datetime import date, datetime

from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link
from crm_app.features.giving.models.columns import cents


class Payment(Table, table=True):
    """One movement of money for a gift; refunds and chargebacks are rows below zero, nothing is overwritten."""

    __tablename__ = "payment"

    id: int | None = key()
    gift_id: int = link("gift.id", delete="CASCADE")
    kind: str = "payment"
    """payment, refund, chargeback, transfer, reversal, adjustment"""
    amount: int = cents()
    currency: str
    method: str = ""
    paid_on: date
    reference: str = ""
    note: str = ""
    by: str = ""
    created_at: datetime = Field(sa_type=Moment)
