"""Pledges and recurring gifts as they come in and as they are shown."""

from datetime import date

from pydantic import BaseModel


class PledgeDraft(BaseModel):
    constituent_id: int
    amount: int
    currency: str = ""
    pledged_on: date | None = None
    times: int = 12
    first_on: date | None = None
    unit: str = "month"
    every: int = 1
    fund_id: int | None = None
    campaign_id: int | None = None
    appeal_id: int | None = None
    note: str = ""


class PlanDraft(BaseModel):
    """How what is unpaid shall be planned anew; the amount is the whole pledge."""

    amount: int | None = None
    times: int = 1
    first_on: date | None = None
    unit: str = "month"
    every: int = 1


class DueRow(BaseModel):
    id: int | None = None
    on: date
    amount: int
    paid: int = 0
    left: int = 0
    written_off: int = 0
    state: str = "scheduled"
    """scheduled, due, overdue, part paid, paid, written off: derived, never stored"""


class PledgeRow(BaseModel):
    id: int
    constituent_id: int
    name: str
    pledged_on: date
    amount: int
    paid: int
    left: int
    written_off: int
    overdue: int
    currency: str
    status: str
    next_on: date | None
    next_amount: int
    fund: str
    campaign: str


class PledgeFull(PledgeRow):
    extra: int
    note: str
    dues: list[DueRow]


class RecurringDraft(BaseModel):
    constituent_id: int
    amount: int
    currency: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    unit: str = "month"
    every: int = 1
    day: int = 1
    method: str = "card"
    fund_id: int | None = None
    campaign_id: int | None = None
    external_source: str = ""
    external_id: str = ""
    note: str = ""


class ChangeDraft(BaseModel):
    """What holds from a day on; None leaves it."""

    from_on: date | None = None
    amount: int | None = None
    unit: str | None = None
    every: int | None = None
    day: int | None = None
    reason: str = ""


class VersionRow(BaseModel):
    from_on: date
    amount: int
    words: str
    paused: bool
    reason: str


class ShiftRow(BaseModel):
    on: date
    kind: str
    before: int
    after: int


class RecurringRow(BaseModel):
    id: int
    constituent_id: int
    name: str
    status: str
    amount: int
    words: str
    annual: int
    currency: str
    next_on: date | None
    next_amount: int
    method: str
    failures: int
    starts_on: date


class RecurringFull(RecurringRow):
    ends_on: date | None
    status_reason: str
    note: str
    versions: list[VersionRow]
    shifts: list[ShiftRow]
    expected: list[DueRow]
    """The last few and the coming ones."""


class ForecastMonth(BaseModel):
    month: date
    recurring: int
    pledged: int
