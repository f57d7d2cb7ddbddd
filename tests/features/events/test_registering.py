"""Registering, waiting and moving up: nobody is oversold, nobody who fits is left waiting."""

from datetime import timedelta

import pytest

from crm_app.core.access import Actor, Role
from crm_app.core.database import Database
from crm_app.core.errors import Invalid, NotAllowed
from crm_app.core.work import open_work
from crm_app.features.events import clock, service
from crm_app.features.events.models import Event, Registration
from crm_app.features.events.schemas import GuestDraft, PartyDraft, PaymentDraft, Tap, TicketDraft
from crm_app.features.events.service.errors import AlreadyRegistered, CardNumber, EventFull, IllegalMove
from tests.features.events.conftest import NOW, MakeEvent


def party(name: str, seats: int = 1, **more: object) -> PartyDraft:
    return PartyDraft(name=name, seats=seats, **more)


def status(work, registration_id: int) -> str:
    row = work.get(Registration, registration_id)
    work.session.refresh(row)
    return row.status


def test_a_full_event_puts_the_next_one_on_the_waitlist(db: Database, admin: Actor, make_event: MakeEvent):
    event = make_event(capacity=2)
    with open_work(db, admin, now=NOW) as work:
        assert service.register(work, event, party("Ann", 2)).status == "registered"
        waits = service.register(work, event, party("Ben"))
        assert (waits.status, waits.place, waits.words) == ("waitlisted", 1, "1. on the waitlist")
        assert service.counts(work, event).waiting == 1


def test_without_a_waitlist_a_full_event_says_so(db: Database, admin: Actor, make_event: MakeEvent):
    event = make_event(capacity=2, waitlist=False)
    with open_work(db, admin, now=NOW) as work:
        service.register(work, event, party("Ann"))
    with pytest.raises(EventFull) as full, open_work(db, admin, now=NOW) as work:
        service.register(work, event, party("Ben", 2))
    assert full.value.data["free"] == 1
    with open_work(db, admin, now=NOW, write=False) as work:
        assert service.counts(work, event).held == 1
        assert service.counts(work, event).waiting == 0


def test_capacity_zero_is_a_capacity(db: Database, admin: Actor, make_event: MakeEvent):
    event = make_event(capacity=0)
    with open_work(db, admin, now=NOW) as work:
        assert service.register(work, event, party("Ann")).status == "waitlisted"


def test_a_cancelled_seat_goes_to_the_first_who_waits_in_the_same_work(db, admin, make_event: MakeEvent):
    event = make_event(capacity=1)
    with open_work(db, admin, now=NOW) as work:
        ann = service.register(work, event, party("Ann"))
        ben = service.register(work, event, party("Ben"))
        cara = service.register(work, event, party("Cara"))
        service.change_status(work, ann.id, "cancelled")
        assert [status(work, one.id) for one in (ann, ben, cara)] == ["cancelled", "registered", "waitlisted"]
        assert work.get(Registration, ben.id).to_tell == "promoted"
        assert service.reconcile(work, event) == []


def test_a_newcomer_never_overtakes_a_party_that_waits(db, admin, make_event: MakeEvent):
    event = make_event(capacity=3)
    with open_work(db, admin, now=NOW) as work:
        service.register(work, event, party("Ann", 2))
        service.register(work, event, party("Four", 3))
        assert service.register(work, event, party("Single")).status == "waitlisted"


def test_first_fit_lets_a_small_party_go_before_a_large_one(db, admin, make_event: MakeEvent):
    event = make_event(capacity=3, party_policy="first_fit")
    with open_work(db, admin, now=NOW) as work:
        service.register(work, event, party("Ann", 2))
        service.register(work, event, party("Four", 3))
        assert service.register(work, event, party("Single")).status == "registered"


def test_an_offer_that_lapses_goes_to_the_next_one(db, admin, make_event: MakeEvent):
    event = make_event(capacity=1, promotes="offer", offer_hours=3)
    with open_work(db, admin, now=NOW) as work:
        ann = service.register(work, event, party("Ann"))
        ben = service.register(work, event, party("Ben"))
        cara = service.register(work, event, party("Cara"))
        service.change_status(work, ann.id, "cancelled")
        assert status(work, ben.id) == "offered"
    with open_work(db, admin, now=NOW + timedelta(hours=4)) as work:
        assert service.expire_due(work) == 1
        assert (status(work, ben.id), status(work, cara.id)) == ("expired", "offered")
        service.change_status(work, cara.id, "accepted")
        assert status(work, cara.id) == "registered"
        assert service.expire_due(work) == 0


