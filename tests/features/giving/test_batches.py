"""Batches: rows kept at once, counted only when the control total agrees."""

from datetime import date

import pytest
from sqlmodel import select

from crm_app.core.work import Work
from crm_app.features.giving import service
from crm_app.features.giving.models import Gift
from crm_app.features.giving.schemas import BatchDraft, GiftDraft
from tests.features.giving.people import person

DAY = date(2026, 3, 2)


def cheque(who: int, amount: int, number: str = "") -> GiftDraft:
    return GiftDraft(constituent_id=who, amount=amount, given_on=DAY, method="cheque", reference=number)


def test_rows_count_only_after_posting(work: Work) -> None:
    maya = person(work)
    batch = service.open_batch(work, BatchDraft(name="Monday", expected_count=2, expected_total=7500))
    service.add_row(work, batch, cheque(maya, 5000, "101"))
    line = service.add_row(work, batch, cheque(maya, 2000, "102"))
    assert [gift.paid for gift in work.session.execute(select(Gift)).scalars()] == [0, 0]
    with pytest.raises(service.DoesNotBalance) as caught:
        service.post_batch(work, batch)
    assert caught.value.data == {"count": 0, "total": -500}
    service.change_row(work, batch, line.id, cheque(maya, 2500, "102"))
    assert service.show_batch(work, batch).balanced
    assert service.post_batch(work, batch) == 2
    assert [(gift.paid, gift.status) for gift in work.session.execute(select(Gift).order_by(Gift.id)).scalars()] == [
        (5000, "received"),
        (2500, "received"),
    ]
    with pytest.raises(service.BatchPosted):
        service.add_row(work, batch, cheque(maya, 1))


def test_a_batch_may_be_posted_anyway_with_a_reason(work: Work) -> None:
    batch = service.open_batch(work, BatchDraft(name="Monday", expected_total=1))
    service.add_row(work, batch, cheque(person(work), 5000))
    assert service.post_batch(work, batch, anyway="The bank counted a coin twice") == 1


def test_a_twin_is_pointed_out_in_the_row(work: Work) -> None:
    maya = person(work)
    batch = service.open_batch(work, BatchDraft(name="Monday"))
    assert service.add_row(work, batch, cheque(maya, 5000)).twin == ""
    assert "same amount" in service.add_row(work, batch, cheque(maya, 5000)).twin


def test_a_row_taken_out_is_gone(work: Work) -> None:
    batch = service.open_batch(work, BatchDraft(name="Monday"))
    line = service.add_row(work, batch, cheque(person(work), 5000))
    service.remove_row(work, batch, line.id)
    assert service.show_batch(work, batch).count == 0
