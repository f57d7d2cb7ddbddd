"""Pledges and recurring gifts: filled oldest first, planned again without losing a payment, expected by the calendar."""

from datetime import UTC, date, datetime

import pytest

from crm_app.core.database import Database
from crm_app.core.errors import Invalid
from crm_app.core.work import Work, open_work
from crm_app.features.giving import service
from crm_app.features.giving.models import Pledge, RecurringGift
from crm_app.features.giving.schemas import ChangeDraft, GiftDraft, PlanDraft, PledgeDraft, RecurringDraft
from tests.features.giving.people import person

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def now(db: Database, admin):
    """A work on 10 March 2026."""
    with open_work(db, admin, now=NOON) as opened:
        yield opened


def pledge(work: Work, **more) -> int:
    draft = {"constituent_id": person(work), "amount": 120000, "times": 12, "first_on": date(2026, 1, 5)}
    return service.make_pledge(work, PledgeDraft(**draft | more))


def paid(work: Work, pledge_id: int, amount: int) -> int:
    who = work.get(Pledge, pledge_id).constituent_id
    return service.record_gift(work, GiftDraft(constituent_id=who, amount=amount, pledge_id=pledge_id))


def states(work: Work, pledge_id: int) -> list[str]:
    return [due.state for due in service.show_pledge(work, pledge_id).dues]


def test_payments_fill_the_oldest_installment(now: Work) -> None:
    promise = pledge(now)
    gift = paid(now, promise, 15000)
    assert states(now, promise)[:4] == ["paid", "overdue", "due", "scheduled"]
    shown = service.show_pledge(now, promise)
    assert (shown.paid, shown.left, shown.overdue, shown.next_on) == (15000, 105000, 5000, date(2026, 2, 5))
    service.refund(now, gift, 15000)
    assert service.show_pledge(now, promise).paid == 0


def test_what_is_shown_before_is_what_is_kept(now: Work) -> None:
    promise = pledge(now)
    paid(now, promise, 15000)
    plan = PlanDraft(times=3, first_on=date(2026, 4, 1))
    preview = service.preview_plan(now, promise, plan)
    service.replan(now, promise, plan)
    after = service.show_pledge(now, promise)
    assert [(due.on, due.amount, due.paid) for due in after.dues] == [(due.on, due.amount, due.paid) for due in preview]
    assert (after.paid, after.amount, sum(due.amount for due in after.dues)) == (15000, 120000, 120000)


def test_a_pledge_cannot_become_less_than_what_is_paid(now: Work) -> None:
    promise = pledge(now)
    paid(now, promise, 15000)
    with pytest.raises(service.TooLittle):
        service.replan(now, promise, PlanDraft(amount=14999))


def test_writing_off_keeps_the_promise_in_sight(now: Work) -> None:
    promise = pledge(now)
    paid(now, promise, 20000)
    with pytest.raises(Invalid):
        service.write_off(now, promise, "")
    service.write_off(now, promise, "Moved abroad", 30000)
    shown = service.show_pledge(now, promise)
    assert (shown.written_off, shown.left, shown.status) == (30000, 70000, "open")
    service.write_off(now, promise, "Moved abroad")
    shown = service.show_pledge(now, promise)
    assert (shown.paid, shown.written_off, shown.left, shown.status) == (20000, 100000, 0, "written_off")


def test_a_pledge_paid_in_full_is_completed_and_opens_again_when_money_goes_back(now: Work) -> None:
    promise = pledge(now, times=1)
    gift = paid(now, promise, 120000)
    assert now.get(Pledge, promise).status == "completed"
    service.refund(now, gift, 100)
    assert now.get(Pledge, promise).status == "open"


def monthly(work: Work, **more) -> int:
    draft = {"constituent_id": person(work), "amount": 2000, "starts_on": date(2026, 1, 31), "day": 31}
    return service.start_recurring(work, RecurringDraft(**draft | more))


def test_every_expected_day_is_answered_once(now: Work) -> None:
    gift = monthly(now)
    assert now.get(RecurringGift, gift).next_on == date(2026, 1, 31)
    service.answer(now, gift, date(2026, 2, 28))
    assert now.get(RecurringGift, gift).next_on == date(2026, 1, 31)
    with pytest.raises(service.NothingExpected):
        service.answer(now, gift, date(2026, 2, 28))
    service.answer(now, gift)
    assert now.get(RecurringGift, gift).next_on == date(2026, 3, 31)


def test_a_reversed_answer_is_due_again(now: Work) -> None:
    gift = monthly(now)
    answered = service.answer(now, gift)
    service.remove(now, answered, "Bounced")
    assert now.get(RecurringGift, gift).next_on == date(2026, 1, 31)


def test_nothing_is_expected_in_a_pause(now: Work) -> None:
    gift = monthly(now)
    service.answer(now, gift)
    service.answer(now, gift)
    service.pause_recurring(now, gift, date(2026, 5, 15), "Out of work", from_on=date(2026, 3, 1))
    row = now.get(RecurringGift, gift)
    assert (row.status, row.next_on) == ("paused", date(2026, 5, 31))


def test_upgrades_are_logged_in_value_a_year(now: Work) -> None:
    gift = monthly(now)
    service.change_recurring(now, gift, ChangeDraft(amount=3000, from_on=date(2026, 4, 1), reason="Asked in June"))
    shown = service.show_recurring(now, gift)
    assert [(shift.kind, shift.before, shift.after) for shift in shown.shifts] == [
        ("began", 0, 24000),
        ("upgrade", 24000, 36000),
    ]
    assert (shown.amount, shown.words) == (2000, "monthly on the last day")


def test_the_forecast_adds_what_recurs_and_what_is_pledged(now: Work) -> None:
    monthly(now)
    pledge(now)
    months = service.forecast(now, 3)
    assert [(row.recurring, row.pledged) for row in months] == [(2000, 0), (2000, 10000), (2000, 10000)]


def test_failing_and_ending_say_why(now: Work) -> None:
    gift = monthly(now)
    service.failed(now, gift, "Card expired")
    assert now.get(RecurringGift, gift).status == "failing"
    service.answer(now, gift)
    assert (now.get(RecurringGift, gift).status, now.get(RecurringGift, gift).failures) == ("active", 0)
    with pytest.raises(Invalid):
        service.end_recurring(now, gift, " ")
    service.end_recurring(now, gift, "No longer interested")
    assert (now.get(RecurringGift, gift).status, now.get(RecurringGift, gift).next_on) == ("ended", date(2026, 2, 28))
