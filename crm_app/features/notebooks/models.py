"""Tables of notebooks: the notebook, its versions, who shares it, and the people frozen in a snapshot."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


class Notebook(Table, table=True):
    __tablename__ = "notebook"

    id: int | None = key()
    title: str
    summary: str = ""
    """The first sentence in it, for the shelf."""
    definition: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    version: int = 1
    sharing: str = "team"
    """private, team (whoever writes notebooks may change it), read_only (all read, the owner writes)"""
    shipped: str = ""
    """The code of a notebook that came with the house; empty for one's own."""
    owner_id: int | None = Field(default=None, index=True)
    owner: str = ""
    pinned: bool = False
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)
    updated_by: str = ""
    deleted_at: datetime | None = Field(default=None, sa_type=Moment)


class NotebookVersion(Table, table=True):
    __tablename__ = "notebook_version"
    __table_args__ = (sa.UniqueConstraint("notebook_id", "number", name="uq_notebook_version_number"),)

    id: int | None = key()
    notebook_id: int = link("notebook.id", index=False, delete="CASCADE")
    number: int
    title: str = ""
    definition: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    user_id: int | None = None
    by: str = ""
    words: str = ""
    """What was changed, in a few words."""
    at: datetime = Field(sa_type=Moment)


class NotebookShare(Table, table=True):
    """Somebody a private notebook is shown to."""

    __tablename__ = "notebook_share"
    __table_args__ = (sa.UniqueConstraint("notebook_id", "user_id", name="uq_notebook_share_once"),)

    id: int | None = key()
    notebook_id: int = link("notebook.id", index=False, delete="CASCADE")
    user_id: int = Field(index=True)
    may_edit: bool = False


class NotebookSnapshot(Table, table=True):
    """Who was in a cell at a moment: on demand, on schedule, or when a list left the house."""

    __tablename__ = "notebook_snapshot"
    __table_args__ = (sa.Index("ix_notebook_snapshot_cell", "notebook_id", "cell", "taken_at"),)

    id: int | None = key()
    notebook_id: int = link("notebook.id", index=False, delete="CASCADE")
    cell: str
    taken_at: datetime = Field(sa_type=Moment)
    by: str = ""
    reason: str = "kept"
    """kept, scheduled, labels, tag, tasks, event, export, mailing"""
    people: int = 0
    left_out: int = 0
    sentence: str = ""
    definition: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


class NotebookSnapshotMember(Table, table=True):
    __tablename__ = "notebook_snapshot_member"
    __table_args__ = (sa.UniqueConstraint("snapshot_id", "constituent_id", name="uq_notebook_snapshot_member_once"),)

    id: int | None = key()
    snapshot_id: int = link("notebook_snapshot.id", index=False, delete="CASCADE")
    constituent_id: int = link("constituent.id", delete="CASCADE")
    left_out: str = ""
    """Why somebody was left out; empty for those who are in."""
