"""An export somebody asked for: what, why, how many rows, whose, and until when it can be fetched."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


class Export(Table, table=True):
    __tablename__ = "export"

    id: int | None = key()
    name: str
    kind: str = "people"
    """people, gifts, or everything"""
    form: str = "csv"
    """csv, xlsx, vcf, zip"""
    columns: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    query: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    """Whom: the filters of a list, or numbers."""
    reason: str = ""
    status: str = "working"
    """working, ready, failed, expired"""
    words: str = ""
    rows: int = 0
    size: int = 0
    file_id: int | None = link("stored_file.id", index=False, delete="SET NULL", default=None)
    job_id: int | None = None
    user_id: int | None = Field(default=None, index=True)
    by: str = ""
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    fetched: int = 0


class ExportColumns(Table, table=True):
    """A choice of columns kept under a name."""

    __tablename__ = "export_columns"

    id: int | None = key()
    name: str
    kind: str = "people"
    columns: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    by: str = ""
    created_at: datetime = Field(sa_type=Moment)
