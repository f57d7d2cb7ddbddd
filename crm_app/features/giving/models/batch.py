"""Gifts entered together, with the count and total they should come to."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key
from crm_app.features.giving.models.columns import cents


class GiftBatch(Table, table=True):
    __tablename__ = "gift_batch"

    id: int | None = key()
    name: str
    status: str = "open"
    """open or posted"""
    expected_count: int | None = None
    expected_total: int | None = cents(None)
    currency: str = ""
    defaults: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    """What every new row begins with: day, method, fund, campaign, appeal."""
    opened_by: str = ""
    created_at: datetime = Field(sa_type=Moment)
    posted_at: datetime | None = Field(default=None, sa_type=Moment)
    posted_by: str = ""
