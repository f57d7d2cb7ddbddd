"""What features put on the desk is shown to those who may see it, the nearest first."""

import pytest

from crm_app.core.access import Actor, Permission, Role
from crm_app.core.database import Database
from crm_app.core.work import Work, open_work
from crm_app.ui import desk


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "FIGURES", [])
    monkeypatch.setattr(desk, "QUEUES", [])
    monkeypatch.setattr(desk, "_known", {})


def test_four_numbers_at_most_by_their_order_without_the_empty(work: Work):
    for n in range(6):
        desk.figure(f"figure {n}", lambda _work, n=n: str(n) if n else "", to="/", order=-n)
    assert [words for _, words, _ in desk.figures(work)] == ["figure 5", "figure 4", "figure 3", "figure 2"]


def test_a_queue_says_one_or_many_and_is_gone_when_empty(work: Work):
    desk.waiting("pair", "pairs", lambda _work: 1, to="/duplicates")
    desk.waiting("gift", "gifts", lambda _work: 3, to="/thanks")
    desk.waiting("offer", "offers", lambda _work: 0, to="/events")
    assert desk.queues(work) == [(1, "pair", "/duplicates"), (3, "gifts", "/thanks")]


def test_nobody_sees_a_number_of_what_they_may_not_see(db: Database):
    desk.figure("given", lambda _work: "$4,310", to="/gifts", needs=Permission.GIVING_READ)
    with open_work(db, Actor.of(None, "Vera Viewer", Role.VIEWER), write=False) as work:
        assert desk.figures(work) == []
