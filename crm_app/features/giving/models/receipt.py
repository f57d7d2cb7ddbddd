"""The register of receipts: numbers without gaps, and what was printed, kept as it was."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link
from crm_app.features.giving.models.columns import cents


class ReceiptCounter(Table, table=True):
    """The last number given out; moves in the transaction that issues, so a roll-back leaves no gap."""

    __tablename__ = "receipt_counter"

    organization_id: int = Field(primary_key=True)
    series: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int = 0


class Receipt(Table, table=True):
    """One issued receipt. It outlives gifts and people, so it links to them by number only."""

    __tablename__ = "receipt"
    __table_args__ = (
        sa.UniqueConstraint("organization_id", "series", "year", "number", name="uq_receipt_number"),
        sa.Index("ix_receipt_issued", "issued_on", "id"),
    )

    id: int | None = key()
    organization_id: int
    series: str
    year: int
    number: int
    label: str = Field(index=True)
    """As printed: R-2026-000123"""
    kind: str = "single"
    """single or annual"""
    status: str = "issued"
    """issued or voided"""
    constituent_id: int = Field(index=True)
    donor: str
    amount: int = cents()
    benefit: int = cents()
    receiptable: int = cents()
    currency: str
    rules: str
    """The rule pack it was issued under: CA 2025-01"""
    from_on: date
    to_on: date
    issued_on: date
    issued_at: datetime = Field(sa_type=Moment)
    issued_by: str = ""
    snapshot: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    file_id: int | None = link("stored_file.id", index=False, default=None)
    pdf_sha256: str = ""
    replaces_id: int | None = None
    replaced_by_id: int | None = None
    void_reason: str = ""
    voided_at: datetime | None = Field(default=None, sa_type=Moment)
    voided_by: str = ""
    copies: int = 0


class ReceiptLine(Table, table=True):
    """One gift on a receipt; a gift is on one living receipt at most."""

    __tablename__ = "receipt_line"
    __table_args__ = (
        sa.Index(
            "uq_receipt_line_live",
            "gift_id",
            unique=True,
            sqlite_where=sa.text("live = 1"),
            postgresql_where=sa.text("live"),
        ),
    )

    id: int | None = key()
    receipt_id: int = link("receipt.id")
    gift_id: int = Field(index=True)
    given_on: date
    amount: int = cents()
    benefit: int = cents()
    receiptable: int = cents()
    live: bool = True
