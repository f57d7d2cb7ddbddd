"""Shapes of memberships: drafts in, rows out."""

from datetime import date

from pydantic import BaseModel, ConfigDict


class Draft(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True)


class TypeDraft(Draft):
    name: str
    description: str = ""
    period: str = "rolling"
    months: int = 12
    begins_month: int = 1
    begins_day: int = 1
    rollover_month: int | None = None
    rollover_day: int | None = None
    grace_days: int = 30
    price: int = 0
    currency: str = ""
    inherits: bool = False
    most_inherited: int | None = None


class StartDraft(Draft):
    constituent_id: int
    type_id: int
    on: date
    waits: bool = False
    """Joined, but has not paid yet."""
    gift_id: int | None = None
    inherit: bool = True
    note: str = ""


class RenewDraft(Draft):
    on: date
    type_id: int | None = None
    waits: bool = False
    gift_id: int | None = None


class TypeRow(TypeDraft):
    id: int
    words: str = ""
    """The rule in a sentence."""
    price_words: str = ""
    retired: bool = False
    current: int = 0
    grace: int = 0
    lapsed: int = 0
    pending: int = 0


class MembershipRow(BaseModel):
    """A membership as lists show it, with its status and the reason for it."""

    id: int
    constituent_id: int
    name: str
    type: str
    type_id: int
    status: str
    words: str
    until: str = ""
    also: int = 0
    """Members through it."""
    inherited: bool = False
    """This person is a member through somebody else."""


class TermRow(BaseModel):
    id: int
    type: str
    span: str
    price: str = ""
    gift_id: int | None = None
    waits: bool = False
    by: str = ""


class AlsoRow(BaseModel):
    """A member through somebody else."""

    id: int
    constituent_id: int
    name: str
    since: str


class PayingGift(BaseModel):
    """A gift that could have paid for a term."""

    id: int
    words: str


class MembershipPage(BaseModel):
    membership: MembershipRow
    terms: list[TermRow] = []
    also: list[AlsoRow] = []
    gifts: list[PayingGift] = []
    inherits: bool = False
    room: str = ""
    cancelled: bool = False
    may_edit: bool = False


class Inherited(BaseModel):
    """What came of passing a membership on."""

    added: list[str] = []
    left_out: list[str] = []
    ended: list[str] = []


class Numbers(BaseModel):
    """What stands in the margin."""

    current: int = 0
    grace: int = 0
    lapsed: int = 0
    pending: int = 0
    people: int = 0
    due: int = 0
    may_edit: bool = False
