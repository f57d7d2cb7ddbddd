"""The frame: the numbers of the menu, and the letters that go places."""

import pytest

from crm_app.core.access import Actor, Permission, Role
from crm_app.core.database import Database
from crm_app.core.work import open_work
from crm_app.ui import shell
from crm_app.ui.page import Page
from crm_app.ui.shell import Count, _counts, _letters


def entry(route: str, words: str) -> Page:
    return Page(route, words, lambda: None, None, (), (words, 0), False)


def test_each_page_has_a_letter_of_its_own():
    letters = _letters([entry("/", "Home"), entry("/households", "Households"), entry("/people", "People")])
    assert letters == {"/": "h", "/households": "o", "/people": "p"}


def test_counts_are_shown_only_to_those_who_may_see_them(db: Database, monkeypatch: pytest.MonkeyPatch):
    counts = {
        "/people": Count(lambda _work: 48_112, Permission.PEOPLE_READ, "people"),
        "/duplicates": Count(lambda _work: 212, Permission.MERGE, "pairs"),
        "/events": Count(lambda _work: 0, None, "events"),
    }
    monkeypatch.setattr(shell, "COUNTS", counts)
    with open_work(db, Actor.of(None, "Vera Viewer", Role.VIEWER), write=False) as work:
        assert _counts(work) == {"/people": "48,112"}
