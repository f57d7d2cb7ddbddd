"""What the overview and the lists behind its numbers show."""

from datetime import date

from pydantic import BaseModel


class GiftFilters(BaseModel):
    """Which gifts of the list; nothing said is all of them."""

    text: str = ""
    kind: str = ""
    status: str = ""
    method: str = ""
    fund_id: int | None = None
    campaign_id: int | None = None
    first: date | None = None
    last: date | None = None
    constituent_id: int | None = None
    thanks: str = ""
    counted: bool = False


class Number(BaseModel):
    """A measure now and in the period before, with what it means."""

    key: str
    title: str
    shows: str
    now: float | int | None
    before: float | int | None = None
    words: str
    formula: str
    source: str
    opens: list[str]


class Move(BaseModel):
    """One line of gain and loss."""

    standing: str
    words: str
    donors: int
    before: int
    now: int
    gain: int


class Band(BaseModel):
    at_least: int
    donors: int
    amount: int


class GoalRow(BaseModel):
    campaign_id: int
    name: str
    goal: int
    raised: int
    ends_on: date | None


class Overview(BaseModel):
    currency: str
    now_words: str
    before_words: str
    first: date
    last: date
    raised: int
    raised_before: int
    goal: int
    numbers: list[Number]
    moves: list[Move]
    bands: list[Band]
    line: list[int]
    line_before: list[int]
    line_whole_before: list[int]
    goals: list[GoalRow]
    pledged_left: int
    pledged_overdue: int
    monthly: int
    """What recurring gifts bring in a month."""
    sustainers: int
    unthanked: int


class MemberRow(BaseModel):
    """One of the people who add up to a number."""

    id: int
    name: str
    standing: str
    before: int
    now: int
    last_on: date | None


class ThanksRow(BaseModel):
    """A gift that waits for its thanks."""

    id: int
    constituent_id: int
    name: str
    amount: int
    currency: str
    given_on: date
    kind: str
    hours: int
    late: bool
    way: str
    status: str
    assigned_to: int | None
    assigned_name: str
    first_gift: bool
    anonymous: bool
    tribute: str
    email: str
    phone: str


class ThanksDraft(BaseModel):
    """What could be said, to be read and changed before it is sent."""

    gift_id: int
    way: str
    to: str
    subject: str
    text: str
