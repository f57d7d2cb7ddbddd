"""The person, household or organization itself, its other names and its numbers elsewhere."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link
from crm_app.features.constituents.models.bytewise import BYTES


def of_the_living(name: str, *columns: str) -> sa.Index:
    """Lists never show the trash: their indexes leave it out, and count without looking at rows."""
    here = sa.text("deleted_at IS NULL")
    return sa.Index(name, *columns, sqlite_where=here, postgresql_where=here)


class Constituent(Table, table=True):
    __tablename__ = "constituent"
    __table_args__ = (
        of_the_living("ix_constituent_sort", "sort_name", "id"),
        of_the_living("ix_constituent_kind_sort", "kind", "sort_name", "id"),
        of_the_living("ix_constituent_owner_sort", "owner_id", "sort_name", "id"),
        of_the_living("ix_constituent_changed", "updated_at", "id"),
        of_the_living("ix_constituent_created", "created_at", "id"),
        sa.Index(
            "ix_constituent_trash",
            "deleted_at",
            sqlite_where=sa.text("deleted_at IS NOT NULL"),
            postgresql_where=sa.text("deleted_at IS NOT NULL"),
        ),
        sa.Index(
            "ix_constituent_merged",
            "merged_into_id",
            sqlite_where=sa.text("merged_into_id IS NOT NULL"),
            postgresql_where=sa.text("merged_into_id IS NOT NULL"),
        ),
    )

    id: int | None = key()
    kind: str = "person"
    """person, household or organization"""
    prefix: str = ""
    first_name: str = ""
    middle_name: str = ""
    last_name: str = ""
    suffix: str = ""
    nickname: str = ""
    preferred_name: str = ""
    pronouns: str = ""
    name: str = ""
    """Of a household or an organization."""
    display_name: str = ""
    sort_name: str = Field(default="", sa_type=BYTES)
    """Folded (small letters, no accents), family name first; what lists are ordered by."""
    greeting: str = ""
    """Dear … in a friendly letter; computed unless locked."""
    formal_greeting: str = ""
    addressee: str = ""
    """The name on an envelope."""
    names_locked: bool = False
    """Names and greetings were written by hand and are not computed any more."""
    gender: str = ""
    birth_year: int | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    deceased: bool = False
    deceased_on: date | None = None
    language: str = ""
    job_title: str = ""
    anonymous: bool = False
    """Never named in public lists of donors."""
    owner_id: int | None = Field(default=None)
    """The user who looks after this relationship."""
    alert: str = ""
    alert_until: date | None = None
    photo_id: int | None = link("stored_file.id", index=False, delete="SET NULL", default=None)
    source: str = ""
    import_id: int | None = Field(default=None, index=True)
    """The import that brought this record, where there was one."""
    merged_into_id: int | None = link("constituent.id", index=False, default=None)
    deleted_at: datetime | None = Field(default=None, sa_type=Moment)
    """In the trash; a record that was merged into another is there as well."""
    version: int = 1
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)
    created_by: str = ""


class OtherName(Table, table=True):
    """A former name, an alias, a name as it was imported: search and matching know them."""

    __tablename__ = "other_name"

    id: int | None = key()
    constituent_id: int = link("constituent.id")
    kind: str = "former"
    """former, birth, alias, imported, legal"""
    first_name: str = ""
    middle_name: str = ""
    last_name: str = ""
    name: str = ""
    """The whole name where it was not given in parts."""
    until: date | None = None
    created_at: datetime = Field(sa_type=Moment)


class ExternalId(Table, table=True):
    """The number this constituent has in another system."""

    __tablename__ = "external_id"
    __table_args__ = (sa.UniqueConstraint("system", "value", name="uq_external_id_system_value"),)

    id: int | None = key()
    constituent_id: int = link("constituent.id")
    system: str
    value: str
    created_at: datetime = Field(sa_type=Moment)
