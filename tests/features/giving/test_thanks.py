"""The thank-you board: late after two days, taken, drafted, said or waived."""

from datetime import timedelta

import pytest

from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.errors import Invalid
from crm_app.core.work import Work, open_work
from crm_app.features.giving import service
from crm_app.features.giving.models import Gift
from crm_app.features.giving.schemas import GiftDraft
from tests.features.giving.people import person


def gift(work: Work, amount: int = 5000, **more) -> int:
    return service.record_gift(work, GiftDraft(constituent_id=person(work), amount=amount, **more))


def test_a_gift_is_late_after_two_days(db: Database, admin: Actor, work: Work) -> None:
    one = gift(work)
    assert [(row.id, row.late) for row in service.board(work)] == [(one, False)]
    work.now += timedelta(hours=49)
    assert [row.late for row in service.board(work)] == [True]


def test_the_way_follows_the_amount_and_what_we_know(work: Work) -> None:
    for amount in (5000, 30000, 200000):
        gift(work, amount)
    assert [row.way for row in service.board(work)] == ["letter", "letter", "call"]
    assert [row.first_gift for row in service.board(work)] == [True, True, True]


def test_thanked_gifts_leave_the_board_and_come_back_on_undo(work: Work) -> None:
    one = gift(work)
    service.take(work, one)
    assert service.board(work)[0].assigned_name == "Ada Administrator"
    assert "$50.00" in service.draft(work, one).text
    service.keep_draft(work, one, "Dear Maya, thank you!")
    assert service.draft(work, one).text == "Dear Maya, thank you!"
    service.done(work, one, "card")
    assert service.board(work) == []
    assert work.get(Gift, one).thanks == "sent"
    with pytest.raises(service.ThankedAlready):
        service.done(work, one)
    service.undo_thanks(work, one)
    assert service.count_waiting(work) == 1


def test_waiving_asks_why(work: Work) -> None:
    one = gift(work)
    with pytest.raises(Invalid):
        service.waive(work, one, "")
    service.waive(work, one, "Asked for no letters")
    assert (service.count_waiting(work), work.get(Gift, one).thanks) == (0, "not_wanted")


def test_nothing_is_thanked_before_it_is_paid(db: Database, admin: Actor) -> None:
    with open_work(db, admin) as work:
        gift(work, status="pending")
        assert service.board(work) == []
