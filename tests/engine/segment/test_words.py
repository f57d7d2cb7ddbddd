"""Sentences, explanations, edits with undo, files, dates."""

import datetime as dt

import pytest
from hypothesis import given, settings

from crm_app.engine.segment import edit
from crm_app.engine.segment.clock import Clock, shift
from crm_app.engine.segment.definition import (
    Aggregate,
    Before,
    CalendarYear,
    Combine,
    FieldTest,
    FiscalYear,
    Group,
    InCell,
    Last,
    Notebook,
    People,
    RelatedTest,
)  # fmt: skip
from crm_app.engine.segment.edit import History, Spot
from crm_app.engine.segment.explain import Explainer
from crm_app.engine.segment.graph import Circle
from crm_app.engine.segment.sentence import Speech
from crm_app.engine.segment.text import Unreadable, from_json, from_yaml, to_json, to_yaml
from tests.engine.segment import segment_world as world
from tests.engine.segment.segment_random import notebooks

SPEECH = Speech(world.CATALOGUE, world.CLOCK)
OREGON = FieldTest(field="state", op="is", values=("or", "wa"))
GAVE = RelatedTest(of=Aggregate(relation="gifts", fn="exists", window=FiscalYear(year=-1)))
NOT_NOW = RelatedTest(of=Aggregate(relation="gifts", fn="none", window=FiscalYear()))
SUM = RelatedTest(
    of=Aggregate(relation="gifts", fn="sum", column="amount", window=Last(n=12)), op="at least", values=(50000,)
)
LAST = RelatedTest(
    of=Aggregate(relation="gifts", fn="last", column="given"), op="within", window=Before(n=2, unit="years")
)


def said(*clauses, mode="all", of="") -> str:
    return SPEECH.text(People(name="A", of=of, match=Group(mode=mode, clauses=clauses)))


def test_a_cell_reads_as_one_sentence():
    assert said() == "Everyone."
    assert said(GAVE, NOT_NOW, OREGON) == (
        "Everyone who gave in the last fiscal year, did not give in this fiscal year and lives in Oregon or Washington."
    )
    assert said(SUM, LAST) == (
        "Everyone whose gifts add up to $500 or more in the last 12 months and whose last gift was 2 years ago or longer."
    )
    assert said(Group(mode="any", clauses=(GAVE, OREGON)), of="Donors") == (
        "Everyone in Donors who either gave in the last fiscal year or lives in Oregon or Washington."
    )
    assert SPEECH.text(Combine(name="W", include=("A",), leave_out=("B",))) == "A without B."


def test_tokens_lead_back_to_their_clauses():
    tokens = SPEECH.cell(People(name="A", match=Group(clauses=(GAVE, OREGON))))
    assert [token.path for token in tokens if token.path] == ["0", "1"]


@settings(max_examples=40, deadline=None)
@given(notebooks())
def test_files_give_back_what_was_written(notebook):
    assert from_yaml(to_yaml(notebook)) == notebook
    assert from_json(to_json(notebook)) == notebook
    assert all(isinstance(SPEECH.text(cell), str) for cell in notebook.cells)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cells: [", "not readable as YAML (line 1)"),
        ("- 1", "not a notebook"),
        ("schema_version: 99", "newer version"),
        ("cells: [{kind: people, name: A}, {kind: note, name: a}]", "Two cells are called"),
        ("cells: [{kind: people, evil: 1}]", "evil"),
    ],
)
def test_unreadable_files_say_where_and_why(text, words):
    with pytest.raises(Unreadable, match="(?s).*" + words.replace("(", r"\(").replace(")", r"\)")):
        from_yaml(text)


def test_somebody_is_explained_clause_by_clause_with_their_own_values():
    rows = {"person": [(1, "Ada", "or", None, 0, 1, 3)], "gift": [(1, 1, 31000, "2026-01-05", "roof")], "visit": []}
    explainer = Explainer(world.frames(rows), SPEECH, lambda c, p: None, lambda c, p: False)
    because = explainer.explain(Group(clauses=(SUM, OREGON, GAVE)), 0)
    assert [(one.passed, one.has) for one in because] == [(False, "$310"), (True, "Oregon"), (False, "no gifts")]
    assert because[0].needs == "whose gifts add up to $500 or more in the last 12 months"


def test_edits_undo_and_redo():
    start = Notebook(title="N", cells=(People(name="A"),))
    history = History(start).does(edit.add_clause(start, Spot("A"), OREGON))
    history = history.does(edit.wrap_clause(history.now, Spot("A"), "0"))
    history = history.does(edit.add_clause(history.now, Spot("A"), GAVE, into="0"))
    assert edit.clause_at(edit.group_at(history.now, Spot("A")), "0.1") == GAVE
    back = history.undo().undo().undo()
    assert back.now == start
    assert back.redo().redo().redo() == history
    assert back.does(edit.rename_cell(start, "A", "B")).future == ()


def test_renaming_a_cell_renames_it_everywhere():
    cells = (
        People(name="A"),
        Combine(name="B", include=("A",)),
        People(name="C", of="B", match=Group(clauses=(InCell(cell="A"),))),
    )
    after = edit.rename_cell(Notebook(cells=cells), "A", "Donors")
    assert after.cells[1].include == ("Donors",)
    assert after.cells[2].match.clauses[0].cell == "Donors"


def test_a_used_cell_stays_and_a_circle_is_refused():
    notebook = Notebook(cells=(People(name="A"), Combine(name="B", include=("A",))))
    with pytest.raises(edit.InUse) as refused:
        edit.remove_cell(notebook, "A")
    assert refused.value.by == ["B"]
    with pytest.raises(Circle) as circle:
        edit.change_cell(notebook, "A", of="B")
    assert circle.value.names == ["A", "B", "A"]


def test_cells_move_and_are_copied_under_a_free_name():
    notebook = Notebook(cells=(People(name="A"), People(name="B")))
    assert [cell.name for cell in edit.move_cell(notebook, "A", 5).cells] == ["B", "A"]
    assert [cell.name for cell in edit.duplicate_cell(notebook, "A").cells] == ["A", "A 2", "B"]
    with pytest.raises(edit.NameTaken):
        edit.rename_cell(notebook, "A", "b")


def test_dates_at_the_ends_of_months_and_fiscal_years():
    assert shift(dt.date(2024, 2, 29), -1, "years") == dt.date(2023, 2, 28)
    assert shift(dt.date(2026, 3, 31), -1, "months") == dt.date(2026, 2, 28)
    july = Clock(dt.date(2026, 3, 31), fiscal_month=7)
    assert july.span(FiscalYear()) == (dt.date(2025, 7, 1), dt.date(2026, 6, 30))
    assert july.span(FiscalYear(year=-1, years=3)) == (dt.date(2022, 7, 1), dt.date(2025, 6, 30))
    assert july.span(CalendarYear(year=-1)) == (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert Clock(dt.date(2026, 3, 31)).fiscal_year() == 2026
    assert july.span(Last(n=12)) == (dt.date(2025, 4, 1), dt.date(2026, 3, 31))
