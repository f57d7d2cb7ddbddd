"""An evening: register, wait, two doors tap the same guest, a cut line loses nothing, the evaluation knows."""

from datetime import UTC, datetime, timedelta

from crm_app.core.access import Role
from crm_app.core.work import Work
from crm_app.features.events import service
from crm_app.features.events.schemas import EventDraft, GuestDraft, PartyDraft
from tests.browser.conftest import Visit
from tests.browsing import Server


def plan(work: Work) -> int:
    """An event that began an hour ago, with two of its three seats taken."""
    began = datetime.now(UTC) - timedelta(hours=1)
    event = service.create(
        work,
        EventDraft(
            name="Harvest supper",
            starts=f"{began:%Y-%m-%dT%H:%M}",
            ends=f"{began + timedelta(hours=5):%Y-%m-%dT%H:%M}",
            time_zone="UTC",
            capacity=3,
            public=True,
        ),
    )
    service.step(work, event, "publish")
    service.register(work, event, PartyDraft(name="Maria Okonkwo", guests=[GuestDraft(name="Ade Okonkwo")]))
    return event


def test_an_evening_from_the_list_to_the_evaluation(server: Server, visit: Visit):
    event = server.work(plan)
    roster = visit(f"/events/{event}/roster", Role.COORDINATOR)
    roster.get_by_role("button", name="Register").first.click()
    window = roster.get_by_role("dialog", name="Register")
    for name in ("Ben Katz", "Cara Ng"):
        window.get_by_label("Who").fill(name)
        if name == "Ben Katz":
            window.get_by_label("And another one after this").check()
        window.get_by_role("button", name="Register").click()
        roster.get_by_text(f"{name}: ").wait_for()
    roster.get_by_role("button", name="everybody 3").wait_for()
    roster.get_by_role("button", name="waiting 1").wait_for()

    first, second = (visit(f"/events/{event}/door", Role.DOOR, width=360, height=740) for _ in range(2))
    for door in (first, second):
        door.get_by_label("Find a guest").fill("oko")
        door.get_by_text("Maria Okonkwo", exact=True).wait_for()
    first.get_by_role("button", name="Check in, Maria Okonkwo").click()
    first.get_by_role("status").get_by_text("Maria Okonkwo is in").wait_for()
    second.get_by_role("button", name=", Maria Okonkwo").click()
    second.get_by_role("status").get_by_text("Maria Okonkwo is in since").wait_for()
    roster.get_by_role("button", name="came 1").wait_for()

    first.context.set_offline(True)
    first.get_by_role("button", name="Check in, Ade Okonkwo").click()
    first.get_by_text("1 tap is kept here").wait_for()
    first.context.set_offline(False)
    roster.get_by_role("button", name="came 2").wait_for()
    first.locator("[data-door-offline]").wait_for(state="hidden")

    second.get_by_label("Find a guest").fill("Zora")
    second.get_by_text("Nobody of this name").wait_for()
    second.get_by_role("button", name="Walk-in").click()
    second.get_by_role("button", name="Let in").click()
    second.get_by_text("All seats are taken").wait_for()

    after = visit(f"/events/{event}/after", Role.COORDINATOR)
    after.get_by_text("1 are neither in nor marked").wait_for()
    after.get_by_role("button", name="Close out").click()
    after.get_by_role("button", name="Mark them").click()
    after.get_by_text("1 did not come").wait_for()
    assert server.work(lambda work: service.reconcile(work, event)) == []


def test_a_stranger_registers_waits_and_cancels_on_plain_pages(server: Server, visit: Visit):
    def small(work: Work) -> str:
        day = datetime.now(UTC) + timedelta(days=9)
        draft = EventDraft(
            name="Small workshop",
            starts=f"{day:%Y-%m-%d}T10:00",
            ends=f"{day:%Y-%m-%d}T12:00",
            time_zone="UTC",
            capacity=1,
            public=True,
        )
        event = service.create(work, draft)
        service.step(work, event, "publish")
        return service.event(work, event).slug

    slug = server.work(small)
    page = visit(f"/e/{slug}", None, width=360)
    page.get_by_role("button", name="Register").click()
    page.get_by_text("Your name, please.").first.wait_for()
    page.get_by_label("Your name").fill("Ann Okonkwo")
    page.get_by_label("E-mail").fill("ann@example.org")
    page.get_by_role("button", name="Register").click()
    page.get_by_role("heading", name="You are registered.").wait_for()
    late = visit(f"/e/{slug}", None)
    late.get_by_text("All seats are taken.").wait_for()
    late.get_by_label("Your name").fill("Ben Katz")
    late.get_by_label("E-mail").fill("ben@example.org")
    late.get_by_role("button", name="Join the waitlist").click()
    late.get_by_role("heading", name="You are number 1 on the waitlist.").wait_for()
    page.get_by_role("button", name="Cancel my registration").click()
    page.get_by_role("heading", name="You have cancelled.").wait_for()
    late.reload()
    late.get_by_role("heading", name="You are registered.").wait_for()
