"""Notebooks in the hands of people: kept, shared, built clause by clause, explained, frozen, sent."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from crm_app.core.access import Actor, Role
from crm_app.core.database import Database
from crm_app.core.errors import Invalid, NotAllowed, NotFound
from crm_app.core.work import open_work
from crm_app.engine.segment.definition import (
    Aggregate,
    Asked,
    Chart,
    Combine,
    FieldTest,
    Group,
    Household,
    Measure,
    Note,
    Notebook,
    People,
    Reason,
    RelatedTest,
    Suppress,
    Table,
)  # fmt: skip
from crm_app.engine.segment.edit import Spot, add_cell, add_clause
from crm_app.features.constituents.models import Address, Constituent, Tagging
from crm_app.features.giving.models import Gift
from crm_app.features.notebooks.service import drafting, keeping, people, sending, showing, snapshots
from crm_app.features.notebooks.service.asking import ask

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ADA = Actor.of(1, "Ada", Role.FUNDRAISER)
OLE = Actor.of(2, "Ole", Role.ORGANIZER)
VERA = Actor.of(3, "Vera", Role.VIEWER)
GAVE = RelatedTest(of=Aggregate(relation="gifts", fn="sum", column="amount"), op="at least", values=(50000,))
OREGON = FieldTest(field="region", op="is", values=("OR",))


@pytest.fixture
def world(db: Database) -> Database:
    with open_work(db, Actor.system()) as work:
        for number, (name, region, amount) in enumerate(
            [("Ada", "OR", 31000), ("Bo", "OR", 90000), ("Cy", "WA", 70000)], 1
        ):
            work.add(Constituent(id=number, display_name=name, created_at=NOW, updated_at=NOW))
            work.add(
                Address(
                    constituent_id=number,
                    line1="1 Alder",
                    city="Salem",
                    region=region,
                    is_primary=True,
                    created_at=NOW,
                    updated_at=NOW,
                )
            )
            work.add(
                Gift(
                    constituent_id=number,
                    given_on=date(2026, 1, 5),
                    amount=amount,
                    currency="USD",
                    created_at=NOW,
                    updated_at=NOW,
                )
            )
    with open_work(db, Actor.system(), write=False) as work:
        showing.show(work, Notebook())
    return db


def reading(db: Database, actor: Actor = ADA):
    return open_work(db, actor, write=False)


NOTEBOOK = Notebook(
    title="Spring",
    cells=(
        Note(name="Why", text="One **letter** <script>x</script>"),
        People(name="Donors", match=Group(clauses=(GAVE, OREGON))),
        Suppress(name="To write", of="Donors", reasons=(Reason(name="has died", match=Group(clauses=(FieldTest(field="deceased", op="yes"),))),)),
        Household(name="Letters", of="To write"),
        Combine(name="Both", include=("Donors", "Letters")),
        Measure(name="Total", of="Donors", summary="sum", value=GAVE.of),
        Chart(name="By state", by=Asked(field="region"), value=GAVE.of),
        Table(name="List", of="Donors", columns=(Asked(field="city"), Asked(value=GAVE.of)), sort=1, descending=True),
    ),
)  # fmt: skip


def test_a_notebook_is_shown_in_words_and_numbers(world: Database):
    with reading(world) as work:
        cells = {cell.name: cell for cell in showing.show(work, NOTEBOOK)}
    assert "<strong>letter</strong>" in cells["Why"].note
    assert "<script>" not in cells["Why"].note
    donors = cells["Donors"]
    assert (donors.count, donors.below) == ("1", "of 3 constituents")
    assert (
        "".join(token.text for token in donors.tokens)
        == "Everyone whose gifts add up to $500 or more and who lives in OR."
    )
    assert [clause.numbers for clause in donors.clauses] == ["2 · without it 2", "1 · without it 2"]
    assert cells["Total"].count == "$900"
    assert [(bar.label, bar.count, bar.amount) for bar in cells["By state"].bars] == [
        ("OR", "2", "$1,210"),
        ("WA", "1", "$700"),
    ]
    assert [(row.name, row.given) for row in cells["List"].rows] == [("Bo", ["Salem", "$900"])]


def test_why_somebody_is_in_or_out(world: Database):
    with reading(world) as work:
        why = people.why(work, NOTEBOOK, "Donors", 1)
        assert (why.inside, why.words) == (False, "Ada is not in Donors: $310.")
        assert [(one.passed, one.has) for one in why.because] == [("no", "$310"), ("yes", "OR")]
        assert people.why(work, NOTEBOOK, "Letters", 2).inside
        assert [(p.name, p.detail) for p in people.only_this(work, NOTEBOOK, "Donors", "0")] == [("Ada", "$310")]


def test_who_may_not_see_gifts_may_not_ask_about_them(world: Database):
    with reading(world, VERA) as work:
        cells = {cell.name: cell for cell in showing.show(work, NOTEBOOK)}
        assert cells["Donors"].problem
        assert cells["Donors"].count == ""
        asking = ask(work, NOTEBOOK)
        keys = [fact.key for fact in drafting.facts(asking.reader.catalogue, NOTEBOOK, "")]
        assert not [key for key in keys if "gifts" in key or key == "field:birth_year"]
        with pytest.raises(Invalid):
            sending.verify(work, NOTEBOOK, "Donors")


def test_every_fact_in_the_list_begins_a_clause_that_can_be_drafted(world: Database):
    with reading(world, Actor.system()) as work:
        notebook = Notebook(cells=(People(name="A"), People(name="B")))
        asking = ask(work, notebook)
        for fact in drafting.facts(asking.reader.catalogue, notebook, "A"):
            after = add_clause(notebook, Spot("A"), drafting.begun(asking.reader.catalogue, fact.key))
            assert drafting.draft(asking, after, Spot("A"), "0").kind
            assert {cell.name for cell in showing.show(work, after)} == {"A", "B"}


BUILT = [
    ([("values.0", "750")], "whose gifts add up to $750 or more"),
    ([("fn", "none")], "did not give"),
    ([("fn", "count"), ("values.0", "3"), ("window.kind", "last")], "has 3 or more gifts in the last 12 months"),
    ([("window.kind", "fiscal -1")], "whose gifts add up to $100 or more in the last fiscal year"),
    ([("fn", "exists"), ("where.add", "method"), ("where.0.choice", "card")], "gave by card"),
    ([("fn", "exists"), ("where.add", "amount"), ("where.0.values.0", "20"), ("where.0.remove", "")], "gave"),
    ([("fn", "last")], "whose last gift was in the last 12 months"),
    ([("level", "household")], "whose household’s gifts add up to $100 or more"),
    ([("op", "between"), ("values.1", "200")], "whose gifts add up to between $100 and $200"),
    (
        [("window.kind", "between"), ("window.since", "2025-02-01")],
        "whose gifts add up to $100 or more since 1 Feb 2025",
    ),
]


def test_the_builder_changes_one_field_at_a_time(world: Database):
    start = Notebook(cells=(People(name="A"),))
    with reading(world) as work:
        asking = ask(work, start)
        catalogue = asking.reader.catalogue
        for steps, sentence in BUILT:
            notebook = add_clause(start, Spot("A"), drafting.begun(catalogue, "rel:gifts:sum:amount"))
            for part, value in steps:
                notebook = drafting.changed(catalogue, notebook, Spot("A"), "0", part, value)
            assert asking.speech.clause(notebook.cells[0].match.clauses[0]) == sentence
            assert drafting.draft(asking, notebook, Spot("A"), "0").words == sentence


def test_saving_keeps_versions_and_refuses_to_overwrite(world: Database):
    with open_work(world, ADA) as work:
        number = keeping.create(work, NOTEBOOK)
        version = keeping.save(work, number, add_cell(NOTEBOOK, Note(name="New")), 1, "added New")
        with pytest.raises(keeping.NewerVersion):
            keeping.save(work, number, NOTEBOOK, 1)
        assert version == 2
        assert [one.words for one in keeping.versions(work, number)] == ["added New", "made"]
        assert keeping.at_version(work, number, 1) == NOTEBOOK


def test_private_notebooks_stay_private_and_read_only_ones_are_copied(world: Database):
    with open_work(world, ADA) as work:
        number = keeping.create(work, NOTEBOOK, sharing="private")
    with open_work(world, OLE) as work:
        assert keeping.shelf(work) == []
        with pytest.raises(NotFound):
            keeping.opened(work, number)
    with open_work(world, ADA) as work:
        keeping.share(work, number, "read_only")
    with open_work(world, OLE) as work:
        assert not keeping.opened(work, number).may_edit
        with pytest.raises(NotAllowed):
            keeping.save(work, number, NOTEBOOK, 1)
        assert keeping.opened(work, keeping.copy(work, number)).title == "Spring (copy)"


def test_a_notebook_goes_out_as_a_file_and_comes_back(world: Database):
    with open_work(world, ADA) as work:
        text = keeping.as_file(work, keeping.create(work, NOTEBOOK))
        assert keeping.definition(work, keeping.from_file(work, text)) == NOTEBOOK
        with pytest.raises(Invalid):
            keeping.from_file(work, "cells: 3")


def test_snapshots_say_who_joined_and_who_left(world: Database):
    with open_work(world, ADA) as work:
        number = keeping.create(work, NOTEBOOK)
        snapshots.take(work, number, NOTEBOOK, "Donors")
    with open_work(world, Actor.system()) as work:
        work.session.execute(sa.update(Address).where(Address.constituent_id == 3).values(region="OR"))
        work.session.execute(sa.update(Constituent).where(Constituent.id == 2).values(deceased=True))
    with reading(world) as work:
        kept = snapshots.of(work, number)[0]
        compared = snapshots.compare(work, NOTEBOOK, kept.id)
        assert [one.name for one in compared.joined_people] == ["Cy"]
        cell = next(cell for cell in showing.show(work, NOTEBOOK, number) if cell.name == "Donors")
        assert (cell.up, cell.down) == ("+1", "")
        assert [(one.name, one.detail) for one in people.left_out(work, NOTEBOOK, "To write")] == [("Bo", "has died")]


def test_a_list_is_verified_and_frozen_before_it_leaves(world: Database):
    with open_work(world, ADA) as work:
        number = keeping.create(work, NOTEBOOK)
        assert sending.verify(work, NOTEBOOK, "Letters").agree
        text, count = sending.table_file(work, number, NOTEBOOK, "List")
        assert count == 1
        assert text.splitlines()[1] == "2,Bo,Salem,$900"
        assert sending.addresses(work, number, NOTEBOOK, "Letters") == [["Bo", "1 Alder", "Salem, OR"]]
        assert sending.tag(work, number, NOTEBOOK, "Donors", "Spring 26") == 1
        assert sending.tag(work, number, NOTEBOOK, "Donors", "spring 26") == 0
        assert sending.tasks(work, number, NOTEBOOK, "Donors", "Call") == 1
        assert work.session.execute(sa.select(Tagging.constituent_id)).scalars().all() == [2]
        assert [one.reason for one in snapshots.of(work, number)] == ["tasks", "tag", "tag", "labels", "export"]
    with open_work(world, VERA) as work, pytest.raises(NotAllowed):
        sending.table_file(work, number, NOTEBOOK, "List")
