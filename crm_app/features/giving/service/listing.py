"""The list of gifts and the page of one."""

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.giving import queries
from crm_app.features.giving.models import Appeal, Campaign, Gift, GiftBatch
from crm_app.features.giving.schemas import (
    GiftDraft,
    GiftFilters,
    GiftFull,
    GiftLine,
    PaymentRow,
    SoftCreditRow,
    SplitDraft,
    SplitRow,
)
from crm_app.features.giving.service.gifts import twins_of

FULL = {name for name in GiftFull.model_fields if name in Gift.model_fields}


def count_gifts(work: Work, filters: GiftFilters) -> tuple[int, int]:
    work.require(Permission.GIVING_READ)
    return queries.count_gifts(work.session, filters)


def list_gifts(
    work: Work,
    filters: GiftFilters,
    *,
    sort: str = "given_on",
    descending: bool = True,
    first: int = 0,
    size: int = 60,
    total: int = 0,
) -> list[GiftLine]:
    """A window of the list."""
    work.require(Permission.GIVING_READ)
    ids = queries.gift_ids(work.session, filters, sort, descending, first, size, total)
    funds, soft = queries.funds_of(work.session, ids), queries.soft_sums(work.session, ids)
    return [
        GiftLine(
            **gift.model_dump(include={name for name in GiftLine.model_fields if name in Gift.model_fields}),
            name=name,
            fund=", ".join(funds.get(gift.id, [])),
            campaign=campaign or "",
            soft=soft.get(gift.id, 0),
        )
        for gift, name, campaign in queries.gift_lines(work.session, ids)
    ]


def show_gift(work: Work, gift_id: int) -> GiftFull:
    """Everything about one gift: parts, ledger, credits, receipt, what it replaced."""
    work.require(Permission.GIVING_READ)
    gift = work.get(Gift, gift_id, "There is no such gift.")
    receipt = queries.live_receipt(work.session, gift_id)
    splits = [SplitRow(fund_id=one.fund_id, fund=one.name, amount=one.amount) for one in _splits(work, gift_id)]
    credited = [
        SoftCreditRow(**credit.model_dump(include={"id", "constituent_id", "role", "amount"}), name=name)
        for credit, name in queries.soft_credits(work.session, gift_id)
    ]
    names = queries.display_names(work.session, [gift.constituent_id, gift.notify_constituent_id or 0])
    return GiftFull(
        **gift.model_dump(include=FULL),
        name=names.get(gift.constituent_id, ""),
        fund=", ".join(split.fund for split in splits),
        campaign=_name(work, Campaign, gift.campaign_id),
        appeal=_name(work, Appeal, gift.appeal_id),
        batch=_name(work, GiftBatch, gift.batch_id),
        notify_name=names.get(gift.notify_constituent_id or 0, ""),
        net=(gift.paid or 0) - (0 if gift.fee_covered else gift.fee),
        soft=queries.soft_sums(work.session, [gift_id]).get(gift_id, 0),
        replaced_by_id=queries.replacement_of(work.session, gift_id),
        receipt_id=receipt.id if receipt else None,
        receipt_label=receipt.label if receipt else "",
        splits=splits,
        soft_credits=credited,
        payments=_ledger(work, gift),
        twins=[twin for twin in _twins(work, gift) if twin.gift_id != gift_id],
    )


def draft_of(work: Work, gift_id: int) -> GiftDraft:
    """The gift as a draft, to correct it from."""
    gift = work.get(Gift, gift_id)
    kept = gift.model_dump(include={name for name in GiftDraft.model_fields if name in Gift.model_fields})
    parts = [SplitDraft(fund_id=one.fund_id, amount=one.amount) for one in _splits(work, gift_id)]
    return GiftDraft(**kept | {"status": "received", "receiptable": None, "splits": parts})


def _splits(work: Work, gift_id: int) -> list:
    return queries.splits(work.session, gift_id)


def _twins(work: Work, gift: Gift) -> list:
    draft = GiftDraft(
        constituent_id=gift.constituent_id, amount=gift.amount, given_on=gift.given_on, reference=gift.reference
    )
    return twins_of(work, gift.constituent_id, gift.amount, draft)


def _ledger(work: Work, gift: Gift) -> list[PaymentRow]:
    """The rows so far; a gift that came in bulk shows the one it would begin with."""
    gift_id, rows, balance = gift.id, [], 0
    kept = queries.payments(work.session, gift_id)
    if not kept and gift.paid:
        return [
            PaymentRow(
                id=0,
                kind="payment",
                amount=gift.paid,
                balance=gift.paid,
                paid_on=gift.given_on,
                method=gift.method,
                reference=gift.reference,
                note="as it came in",
                by=gift.created_by,
            )
        ]
    for row in kept:
        balance += row.amount
        kept = row.model_dump(include=set(PaymentRow.model_fields))
        rows.append(PaymentRow(**kept, balance=balance))
    return rows


def _name(work: Work, table: type, row_id: int | None) -> str:
    return work.get(table, row_id).name if row_id else ""
