"""Fields an organization adds itself."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


class CustomField(Table, table=True):
    __tablename__ = "custom_field"

    id: int | None = key()
    code: str = Field(unique=True)
    """Never changes; what notebooks and files call it."""
    label: str
    kind: str = "text"
    """text, long_text, number, money, date, yes_no, choice, choices, link, person"""
    options: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    applies_to: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    """Kinds of constituent; empty for all."""
    section: str = ""
    help: str = ""
    required: bool = False
    position: int = 0
    retired_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)


class CustomValue(Table, table=True):
    __tablename__ = "custom_value"
    __table_args__ = (
        sa.UniqueConstraint("constituent_id", "field_id", name="uq_custom_value_once"),
        sa.Index("ix_custom_value_text", "field_id", "text_value"),
    )

    id: int | None = key()
    constituent_id: int = link("constituent.id", index=False)
    field_id: int = link("custom_field.id", index=False)
    text_value: str | None = None
    """Text, choice, link, yes/no; several choices one a line."""
    number_value: float | None = None
    """Number, or money in minor units."""
    date_value: date | None = None
    person_id: int | None = link("constituent.id", delete="SET NULL", default=None)
    updated_at: datetime = Field(sa_type=Moment)
