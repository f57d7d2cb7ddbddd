"""Shapes that cross the border of giving."""

from crm_app.features.giving.schemas.gift import (
    CodingDraft,
    GiftDraft,
    GiftFull,
    GiftRow,
    PaymentRow,
    SoftCreditDraft,
    SoftCreditRow,
    SplitDraft,
    SplitRow,
    Twin,
)

__all__ = [
    "CodingDraft",
    "GiftDraft",
    "GiftFull",
    "GiftRow",
    "PaymentRow",
    "SoftCreditDraft",
    "SoftCreditRow",
    "SplitDraft",
    "SplitRow",
    "Twin",
]
