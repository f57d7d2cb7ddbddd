"""Tables of relationships and households."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


class RelationshipType(Table, table=True):
    """Two names for one relation: what each is to the other."""

    __tablename__ = "relationship_type"

    id: int | None = key()
    code: str = Field(unique=True)
    name: str
    """What the first is to the second: parent of"""
    reverse_name: str
    """What the second is to the first: child of"""
    noun: str = ""
    """What the first one is called on the second one's page: parent"""
    reverse_noun: str = ""
    family: str = "family"
    """family, work, social, care"""
    from_kind: str = "person"
    to_kind: str = "person"
    built_in: bool = False
    position: int = 0
    retired_at: datetime | None = Field(default=None, sa_type=Moment)


class Relationship(Table, table=True):
    """Kept once, seen from both sides."""

    __tablename__ = "relationship"

    id: int | None = key()
    type_id: int = link("relationship_type.id")
    from_id: int = link("constituent.id")
    to_id: int = link("constituent.id")
    title: str = ""
    """Role of an employee or member: Head of programmes"""
    started_on: date | None = None
    ended_on: date | None = None
    from_acts_for_to: bool = False
    """May sign up, consent or pay for the other."""
    to_acts_for_from: bool = False
    is_primary: bool = False
    """The main one of its kind, such as the main employer."""
    note: str = ""
    created_at: datetime = Field(sa_type=Moment)


class HouseholdMember(Table, table=True):
    __tablename__ = "household_member"
    __table_args__ = (
        sa.Index(
            "uq_household_member_current",
            "household_id",
            "person_id",
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        ),
        sa.Index(
            "uq_household_member_primary",
            "person_id",
            unique=True,
            sqlite_where=sa.text("is_primary = 1"),
            postgresql_where=sa.text("is_primary"),
        ),
    )

    id: int | None = key()
    household_id: int = link("constituent.id")
    person_id: int = link("constituent.id")
    role: str = "adult"
    """head, adult, child, other"""
    position: int = 0
    """Order in the household's name and letters; lowest first."""
    is_primary: bool = True
    """The household whose letters and totals this person belongs to; at most one."""
    in_name: bool = True
    in_formal_greeting: bool = True
    in_greeting: bool = True
    started_on: date | None = None
    ended_on: date | None = None
    created_at: datetime = Field(sa_type=Moment)
