"""The words of kinds, methods and states, and small readers of forms."""

from datetime import date
from typing import Any

from crm_app.core.errors import Invalid
from crm_app.features.giving.service import KINDS, METHODS, Style

KIND = {kind: kind.replace("_", " ").capitalize() for kind in KINDS} | {"in_kind": "In kind"}
METHOD = {method: method.replace("_", " ").capitalize() for method in METHODS} | {
    "bank": "Bank transfer",
    "cheque": "Cheque",
}
STATUS = {
    "received": "received",
    "part_paid": "partly paid",
    "pending": "expected",
    "failed": "failed",
    "cancelled": "cancelled",
    "refunded": "refunded",
    "partly_refunded": "partly refunded",
    "charged_back": "charged back",
    "corrected": "corrected",
}
THANKS = {"due": "due", "sent": "said", "not_wanted": "not wanted", "none": "not needed"}
WAY = {"email": "E-mail", "letter": "Letter", "call": "Call", "card": "Card"}
LEDGER = {
    "payment": "Payment",
    "refund": "Refund",
    "chargeback": "Taken back by the bank",
    "transfer": "Moved",
    "reversal": "Reversed",
    "adjustment": "Adjusted",
}
UNITS = [("week", "weeks"), ("month", "months"), ("quarter", "quarters"), ("year", "years")]
CREDIT = {
    "solicitor": "asked for it",
    "influencer": "helped",
    "honoree": "honoured",
    "matched_donor": "matched",
    "fund_adviser": "advised the fund",
    "fundraiser": "raised it",
    "spouse": "spouse",
    "other": "other",
}


def options(words: dict[str, str]) -> list[tuple[str, str]]:
    return list(words.items())


def amount_in(form: dict[str, Any], name: str, style: Style, *, must: bool = True) -> int:
    """The amount a field says; said at the field when it is none."""
    text = str(form.get(name, "")).strip()
    if not text and not must:
        return 0
    try:
        return style.read(text)
    except ValueError:
        raise Invalid(fields={name: "An amount, such as 50 or 1,250.00."}) from None


def day_in(form: dict[str, Any], name: str) -> date | None:
    text = str(form.get(name, "")).strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(fields={name: "A day, please."}) from None


def whole_in(form: dict[str, Any], name: str, *, other: int | None = None) -> int:
    text = str(form.get(name, "")).strip()
    if not text and other is not None:
        return other
    try:
        return int(text)
    except ValueError:
        raise Invalid(fields={name: "A whole number, please."}) from None


def number_in(form: dict[str, Any], name: str) -> int | None:
    """The id a choice says, if any."""
    text = str(form.get(name, "")).strip()
    return int(text) if text.isdigit() else None


def text_in(form: dict[str, Any], name: str) -> str:
    return str(form.get(name, "")).strip()


def last_number(path: str) -> int:
    """The number at the end of an address; 0 where there is none."""
    last = path.rstrip("/").rsplit("/", 1)[-1]
    return int(last) if last.isdigit() and len(last) < 15 else 0
