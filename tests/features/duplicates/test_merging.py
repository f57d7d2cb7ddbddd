"""Merging without loss and undoing at will."""

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

from crm_app.core.access import Actor, Role
from crm_app.core.errors import Invalid, NotAllowed
from crm_app.core.work import Work
from crm_app.features.constituents.models import Consent, Constituent, Email, HatType, Phone, Tagging
from crm_app.features.constituents.service import editing
from crm_app.features.duplicates import service
from crm_app.features.duplicates.models import Merge
from crm_app.features.duplicates.service import moving
from crm_app.features.duplicates.service.links import all_links
from crm_app.features.duplicates.service.totals import RowLost
from crm_app.features.duplicates.service.undoing import AlreadyUndone
from crm_app.features.giving.models import Gift
from crm_app.features.interactions.models import Task
from crm_app.features.relationships.models import HouseholdMember
from crm_app.features.relationships.service import make_household
from tests.features.duplicates.conftest import Add, give, tag

DERIVED = {"created_at", "updated_at", "version"}


def all_rows(work: Work) -> dict[str, list[dict]]:
    """Every row of every table that points at a constituent, and the constituents: what an undo must bring back."""
    work.session.flush()
    found = {}
    for name in sorted({link.table.name for link in all_links()} | {"constituent"}):
        rows = work.session.execute(sa.select(SQLModel.metadata.tables[name])).mappings()
        kept = [{key: value for key, value in row.items() if key not in DERIVED} for row in rows]
        found[name] = sorted(kept, key=lambda row: row["id"])
    return found


def rows_of(work: Work, table: type, **where: object) -> list:
    return list(work.session.execute(sa.select(table).filter_by(**where)).scalars())


def owner_of(work: Work, table: type, number: int) -> int:
    return work.session.execute(sa.select(table.constituent_id).where(table.id == number)).scalar()


def test_everything_moves_and_the_old_number_leads_to_the_new_one(work, maria, mary):
    gift = give(work, mary, 12_000)
    task = work.add(Task(constituent_id=mary, title="Call", created_at=work.now, updated_at=work.now)).id
    (merge_id,) = service.merge(work, maria, [mary])
    assert owner_of(work, Gift, gift) == maria
    assert owner_of(work, Task, task) == maria
    assert editing.standing(work, mary).id == maria
    assert work.get(Merge, merge_id).counts["gift"] == {"move": 1}


def test_what_both_have_is_combined_not_doubled(work, maria, mary):
    for who in (maria, mary):
        tag(work, who, "choir")
    service.merge(work, maria, [mary])
    assert len(rows_of(work, Tagging)) == 1
    assert [e.constituent_id for e in rows_of(work, Email)] == [maria]


def test_only_one_contact_stays_primary(work, maria, add):
    other = add("Mary", "Okonkwo", "other@example.net", "302 375 9999")
    service.merge(work, maria, [other])
    assert sorted(e.is_primary for e in rows_of(work, Email)) == [False, True]
    assert sorted(p.is_primary for p in rows_of(work, Phone)) == [False, True]


def test_consent_of_both_is_kept(work, maria, mary):
    for who, state in ((maria, "granted"), (mary, "withdrawn")):
        said = Consent(
            constituent_id=who, channel="email", purpose="news", state=state, captured_at=work.now, created_at=work.now
        )
        work.add(said)
    service.merge(work, maria, [mary])
    assert sorted(c.state for c in rows_of(work, Consent, constituent_id=maria)) == [
        "granted",
        "withdrawn",
    ]


def test_empty_fields_are_filled_and_chosen_ones_taken(work, add):
    keep = add("Maria", "Okonkwo", job_title="Baker")
    drop = add("Mary", "Okonkwo-Reed", job_title="Chef", gender="female")
    service.merge(work, keep, [drop], {"last_name": drop, "job_title": keep})
    row = work.get(Constituent, keep)
    assert (row.last_name, row.job_title, row.gender) == ("Okonkwo-Reed", "Baker", "female")


def test_a_death_and_the_wish_not_to_be_named_win(work, add):
    keep, drop = add("Maria", "Okonkwo"), add("Maria", "Okonkwo", deceased=True)
    work.get(Constituent, drop).anonymous = True
    service.merge(work, keep, [drop])
    row = work.get(Constituent, keep)
    assert row.deceased
    assert row.anonymous


def test_the_kept_record_s_household_stays_the_main_one(work, maria, mary, add):
    other = add("Ade", "Okonkwo")
    first, second = make_household(work, [maria, other]), make_household(work, [mary])
    service.merge(work, maria, [mary])
    rows = rows_of(work, HouseholdMember, person_id=maria)
    assert {(row.household_id, row.is_primary) for row in rows} == {(first, True), (second, False)}


def test_several_records_are_merged_at_once(work, maria, mary, add):
    third = add("M", "Okonkwo", "maria.o77@example.net")
    gifts = [give(work, who, 100) for who in (mary, third)]
    assert len(service.merge(work, maria, [mary, third])) == 2
    assert {owner_of(work, Gift, gift) for gift in gifts} == {maria}


