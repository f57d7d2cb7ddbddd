"""Record a gift; correct one by reversing it; change what is not money in place."""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Conflict, Invalid
from crm_app.core.work import Work
from crm_app.engine import ledger, money
from crm_app.features.constituents.models.person import Constituent
from crm_app.features.giving import queries
from crm_app.features.giving.models import Gift, GiftSplit, RecurringGift, SoftCredit
from crm_app.features.giving.schemas import CodingDraft, GiftDraft, Twin
from crm_app.features.giving.service.ledger import move, opened
from crm_app.features.giving.service.recurring import settle_recurring

KINDS = [
    "donation",
    "in_kind",
    "stock",
    "grant",
    "matching",
    "membership",
    "event",
    "bequest",
    "sponsorship",
    "other",
]  # the order of the choice on screen
METHODS = ["cash", "cheque", "card", "bank", "direct_debit", "wallet", "payroll", "stock", "goods", "other"]
TWIN_DAYS = 7
COPIED = [
    name
    for name in GiftDraft.model_fields
    if name not in ("fund_id", "splits", "soft_credits", "currency", "receiptable")
]


class SplitsDoNotSum(Invalid):
    """The funds do not come to the gift."""


class GiftKnown(Conflict):
    """A gift with this transaction number is here already; `gift_id` tells which."""

    message = "This gift is here already."


class OnReceipt(Invalid):
    """A gift on a living receipt cannot change under it."""


def record_gift(work: Work, draft: GiftDraft, *, note: str = "") -> int:
    """Keep a gift with its parts, its credits and the first row of its ledger; returns its number."""
    work.require(Permission.GIVING_EDIT)
    work.get(Constituent, draft.constituent_id, "There is nobody with this number.")
    _refuse_known(work, draft)
    gift = _gift_of(work, draft)
    parts = split_amounts(work, draft)
    work.add(gift)
    keep_parts(work, gift, draft, parts)
    if draft.status == ledger.RECEIVED:
        move(work, gift, ledger.PAYMENT, gift.amount, on=gift.given_on, reference=gift.reference)
    after = draft.model_dump(mode="json", exclude_defaults=True)
    after |= {"currency": gift.currency, "given_on": gift.given_on}
    history.record(work, "gift", gift.id, "added", after=after, constituent_id=gift.constituent_id, note=note)
    work.tell("giving", f"person:{gift.constituent_id}")
    return gift.id or 0


def record_gifts(work: Work, drafts: Sequence[GiftDraft], *, note: str = "") -> list[int]:
    """Keep many; all of them or none."""
    return [record_gift(work, draft, note=note) for draft in drafts]


def correct(work: Work, gift_id: int, draft: GiftDraft, reason: str) -> int:
    """Take a wrong gift out by a reversal and record the right one; both stay to be seen."""
    work.require(Permission.GIVING_EDIT)
    old = work.get(Gift, gift_id)
    _correctable(work, old)
    if not reason.strip():
        raise Invalid(fields={"reason": "Please say what was wrong: the auditor will ask."})
    reverse(work, old, reason)
    new_id = record_gift(work, draft.model_copy(update={"external_source": "", "external_id": ""}))
    new = work.get(Gift, new_id)
    new.replaces_gift_id, new.thanks = old.id, draft.thanks
    history.record(
        work, "gift", old.id, "corrected", after={"by": new_id}, constituent_id=old.constituent_id, note=reason
    )
    return new_id


def reverse(work: Work, gift: Gift, reason: str) -> None:
    """A ledger row that brings the gift to nothing; it frees its pledge and its recurring day."""
    opened(work, gift)
    move(work, gift, ledger.REVERSAL, -(gift.paid or 0), on=work.now.date(), note=reason)
    gift.status_reason, gift.occurrence_on = reason, None
    if gift.recurring_gift_id:
        settle_recurring(work, work.get(RecurringGift, gift.recurring_gift_id))
    if gift.thanks == "due":
        gift.thanks = "none"


def remove(work: Work, gift_id: int, reason: str) -> None:
    """A gift that should never have been entered: reversed, kept, counted nowhere."""
    work.require(Permission.GIVING_EDIT)
    gift = work.get(Gift, gift_id)
    _correctable(work, gift)
    if not reason.strip():
        raise Invalid(fields={"reason": "Please say why: the auditor will ask."})
    reverse(work, gift, reason)
    history.record(work, "gift", gift.id, "reversed", constituent_id=gift.constituent_id, note=reason)
    work.tell("giving")


def recode(work: Work, gift_id: int, draft: CodingDraft) -> None:
    """Change what is not money: campaign, appeal, reference, note, tribute."""
    work.require(Permission.GIVING_EDIT)
    gift = work.get(Gift, gift_id)
    wanted = draft.model_dump(exclude_unset=True)
    before = {name: getattr(gift, name) for name in wanted}
    for name, value in wanted.items():
        setattr(gift, name, value)
    gift.version, gift.updated_at = gift.version + 1, work.now
    history.record(work, "gift", gift.id, "edited", before=before, after=wanted, constituent_id=gift.constituent_id)
    work.tell("giving")


