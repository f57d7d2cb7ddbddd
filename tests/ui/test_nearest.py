"""Which entry of the menu is lit."""

import pytest

from crm_app.ui import shell
from crm_app.ui.page import Page
from crm_app.ui.shell import _nearest


@pytest.fixture(autouse=True)
def _map(monkeypatch: pytest.MonkeyPatch) -> None:
    routes = ("/", "/giving", "/giving/thanks", "/people")
    pages = {route: Page(route, route, lambda: None, None, (), (route, 0), False) for route in routes}
    monkeypatch.setattr(shell, "MAP", pages)


@pytest.mark.parametrize(
    ("route", "lit"),
    [
        ("/", "/"),
        ("/giving/gifts/[gift]", "/giving"),
        ("/giving/thanks", "/giving/thanks"),
        ("/people/new", "/people"),
        ("/peoples", ""),
        ("/account", ""),
    ],
)
def test_only_the_nearest_entry_is_lit(route: str, lit: str):
    assert _nearest(route) == lit
