"""Tables of giving."""

from crm_app.features.giving.models.batch import GiftBatch
from crm_app.features.giving.models.gift import Gift, GiftSplit, SoftCredit
from crm_app.features.giving.models.payment import Payment
from crm_app.features.giving.models.promise import Pledge, PledgeInstallment, RecurringGift, RecurringSchedule
from crm_app.features.giving.models.purpose import Appeal, Campaign, Fund
from crm_app.features.giving.models.receipt import Receipt, ReceiptCounter, ReceiptLine
from crm_app.features.giving.models.thanks import ThankYou

__all__ = [
    "Appeal",
    "Campaign",
    "Fund",
    "Gift",
    "GiftBatch",
    "GiftSplit",
    "Payment",
    "Pledge",
    "PledgeInstallment",
    "Receipt",
    "ReceiptCounter",
    "ReceiptLine",
    "RecurringGift",
    "RecurringSchedule",
    "SoftCredit",
    "ThankYou",
]
