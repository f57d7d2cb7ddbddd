"""Notebooks run: counts per clause, circles, permissions, memory between runs, changes of single people."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_app.engine.segment import frames as fr
from crm_app.engine.segment.definition import (
    Aggregate,
    Asked,
    Chart,
    Combine,
    FieldTest,
    FiscalYear,
    Group,
    Household,
    InCell,
    Measure,
    Notebook,
    People,
    RelatedTest,
    Split,
    Suppress,
)  # fmt: skip
from crm_app.engine.segment.run import Run, Superseded
from crm_app.engine.segment.values import Memory, Reader
from tests.engine.segment import segment_world as world
from tests.engine.segment.segment_random import notebooks

ROWS = {
    "person": [
        (1, "Ada", "or", "1980-05-01", 0, 1, 3),
        (2, "José", "or", None, 0, 1, None),
        (3, "Kim", "wa", "1990-01-31", 1, None, 5),
        (5, "Lee", None, None, None, None, 1),
    ],
    "gift": [
        (1, 1, 5000, "2025-12-24", "roof"),
        (2, 1, 2500, "2024-08-01", "food"),
        (3, 2, 10000, "2025-07-01", "food"),
        (4, 3, 700, "2026-03-30", "roof"),
    ],
    "visit": [(1, 1, "2025-12-01", "Gala"), (2, 5, "2025-12-01", "Gala")],
}
GAVE = RelatedTest(of=Aggregate(relation="gifts", fn="exists"))
GAVE_THIS_YEAR = RelatedTest(of=Aggregate(relation="gifts", fn="exists", window=FiscalYear()))
OREGON = FieldTest(field="state", op="is", values=("or",))
BIG = RelatedTest(of=Aggregate(relation="gifts", fn="sum", column="amount"), op="at least", values=(7500,))


def run(*cells, rows=ROWS, **reader) -> Run:
    return Run(world.reader(rows, **reader), Notebook(cells=cells))


def people(run: Run, cell: str) -> list[int]:
    return run.reader.frames.ids[run.mask(cell)].tolist()


def test_every_clause_has_its_counts():
    result = run(People(name="A", match=Group(clauses=(GAVE, OREGON, BIG)))).one("A")
    assert [(one.alone, one.after, one.without) for one in result.found.clauses] == [(3, 3, 2), (2, 2, 2), (2, 2, 2)]
    assert result.count == 2


def test_counts_of_clauses_inside_groups():
    either = Group(mode="any", clauses=(OREGON, FieldTest(field="state", op="is", values=("wa",))))
    counts = {
        one.path: one for one in run(People(name="A", match=Group(clauses=(GAVE, either)))).one("A").found.clauses
    }
    assert counts["1.0"].alone == 2
    assert counts["1.0"].without == 1  # only Washington is left
    assert counts["1.1"].after == 3


def test_unknown_is_said_and_can_be_let_in():
    test = FieldTest(field="state", op="is not", values=("or",))
    result = run(People(name="A", match=Group(clauses=(test,)))).one("A")
    assert (result.count, result.found.clauses[0].unknown) == (1, 1)
    let_in = test.model_copy(update={"unknown": True})
    assert run(People(name="A", match=Group(clauses=(let_in,)))).one("A").count == 2


def test_an_unfinished_clause_says_what_is_missing_and_the_rest_lives():
    half = FieldTest(field="state", op="is")
    result = run(People(name="A", match=Group(clauses=(GAVE, half)))).one("A")
    assert result.count == 3
    assert result.found.clauses[1].problem.words == "State: a value is missing."


def test_a_circle_is_refused_with_its_names():
    ring = run(
        People(name="A", match=Group(clauses=(InCell(cell="B"),))),
        Combine(name="B", include=("A",)),
        People(name="C", match=Group(clauses=(GAVE,))),
    )
    ring.all()
    assert "A → B → A" in ring.results["A"].problem.words
    assert ring.results["C"].count == 3


def test_what_a_role_may_not_see_it_cannot_ask():
    hidden = run(
        People(name="A", match=Group(clauses=(GAVE, OREGON))),
        Combine(name="B", include=("A",)),
        People(name="C", match=Group(clauses=(OREGON,))),
        Measure(name="D", of="C", summary="sum", value=Aggregate(relation="gifts", fn="sum", column="amount")),
        permissions=(),
    )
    hidden.all()
    assert all(hidden.results[name].problem.forbidden for name in "ABD")
    assert hidden.results["C"].count == 2


def test_one_per_household_and_only_who_matches():
    cells = [People(name="A", match=Group(clauses=(GAVE,))), Household(name="L", of="A", prefer="largest", by=BIG.of)]
    letters = run(*cells)
    assert people(letters, "L") == [2, 3]
    assert letters.one("L").base == 3


def test_suppressed_people_are_listed_under_their_first_reason():
    done = run(Suppress(name="S", asked="state", reasons=()))
    assert people(done, "S") == [5]
    assert {name: int(mask.sum()) for name, mask in done.one("S").found.reasons.items()} == {
        "Oregon": 2,
        "Washington": 1,
    }


def test_household_level_gives_everybody_the_households_total():
    of = Aggregate(relation="gifts", fn="sum", column="amount", level="household")
    together = RelatedTest(of=of, op="at least", values=(17500,))
    assert people(run(People(name="A", match=Group(clauses=(together,)))), "A") == [1, 2]


def test_parts_of_a_split_are_everyone_once():
    done = run(Split(name="Test"), People(name="A", of="Test/A"))
    parts = done.one("Test").found.parts
    assert (parts["A"] ^ parts["B"]).all()
    assert done.one("A").count == parts["A"].sum()


def test_a_chart_adds_up_and_its_bars_open_their_people():
    chart = Chart(name="C", by=Asked(field="state"), value=Aggregate(relation="gifts", fn="sum", column="amount"))
    drawn = run(chart).one("C").drawn
    assert {bar.label: (bar.count, bar.amount) for bar in drawn.bars} == {
        "Oregon": (2, 17500),
        "Washington": (1, 700),
        "Not known": (1, 0),
    }
    for bar in drawn.bars:
        assert run(People(name="A", match=Group(clauses=(bar.clause,)))).one("A").count == bar.count


@pytest.mark.parametrize(
    "by", [Asked(field="born"), Asked(field="score"), Asked(field="deceased"), Asked(field="name"), Asked(value=BIG.of)]
)
def test_every_kind_of_value_can_be_charted(by):
    bars = run(Chart(name="C", by=by)).one("C").drawn.bars
    assert sum(bar.count for bar in bars) == 4
    for bar in bars:
        assert run(People(name="A", match=Group(clauses=(bar.clause,)))).one("A").count == bar.count


def test_a_pivot_counts_two_fields_at_once():
    drawn = run(Chart(name="C", draw="pivot", by=Asked(field="state"), across=Asked(field="deceased"))).one("C").drawn
    assert sum(sum(bar.across) for bar in drawn.bars) == 4


def test_nothing_is_worked_out_twice_and_a_rename_costs_nothing():
    memory, frames = Memory(), world.frames(ROWS)
    cell = People(name="A", match=Group(clauses=(GAVE, OREGON)))

    def once(cell):
        reader = Reader(frames, world.CLOCK, world.CATALOGUE, memory)
        return Run(reader, Notebook(cells=(cell,))).one(cell.name)

    assert once(cell) is once(cell)
    assert once(cell.model_copy(update={"name": "B"})).found is once(cell).found


def test_a_newer_edit_stops_the_older_run():
    old = run(People(name="A", match=Group(clauses=(GAVE,))))
    old.stopped = lambda: True
    with pytest.raises(Superseded):
        old.all()


def test_cells_of_other_notebooks_can_be_asked_for():
    other = Notebook(title="Majors", cells=(People(name="Big", match=Group(clauses=(BIG,))),))
    clause = InCell(notebook="Majors", cell="Big")
    asking = run(People(name="A", match=Group(clauses=(clause,))))
    asking.library = {"Majors": other}.get
    assert people(asking, "A") == [1, 2]
    asking = run(People(name="A", match=Group(clauses=(clause,))))
    assert "no notebook called" in asking.one("A").problem.words


def test_an_empty_world_is_no_trouble():
    empty = {"person": [], "gift": [], "visit": []}
    cells = (
        People(name="A", match=Group(clauses=(GAVE, OREGON, BIG))),
        Split(name="S", of="A"),
        Chart(name="C", by=Asked(field="state")),
    )
    assert run(*cells, rows=empty).all()["A"].count == 0


@settings(max_examples=30, deadline=None)
@given(world.data(), world.data(), notebooks(), st.data())
def test_changed_people_give_the_same_as_building_anew(before, after, notebook, draw):
    """Patched frames, with blocks so small that people fall into several, answer as fresh ones do."""
    size, fr.BLOCK = fr.BLOCK, 4
    try:
        old = world.frames(before)
        memory = Memory()
        Run(Reader(old, world.CLOCK, world.CATALOGUE, memory), notebook).all()
        changed = {row[0] for rows in (before, after) for row in rows["person"]}
        patched = fr.change(old, changed, *world.tables(world.database(after), changed), {"people", "gifts", "visits"})
        if patched is None:
            return
        one = Run(Reader(patched, world.CLOCK, world.CATALOGUE, memory), notebook)
        two = Run(world.reader(after), notebook)
        alive = patched.ids[patched.alive].tolist()
        assert alive == [row[0] for row in after["person"]]
        for name, result in two.all().items():
            assert one.one(name).problem == result.problem
            assert people(one, name) == people(two, name), name
    finally:
        fr.BLOCK = size


def test_relative_dates_move_with_the_day():
    reader = world.reader(ROWS)
    later = Reader(reader.frames, world.CLOCK.__class__(dt.date(2027, 3, 31), 7), reader.catalogue, reader.memory)
    notebook = Notebook(cells=(People(name="A", match=Group(clauses=(GAVE_THIS_YEAR,))),))
    assert (Run(reader, notebook).one("A").count, Run(later, notebook).one("A").count) == (3, 0)
    assert np.array_equal(Run(reader, notebook).mask("A"), [True, True, True, False])
