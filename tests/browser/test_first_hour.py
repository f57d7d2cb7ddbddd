"""The first minute of a new house: one link, one question, a world to look around in."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import ready
from tests.browsing import PATIENCE, Server


@pytest.fixture
def new_house(tmp_path: Path, server: Server):
    """A server that has never been opened, with the pages that are built."""
    from crm_app.core.database import Database
    from crm_app.core.migrations import migrate

    server.stop()  # the pages are built for its port
    base = Database(f"sqlite:///{tmp_path / 'commonplace.db'}")
    migrate(base)
    made = Server(tmp_path, server.port, base, arguments=("--no-build",))
    made.start()
    yield made
    made.stop()
    base.dispose()
    server.start()


def test_the_printed_link_makes_an_administrator_who_looks_around_the_demo_world(new_house: Server, browser: Browser):
    log = (new_house.data / "server.log").read_text()
    link = re.search(r"http://\S+/join/\S+", log)
    assert link
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(link[0])
    page.get_by_label("Your name").fill("Ada Okafor")
    page.get_by_label("E-mail").fill("ada@example.org")
    page.get_by_label("Choose a password").fill("three grey herons")
    page.get_by_role("button", name="Come in").click()
    ready(page)
    page.get_by_role("link", name="Bring in a file").wait_for()
    page.get_by_role("button", name="Make the demo world").click()
    page.get_by_text("My tasks").wait_for()
    context.close()
