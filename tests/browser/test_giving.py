"""A fundraiser's Monday: a batch with its control total, a receipt, a gift thanked."""

import re

from playwright.sync_api import Page, expect

from crm_app.core.access import Role
from crm_app.core.work import Work
from crm_app.features.constituents import service as people
from crm_app.features.constituents.schemas import ConstituentDraft
from crm_app.features.giving import service as giving
from crm_app.features.settings.models import Organization
from crm_app.features.settings.service import organization
from tests.browser.conftest import Visit
from tests.browsing import Server


def two_donors(work: Work) -> None:
    if not organization(work).name:
        work.add(Organization(name="Riverside Community Kitchen", updated_at=work.now))
    for first in ("Marisol", "Thelonius"):
        people.create(work, ConstituentDraft(first_name=first, last_name="Okonjo-Larsson"))


def type_row(page: Page, name: str, amount: str, number: str) -> None:
    """One row by keyboard: two letters, Enter, the amount, the cheque's number, Enter."""
    donor = page.get_by_role("combobox", name="Donor")
    donor.press_sequentially(name)
    page.get_by_role("option").filter(has_text=name).first.wait_for()
    donor.press("Enter")
    expect(page.get_by_text("Found.", exact=True)).to_be_visible()
    amount_field = page.get_by_label("Amount")
    amount_field.fill(amount)
    page.get_by_label("Reference").fill(number)
    page.get_by_label("Reference").press("Enter")
    expect(page.get_by_role("cell", name=number, exact=True)).to_be_visible()


def test_a_batch_is_typed_posted_receipted_and_thanked(server: Server, visit: Visit) -> None:
    server.work(two_donors)
    page = visit("/giving/batches", Role.ADMINISTRATOR)
    page.get_by_role("button", name="Open a batch").first.click()
    dialog = page.get_by_role("dialog", name="Open a batch")
    dialog.get_by_label(re.compile("^Name")).fill("Monday’s post")
    dialog.get_by_label("How many gifts").fill("2")
    dialog.get_by_label("What they come to").fill("75.50")
    dialog.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("heading", name="Monday’s post")).to_be_visible()

    type_row(page, "Marisol", "50", "CQ-101")
    expect(page.get_by_text("1 to go")).to_be_visible()
    type_row(page, "Thelonius", "25.50", "CQ-102")
    expect(page.get_by_text("agrees")).to_be_visible()
    page.get_by_role("button", name="Post the batch").click()
    expect(page.get_by_text(re.compile("^Posted .* by "))).to_be_visible()

    page.get_by_role("link", name="Open the gift of Marisol Okonjo-Larsson").click()
    expect(page.get_by_role("heading", name=re.compile(r"\$50\.00 from Marisol"))).to_be_visible()
    page.get_by_role("button", name="Issue the receipt").click()
    expect(page.get_by_role("link", name="Open the PDF")).to_be_visible()
    assert server.work(giving.list_receipts)[0].donor == "Marisol Okonjo-Larsson"

    page.goto(server.url + "/giving/thanks")
    page.get_by_role("button", name="Thanked Marisol Okonjo-Larsson").click()
    expect(page.get_by_role("button", name="Thanked Marisol Okonjo-Larsson")).to_have_count(0)
    expect(page.get_by_role("button", name="Thanked Thelonius Okonjo-Larsson")).to_be_visible()

    page.goto(server.url + "/giving")
    expect(page.get_by_role("link", name=re.compile("^Donor retention|^Raised: "))).not_to_have_count(0)
