"""Shapes of relationships and households."""

from datetime import date

from pydantic import BaseModel, ConfigDict


class RelationDraft(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True, extra="forbid")

    type_id: int
    other_id: int
    reverse: bool = False
    """True: the other one is the first of the pair (their parent, not their child)."""
    title: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    acts_for_other: bool = False
    other_acts_for: bool = False
    is_primary: bool = False
    note: str = ""


class RelationRow(BaseModel):
    """A relationship seen from one side."""

    id: int
    other_id: int
    other: str
    other_kind: str
    is_to_me: str
    """What the other one is to this one: employer, child."""
    family: str
    title: str
    started_on: date | None
    ended_on: date | None
    acts_for_me: bool
    i_act_for: bool
    is_primary: bool
    note: str


class MemberRow(BaseModel):
    id: int
    person_id: int
    name: str
    informal: str
    role: str
    position: int
    deceased: bool
    is_primary: bool


class HouseholdRow(BaseModel):
    id: int
    name: str
    greeting: str
    formal_greeting: str
    addressee: str
    names_locked: bool
    members: list[MemberRow]


class TypeRow(BaseModel):
    id: int
    code: str
    name: str
    reverse_name: str
    noun: str
    reverse_noun: str
    family: str
    from_kind: str
    to_kind: str
    built_in: bool
    retired: bool
    used: int = 0


class TypeDraft(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True, extra="forbid")

    name: str
    reverse_name: str
    noun: str = ""
    reverse_noun: str = ""
    family: str = "social"
    from_kind: str = "person"
    to_kind: str = "person"
