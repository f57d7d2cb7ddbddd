"""The roster: counts agree with rows, tables take no more than their chairs, nothing is overwritten unseen."""

from datetime import timedelta

import pytest

from crm_app.core.errors import Conflict
from crm_app.core.work import open_work
from crm_app.features.events import service
from crm_app.features.events.schemas import GuestDraft, PartyDraft, PaymentDraft, SeatDraft, Tap, TicketDraft
from crm_app.features.events.service.errors import TableFull
from tests.features.events.conftest import NOW, MakeEvent


def test_counts_agree_with_rows_in_every_view(db, admin, make_event: MakeEvent):
    event = make_event(capacity=4)
    with open_work(db, admin, now=NOW) as work:
        ann = service.register(work, event, PartyDraft(name="Ann", guests=[GuestDraft(name="Ade")], seats=3))
        service.register(work, event, PartyDraft(name="Ben", diet="Vegan"))
        service.register(work, event, PartyDraft(name="Cara", seats=2))
        service.tap(work, event, Tap(nonce="n" * 8, seat_id=service.party(work, ann.id)[0].seat_id))
        counts = service.counts(work, event)
        assert counts.seats == len(service.rows(work, event)) == 4
        assert counts.inside == len(service.rows(work, event, show="in")) == 1
        assert counts.to_come == len(service.rows(work, event, show="to_come")) == 3
        assert counts.waiting == len(service.rows(work, event, show="waiting")) == 2
        assert [row.name for row in service.rows(work, event, show="needs")] == ["Ben"]


def test_groups_say_how_many_they_hold(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=NOW) as work:
        service.register(work, event, PartyDraft(name="Ben", diet="Vegan"))
        service.register(work, event, PartyDraft(name="Ann", diet="vegan "))
        service.register(work, event, PartyDraft(name="Zoe"))
        lines = service.lines(work, event, "everybody", "diet", "")
        assert [(line.heading, line.count, line.name) for line in lines] == [
            ("vegan", "2", ""),
            ("", "", "Ann"),
            ("", "", "Ben"),
            ("No diet said", "1", ""),
            ("", "", "Zoe"),
        ]
        assert [line.name for line in service.lines(work, event, "everybody", "", "zo")] == ["Zoe"]


def test_a_table_takes_no_more_than_its_chairs(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=NOW) as work:
        service.add_tables(work, event, 2, 2)
        unseated, table, _ = service.tables(work, event)
        assert (unseated.taken, table.name, table.seats) == (0, "Table 1", 2)
        made = service.register(work, event, PartyDraft(name="Ann", seats=3))
        seats = [row.seat_id for row in service.party(work, made.id)]
        service.seat_at(work, seats[:2], table.id)
        service.seat_at(work, seats[:2], table.id)
        with pytest.raises(TableFull):
            service.seat_at(work, seats, table.id)
        assert [one.taken for one in service.tables(work, event)] == [1, 2, 0]
        service.change_status(work, made.id, "cancelled")
        assert [one.taken for one in service.tables(work, event)] == [0, 0, 0]


def test_parties_are_seated_together_where_they_fit(db, admin, make_event: MakeEvent):
    event = make_event(capacity=9)
    with open_work(db, admin, now=NOW) as work:
        service.add_tables(work, event, 2, 4)
        for name, seats in (("Solo", 1), ("Four", 4), ("Three", 3)):
            service.register(work, event, PartyDraft(name=name, seats=seats))
        assert service.seat_parties(work, event) == 8
        by_name: dict[str, set[str]] = {}
        for row in service.rows(work, event):
            by_name.setdefault(row.name.split()[-1], set()).add(row.table)
        assert by_name == {"Four": {"Table 1"}, "Three": {"Table 2"}, "Solo": {"Table 2"}}


def test_two_who_edit_one_guest_do_not_overwrite_each_other(db, admin, make_event: MakeEvent):
    event = make_event()
    with open_work(db, admin, now=NOW) as work:
        seat = service.party(work, service.register(work, event, PartyDraft(name="Ann")).id)[0].seat_id
        version = service.party_card(work, seat).version
        service.change_seat(work, seat, SeatDraft(name="Ann Okonkwo", diet="vegan", version=version))
        assert service.search(work, event, "okon")[0].flags == "vegan"
        with pytest.raises(Conflict):
            service.change_seat(work, seat, SeatDraft(name="Anne", version=version))


def test_the_evaluation_adds_up(db, admin, ann: int, make_event: MakeEvent):
    event = make_event(capacity=3)
    with open_work(db, admin, now=NOW) as work:
        dinner = service.add_ticket(work, event, TicketDraft(name="Dinner", price=5000, benefit_value=3000))
        made = service.register(work, event, PartyDraft(constituent_id=ann, seats=2, ticket_type_id=dinner))
        gone = service.register(work, event, PartyDraft(name="Ben", ticket_type_id=dinner))
        service.register(work, event, PartyDraft(name="Cara", ticket_type_id=dinner))
        service.change_status(work, gone.id, "cancelled")
        service.pay(work, made.id, PaymentDraft(amount=10000))
        service.set_budget(work, event, "cost", "Food", 6000, 6400)
        service.tap_party(work, event, made.id, Tap(nonce="n" * 8, seat_id=0))
    with open_work(db, admin, now=NOW + timedelta(days=2)) as work:
        service.close_out(work, event)
        said = service.evaluate(work, event)
        assert (said.seats, said.arrived, said.no_show, said.show_rate) == (3, 2, 1, "67 %")
        assert (said.income, said.costs, said.net, said.receiptable) == ("$100.00", "$64.00", "$36.00", "$40.00")
        assert (said.first_timers, said.cancelled) == (1, 1)
        assert said.promoted in (0, 1)


def test_the_window_shows_the_same_lines_as_the_whole_view(db, admin, make_event: MakeEvent):
    event = make_event(capacity=6)
    with open_work(db, admin, now=NOW) as work:
        for n, name in enumerate(("Ben Katz", "Ann Ng", "Cara Żak", "Dan Ng", "Eve Kim", "Flo Kim", "Gus Kim")):
            service.register(work, event, PartyDraft(name=name, diet="vegan" if n % 2 else ""))
        for show in ("everybody", "to_come", "needs", "waiting", "gone"):
            for group in ("", "diet"):
                whole = service.lines(work, event, show, group, "")
                first, total, people, part = service.window(work, event, show, group, "", 1, 3)
                assert (total, people) == (len(whole), sum(not line.heading for line in whole)), (show, group)
                assert part == whole[first : first + 3], (show, group)
        assert service.window(work, event, "everybody", "", "kim", 99, 3)[:3] == (1, 2, 2)