def test_undo_brings_back_both_records_and_every_row(work, maria, mary):
    give(work, mary, 12_000)
    for who in (maria, mary):
        tag(work, who, "choir")
    before = all_rows(work)
    (merge_id,) = service.merge(work, maria, [mary])
    assert service.undo(work, merge_id).stayed == []
    assert all_rows(work) == before
    with pytest.raises(AlreadyUndone):
        service.undo(work, merge_id)


def test_undo_leaves_what_was_changed_since_and_says_so(work, maria, mary):
    gift = give(work, mary, 12_000)
    (merge_id,) = service.merge(work, maria, [mary])
    later = give(work, maria, 500)
    work.session.delete(work.get(Gift, gift))
    work.session.flush()
    undone = service.undo(work, merge_id)
    assert undone.stayed == ["One gift was deleted since."]
    assert owner_of(work, Gift, later) == maria


def test_an_inner_merge_is_undone_after_an_outer_one(work, maria, mary, add):
    third = add("Ma", "Okonkwo")
    gift = give(work, mary, 700)
    (inner,) = service.merge(work, maria, [mary])
    (outer,) = service.merge(work, third, [maria])
    service.undo(work, inner)
    assert owner_of(work, Gift, gift) == mary
    service.undo(work, outer)
    assert owner_of(work, Gift, gift) == mary
    assert work.get(Constituent, maria).merged_into_id is None


def test_a_preview_counts_and_changes_nothing(work, maria, mary):
    give(work, mary, 12_000)
    before = all_rows(work)
    seen = service.preview(work, maria, [mary])
    counted = {kind.table: (kind.moves, kind.combines) for kind in seen.kinds}
    assert (counted["gift"], counted["email"]) == ((1, 0), (0, 1))
    assert all_rows(work) == before


def test_a_row_that_would_get_lost_stops_the_merge(work, maria, mary, monkeypatch):
    gift = give(work, mary, 12_000)
    lost = sa.delete(Gift.__table__).where(Gift.id == gift)
    policy = moving.policy

    def careless(session_of_gifts: str):
        work.session.execute(lost)
        return policy(session_of_gifts)

    monkeypatch.setattr(moving, "policy", careless)
    with pytest.raises(RowLost), work.session.begin_nested():
        service.merge(work, maria, [mary])


@pytest.mark.parametrize("what", ["itself", "trash", "kind", "role"])
def test_refuses_what_cannot_be(work, maria, mary, what):
    if what == "itself":
        with pytest.raises(Invalid):
            service.merge(work, maria, [maria])
    elif what == "trash":
        work.get(Constituent, mary).deleted_at = work.now
        with pytest.raises(Invalid):
            service.merge(work, maria, [mary])
    elif what == "kind":
        work.get(Constituent, mary).kind = "household"
        with pytest.raises(Invalid):
            service.merge(work, maria, [mary])
    else:
        work.actor = Actor.of(None, "Vera", Role.VIEWER)
        with pytest.raises(NotAllowed):
            service.merge(work, maria, [mary])


def scatter(work: Work, data: st.DataObject, people: list[int]) -> None:
    """Rows of many kinds on these people, some of them on both."""
    hat = work.add(HatType(name=f"Friend of number {people[0]}")).id
    for who in people:
        for _ in range(data.draw(st.integers(0, 2))):
            give(work, who, data.draw(st.integers(1, 9_999)))
        for name in data.draw(st.sets(st.sampled_from(["choir", "board", "garden"]))):
            tag(work, who, name)
        if data.draw(st.booleans()):
            work.add(Task(constituent_id=who, title="Call", created_at=work.now, updated_at=work.now))
        if data.draw(st.booleans()):
            table = SQLModel.metadata.tables["hat"]
            work.session.execute(
                table.insert().values(constituent_id=who, hat_type_id=hat, note="", created_at=work.now)
            )
    if data.draw(st.booleans()):
        make_household(work, data.draw(st.permutations(people))[:2])


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_undoing_all_merges_in_reverse_is_the_start(work, add, data):
    point = work.session.begin_nested()
    try:
        merge_and_go_back(work, add, data)
    finally:
        point.rollback()
        work.session.expire_all()


def merge_and_go_back(work: Work, add: Add, data: st.DataObject) -> None:
    people = [add(f"P{n}", "Quist", f"p{data.draw(st.integers(0, 2))}@example.net") for n in range(4)]
    scatter(work, data, people)
    before = all_rows(work)
    money = work.session.execute(sa.select(sa.func.sum(Gift.amount))).scalar()
    made: list[int] = []
    standing = list(people)
    for _ in range(data.draw(st.integers(1, 3))):
        keep, drop = data.draw(st.permutations(standing))[:2]
        made += service.merge(work, keep, [drop])
        standing.remove(drop)
        assert work.session.execute(sa.select(sa.func.sum(Gift.amount))).scalar() == money
    for merge_id in reversed(made):
        assert service.undo(work, merge_id).stayed == []
    assert all_rows(work) == before