def test_raising_the_capacity_moves_people_up_and_lowering_takes_no_seat_away(db, admin, make_event: MakeEvent):
    event = make_event(capacity=1)
    with open_work(db, admin, now=NOW) as work:
        service.register(work, event, party("Ann"))
        ben = service.register(work, event, party("Ben", 2))
        assert service.set_capacity(work, event, 3) == 1
        assert status(work, ben.id) == "registered"
        service.set_capacity(work, event, 1)
        assert service.counts(work, event).held == 3
        assert service.register(work, event, party("Cara")).status == "waitlisted"
        service.drop_seat(work, _host(work, ben.id))
        assert service.counts(work, event).held == 2
        assert service.reconcile(work, event) == []


def _host(work, registration_id: int) -> int:
    return service.party(work, registration_id)[0].seat_id


def test_a_ticket_with_places_of_its_own_takes_them_from_the_event_as_well(db, admin, make_event: MakeEvent):
    event = make_event(capacity=5)
    with open_work(db, admin, now=NOW) as work:
        vip = service.add_ticket(work, event, TicketDraft(name="Patron", capacity=1))
        assert service.register(work, event, party("Ann", ticket_type_id=vip)).status == "registered"
        assert service.register(work, event, party("Ben", ticket_type_id=vip)).status == "waitlisted"
        assert service.register(work, event, party("Cara", 4)).status == "registered"
        assert service.counts(work, event).held == 5
        assert service.reconcile(work, event) == []


def test_a_ticket_that_needs_approval_keeps_the_seat_until_somebody_decides(db, admin, make_event: MakeEvent):
    event = make_event(capacity=1)
    with open_work(db, admin, now=NOW) as work:
        press = service.add_ticket(work, event, TicketDraft(name="Press", approval=True))
        ann = service.register(work, event, party("Ann", ticket_type_id=press))
        ben = service.register(work, event, party("Ben"))
        assert (ann.status, ben.status) == ("awaiting_approval", "waitlisted")
        service.change_status(work, ann.id, "declined")
        assert status(work, ben.id) == "registered"


def test_a_hold_ends_by_itself(db, admin, make_event: MakeEvent):
    event = make_event(capacity=4)
    with open_work(db, admin, now=NOW) as work:
        held = service.register(work, event, party("Sponsor", 4, hold_until=NOW + timedelta(hours=1)))
        assert held.status == "held"
        assert service.register(work, event, party("Ann")).status == "waitlisted"
    with open_work(db, admin, now=NOW + timedelta(hours=2)) as work:
        service.expire_due(work)
        assert service.counts(work, event).held == 1


def test_a_form_sent_twice_registers_once(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=NOW) as work:
        first = service.register(work, event, party("Ann", nonce="abcdefgh"))
        second = service.register(work, event, party("Ann", nonce="abcdefgh"))
        assert (first.id, second.repeated) == (second.id, True)


def test_the_same_person_is_not_registered_twice_unless_it_is_meant(db, admin, ann: int, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=NOW) as work:
        service.register(work, event, PartyDraft(constituent_id=ann))
        with pytest.raises(AlreadyRegistered):
            service.register(work, event, PartyDraft(constituent_id=ann))
        assert service.register(work, event, PartyDraft(constituent_id=ann, again_reason="her mother")).status


def test_a_diet_said_once_is_known_the_next_time(db, admin, ann: int, make_event: MakeEvent):
    first, second = make_event(), make_event(name="Spring lunch")
    with open_work(db, admin, now=NOW) as work:
        service.register(work, first, PartyDraft(constituent_id=ann, diet="nut allergy"))
        again = service.register(work, second, PartyDraft(constituent_id=ann))
        assert service.party(work, again.id)[0].flags == "nut allergy"


