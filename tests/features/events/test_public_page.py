"""The public page: honest about seats, once for each form, changed only by who has the link."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from crm_app.core.errors import Invalid, NotFound
from crm_app.core.limits import Limit, TooMany
from crm_app.core.work import open_work
from crm_app.features.events import service
from crm_app.features.events.models import Registration
from crm_app.features.events.routes import html
from crm_app.features.events.schemas import PartyDraft, QuestionDraft
from crm_app.features.events.service import public
from crm_app.features.events.service.errors import NotOpen, TooLate
from tests.features.events.conftest import NOW, MakeEvent

SLUG = "harvest-supper"


def register(db, name: str = "Ann", now: datetime = NOW, **more: object):
    with open_work(db, public.VISITOR, now=now) as work:
        ticket = public.public_event(work, SLUG).tickets[0].id
        return public.register_publicly(work, SLUG, PartyDraft(name=name, ticket_type_id=ticket, **more))


def test_only_a_published_public_event_is_shown(db, make_event: MakeEvent):
    make_event(public=False)
    with pytest.raises(NotFound), open_work(db, public.VISITOR, now=NOW, write=False) as work:
        public.public_event(work, SLUG)


def test_a_full_event_says_so_and_offers_the_waitlist(db, make_event: MakeEvent):
    make_event(public=True, capacity=1)
    assert register(db)[0].status == "registered"
    with open_work(db, public.VISITOR, now=NOW, write=False) as work:
        event = public.public_event(work, SLUG)
        assert event.full
        assert "All seats are taken" in html.event(event, "nonce")
    assert register(db, "Ben")[0].status == "waitlisted"


def test_a_stranger_cannot_ask_for_more_than_the_page_offers(db, make_event: MakeEvent):
    make_event(public=True, capacity=1)
    register(db)
    made, _ = register(db, "Ben", over_reason="let me in", source="door", attention="is the mayor")
    assert made.status == "waitlisted"
    with open_work(db, public.VISITOR, now=NOW, write=False) as work:
        party = work.get(Registration, made.id)
        assert (party.source, party.attention, party.reason) == ("public", "", "")


def test_what_must_be_answered_is_asked_again(db, admin, make_event: MakeEvent):
    event = make_event(public=True)
    with open_work(db, admin, now=NOW) as work:
        service.add_question(work, event, QuestionDraft(label="What do you eat?", kind="diet", required=True))
    with pytest.raises(Invalid):
        register(db)
    assert register(db, diet="vegan")[0].status == "registered"


def test_closed_and_past_events_take_nobody(db, admin, make_event: MakeEvent):
    event = make_event(public=True)
    with pytest.raises(NotOpen):
        register(db, now=NOW + timedelta(days=9))
    with open_work(db, admin, now=NOW) as work:
        service.step(work, event, "close")
    with pytest.raises(NotOpen):
        register(db)


def test_the_link_changes_only_its_own_registration(db, make_event: MakeEvent):
    make_event(public=True, capacity=1)
    (ann, key), (ben, _) = register(db), register(db, "Ben")
    with open_work(db, public.VISITOR, now=NOW) as work:
        assert public.own_registration(work, key).words == "You are registered."
        with pytest.raises(NotFound):
            public.own_registration(work, key.replace(str(ann.id), str(ben.id), 1))
        assert public.change_own(work, key, "cancel").status == "cancelled"
        ben_now = work.get(Registration, ben.id)
        work.session.refresh(ben_now)
        assert ben_now.status == "registered"


def test_shortly_before_it_is_too_late_to_cancel_by_oneself(db, make_event: MakeEvent):
    make_event(public=True, self_cancel_hours=24)
    _, key = register(db)
    with pytest.raises(TooLate), open_work(db, public.VISITOR, now=NOW + timedelta(hours=30)) as work:
        public.change_own(work, key, "cancel")


def test_an_offer_is_taken_by_its_link(db, admin, make_event: MakeEvent):
    make_event(public=True, capacity=1, promotes="offer")
    (_, ann), (_, ben) = register(db), register(db, "Ben")
    with open_work(db, public.VISITOR, now=NOW) as work:
        public.change_own(work, ann, "cancel")
        assert public.own_registration(work, ben).status == "offered"
        assert public.change_own(work, ben, "accept").status == "registered"


def test_seats_given_away_have_a_link_of_their_own(db, make_event: MakeEvent):
    make_event(public=True)
    _, key = register(db)
    with open_work(db, public.VISITOR, now=NOW) as work:
        heir = public.change_own(work, key, "transfer", "Cara", "cara@example.org")
        assert (heir.name, heir.status) == ("Cara", "registered")
        assert heir.key != key
        assert public.own_registration(work, key).status == "transferred"


def test_what_people_write_is_shown_as_text(db, make_event: MakeEvent):
    make_event(public=True, summary="<script>alert(1)</script>")
    _, key = register(db, "<b>Ann</b>")
    with open_work(db, public.VISITOR, now=NOW, write=False) as work:
        shown = html.event(public.public_event(work, SLUG), "n", {"name": '"><script>'}, "<i>wrong</i>")
        assert "<script>" not in shown
        assert "<i>" not in shown
        assert "<b>Ann" not in html.own(public.own_registration(work, key))


def test_the_calendar_knows_the_moment_and_a_calling_off(db, admin, make_event: MakeEvent):
    event = make_event(public=True)
    with open_work(db, admin, now=NOW) as work:
        first = Calendar.from_ical(public.calendar(work, slug=SLUG)).walk("VEVENT")[0]
        assert first.decoded("dtstart") == datetime(2026, 11, 21, 23, tzinfo=UTC)
        service.call_off(work, event, "storm")
        again = Calendar.from_ical(public.calendar(work, slug=SLUG))
        assert str(again["method"]) == "CANCEL"
        assert again.walk("VEVENT")[0]["uid"] == first["uid"]
        assert again.walk("VEVENT")[0]["sequence"] == 1


def test_a_crowd_from_one_address_is_slowed_down():
    limit = Limit(burst=3, per_minute=1)
    for _ in range(3):
        limit.spend("here")
    with pytest.raises(TooMany):
        limit.spend("here")
    limit.spend("elsewhere")
