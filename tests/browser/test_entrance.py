"""Getting in and out, in a browser."""

from crm_app.core.access import Actor, Role
from crm_app.features.accounts import service as accounts
from tests.browser.conftest import Visit, ready
from tests.browsing import Server


def test_an_invited_viewer_chooses_a_password_and_is_in(server: Server, visit: Visit):
    made = server.work(lambda work: accounts.invite(work, "vera@example.org", "Vera Viewer", Role.VIEWER))
    page = visit(f"/join/{made.token}", role=None)
    page.get_by_label("Choose a password").fill("short")
    page.get_by_role("button", name="Come in").click()
    page.get_by_role("alert").get_by_text("at least 10 characters").wait_for()
    page.get_by_label("Choose a password").fill("three grey herons")
    page.get_by_role("button", name="Come in").click()
    ready(page)
    assert page.context.cookies()[0]["httpOnly"]
    again = visit(f"/join/{made.token}", role=None)
    again.get_by_text("used already").wait_for()


def test_a_wrong_password_says_so_and_a_right_one_goes_where_one_wanted(server: Server, visit: Visit):
    system = Actor.system()
    if not any(u.email == "otto@example.org" for u in server.work(accounts.everyone)):
        server.work(lambda w: accounts.create(w, "otto@example.org", "Otto", Role.VIEWER, "three grey herons"), system)
    page = visit("/sign-in?next=/", role=None)
    page.get_by_label("E-mail").fill("otto@example.org")
    page.get_by_label("Password").fill("three grey storks")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("alert").wait_for()
    page.get_by_label("Password").fill("three grey herons")
    page.get_by_role("button", name="Sign in").click()
    ready(page)


def test_nobody_sees_a_page_without_signing_in(server: Server, visit: Visit):
    page = visit("/", role=None)
    page.wait_for_url("**/sign-in*")
