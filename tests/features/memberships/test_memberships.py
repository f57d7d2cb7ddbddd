"""Memberships: started once, renewed without overlap, paid by gifts, passed on to the household."""

import itertools
import threading
from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from sqlmodel import select

from crm_app.core.access import Actor, Role
from crm_app.core.errors import CrmError, Invalid, NotAllowed
from crm_app.core.history import Change
from crm_app.core.work import open_work
from crm_app.features.constituents import service as constituents
from crm_app.features.giving import service as giving
from crm_app.features.giving.models import Fund
from crm_app.features.giving.schemas import GiftDraft
from crm_app.features.memberships import queries, service
from crm_app.features.memberships.models import Membership, MembershipTerm, MembershipType
from crm_app.features.memberships.schemas import RenewDraft, TypeDraft
from crm_app.features.memberships.service.terms import standing_of
from crm_app.features.relationships import service as relationships
from tests.features.memberships.conftest import NOW, joined, someone


def renewal(on: str, **more: object) -> RenewDraft:
    return RenewDraft(on=date.fromisoformat(on), **more)


def test_a_type_says_its_rule_in_words(db, admin):
    draft = TypeDraft(name="Season", period="fixed", begins_month=9, begins_day=1, rollover_month=6, rollover_day=1)
    with open_work(db, admin, now=NOW) as work:
        service.save_type(work, draft)
        assert service.list_types(work)[0].words == (
            "from 1 Sep for a year; joining from 1 Jun includes the next year; 30 days of grace"
        )
        with pytest.raises(Invalid) as wrong:
            service.save_type(work, TypeDraft(name="season", rollover_month=2, rollover_day=30, months=0))
        assert set(wrong.value.fields) == {"name", "rollover", "months"}


def test_the_status_has_its_reason(db, admin, friend):
    with open_work(db, admin, now=NOW) as work:
        person = someone(work)
        joined(work, person, friend, "2026-03-10")
        row = service.of_person(work, person)[0]
        assert (row.status, row.words, row.until) == ("current", "Paid until 9 Mar 2027.", "9 Mar 2027")


def test_nobody_joins_twice_even_at_the_same_moment(db, admin, friend):
    with open_work(db, admin, now=NOW) as work:
        person = someone(work)
    answers: list[str] = []

    def join() -> None:
        try:
            with open_work(db, admin, now=NOW) as work:
                joined(work, person, friend, "2026-11-01")
            answers.append("in")
        except CrmError as error:
            answers.append(type(error).__name__)

    _at_once(join, 12)
    assert Counter(answers) == {"in": 1, "AlreadyMember": 11}


def test_renewals_at_the_same_moment_follow_each_other(db, admin, friend):
    with open_work(db, admin, now=NOW) as work:
        number = joined(work, someone(work), friend, "2026-01-01")

    def again() -> None:
        with open_work(db, admin, now=NOW) as work:
            service.renew(work, number, renewal("2026-11-20"))

    _at_once(again, 8)
    with open_work(db, admin, now=NOW) as work:
        terms = queries.terms(work.session, number)
        assert [term.starts_on.year for term in terms] == list(range(2026, 2035))
        assert all(a.ends_on + timedelta(days=1) == b.starts_on for a, b in itertools.pairwise(terms))


