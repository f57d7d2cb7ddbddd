"""A person is added, found, edited, called and tagged in a real browser; two people edit at once."""

import re

from playwright.sync_api import Page, expect

from crm_app.core.access import Role
from tests.browser.conftest import Visit
from tests.browsing import PATIENCE


def add(page: Page, first: str, last: str, email: str = "") -> None:
    page.get_by_label("First name").fill(first)
    page.get_by_label("Last name").fill(last)
    if email:
        page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url(re.compile(r"/people/\d+"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{first} {last}", timeout=PATIENCE)


def test_a_person_is_added_found_and_opened(visit: Visit):
    page = visit("/people/new")
    add(page, "Zenobia", "Quartermain", "zenobia@quartermain.example")
    expect(page.get_by_role("link", name="zenobia@quartermain.example")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name="Constituents").first.click()
    page.get_by_label("Search people").fill("zen qua")
    page.get_by_role("grid").get_by_role("link", name="Zenobia Quartermain").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zenobia Quartermain", timeout=PATIENCE)


def test_somebody_who_is_here_is_shown_while_typing(visit: Visit):
    add(visit("/people/new"), "Ottoline", "Featherstone", "otto@featherstone.example")
    page = visit("/people/new")
    page.get_by_label("First name").fill("Ottoline")
    page.get_by_label("Last name").fill("Featherstone")
    page.get_by_role("link", name="Ottoline Featherstone").wait_for()


def test_a_call_is_logged_by_keyboard_and_stands_on_the_timeline(visit: Visit):
    page = visit("/people/new")
    add(page, "Perpetua", "Call")
    page.keyboard.press("l")
    page.get_by_label("What was said").fill("Will bring her sister")
    page.get_by_role("button", name=re.compile("Write down")).click()
    page.get_by_text("Will bring her sister").wait_for()


def test_two_who_edit_the_same_field_see_both(visit: Visit):
    mine = visit("/people/new")
    add(mine, "Clash", "Test")
    theirs = visit(mine.url.split("//", 1)[1].split("/", 1)[1].join(("/", "")), Role.STEWARD)
    mine.get_by_text("looking at this too").wait_for()
    for page, name in ((theirs, "Theirs"), (mine, "Mine")):
        page.get_by_role("button", name=re.compile("^Edit")).first.click()
        page.get_by_label("Called").fill(name)
    theirs.get_by_role("button", name=re.compile("^Save")).click()
    theirs.get_by_text("Theirs", exact=True).first.wait_for()
    mine.get_by_role("button", name=re.compile("^Save")).click()
    mine.get_by_role("alert").get_by_text("Theirs", exact=True).wait_for()
    mine.get_by_role("button", name="Keep mine").click()
    theirs.get_by_text("Mine", exact=True).first.wait_for()


def test_a_viewer_sees_and_cannot_change(visit: Visit):
    page = visit("/people", Role.VIEWER)
    expect(page.get_by_role("heading", level=1)).to_have_text("Constituents", timeout=PATIENCE)
    expect(page.get_by_role("link", name="Add a person")).to_have_count(0)
