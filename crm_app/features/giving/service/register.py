"""The register of receipts as it is read."""

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.giving import queries
from crm_app.features.giving.models import Receipt
from crm_app.features.giving.schemas import ReceiptFull, ReceiptRow


def count_receipts(work: Work, *, year: int | None = None, status: str = "", text: str = "") -> int:
    work.require(Permission.GIVING_READ)
    return queries.count_receipts(work.session, year, status, text)


def list_receipts(
    work: Work, *, year: int | None = None, status: str = "", text: str = "", first: int = 0, size: int = 60
) -> list[ReceiptRow]:
    """A window of the register, the newest first; void ones stay in it."""
    work.require(Permission.GIVING_READ)
    rows = queries.receipts(work.session, year, status, text, first, size)
    return [ReceiptRow(**row.model_dump(include=set(ReceiptRow.model_fields))) for row in rows]


def show_receipt(work: Work, receipt_id: int) -> ReceiptFull:
    work.require(Permission.GIVING_READ)
    row = work.get(Receipt, receipt_id, "There is no such receipt.")
    kept = row.model_dump(include=set(ReceiptFull.model_fields))
    return ReceiptFull(**kept, replaces=_label(work, row.replaces_id), replaced_by=_label(work, row.replaced_by_id))


def receipt_years(work: Work) -> list[int]:
    work.require(Permission.GIVING_READ)
    return queries.receipt_years(work.session)


def _label(work: Work, receipt_id: int | None) -> str:
    return work.get(Receipt, receipt_id).label if receipt_id else ""
