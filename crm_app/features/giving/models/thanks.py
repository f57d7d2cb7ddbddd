"""Saying thank you: who does it, how, and what became of it."""

from datetime import datetime

from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


class ThankYou(Table, table=True):
    """Written once somebody takes a gift's thanks in hand; a gift without one is simply due."""

    __tablename__ = "thank_you"

    id: int | None = key()
    gift_id: int = link("gift.id", delete="CASCADE", unique=True)
    way: str
    """letter, email, call or card"""
    status: str = "assigned"
    """assigned, drafted, done, waived"""
    assigned_to: int | None = Field(default=None, index=True)
    assigned_name: str = ""
    draft: str = ""
    reason: str = ""
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_by: str = ""
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)