def _at_once(call, count: int) -> None:
    threads = [threading.Thread(target=call) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_lapsed_member_who_comes_back_starts_on_that_day(db, admin, friend):
    with open_work(db, admin, now=NOW) as work:
        person = someone(work)
        number = joined(work, person, friend, "2024-01-01")
        assert service.of_person(work, person)[0].status == "lapsed"
        assert service.preview(work, number, renewal("2026-11-20")) == "20 Nov 2026 – 19 Nov 2027"
        service.renew(work, number, renewal("2026-11-20"))
        assert service.of_person(work, person)[0].status == "current"


def test_a_life_membership_is_not_renewed_and_one_may_change_to_it(db, admin, friend):
    with open_work(db, admin, now=NOW) as work:
        life = service.save_type(work, TypeDraft(name="Life", period="lifetime", price=100_000))
        number = joined(work, someone(work), friend, "2026-01-01")
        service.renew(work, number, renewal("2026-11-20", type_id=life))
        with pytest.raises(service.ForLife):
            service.renew(work, number, renewal("2026-11-20"))
        page = service.show(work, number)
        assert (page.membership.type, [term.span for term in page.terms]) == (
            "Life",
            ["1 Jan 2027, for life", "1 Jan 2026 – 31 Dec 2026"],
        )


def test_a_term_that_waits_does_not_count_until_a_gift_pays_it_once(db, admin, friend):
    with open_work(db, admin, now=NOW) as work:
        person, other = someone(work), someone(work, "Ben")
        number, second = (joined(work, one, friend, "2026-11-01", waits=True) for one in (person, other))
        assert service.of_person(work, person)[0].words == "Waits for the first payment."
        fund = work.add(Fund(name="General", code="GEN", created_at=work.now)).id
        draft = GiftDraft(
            constituent_id=person, amount=6000, given_on=date(2026, 11, 2), kind="membership", fund_id=fund
        )
        gift = giving.record_gift(work, draft)
        assert [one.id for one in service.show(work, number).gifts] == [gift]
        service.link_gift(work, service.show(work, number).terms[0].id, gift)
        assert service.of_person(work, person)[0].status == "current"
        assert service.show(work, number).gifts == []
        with pytest.raises(service.GiftTaken):
            service.link_gift(work, service.show(work, second).terms[0].id, gift)


def test_a_waiting_term_can_be_marked_paid_or_taken_out_and_a_paid_one_stays(db, admin, friend):
    with open_work(db, admin, now=NOW) as work:
        number = joined(work, someone(work), friend, "2026-01-01")
        waiting = service.renew(work, number, renewal("2026-11-20", waits=True))
        service.drop_waiting(work, waiting)
        work.session.flush()
        waiting = service.renew(work, number, renewal("2026-11-20", waits=True))
        service.mark_paid(work, waiting)
        with pytest.raises(Invalid):
            service.drop_waiting(work, waiting)
        assert service.show(work, number).membership.words == "Paid until 31 Dec 2027. Renewed already."


def test_cancelled_with_a_reason_and_brought_back(db, admin, friend):
    with open_work(db, admin, now=NOW) as work:
        person = someone(work)
        number = joined(work, person, friend, "2026-01-01")
        with pytest.raises(Invalid):
            service.cancel(work, number, " ")
        service.cancel(work, number, "Moved away")
        assert service.of_person(work, person)[0].words == "Cancelled on 20 Nov 2026: Moved away."
        service.reinstate(work, number)
        assert service.of_person(work, person)[0].status == "current"


def test_the_household_inherits_up_to_the_cap_and_follows_who_leaves(db, admin, family):
    with open_work(db, admin, now=NOW) as work:
        home = [someone(work, name) for name in ("Ann", "Ben", "Cy", "Di")]
        household = relationships.make_household(work, home)
        number = joined(work, home[0], family, "2026-11-01")
        assert [one.name for one in service.show(work, number).also] == ["Ben Okonkwo", "Cy Okonkwo"]
        with pytest.raises(service.NoRoom):
            service.add_inherited(work, number, home[3])
        relationships.leave(work, household, home[1])
        made = service.inherit(work, number)
        assert (made.ended, made.added, made.left_out) == (["Ben Okonkwo"], ["Di Okonkwo"], [])
        assert service.of_person(work, home[3])[0].inherited
        assert service.of_person(work, home[1]) == []
        assert service.numbers(work).people == 3
        with pytest.raises(Invalid):
            service.add_inherited(work, number, home[1])


def test_the_cap_holds_when_many_are_added_at_once(db, admin, family):
    with open_work(db, admin, now=NOW) as work:
        home = [someone(work, f"Ann{n}") for n in range(9)]
        relationships.make_household(work, home)
        number = joined(work, home[0], family, "2026-11-01", inherit=False)
    rest = iter(home[1:])
    answers: list[str] = []

    def add() -> None:
        try:
            with open_work(db, admin, now=NOW) as work:
                service.add_inherited(work, number, next(rest))
            answers.append("in")
        except CrmError as error:
            answers.append(type(error).__name__)

    _at_once(add, 8)
    assert Counter(answers) == {"in": 2, "NoRoom": 6}


def test_a_death_ends_a_membership_for_one_and_leaves_the_household_what_was_paid(db, admin, friend, family):
    with open_work(db, admin, now=NOW) as work:
        alone, (ann, ben) = someone(work, "Cy"), (someone(work), someone(work, "Ben"))
        relationships.make_household(work, [ann, ben])
        single, shared = joined(work, alone, friend, "2026-11-01"), joined(work, ann, family, "2026-11-01")
        for person in (alone, ann):
            constituents.edit(work, person, {"deceased": True})
        assert service.show(work, single).membership.status == "cancelled"
        assert service.show(work, shared).membership.status == "current"


def test_due_lists_what_ends_soon_or_is_in_grace_and_leaves_out_who_renewed(db, admin, friend):
    with open_work(db, admin, now=NOW) as work:
        soon, grace, renewed, later, lapsed = (someone(work, f"P{n}") for n in range(5))
        for person, on in ((soon, "2025-12-15"), (grace, "2025-11-05"), (later, "2026-06-01"), (lapsed, "2025-01-01")):
            joined(work, person, friend, on)
        service.renew(work, joined(work, renewed, friend, "2025-12-01"), renewal("2026-11-19"))
        assert [row.constituent_id for row in service.due(work)] == [grace, soon]
        assert [row.constituent_id for row in service.listed(work, "lapsed")] == [lapsed]
        found = service.numbers(work)
        assert (found.current, found.grace, found.lapsed, found.due) == (3, 1, 1, 2)
        kind = service.list_types(work)[0]
        assert (kind.current, kind.grace, kind.lapsed) == (3, 1, 1)


def test_the_lists_and_the_reason_never_disagree(db, admin):
    """Status in SQL against status by the rule, over random terms and every day around their edges."""
    chance = Random(7)
    with open_work(db, admin, now=NOW) as work:
        person = someone(work)
        kinds = [work.add(MembershipType(name=f"{n}", grace_days=grace)) for n, grace in enumerate((0, 1, 30))]
        numbers = [_random_membership(work, chance, person, chance.choice(kinds)) for _ in range(40)]
        for offset in range(-4, 70, 3):
            today = date(2026, 1, 1) + timedelta(days=offset)
            s = queries.statuses(work.session, today)
            found = dict(work.session.execute(select(s.c.id, s.c.status)).all())
            for number in numbers:
                row = work.get(Membership, number)
                kind = work.get(MembershipType, row.type_id)
                expected = standing_of(kind, row, queries.terms(work.session, number), today).status
                assert found[number] == expected, (number, today)


def _random_membership(work, chance: Random, person: int, kind: MembershipType) -> int:
    cancelled = date(2026, 1, 1) + timedelta(days=chance.randint(0, 60)) if chance.random() < 0.15 else None
    row = work.add(
        Membership(
            constituent_id=person, type_id=kind.id, joined_on=date(2026, 1, 1), cancelled_on=cancelled, created_at=NOW
        )
    )
    day = date(2025, 12, 1) + timedelta(days=chance.randint(0, 30))
    for _ in range(chance.randint(0, 3)):
        last = None if chance.random() < 0.1 else day + timedelta(days=chance.randint(0, 30))
        waits = chance.random() < 0.25
        work.add(
            MembershipTerm(
                membership_id=row.id, type_id=kind.id, starts_on=day, ends_on=last, waits=waits, created_at=NOW
            )
        )
        if last is None:
            break
        day = last + timedelta(days=chance.choice((1, 1, 5, 40)))
    return row.id


def test_each_step_is_in_the_history_of_the_person(db, admin, friend):
    with open_work(db, admin, now=NOW) as work:
        person = someone(work)
        number = joined(work, person, friend, "2026-01-01")
        service.renew(work, number, renewal("2026-11-20"))
        service.cancel(work, number, "Moved away")
        work.session.flush()
        rows = work.session.execute(select(Change).where(Change.kind == "membership").order_by(Change.id)).scalars()
        assert [(row.action, row.constituent_id) for row in rows] == [
            ("started", person),
            ("renewed", person),
            ("cancelled", person),
        ]


def test_a_viewer_sees_members_but_no_money_and_changes_nothing(db, admin, friend):
    with open_work(db, admin, now=NOW) as work:
        number = joined(work, someone(work), friend, "2026-01-01")
    with open_work(db, Actor.of(None, "Vi", Role.VIEWER), now=NOW) as work:
        page = service.show(work, number)
        assert ([term.price for term in page.terms], page.may_edit) == ([""], False)
        with pytest.raises(NotAllowed):
            service.renew(work, number, renewal("2026-11-20"))
