"""Receipts: drawn up, issued, listed."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel


class PrintedLine(BaseModel):
    gift_id: int
    given_on: date
    kind: str
    description: str
    paid: int
    benefit: int
    receiptable: int


class Printed(BaseModel):
    """Everything that stands on a receipt; kept as it was when it was issued."""

    title: str
    label: str = ""
    """Empty on a preview."""
    kind: str
    issuer: str
    issuer_address: str
    issuer_number: str
    issuer_contact: str
    donor: str
    donor_address: str
    donor_greeting: str = ""
    issued_on: date
    issued_by: str
    currency: str
    locale: str
    lines: list[PrintedLine]
    paid: int
    benefit: int
    receiptable: int
    statements: list[str]
    replaces: str = ""
    rules: str
    sources: list[str]


class ProblemRow(BaseModel):
    gift_id: int | None
    words: str


class ReceiptPreview(BaseModel):
    printed: Printed
    problems: list[ProblemRow]
    blocked: bool


class ReceiptRow(BaseModel):
    id: int
    label: str
    kind: str
    status: str
    constituent_id: int
    donor: str
    amount: int
    benefit: int
    receiptable: int
    currency: str
    from_on: date
    to_on: date
    issued_on: date
    issued_by: str
    void_reason: str


class ReceiptFull(ReceiptRow):
    rules: str
    replaces: str
    replaced_by: str
    voided_at: datetime | None
    voided_by: str
    pdf_sha256: str
    copies: int
    snapshot: dict[str, Any]


class NotIssued(BaseModel):
    """A donor whose gifts of a year have no receipt, and why."""

    constituent_id: int
    name: str
    gifts: int
    amount: int
    why: str


class AnnualOutcome(BaseModel):
    issued: int = 0
    skipped: int = 0
    total: int = 0
    reasons: dict[str, int] = {}
