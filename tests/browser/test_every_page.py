"""Every page on the map: no accessibility violation, light and dark and on a phone, and nothing beyond the keyboard."""

from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page

from crm_app.core.access import Role
from crm_app.crm_app import app  # noqa: F401  (draws the map)
from crm_app.ui.page import MAP
from tests.browser.conftest import Visit

ROUTES = sorted(route for route in MAP if "[" not in route)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
OUT_OF_REACH = """() => {
  const seen = (e) => e.checkVisibility({checkVisibilityCSS: true, checkOpacity: true}) && e.getClientRects().length;
  const reach = 'a[href], button, input, select, textarea, summary, label, [tabindex], option, [role=option], [role=row]';
  return [...document.querySelectorAll('#content *')]
    .filter((e) => seen(e) && getComputedStyle(e).cursor === 'pointer' && !e.closest(reach))
    .map((e) => e.outerHTML.slice(0, 120)).slice(0, 5);
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page: Page) -> list[dict[str, Any]]:
    found = Axe().run(page, options=RULES)["violations"]
    return [
        {"rule": one["id"], "what": one["help"], "where": [node["html"][:160] for node in one["nodes"][:3]]}
        for one in found
    ]


@pytest.mark.parametrize("route", ROUTES)
def test_the_page_is_for_everyone(visit: Visit, route: str):
    page = visit(route, Role.ADMINISTRATOR)
    assert page.locator("#content h1").count() == 1, "a page has one title"
    assert violations(page) == []
    assert page.evaluate(OUT_OF_REACH) == [], "what can be pressed can be reached by the keyboard"
    page.emulate_media(color_scheme="dark")
    page.locator("html.dark").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("route", ROUTES)
def test_the_page_fits_a_phone(visit: Visit, route: str):
    page = visit(route, Role.ADMINISTRATOR, width=360, height=740)
    assert page.evaluate(SIDEWAYS) <= 0, "nothing scrolls sideways"
    assert violations(page) == []
