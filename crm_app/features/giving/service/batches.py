"""Batches: rows are kept at once but count only when the batch is posted and agrees with its control total."""

import sqlalchemy as sa

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.engine import ledger
from crm_app.features.giving import queries
from crm_app.features.giving.models import Gift, GiftBatch, GiftSplit, SoftCredit
from crm_app.features.giving.schemas import BatchDraft, BatchFull, BatchLine, BatchRow, GiftDraft
from crm_app.features.giving.service.gifts import change_pending, record_gift, twins_of
from crm_app.features.giving.service.ledger import move


class BatchPosted(Invalid):
    message = "This batch is posted: its gifts are corrected one by one now."


class DoesNotBalance(Invalid):
    """What was typed is not what was expected; `count` and `total` say by how much (typed less expected)."""


def open_batch(work: Work, draft: BatchDraft) -> int:
    work.require(Permission.GIVING_EDIT)
    if not draft.name.strip():
        raise Invalid(fields={"name": "Please give the batch a name, such as Monday's post."})
    kept = draft.model_dump(exclude={"currency", "defaults"})
    batch = work.add(
        GiftBatch(
            **kept,
            currency=draft.currency or queries.organization(work.session).currency,
            defaults=history.plain(draft.defaults),
            opened_by=work.actor.name,
            created_at=work.now,
        )
    )
    history.record(work, "gift_batch", batch.id, "opened", after=draft.model_dump(mode="json"))
    work.tell("giving")
    return batch.id


def change_batch(work: Work, batch_id: int, draft: BatchDraft) -> None:
    """Another name, control total or default."""
    batch = _open(work, batch_id)
    before = {name: getattr(batch, name) for name in ("name", "expected_count", "expected_total", "defaults")}
    after = history.plain(draft.model_dump(include=set(before)))
    for name, value in after.items():
        setattr(batch, name, value)
    history.record(work, "gift_batch", batch_id, "edited", before=before, after=after)
    work.tell(f"batch:{batch_id}")


def add_row(work: Work, batch_id: int, draft: GiftDraft) -> BatchLine:
    """Keep one row; it is a gift that is expected until the batch is posted."""
    batch = _open(work, batch_id)
    wanted = {"batch_id": batch_id, "status": ledger.PENDING, "currency": batch.currency}
    gift_id = record_gift(work, draft.model_copy(update=wanted))
    work.tell(f"batch:{batch_id}")
    return _line(work, batch_id, gift_id)


def change_row(work: Work, batch_id: int, gift_id: int, draft: GiftDraft) -> BatchLine:
    batch = _open(work, batch_id)
    wanted = {"batch_id": batch_id, "status": ledger.PENDING, "currency": batch.currency}
    change_pending(work, _row(work, batch_id, gift_id), draft.model_copy(update=wanted))
    work.tell(f"batch:{batch_id}")
    return _line(work, batch_id, gift_id)


def remove_row(work: Work, batch_id: int, gift_id: int) -> None:
    """Take a row out before it counts; history keeps what it was."""
    _open(work, batch_id)
    gift = _row(work, batch_id, gift_id)
    before = gift.model_dump(mode="json", include={"constituent_id", "amount", "given_on", "reference"})
    history.record(work, "gift", gift.id, "taken out", before=before, constituent_id=gift.constituent_id)
    for table in (GiftSplit, SoftCredit):
        work.session.execute(sa.delete(table).where(table.gift_id == gift.id))
    work.session.delete(gift)
    work.session.flush()
    work.tell(f"batch:{batch_id}", "giving")


def post_batch(work: Work, batch_id: int, *, anyway: str = "") -> int:
    """Make the rows count. A batch that does not balance needs a reason to be posted `anyway`."""
    batch = _open(work, batch_id)
    count, total = queries.batch_sums(work.session, [batch_id]).get(batch_id, (0, 0))
    if not count:
        raise Invalid("There is nothing in this batch yet.")
    over = (count - (batch.expected_count or count), total - _or(batch.expected_total, total))
    if over != (0, 0) and not anyway.strip():
        raise DoesNotBalance("What was typed is not what was expected.", count=over[0], total=over[1])
    for gift, *_ in queries.lines(work.session, batch_id):
        move(work, gift, ledger.PAYMENT, gift.amount, on=gift.given_on, reference=gift.reference)
    batch.status, batch.posted_at, batch.posted_by = "posted", work.now, work.actor.name
    history.record(work, "gift_batch", batch_id, "posted", after={"count": count, "total": total}, note=anyway)
    work.tell("giving", f"batch:{batch_id}")
    return count


def list_batches(work: Work) -> list[BatchRow]:
    work.require(Permission.GIVING_READ)
    rows = queries.batches(work.session)
    sums = queries.batch_sums(work.session, [row.id for row in rows])
    return [BatchRow(**_shown(row, sums.get(row.id, (0, 0)))) for row in rows]


def show_batch(work: Work, batch_id: int) -> BatchFull:
    work.require(Permission.GIVING_READ)
    batch = work.get(GiftBatch, batch_id, "There is no such batch.")
    sums = queries.batch_sums(work.session, [batch_id]).get(batch_id, (0, 0))
    lines = [line_of(row) for row in queries.lines(work.session, batch_id)]
    return BatchFull(**_shown(batch, sums), defaults=batch.defaults, lines=lines)


def line_of(row: tuple[Gift, str, int | None, str | None]) -> BatchLine:
    gift, name, fund_id, fund = row
    kept = {"id", "constituent_id", "amount", "given_on", "method", "kind", "reference", "note"}
    return BatchLine(**gift.model_dump(include=kept), name=name, fund_id=fund_id, fund=fund or "")


def _line(work: Work, batch_id: int, gift_id: int) -> BatchLine:
    line = next(line_of(row) for row in queries.lines(work.session, batch_id) if row[0].id == gift_id)
    kept = line.model_dump(include={"constituent_id", "amount", "given_on", "reference"})
    twins = twins_of(work, line.constituent_id, line.amount, GiftDraft(**kept))
    others = [twin for twin in twins if twin.gift_id != gift_id]
    line.twin = f"{others[0].why}: {others[0].given_on:%-d %b %Y}" if others else ""
    return line


def _shown(batch: GiftBatch, sums: tuple[int, int]) -> dict:
    return batch.model_dump(exclude={"defaults"}) | {"count": sums[0], "total": sums[1]}


def _open(work: Work, batch_id: int) -> GiftBatch:
    work.require(Permission.GIVING_EDIT)
    batch = work.get(GiftBatch, batch_id, "There is no such batch.")
    if batch.status != "open":
        raise BatchPosted
    return batch


def _row(work: Work, batch_id: int, gift_id: int) -> Gift:
    gift = work.get(Gift, gift_id)
    if gift.batch_id != batch_id or gift.status != ledger.PENDING:
        raise Invalid("This row is not in this batch any more.")
    return gift


def _or(expected: int | None, typed: int) -> int:
    return typed if expected is None else expected
