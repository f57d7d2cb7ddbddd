"""An organizer builds a list from nothing: clauses, counts, undo, why somebody is out, a snapshot."""

from datetime import UTC, date, datetime

from crm_app.core.access import Role
from crm_app.core.work import Work
from crm_app.features.constituents.models import Constituent
from crm_app.features.giving.models import Gift
from tests.browser.conftest import Visit
from tests.browsing import Server

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PEOPLE = {"Nora Notebook": 90000, "Nils Notebook": 31000, "Nobody Notebook": 0}


def _world(work: Work) -> None:
    for name, amount in PEOPLE.items():
        person = work.add(Constituent(display_name=name, sort_name=name.lower(), created_at=NOW, updated_at=NOW))
        if amount:
            gift = {
                "given_on": date(2025, 5, 1),
                "amount": amount,
                "currency": "USD",
                "created_at": NOW,
                "updated_at": NOW,
            }
            work.add(Gift(constituent_id=person.id, **gift))


def test_a_list_is_built_from_nothing_and_explained(server: Server, visit: Visit):
    server.work(_world)
    page = visit("/notebooks", Role.FUNDRAISER)
    page.get_by_role("button", name="New notebook").or_(
        page.get_by_role("button", name="Start a notebook")
    ).first.click()
    page.get_by_role("button", name="+ Add a clause").click()
    page.get_by_role("searchbox", name="What do you want to know?").fill("name")
    page.get_by_role("list", name="What can be asked").get_by_role("button", name="Name", exact=False).first.click()
    builder = page.get_by_role("group", name="Change the clause")
    builder.get_by_label("Value", exact=True).fill("notebook")
    count = page.get_by_role("button", name="in People: show people")
    page.get_by_role("button", name="3 in People: show people").wait_for()
    builder.get_by_role("button", name="Done").click()

    page.get_by_role("button", name="+ Add a clause").click()
    page.get_by_role("searchbox", name="What do you want to know?").fill("gifts added")
    page.get_by_role("list", name="What can be asked").get_by_role(
        "button", name="Gifts added up Giving", exact=True
    ).click()
    builder.get_by_label("Value", exact=True).fill("500")
    page.get_by_role("button", name="1 in People: show people").wait_for()
    sentence = page.locator(".sentence").first
    assert "add up to $500 or more" in sentence.inner_text()

    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="2 in People: show people").wait_for()
    page.get_by_role("button", name="Redo").click()
    page.get_by_role("button", name="1 in People: show people").wait_for()

    page.get_by_role("button", name="Why is … in or out?").click()
    page.get_by_placeholder("Two letters of a name").fill("Nils")
    page.get_by_role("option", name="Nils Notebook").click()
    page.get_by_text("Nils Notebook is not in People: $310.").wait_for()
    page.get_by_role("button", name="Close").click()

    count.click()
    page.get_by_role("link", name="Nora Notebook").wait_for()


def test_a_viewer_reads_but_does_not_change(server: Server, visit: Visit):
    page = visit("/notebooks", Role.VIEWER)
    page.get_by_role("heading", name="Notebooks").wait_for()
    assert page.get_by_role("button", name="New notebook").count() == 0
