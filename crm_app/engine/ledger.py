"""What a gift's ledger comes to: the sum of its rows and the status that follows from them."""

from collections.abc import Iterable
from dataclasses import dataclass

PAYMENT, REFUND, CHARGEBACK, TRANSFER, REVERSAL, ADJUSTMENT = (
    "payment",
    "refund",
    "chargeback",
    "transfer",
    "reversal",
    "adjustment",
)
PENDING, PART_PAID, RECEIVED = "pending", "part_paid", "received"
REFUNDED, PARTLY_REFUNDED, CHARGED_BACK, CORRECTED = "refunded", "partly_refunded", "charged_back", "corrected"


@dataclass(frozen=True)
class Movement:
    kind: str
    amount: int


def total(rows: Iterable[Movement]) -> int:
    return sum(row.amount for row in rows)


def status(amount: int, rows: list[Movement]) -> str:
    """The status of a gift of `amount` with this ledger; a function of the rows alone."""
    paid, kinds = total(rows), {row.kind for row in rows}
    if REVERSAL in kinds:
        return CORRECTED
    if paid <= 0 and CHARGEBACK in kinds:
        return CHARGED_BACK
    if paid <= 0 and kinds & {REFUND, TRANSFER}:
        return REFUNDED
    if kinds & {REFUND, CHARGEBACK} and paid < amount:
        return PARTLY_REFUNDED
    if paid >= amount > 0 or (amount == 0 and rows):
        return RECEIVED
    return PART_PAID if paid > 0 else PENDING


def receiptable(paid: int, benefit: int) -> int:
    """What may stand on a receipt: paid less what the donor got for it, never below zero."""
    return max(0, paid - benefit)