def change_pending(work: Work, gift: Gift, draft: GiftDraft) -> None:
    """Write a row of an open batch anew: nothing has been counted yet."""
    parts, fresh = split_amounts(work, draft), _gift_of(work, draft)
    before = {name: getattr(gift, name) for name in COPIED}
    for name in COPIED:
        setattr(gift, name, getattr(fresh, name))
    for table in (GiftSplit, SoftCredit):
        work.session.execute(sa.delete(table).where(table.gift_id == gift.id))
    gift.status, gift.updated_at, gift.version = ledger.PENDING, work.now, gift.version + 1
    keep_parts(work, gift, draft, parts)
    after = {name: getattr(gift, name) for name in COPIED}
    history.record(work, "gift", gift.id, "edited", before=before, after=after, constituent_id=gift.constituent_id)


def split_amounts(work: Work, draft: GiftDraft) -> list[tuple[int, int]]:
    """Fund and amount of every part; they sum to the gift, whatever was asked for."""
    fund_id = draft.fund_id or queries.general_fund(work.session, work.now)
    if not draft.splits:
        return [(fund_id, draft.amount)]
    try:
        amounts = money.parts_of(draft.amount, [money.Part(part.amount, part.percent) for part in draft.splits])
    except money.DoesNotSum as gap:
        words = "is left over" if gap.left > 0 else "is too much"
        left = money.written(abs(gap.left), draft.currency or queries.organization(work.session).currency)
        raise SplitsDoNotSum(f"The funds do not come to the gift: {left} {words}.", left=gap.left) from None
    return [(part.fund_id, amount) for part, amount in zip(draft.splits, amounts, strict=True)]


def twins_of(work: Work, constituent_id: int, amount: int, draft: GiftDraft) -> list[Twin]:
    """Gifts that look like this one: same giver and amount within a week, or the same reference."""
    day = draft.given_on or work.now.date()
    span = (day - timedelta(days=TWIN_DAYS), day + timedelta(days=TWIN_DAYS))
    return [
        Twin(
            gift_id=gift.id,
            given_on=gift.given_on,
            amount=gift.amount,
            reference=gift.reference,
            why="same reference" if draft.reference and gift.reference == draft.reference else "same amount, near day",
        )
        for gift in queries.near(work.session, constituent_id, amount, span, draft.reference)
    ]


def _gift_of(work: Work, draft: GiftDraft) -> Gift:
    _check(draft)
    organization = queries.organization(work.session)
    given = {name: getattr(draft, name) for name in COPIED}
    if draft.receiptable is not None:
        given["benefit"] = draft.amount - draft.receiptable
    return Gift(
        **given
        | {
            "given_on": draft.given_on or work.now.date(),
            "currency": draft.currency or organization.currency,
            "status": ledger.PENDING,
            "paid": 0,
            "receiptable": 0,
            "created_at": work.now,
            "updated_at": work.now,
            "created_by": work.actor.name,
        }
    )


def _refuse_known(work: Work, draft: GiftDraft) -> None:
    if draft.external_id:
        known = queries.by_external(work.session, draft.external_source, draft.external_id)
        if known:
            raise GiftKnown(gift_id=known)


def _check(draft: GiftDraft) -> None:
    wrong = {}
    if draft.amount <= 0:
        wrong["amount"] = "Please enter an amount above zero."
    if draft.kind not in KINDS:
        wrong["kind"] = f"{draft.kind!r} is not a kind of gift."
    if draft.method not in METHODS:
        wrong["method"] = f"{draft.method!r} is not a way to give."
    if not 0 <= draft.benefit <= max(draft.amount, 0):
        wrong["benefit"] = "The benefit cannot be worth more than was paid."
    if draft.receiptable is not None and not 0 <= draft.receiptable <= draft.amount:
        wrong["receiptable"] = "The receipt cannot be for more than the gift."
    if not 0 <= draft.fee <= max(draft.amount, 0):
        wrong["fee"] = "The fee cannot be more than the gift."
    if wrong:
        raise Invalid(fields=wrong)


def keep_parts(work: Work, gift: Gift, draft: GiftDraft, parts: list[tuple[int, int]]) -> None:
    """Write the splits and the soft credits of a gift."""
    for fund_id, amount in parts:
        work.session.add(GiftSplit(gift_id=gift.id, fund_id=fund_id, amount=amount))
    for credit in draft.soft_credits:
        amount = gift.amount if credit.amount is None else credit.amount
        if not 0 < amount <= gift.amount:
            raise Invalid(fields={"soft_credits": "A soft credit cannot be more than the gift."})
        work.session.add(
            SoftCredit(
                gift_id=gift.id,
                constituent_id=credit.constituent_id,
                role=credit.role,
                amount=amount,
                created_at=work.now,
            )
        )
    work.session.flush()


def _correctable(work: Work, gift: Gift) -> None:
    if gift.status == ledger.CORRECTED:
        raise Invalid("This gift was corrected already.", hint="Open the one that took its place.")
    receipt = queries.live_receipt(work.session, gift.id)
    if receipt:
        raise OnReceipt(
            f"Receipt {receipt.label} stands on this gift.", hint="Void the receipt first.", receipt_id=receipt.id
        )
