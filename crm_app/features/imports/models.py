"""An import and its life, its rows and what became of each, what was written, and mappings remembered."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link

UPLOADED, CHECKING, CHECKED, PUBLISHING, PUBLISHED, UNDOING, UNDONE, REFUSED = (
    "uploaded",
    "checking",
    "checked",
    "publishing",
    "published",
    "undoing",
    "undone",
    "refused",
)
NEW, UPDATE, SAME, SKIP, ASK = "new", "update", "same", "skip", "ask"


class Import(Table, table=True):
    __tablename__ = "import"

    id: int | None = key()
    name: str
    file_id: int = link("stored_file.id", index=False)
    sha256: str = Field(index=True)
    sheet: str = ""
    status: str = UPLOADED
    """uploaded, checking, checked, publishing, published, undoing, undone, refused"""
    words: str = ""
    """What to tell the person: why it was refused, or what was found."""
    format: str = ""
    header_key: str = Field(default="", index=True)
    reading: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    mapping: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    policy: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    rows: int = 0
    job_id: int | None = None
    user_id: int | None = None
    by: str = ""
    created_at: datetime = Field(sa_type=Moment)
    checked_at: datetime | None = Field(default=None, sa_type=Moment)


class ImportRow(Table, table=True):
    """One row of the file and the one outcome it has."""

    __tablename__ = "import_row"
    __table_args__ = (
        sa.Index("uq_import_row_row", "import_id", "row", unique=True),
        sa.Index("ix_import_row_outcome", "import_id", "outcome", "done"),
        sa.Index("ix_import_row_digest", "digest"),
    )

    id: int | None = key()
    import_id: int = link("import.id", index=False, delete="CASCADE")
    row: int
    line: int = 0
    outcome: str = ASK
    """new, update, same, skip, ask (somebody has to look)"""
    reason: str = ""
    evidence: str = ""
    """How it was matched, in words."""
    summary: str = ""
    constituent_id: int | None = None
    gift_id: int | None = None
    done: bool = False
    choice: str = ""
    """What a person decided for this row: new, skip, or the number of the record it is."""
    edits: dict[str, str] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))
    """Cells that were put right, by place."""
    digest: int | None = Field(default=None, sa_type=sa.BigInteger)
    """Of the whole row: the same row of a later file changes nothing. Empty until published, and after an undo."""


class ImportWrite(Table, table=True):
    """What one row wrote besides new constituents and gifts, enough to take it back."""

    __tablename__ = "import_write"
    __table_args__ = (sa.Index("ix_import_write_import_id", "import_id", "id"),)

    id: int | None = key()
    import_id: int = link("import.id", index=False, delete="CASCADE")
    row: int
    kind: str
    """Table of the record."""
    record_id: int
    action: str
    """added or changed"""
    before: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))
    after: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))


class Publication(Table, table=True):
    """Somebody let an import into the database, and perhaps took it out again."""

    __tablename__ = "import_publication"

    id: int | None = key()
    import_id: int = link("import.id", delete="CASCADE")
    by: str = ""
    started_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    undoing_at: datetime | None = Field(default=None, sa_type=Moment)
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
    undone_by: str = ""
    kept: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    """Rows the undo left alone, each with its reason."""


class RememberedMapping(Table, table=True):
    """A mapping somebody put right, for every later file with these columns."""

    __tablename__ = "import_mapping"

    id: int | None = key()
    header_key: str = Field(unique=True)
    name: str = ""
    mapping: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    by: str = ""
    updated_at: datetime = Field(sa_type=Moment)
