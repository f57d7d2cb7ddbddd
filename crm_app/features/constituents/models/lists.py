"""How a user likes to see lists."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key


class ListView(Table, table=True):
    """A list saved under a name: filters, sort, columns."""

    __tablename__ = "list_view"

    id: int | None = key()
    page: str = Field(default="people", index=True)
    name: str
    user_id: int | None = Field(default=None, index=True)
    shared: bool = False
    query: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    created_at: datetime = Field(sa_type=Moment)


class PagePreference(Table, table=True):
    """What one user last chose on one page."""

    __tablename__ = "page_preference"
    __table_args__ = (sa.UniqueConstraint("user_id", "page", name="uq_page_preference_once"),)

    id: int | None = key()
    user_id: int
    page: str
    value: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    updated_at: datetime = Field(sa_type=Moment)