def test_card_numbers_are_refused(db, admin, make_event: MakeEvent):
    event = make_event()
    with pytest.raises(CardNumber), open_work(db, admin, now=NOW) as work:
        service.register(work, event, party("Ann", note="visa 4111 1111 1111 1111"))


def test_a_transfer_keeps_the_seats_and_the_money(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=NOW) as work:
        ann = service.register(work, event, PartyDraft(name="Ann", guests=[GuestDraft(name="Ade")]))
        service.pay(work, ann.id, PaymentDraft(amount=4500))
        ben = service.transfer(work, ann.id, "Ben")
        assert (status(work, ann.id), status(work, ben.id)) == ("transferred", "registered")
        assert [row.name for row in service.party(work, ben.id)] == ["Ben", "Ade"]
        assert (work.get(Registration, ben.id).paid, service.counts(work, event).held) == (4500, 2)
        assert service.reconcile(work, event) == []


def test_a_move_the_table_does_not_know_is_refused_by_name(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=NOW) as work:
        ann = service.register(work, event, party("Ann"))
        service.change_status(work, ann.id, "cancelled")
        with pytest.raises(IllegalMove):
            service.change_status(work, ann.id, "cancelled")
        service.change_status(work, ann.id, "reinstated")
        assert service.counts(work, event).held == 1


def test_over_capacity_needs_the_permission_and_keeps_the_reason(db, admin, make_event: MakeEvent):
    event = make_event(capacity=1)
    steward = Actor.of(None, "Stella", Role.STEWARD)
    with open_work(db, admin, now=NOW) as work:
        service.register(work, event, party("Ann"))
    with pytest.raises(NotAllowed), open_work(db, steward, now=NOW) as work:
        service.register(work, event, party("Ben", over_reason="the mayor"))
    with open_work(db, admin, now=NOW) as work:
        ben = service.register(work, event, party("Ben", over_reason="the mayor"))
        assert (ben.status, service.counts(work, event).held) == ("registered", 2)
        service.change_status(work, ben.id, "cancelled")
        assert service.register(work, event, party("Cara")).status == "waitlisted"


def test_a_party_grows_and_shrinks(db, admin, make_event: MakeEvent):
    event = make_event(capacity=3)
    with open_work(db, admin, now=NOW) as work:
        ann = service.register(work, event, party("Ann"))
        service.resize_party(work, ann.id, 3)
        with pytest.raises(EventFull):
            service.resize_party(work, ann.id, 4)
        service.resize_party(work, ann.id, 2)
        assert service.counts(work, event).held == 2
        assert service.reconcile(work, event) == []


def test_an_event_called_off_lists_everybody_to_be_told(db, admin, make_event: MakeEvent):
    event = make_event(capacity=1)
    with open_work(db, admin, now=NOW) as work:
        service.register(work, event, party("Ann"))
        service.register(work, event, party("Ben"))
        assert service.call_off(work, event, "storm") == 2
        counts = service.counts(work, event)
        assert (counts.held, counts.waiting, counts.to_tell) == (0, 0, 2)


def test_the_regular_ones_pay_less(db, admin, ann: int, make_event: MakeEvent):
    past = make_event()
    now = make_event(name="Spring lunch", discount_percent=20, discount_visits=1)
    with open_work(db, admin, now=NOW + timedelta(days=2)) as work:
        made = service.register(work, past, PartyDraft(constituent_id=ann))
        seat = service.party(work, made.id)[0].seat_id
        service.tap(work, past, Tap(nonce="n" * 10, seat_id=seat))
        paid = service.add_ticket(work, now, TicketDraft(name="Lunch", price=5000))
        assert service.register(work, now, PartyDraft(constituent_id=ann, ticket_type_id=paid)).due == 4000


def test_a_skipped_hour_is_refused():
    with pytest.raises(Invalid):
        clock.moment("2026-03-08T02:30", "America/New_York")


def test_a_copy_keeps_the_local_hour_over_a_change_of_clocks(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=NOW) as work:
        service.add_tables(work, event, 2, 8)
        new = work.get(Event, service.copy(work, event, "2027-07-03"))
        assert clock.said(new.starts_at, new.ends_at, new.time_zone) == "Sat 3 July 2027, 18:00–22:00"
        dates = service.make_series(work, event, "FREQ=WEEKLY;COUNT=4")
        assert len(dates) == 3
