"""The door: calm about repeats, once for each nonce, found by any word."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crm_app.core.access import Actor, Role
from crm_app.core.errors import NotAllowed
from crm_app.core.work import open_work
from crm_app.features.events import service
from crm_app.features.events.models import CheckIn, Registration, ScanAttempt
from crm_app.features.events.schemas import GuestDraft, PartyDraft, PaymentDraft, Tap, TicketDraft, WalkIn
from crm_app.features.events.service.errors import EventFull, NothingCheckedIn
from tests.features.events.conftest import NOW, MakeEvent

EVENING = NOW + timedelta(hours=35, minutes=4)
HELPER = Actor.of(7, "Hana Helper", Role.DOOR)


def seat_of(work, registration_id: int, position: int = 0) -> int:
    return service.party(work, registration_id)[position].seat_id


def touch(seat_id: int, nonce: str, **more: object) -> Tap:
    return Tap(nonce=nonce.ljust(8, "-"), seat_id=seat_id, **more)


@pytest.mark.parametrize("text", ["oko", "OKO mar", "maria okonkwo", "okonkwo, maria", "0142", "fernanda m", "code"])
def test_three_letters_find_somebody(db, admin, make_event: MakeEvent, text: str):
    event = make_event()
    with open_work(db, admin, now=NOW) as work:
        made = service.register(work, event, PartyDraft(name="Maria Fernanda Okonkwo", phone="+1 503 555 0142"))
        service.register(work, event, PartyDraft(name="Chidi Okoro"))
        asked = made.code[:4] if text == "code" else text
        assert service.search(work, event, asked)[0].name in ("Maria Fernanda Okonkwo", "Chidi Okoro")
        assert "Maria Fernanda Okonkwo" in [row.name for row in service.search(work, event, asked)]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Sean O’Brien", ["obrien", "o'brien", "O’Brien", "brien"]),
        ("José García Ruiz", ["garcia ruiz", "jose", "ruiz gar"]),
        ("Anke Müller", ["muller", "mueller", "Müller"]),
        ("Łukasz Żak", ["lukasz", "zak"]),
        ("Anna Smith-Jones", ["smith", "jones", "smithjones", "smith-jones"]),
        ("李雷", ["李", "李雷"]),
    ],
)
def test_names_are_found_however_they_are_typed(db, admin, make_event: MakeEvent, name: str, asked: list[str]):
    event = make_event()
    with open_work(db, admin, now=NOW) as work:
        service.register(work, event, PartyDraft(name=name))
        service.register(work, event, PartyDraft(name="Chidi Okoro"))
        for text in asked:
            assert [row.name for row in service.search(work, event, text)] == [name], text


def test_a_second_tap_is_told_calmly_when_and_where(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=EVENING) as work:
        seat = seat_of(work, service.register(work, event, PartyDraft(name="Ann")).id)
        assert service.tap(work, event, touch(seat, "first", device="door 2")).words == "in 18:04"
        again = service.tap(work, event, touch(seat, "second", device="door 1"))
        assert (again.outcome, again.words) == ("already", "in since 18:04, door 2, by Ada Administrator")
        assert service.tap(work, event, touch(seat, "first")).outcome == "replay"
        assert service.counts(work, event).inside == 1
        assert len(work.session.execute(select(ScanAttempt)).all()) == 1


def test_undo_keeps_the_log_and_frees_the_tap(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=EVENING) as work:
        seat = seat_of(work, service.register(work, event, PartyDraft(name="Ann")).id)
        service.tap(work, event, touch(seat, "first"))
        assert service.tap(work, event, touch(seat, "undo", verb="undo")).outcome == "undone"
        assert service.counts(work, event).inside == 0
        assert service.tap(work, event, touch(seat, "third")).outcome == "in"
        assert len(work.session.execute(select(CheckIn)).all()) == 2


def test_a_helper_undoes_only_their_own_recent_taps(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=EVENING) as work:
        seat = seat_of(work, service.register(work, event, PartyDraft(name="Ann")).id)
        service.tap(work, event, touch(seat, "first"))
    with pytest.raises(NotAllowed), open_work(db, HELPER, now=EVENING) as work:
        service.tap(work, event, touch(seat, "undo", verb="undo"))


def test_a_helper_cannot_register_or_change_anybody(db, admin, make_event: MakeEvent):
    event = make_event()
    with pytest.raises(NotAllowed), open_work(db, HELPER, now=EVENING) as work:
        service.register(work, event, PartyDraft(name="Ann"))


def test_somebody_on_the_waitlist_is_refused_and_the_attempt_is_kept(db, admin, make_event: MakeEvent):
    event = make_event(capacity=0)
    with open_work(db, admin, now=EVENING) as work:
        waits = service.register(work, event, PartyDraft(name="Ann"))
        said = service.tap(work, event, touch(seat_of(work, waits.id), "first"))
        assert (said.outcome, said.words) == ("refused", "Not registered: waiting.")
        assert work.session.execute(select(ScanAttempt.reason)).scalar() == "Not registered: waiting."


def test_a_whole_party_comes_in_with_one_tap(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=EVENING) as work:
        party = PartyDraft(name="Maria", guests=[GuestDraft(name="Ade")], seats=3)
        made = service.register(work, event, party)
        service.tap(work, event, touch(seat_of(work, made.id, 1), "ade"))
        said = service.tap_party(work, event, made.id, touch(0, "party"))
        assert [one.outcome for one in said] == ["in", "in"]
        assert service.counts(work, event).inside == 3
        assert service.search(work, event, "maria")[0].says == "in 18:04"


def test_the_head_count_knows_who_left_and_came_back(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=EVENING) as work:
        bar = service.add_checkpoint(work, event, "Bar", arrival=False)
        seat = seat_of(work, service.register(work, event, PartyDraft(name="Ann")).id)
        service.tap(work, event, touch(seat, "first"))
        service.tap(work, event, touch(seat, "bar", checkpoint_id=bar))
        assert service.counts(work, event).inside == 1
        service.tap(work, event, touch(seat, "out", verb="out"))
        counts = service.counts(work, event)
        assert (counts.inside, counts.arrived) == (0, 1)
        service.tap(work, event, touch(seat, "back"))
        assert service.counts(work, event).inside == 1


def test_a_walk_in_is_on_the_list_and_inside_in_one_step(db, admin, make_event: MakeEvent):
    event = make_event(capacity=1)
    with open_work(db, HELPER, now=EVENING) as work:
        assert service.walk_in(work, event, WalkIn(name="Joy", nonce="walk-in-1"))[0].outcome == "in"
        assert service.walk_in(work, event, WalkIn(name="Joy", nonce="walk-in-1")) == []
        assert service.counts(work, event).inside == 1
    with pytest.raises(EventFull), open_work(db, HELPER, now=EVENING) as work:
        service.walk_in(work, event, WalkIn(name="Kim", nonce="walk-in-2"))
    with pytest.raises(NotAllowed), open_work(db, HELPER, now=EVENING) as work:
        service.walk_in(work, event, WalkIn(name="Kim", nonce="walk-in-3", over_reason="mayor"))
    with open_work(db, admin, now=EVENING) as work:
        service.walk_in(work, event, WalkIn(name="Kim", nonce="walk-in-4", over_reason="mayor"))
        assert service.counts(work, event).inside == 2
        assert service.reconcile(work, event) == []


def test_taps_of_a_device_that_was_cut_off_keep_their_time(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=EVENING) as work:
        seat = seat_of(work, service.register(work, event, PartyDraft(name="Ann")).id)
        early = EVENING - timedelta(minutes=10)
        said = service.tap(work, event, touch(seat, "queued", occurred_at=early, offline=True))
        assert said.words == "in 17:54"


def test_what_is_due_and_what_they_need_shows_at_the_door(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=EVENING) as work:
        dinner = service.add_ticket(work, event, TicketDraft(name="Dinner", price=4500))
        made = service.register(work, event, PartyDraft(name="Ann", ticket_type_id=dinner, diet="nut allergy"))
        assert service.search(work, event, "ann")[0].flags == "$45.00 due · nut allergy"
        service.pay(work, made.id, PaymentDraft(amount=4500))
        assert service.search(work, event, "ann")[0].flags == "nut allergy"
        assert work.get(Registration, made.id).paid == 4500


def test_closing_out_marks_who_did_not_come_and_can_be_taken_back(db, admin, make_event: MakeEvent):
    event = make_event()
    late = EVENING + timedelta(hours=5)
    with open_work(db, admin, now=EVENING) as work:
        seat = seat_of(work, service.register(work, event, PartyDraft(name="Ann")).id)
        service.register(work, event, PartyDraft(name="Ben"))
    with pytest.raises(NothingCheckedIn), open_work(db, admin, now=late) as work:
        service.close_out(work, event)
    with open_work(db, admin, now=late) as work:
        service.tap(work, event, touch(seat, "first"))
        assert service.preview(work, event) == ["Ben"]
        assert service.close_out(work, event) == 1
        assert service.counts(work, event).no_show == 1
        assert service.reopen(work, event) == 1
        assert service.counts(work, event).to_come == 1
