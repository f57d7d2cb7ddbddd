"""The parts at work in a real browser: finding, keys, windows, the long table."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, ready


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent")


def test_ctrl_k_finds_a_page_and_enter_opens_it(visit: Visit):
    page = visit("/dev/parts")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.type("home")
    expect(page.locator("#palette .option[aria-selected=true]")).to_contain_text("Home")
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    ready(page)


def test_the_question_mark_shows_the_keys_of_the_page(visit: Visit):
    page = visit("/dev/parts")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("Add a person")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).not_to_be_visible()


def test_a_dialog_takes_the_focus_and_gives_it_back(visit: Visit):
    page = visit("/dev/parts")
    page.get_by_role("button", name="Dialog", exact=True).click()
    expect(page.get_by_role("textbox", name="With")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Dialog", exact=True)).to_be_focused()


def test_a_menu_is_used_by_arrow_keys(visit: Visit):
    page = visit("/dev/parts")
    page.get_by_role("button", name="More", exact=True).first.press("Enter")
    expect(page.get_by_role("button", name="Print")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Long table", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="More", exact=True).first).to_be_focused()


def test_what_was_done_is_undone_from_the_toast(visit: Visit):
    page = visit("/dev/parts")
    page.get_by_role("button", name="With undo").click()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("Brought back.")).to_be_visible()


def test_the_first_wrong_field_gets_the_focus(visit: Visit):
    page = visit("/dev/parts")
    page.get_by_label("Seats").press("Enter")
    expect(page.get_by_text("Somebody needs a name.")).to_be_visible()
    expect(page.locator("#field-name")).to_be_focused()


def test_a_million_rows_are_walked_by_keys(visit: Visit):
    page = visit("/dev/long")
    grid = page.get_by_role("grid")
    grid.focus()
    page.keyboard.press("End")
    expect(page.locator("[data-index='999999'][data-on]")).to_be_visible()
    page.keyboard.press("PageUp")
    page.keyboard.press("Home")
    expect(page.locator("[data-index='0'][data-on]")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.get_by_text("1 selected")).to_be_visible()


def test_the_middle_of_a_million_rows_is_there_when_scrolled_to(visit: Visit):
    page = visit("/dev/long")
    page.get_by_role("grid").evaluate("view => view.scrollTop = view.scrollHeight / 2")
    expect(page.locator("[data-index='500020']")).to_be_in_viewport()


def test_dark_is_chosen_and_stays(visit: Visit):
    page = visit("/dev/parts")
    page.locator(".nav-foot .who").click()
    page.get_by_role("button", name="Dark", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    ready(page)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_menu_of_a_phone_opens_and_escape_closes_it(visit: Visit):
    page = visit("/dev/parts", width=360, height=740)
    page.get_by_role("button", name="Menu", exact=True).click()
    expect(page.locator(".app")).to_have_attribute("data-nav", "open")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Menu", exact=True)).to_be_focused()
