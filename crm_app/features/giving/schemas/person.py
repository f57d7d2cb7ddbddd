"""What one person gave, for the profile; amounts are minor units."""

from datetime import date

from pydantic import BaseModel


class GiftRow(BaseModel):
    id: int
    constituent_id: int
    given_on: date
    amount: int
    shown: str
    currency: str
    kind: str
    method: str
    status: str
    funds: str
    campaign: str
    thanks: str
    reference: str
    soft: bool = False
    """Credited, not given."""
    giver: str = ""
    giver_id: int = 0
    role: str = ""


class Totals(BaseModel):
    """What somebody gave, by the organization's own currency."""

    currency: str
    count: int = 0
    total: int = 0
    first_on: date | None = None
    last_on: date | None = None
    last_amount: int = 0
    largest: int = 0
    soft_total: int = 0
    household_total: int = 0
    this_year: int = 0
    last_year: int = 0
    other_currencies: str = ""
    by_year: list[tuple[int, int]] = []
    """Fiscal year and sum, oldest first, no year left out."""
