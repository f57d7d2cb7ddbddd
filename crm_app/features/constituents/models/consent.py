"""What people said about being contacted: append-only; the newest statement counts."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


class Consent(Table, table=True):
    __tablename__ = "consent"
    __table_args__ = (sa.Index("ix_consent_current", "constituent_id", "channel", "purpose", "captured_at", "id"),)

    id: int | None = key()
    constituent_id: int = link("constituent.id", index=False)
    channel: str
    """email, phone, text, post, or all"""
    purpose: str
    """news, fundraising, events, volunteering, …, or all"""
    state: str
    """granted, refused, withdrawn, not_asked"""
    basis: str = "consent"
    """consent, legitimate interest, contract, legal duty"""
    wording: str = ""
    source: str = ""
    evidence: str = ""
    captured_at: datetime = Field(sa_type=Moment)
    expires_on: date | None = None
    user_id: int | None = None
    by: str = ""
    created_at: datetime = Field(sa_type=Moment)
