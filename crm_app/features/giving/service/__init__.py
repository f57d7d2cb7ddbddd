"""What a person can do about gifts, pledges, receipts and thanks."""

from crm_app.features.giving.service.gifts import (
    KINDS,
    METHODS,
    OnReceipt,
    SplitsDoNotSum,
    correct,
    recode,
    record_gift,
    remove,
    twins_of,
)
from crm_app.features.giving.service.ledger import NotSoMuch, pay, refund, transfer

__all__ = [
    "KINDS",
    "METHODS",
    "NotSoMuch",
    "OnReceipt",
    "SplitsDoNotSum",
    "correct",
    "pay",
    "recode",
    "record_gift",
    "refund",
    "remove",
    "transfer",
    "twins_of",
]
