"""The palette finds what the actor may see."""

import pytest

from crm_app.core.access import Actor, Permission, Role
from crm_app.core.database import Database
from crm_app.core.work import Work, open_work
from crm_app.ui import palette
from crm_app.ui.palette import Deed, Hit, find


@pytest.fixture
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    def people(_work: Work, text: str) -> list[Hit]:
        return [Hit(f"{text} {n}", f"/people/{n}") for n in range(20)]

    monkeypatch.setattr(palette, "PROVIDERS", {"People": (people, Permission.PEOPLE_READ)})
    monkeypatch.setattr(palette, "DEEDS", [Deed("Invite somebody", "/settings/users", Permission.USERS_EDIT)])


def groups(lines: list[palette.Line]) -> list[str]:
    return [line["group"] for line in lines if line["group"]]


@pytest.mark.usefixtures("_known")
def test_people_come_first_and_are_few(work: Work):
    lines = find(work, "maria")
    assert groups(lines)[0] == "People"
    assert len([line for line in lines if line["href"].startswith("/people/")]) == palette.MOST


@pytest.mark.usefixtures("_known")
def test_one_letter_asks_no_provider(work: Work):
    assert "People" not in groups(find(work, "m"))


@pytest.mark.usefixtures("_known")
def test_words_of_a_deed_may_come_in_any_order(work: Work):
    assert [line["title"] for line in find(work, "somebody inv") if line["href"] == "/settings/users"] == [
        "Invite somebody"
    ]


@pytest.mark.usefixtures("_known")
def test_a_role_without_the_permission_is_offered_neither_people_nor_deeds(db: Database):
    with open_work(db, Actor.of(None, "Dora Door", Role.DOOR), write=False) as work:
        assert {"People", "Do"} & set(groups(find(work, "maria"))) == set()
        assert [line for line in find(work, "invite") if line["href"] == "/settings/users"] == []
