"""Tabs for journeys: each test gets fresh ones, signed in as whom it names."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from crm_app.core.access import Role
from tests.browsing import PATIENCE, Server, chromium

Visit = Callable[..., Page]
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    """`visit("/people", Role.VIEWER)`: a new signed-in tab, once the page knows who is there."""
    contexts: list[Any] = []

    def go(path: str, role: Role | None = Role.ADMINISTRATOR, *, width: int = 1280, height: int = 860) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if role:
            context.add_cookies([{"name": "crm_session", "value": server.cookie(role), "url": server.url}])
        page = context.new_page()
        page.goto(server.url + path)
        if role:
            ready(page)
        return page

    yield go
    for context in contexts:
        context.close()


def ready(page: Page) -> None:
    """The page has talked to the server: what is clicked from now on is heard."""
    page.locator("[data-here=yes]").first.wait_for(state="attached")
