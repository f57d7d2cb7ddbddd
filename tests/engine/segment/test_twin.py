"""Whatever is asked, the masks, one person at a time, and plain SQL give the same people."""

import os

from hypothesis import HealthCheck, given, settings

from crm_app.engine.segment.definition import Group, Notebook, People
from crm_app.engine.segment.explain import Explainer
from crm_app.engine.segment.run import Run
from crm_app.engine.segment.sentence import Speech
from tests.engine.segment import segment_world as world
from tests.engine.segment.segment_random import fields, groups, notebooks, related, sequences

# `CRM_EXAMPLES=1000` for the long run; the derandomized short one is for every day.
many = settings(
    max_examples=int(os.environ.get("CRM_EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def people(run: Run, cell: str) -> list[int]:
    return run.reader.frames.ids[run.mask(cell)].tolist()


@many
@given(world.data(), groups)
def test_clauses_agree_with_sql(rows, group):
    notebook = Notebook(cells=(People(name="A", match=group),))
    assert people(Run(world.reader(rows), notebook), "A") == world.by_sql(rows, notebook, "A")


@many
@given(world.data(), notebooks())
def test_notebooks_agree_with_sql(rows, notebook):
    run = Run(world.reader(rows), notebook)
    results = run.all()
    names = [name for name, result in results.items() if result.problem is None]
    parts = [f"{name}/{part}" for name in names for part in results[name].found.parts]
    for name in [*names, *parts]:
        assert people(run, name) == world.by_sql(rows, notebook, name), name


@many
@given(world.data(), groups.filter(lambda group: "rank" not in group.model_dump_json()))
def test_explanations_agree_with_the_masks(rows, group):
    reader = world.reader(rows)
    run = Run(reader, Notebook(cells=(People(name="A", match=group),)))
    explainer = Explainer(reader.frames, Speech(reader.catalogue, reader.clock), lambda c, p: None, lambda c, p: False)
    mask = run.mask("A")
    for place in range(reader.frames.size):
        assert (explainer.passes(group, place) in (True, None)) == mask[place]


@many
@given(world.data(), fields | related | sequences)
def test_a_and_not_a_is_empty(rows, clause):
    both = Group(clauses=(clause, Group(mode="none", clauses=(clause,))))
    either = Group(mode="any", clauses=both.clauses)
    run = Run(world.reader(rows), Notebook(cells=(People(name="A", match=both), People(name="B", match=either))))
    assert run.one("A").count == 0
    assert run.one("B").count == run.reader.frames.size
