"""A batch as it is opened, typed into and posted."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel


class BatchDraft(BaseModel):
    name: str
    expected_count: int | None = None
    expected_total: int | None = None
    currency: str = ""
    defaults: dict[str, Any] = {}
    """What a new row begins with: given_on, method, kind, fund_id, campaign_id, appeal_id."""


class BatchRow(BaseModel):
    id: int
    name: str
    status: str
    count: int
    total: int
    expected_count: int | None
    expected_total: int | None
    currency: str
    opened_by: str
    created_at: datetime
    posted_at: datetime | None
    posted_by: str


class BatchLine(BaseModel):
    """One row of the grid: a gift that counts once the batch is posted."""

    id: int
    constituent_id: int
    name: str
    amount: int
    given_on: date
    method: str
    kind: str
    fund_id: int | None
    fund: str
    reference: str
    note: str
    twin: str = ""
    """Why this looks like a gift that is there already."""


class BatchFull(BatchRow):
    defaults: dict[str, Any]
    lines: list[BatchLine]

    @property
    def balanced(self) -> bool:
        return self.expected_count in (None, self.count) and self.expected_total in (None, self.total)
