"""The gift for an expected day of a recurring gift; each day is answered once."""

from datetime import date

from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.giving import queries
from crm_app.features.giving.models import RecurringGift
from crm_app.features.giving.schemas import GiftDraft
from crm_app.features.giving.service.gifts import record_gift
from crm_app.features.giving.service.recurring import expected_of, settle_recurring


class NothingExpected(Invalid):
    """This day is not one on which something was expected, or it is answered already."""


def answer(work: Work, recurring_id: int, on: date | None = None, *, given_on: date | None = None) -> int:
    """Record the gift for an expected day (the earliest open one); each day is answered once."""
    work.require(Permission.GIVING_EDIT)
    row = work.get(RecurringGift, recurring_id)
    done = queries.answered(work.session, [row.id])[row.id]
    expected = [due for due in expected_of(work, row) if due.on not in done and on in (None, due.on)]
    if not expected:
        raise NothingExpected("Nothing is expected on that day, or it has come already.", on=on)
    due = expected[0]
    draft = GiftDraft(
        constituent_id=row.constituent_id,
        amount=due.amount,
        currency=row.currency,
        given_on=given_on or due.on,
        method=row.method,
        fund_id=row.fund_id,
        campaign_id=row.campaign_id,
        recurring_gift_id=row.id,
        occurrence_on=due.on,
    )
    gift_id = record_gift(work, draft)
    row.failures = 0
    if row.status == "failing":
        row.status, row.status_reason = "active", ""
    settle_recurring(work, row)
    return gift_id
