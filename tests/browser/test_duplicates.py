"""A steward's journey: a pair is decided by keys, a wrong merge is undone."""

from random import choice

from playwright.sync_api import expect

from crm_app.core.work import Work
from crm_app.features.constituents.service import create
from crm_app.features.duplicates import service
from tests.browser.conftest import Visit
from tests.browsing import Server
from tests.features.duplicates.conftest import person


def two_written_twice(work: Work) -> None:
    """Names nobody else has: other journeys fill the same house."""
    new = "".join(choice("bdfgklmnprst") + choice("aeiou") for _ in range(3))
    for last, street in ((f"Okonkwo{new}", "14 Oak Lane"), (f"Zwierzynski{new}", "99 River Road")):
        for first in ("Maria", "Mary"):
            create(work, person(first, last, f"m.{last.lower()}7@example.net", "", street))
    service.rebuild(work)
    service.find_all(work)


def test_a_steward_decides_by_keys_and_undoes_a_wrong_merge(visit: Visit, server: Server):
    server.work(two_written_twice)
    page = visit("/duplicates")
    expect(page.get_by_role("heading", name="The same person?")).to_be_visible()
    first = page.get_by_role("columnheader").nth(1)
    expect(first).to_contain_text("Kept")
    before = first.inner_text()
    page.keyboard.press("m")
    expect(page.get_by_text("became part of").first).to_be_visible()
    expect(page.get_by_role("columnheader").nth(1)).not_to_have_text(before, use_inner_text=True)
    page.keyboard.press("n")
    expect(page.get_by_text("Remembered: not the same").first).to_be_visible()
    page.get_by_role("group", name="Which pairs").get_by_role("button", name="Decided").click()
    expect(page.get_by_role("listitem").filter(has_text="are not the same")).to_be_visible()
    page.get_by_role("button", name="Undo: ").first.click()
    expect(page.get_by_role("listitem").filter(has_text="undone")).to_be_visible()
