"""Gifts: recorded in parts that sum, corrected by reversal, with totals that follow from the ledger."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from crm_app.core.access import Actor, Role
from crm_app.core.errors import Invalid, NotAllowed
from crm_app.core.work import Work, open_work
from crm_app.features.giving import service
from crm_app.features.giving.models import Gift, GiftSplit, Payment, SoftCredit
from crm_app.features.giving.schemas import CodingDraft, GiftDraft, SoftCreditDraft, SplitDraft
from tests.features.giving.people import fund, person


def splits_of(work: Work, gift_id: int) -> list[int]:
    return list(work.session.execute(select(GiftSplit.amount).where(GiftSplit.gift_id == gift_id)).scalars())


def test_a_gift_needs_only_who_and_how_much(work: Work) -> None:
    gift = work.get(Gift, service.record_gift(work, GiftDraft(constituent_id=person(work), amount=5000)))
    assert (gift.status, gift.paid, gift.receiptable, gift.currency) == ("received", 5000, 5000, "USD")
    assert splits_of(work, gift.id) == [5000]
    assert gift.thanks == "due"


def test_splits_by_percent_and_amount_sum_to_the_gift(work: Work) -> None:
    a, b, c = (fund(work, code) for code in ("A", "B", "C"))
    draft = GiftDraft(
        constituent_id=person(work),
        amount=10001,
        splits=[
            SplitDraft(fund_id=a, percent=Decimal("33.3")),
            SplitDraft(fund_id=b, amount=2000),
            SplitDraft(fund_id=c),
        ],
    )
    assert splits_of(work, service.record_gift(work, draft)) == [3330, 2000, 4671]


def test_splits_that_do_not_sum_say_what_is_missing(work: Work) -> None:
    draft = GiftDraft(constituent_id=person(work), amount=10000, splits=[SplitDraft(fund_id=fund(work, "A"), amount=1)])
    with pytest.raises(service.SplitsDoNotSum) as caught:
        service.record_gift(work, draft)
    assert caught.value.data["left"] == 9999
    assert "$99.99 is left over" in caught.value.message


def test_refund_leaves_the_gift_and_takes_the_money(work: Work) -> None:
    gift_id = service.record_gift(work, GiftDraft(constituent_id=person(work), amount=10000, benefit=4000))
    service.refund(work, gift_id, 2500, reason="Paid twice")
    gift = work.get(Gift, gift_id)
    assert (gift.amount, gift.paid, gift.receiptable, gift.status) == (10000, 7500, 3500, "partly_refunded")
    with pytest.raises(service.NotSoMuch):
        service.refund(work, gift_id, 7501)
    service.refund(work, gift_id, 7500, kind="chargeback")
    assert (gift.paid, gift.status) == (0, "charged_back")


def test_partial_payments_add_up(work: Work) -> None:
    gift_id = service.record_gift(work, GiftDraft(constituent_id=person(work), amount=10000, status="pending"))
    service.pay(work, gift_id, 4000)
    assert work.get(Gift, gift_id).status == "part_paid"
    service.pay(work, gift_id, 6000)
    assert (work.get(Gift, gift_id).status, work.get(Gift, gift_id).paid) == ("received", 10000)


def test_correction_reverses_and_keeps_both(work: Work) -> None:
    maya, paul = person(work), person(work, "Paul Weber")
    wrong = service.record_gift(work, GiftDraft(constituent_id=maya, amount=5000, external_source="x", external_id="1"))
    right = service.correct(work, wrong, GiftDraft(constituent_id=paul, amount=5500), "Wrong donor")
    old, new = work.get(Gift, wrong), work.get(Gift, right)
    assert (old.status, old.paid, old.amount, old.thanks) == ("corrected", 0, 5000, "none")
    assert (new.replaces_gift_id, new.paid) == (wrong, 5500)
    with pytest.raises(Invalid):
        service.correct(work, wrong, GiftDraft(constituent_id=paul, amount=5500), "Again")


def test_transfer_shows_in_both_ledgers(work: Work) -> None:
    maya = person(work)
    first, second = (service.record_gift(work, GiftDraft(constituent_id=maya, amount=5000)) for _ in "ab")
    service.transfer(work, first, second, 1000)
    assert (work.get(Gift, first).paid, work.get(Gift, second).paid) == (4000, 6000)


def test_a_gift_that_came_in_bulk_gets_its_first_row_when_money_moves(work: Work) -> None:
    gift = Gift(
        constituent_id=person(work), given_on=date(2026, 1, 2), amount=900, currency="USD",
        created_at=work.now, updated_at=work.now,
    )  # fmt: skip
    work.add(gift)
    assert gift.paid == 900
    service.refund(work, gift.id, 400)
    rows = work.session.execute(select(Payment.amount).where(Payment.gift_id == gift.id).order_by(Payment.id))
    assert list(rows.scalars()) == [900, -400]
    assert gift.paid == 500


def test_soft_credits_stand_apart(work: Work) -> None:
    maya, sam = person(work), person(work, "Sam Lee")
    draft = GiftDraft(constituent_id=maya, amount=5000, soft_credits=[SoftCreditDraft(constituent_id=sam)])
    gift_id = service.record_gift(work, draft)
    credit = work.session.execute(select(SoftCredit).where(SoftCredit.gift_id == gift_id)).scalars().one()
    assert (credit.amount, credit.role) == (5000, "influencer")


def test_twins_are_seen_before_they_are_entered(work: Work) -> None:
    maya = person(work)
    first = GiftDraft(constituent_id=maya, amount=5000, given_on=date(2026, 3, 1), reference="1077")
    service.record_gift(work, first)
    near = first.model_copy(update={"given_on": date(2026, 3, 4), "reference": ""})
    assert [twin.why for twin in service.twins_of(work, maya, 5000, near)] == ["same amount, near day"]
    assert [twin.why for twin in service.twins_of(work, maya, 7000, first)] == ["same reference"]
    assert service.twins_of(work, maya, 7000, near) == []


def test_recoding_leaves_money_alone(work: Work) -> None:
    gift_id = service.record_gift(work, GiftDraft(constituent_id=person(work), amount=5000))
    service.recode(work, gift_id, CodingDraft(note="Handed over at the fair"))
    assert (work.get(Gift, gift_id).note, work.get(Gift, gift_id).paid) == ("Handed over at the fair", 5000)


def test_viewers_may_not_record(db) -> None:
    with open_work(db, Actor.of(1, "Vera", Role.VIEWER)) as work, pytest.raises(NotAllowed):
        service.record_gift(work, GiftDraft(constituent_id=1, amount=1))
