"""What we put on a constituent: hats, tags, notes, files."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


class HatType(Table, table=True):
    __tablename__ = "hat_type"

    id: int | None = key()
    name: str = Field(unique=True)
    plural: str = ""
    position: int = 0
    built_in: bool = False
    retired_at: datetime | None = Field(default=None, sa_type=Moment)


class Hat(Table, table=True):
    """A role somebody has or had, with its dates: donor, volunteer, board …"""

    __tablename__ = "hat"
    __table_args__ = (sa.Index("ix_hat_type_person", "hat_type_id", "constituent_id"),)

    id: int | None = key()
    constituent_id: int = link("constituent.id")
    hat_type_id: int = link("hat_type.id", index=False)
    started_on: date | None = None
    ended_on: date | None = None
    note: str = ""
    created_at: datetime = Field(sa_type=Moment)


class Tag(Table, table=True):
    __tablename__ = "tag"

    id: int | None = key()
    name: str
    folded: str = Field(unique=True)
    group: str = ""
    """Tags of one group stand together: interests, skills, geography."""
    colour: str = "stone"
    description: str = ""
    retired_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)


class Tagging(Table, table=True):
    __tablename__ = "tagging"
    __table_args__ = (sa.UniqueConstraint("tag_id", "constituent_id", name="uq_tagging_once"),)

    id: int | None = key()
    constituent_id: int = link("constituent.id")
    tag_id: int = link("tag.id", index=False)
    by: str = ""
    created_at: datetime = Field(sa_type=Moment)


class Note(Table, table=True):
    __tablename__ = "note"

    id: int | None = key()
    constituent_id: int = link("constituent.id")
    body: str
    privacy: str = "everyone"
    """everyone, team (who may see private notes), author"""
    pinned: bool = False
    user_id: int | None = None
    by: str = ""
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)
    deleted_at: datetime | None = Field(default=None, sa_type=Moment)


class Attachment(Table, table=True):
    __tablename__ = "attachment"

    id: int | None = key()
    constituent_id: int = link("constituent.id")
    file_id: int = link("stored_file.id")
    kind: str = "document"
    """document, photo, letter, form, receipt"""
    title: str = ""
    privacy: str = "everyone"
    by: str = ""
    created_at: datetime = Field(sa_type=Moment)
    deleted_at: datetime | None = Field(default=None, sa_type=Moment)
