"""Notebooks about members: what is committed counts, for holders and for the household."""

from datetime import date

import sqlalchemy as sa

from crm_app.core.work import open_work
from crm_app.engine.segment.definition import Aggregate, Between, FieldTest, Group, Notebook, People, RelatedTest
from crm_app.features.constituents.models import Constituent
from crm_app.features.memberships import service
from crm_app.features.memberships.schemas import RenewDraft
from crm_app.features.notebooks.service.asking import ask
from crm_app.features.notebooks.service.sending import by_sql
from crm_app.features.relationships import service as relationships
from tests.features.memberships.conftest import NOW, joined, someone

AHEAD = Between(since=date(2026, 11, 20))
MEMBER = RelatedTest(
    of=Aggregate(relation="memberships", where=(FieldTest(field="ends_on", op="within", window=AHEAD),))
)
PAID = RelatedTest(of=Aggregate(relation="terms", fn="sum", column="amount"), op="at least", values=(12_000,))


def names(db, admin, *clauses) -> list[str]:
    notebook = Notebook(cells=(People(name="A", match=Group(clauses=clauses)),))
    with open_work(db, admin, write=False, now=NOW) as work:
        asking = ask(work, notebook)
        ids = asking.reader.frames.ids[asking.run.mask("A")].tolist()
        assert list(by_sql(work, asking, "A")) == ids
        found = sa.select(Constituent.first_name).where(Constituent.id.in_(ids), Constituent.kind == "person")
        return sorted(work.session.execute(found).scalars())


def test_members_are_counted_with_their_household_and_lapsed_ones_are_not(db, admin, family, friend):
    with open_work(db, admin, now=NOW) as work:
        ann, ben, cy = (someone(work, name) for name in ("Ann", "Ben", "Cy"))
        relationships.make_household(work, [ann, ben])
        joined(work, ann, family, "2026-01-01")
        old = joined(work, cy, friend, "2024-01-01")
    assert names(db, admin, MEMBER) == ["Ann", "Ben"]
    assert names(db, admin, PAID) == []
    with open_work(db, admin, now=NOW) as work:
        service.renew(work, old, RenewDraft(on=date(2026, 11, 20)))
    assert names(db, admin, MEMBER) == ["Ann", "Ben", "Cy"]
    assert names(db, admin, PAID) == ["Cy"]
