"""What a row says about a gift, and whether it became one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from crm_app.engine.tabular.mapping import Mapping
from crm_app.engine.tabular.understand import Understood, day
from crm_app.features.constituents.folding import fold

METHODS = {"card": "card", "check": "cheque", "cash": "cash", "bank_transfer": "bank", "direct_debit": "direct_debit", "paypal": "wallet",
           "wallet": "wallet", "stock": "stock", "in_kind": "goods", "payroll": "payroll", "crypto": "other", "other": "other"}  # fmt: skip
KINDS = (("in kind", "in_kind"), ("gift in kind", "in_kind"), ("stock", "stock"), ("grant", "grant"), ("match", "matching"), ("member", "membership"),
         ("event", "event"), ("bequest", "bequest"), ("legacy", "bequest"), ("sponsor", "sponsorship"))  # fmt: skip
NOT_YET = {
    "pending": "The payment is pending; it is not a gift yet.",
    "failed": "The payment failed; it is not a gift.",
    "cancelled": "The payment was cancelled; it is not a gift.",
}
MONEY_IN = ("gifts", "people", "payments")


@dataclass(slots=True)
class Money:
    """One gift as its row tells it. Amounts in minor units."""

    amount: int
    currency: str
    on: date
    source: str
    number: str = ""
    method: str = "other"
    kind: str = "donation"
    fee: int = 0
    benefit: int = 0
    back: int = 0
    """Given back."""
    back_on: date | None = None
    refund_of: str = ""
    fund: str = ""
    campaign: str = ""
    campaign_ref: str = ""
    appeal: str = ""
    batch: str = ""
    reference: str = ""
    note: str = ""
    description: str = ""
    tribute: str = ""
    tribute_name: str = ""
    anonymous: bool = False
    thanked: bool = False
    soft_email: str = ""
    soft_id: str = ""
    soft_name: str = ""
    recurring_id: str = ""
    giver: str = ""
    """Account1 where the organization of the row gave, not the person."""
    promise: bool = False
    """A pledge, not a payment."""


@dataclass(slots=True)
class Told:
    """What came of looking for a gift in a row: the gift, or why there is none, or what somebody must look at."""

    money: Money | None = None
    why: str = ""
    ask: str = ""


def money_of(row: Understood, mapping: Mapping) -> Told:
    values = row.values
    if mapping.form.brings not in MONEY_IN or row.then == "no_gift":
        return Told(why=row.why)
    wrong = next(
        (words for meaning, words in row.problems if meaning in ("amount", "gift_date", "status", "currency")), ""
    )
    if wrong:
        return Told(ask=wrong)
    if "amount" not in values:
        return Told(ask="The gift has no amount.") if mapping.form.brings == "gifts" else Told()
    amount, status = values["amount"], values.get("status", "received")
    if amount == 0:
        return Told(why="The amount is zero.")
    if status in NOT_YET and row.then != "refund":
        return Told(why=NOT_YET[status])
    on = day(values.get("gift_date"))
    if on is None:
        return Told(ask="The gift has no date.")
    if amount < 0 and not values.get("refund_of"):
        return Told(ask="The amount is below zero, and nothing says which gift it takes back.")
    return Told(_made(values, amount, on, status, mapping, refund=row.then == "refund" or amount < 0))


def _made(values: dict[str, Any], amount: int, on: date, status: str, mapping: Mapping, *, refund: bool) -> Money:
    money = Money(abs(amount), values.get("currency") or mapping.currency, on, mapping.form.tool)
    money.number = values.get("gift_id", "") if not refund else ""
    money.method = METHODS.get(values.get("method", ""), "card" if values.get("card_type") else "cheque" if values.get("check_number") else "other")  # fmt: skip
    said = fold(values.get("gift_type", ""))
    money.kind = (
        "in_kind" if values.get("in_kind") else next((kind for word, kind in KINDS if word in said), "donation")
    )
    money.fee = min(abs(values.get("fee", 0)), money.amount)
    money.benefit = min(max(values.get("benefit", 0), 0), money.amount)
    money.back = (
        money.amount
        if status == "refunded" or values.get("refund_id")
        else min(values.get("refunded", 0), money.amount)
    )
    money.back_on = day(values.get("refunded_on"))
    money.refund_of = values.get("refund_of", "") if refund else ""
    money.fund, money.appeal, money.batch = values.get("fund", ""), values.get("appeal", ""), values.get("batch", "")
    money.campaign, money.campaign_ref = values.get("campaign", ""), values.get("campaign_ref", "")
    money.reference = values.get("check_number", "")
    money.note, money.description = values.get("gift_note", ""), values.get("in_kind", "")
    money.tribute_name = values.get("tribute_name", "")
    if money.tribute_name:
        money.tribute = "memory" if "mem" in fold(values.get("tribute_type", "")) else "honour"
    money.anonymous, money.thanked = bool(values.get("anonymous")), bool(values.get("thanked_on"))
    money.soft_email = (values.get("soft_email") or [""])[0]
    money.soft_id, money.soft_name = values.get("soft_id", ""), values.get("soft_name", "")
    money.recurring_id = values.get("recurring_id", "")
    money.giver = values.get("soft_role", "")
    money.promise = values.get("gift_kind", "").upper() == "P"
    return money
