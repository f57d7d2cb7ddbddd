"""The only place that moves money: rows are added, never changed, and the gift's totals follow from them."""

from datetime import date

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.engine import ledger
from crm_app.features.giving import queries
from crm_app.features.giving.models import Gift, Payment
from crm_app.features.giving.service.pledges import settle_pledge


class NotSoMuch(Invalid):
    """More is asked back than is there."""


def move(
    work: Work, gift: Gift, kind: str, amount: int, *, on: date, method: str = "", reference: str = "", note: str = ""
) -> Payment:
    """Add one row and let the gift's totals follow."""
    opened(work, gift)
    row = work.add(
        Payment(
            gift_id=gift.id,
            kind=kind,
            amount=amount,
            currency=gift.currency,
            method=method or gift.method,
            paid_on=on,
            reference=reference,
            note=note,
            by=work.actor.name,
            created_at=work.now,
        )
    )
    settle(work, gift)
    return row


def opened(work: Work, gift: Gift) -> None:
    """Gifts that came in bulk have no rows; the first movement writes down what had been paid."""
    if gift.paid and not queries.payments(work.session, gift.id):
        work.add(
            Payment(
                gift_id=gift.id,
                kind=ledger.PAYMENT,
                amount=gift.paid,
                currency=gift.currency,
                method=gift.method,
                paid_on=gift.given_on,
                reference=gift.reference,
                note="As recorded when the gift came in",
                by=gift.created_by,
                created_at=work.now,
            )
        )


def settle(work: Work, gift: Gift) -> None:
    """Derive paid, status and receiptable from the ledger."""
    rows = [ledger.Movement(row.kind, row.amount) for row in queries.payments(work.session, gift.id)]
    gift.paid = ledger.total(rows)
    gift.status = ledger.status(gift.amount, rows)
    gift.receiptable = ledger.receiptable(gift.paid, gift.benefit)
    gift.version += 1
    gift.updated_at = work.now
    work.session.flush()
    settle_pledge(work, gift.pledge_id)


def pay(work: Work, gift_id: int, amount: int, *, on: date | None = None, method: str = "", reference: str = "") -> int:
    """Money that came in for a gift that is not paid in full."""
    work.require(Permission.GIVING_EDIT)
    gift = work.get(Gift, gift_id)
    _above_zero(amount)
    row = move(work, gift, ledger.PAYMENT, amount, on=on or work.now.date(), method=method, reference=reference)
    return _recorded(work, gift, row, "payment")


def refund(
    work: Work, gift_id: int, amount: int, on: date | None = None, reason: str = "", kind: str = ledger.REFUND
) -> int:
    """Give money back, or note that a bank took it back (`chargeback`)."""
    work.require(Permission.GIVING_EDIT)
    gift = work.get(Gift, gift_id)
    _above_zero(amount)
    _enough(gift, amount)
    row = move(work, gift, kind, -amount, on=on or work.now.date(), note=reason)
    gift.status_reason = reason
    return _recorded(work, gift, row, kind)


def transfer(work: Work, from_id: int, to_id: int, amount: int, *, reason: str = "") -> None:
    """Move money that was booked on the wrong gift; both ledgers show it."""
    work.require(Permission.GIVING_EDIT)
    source, target = work.get(Gift, from_id), work.get(Gift, to_id)
    _above_zero(amount)
    _enough(source, amount)
    if source.currency != target.currency:
        raise Invalid("These two gifts are in different currencies.")
    today = work.now.date()
    out = move(work, source, ledger.TRANSFER, -amount, on=today, note=f"To gift {to_id}. {reason}".strip())
    into = move(work, target, ledger.TRANSFER, amount, on=today, note=f"From gift {from_id}. {reason}".strip())
    _recorded(work, source, out, "transfer")
    _recorded(work, target, into, "transfer")


def _above_zero(amount: int) -> None:
    if amount <= 0:
        raise Invalid(fields={"amount": "Please enter an amount above zero."})


def _enough(gift: Gift, amount: int) -> None:
    if amount > gift.paid:
        raise NotSoMuch("This gift does not have that much left to give back.", paid=gift.paid, asked=amount)


def _recorded(work: Work, gift: Gift, row: Payment, what: str) -> int:
    after = {"amount": row.amount, "paid": gift.paid, "status": gift.status, "note": row.note}
    history.record(work, "gift", gift.id, what, after=after, constituent_id=gift.constituent_id)
    work.tell("giving", f"person:{gift.constituent_id}")
    return row.id or 0
