"""Frames of a real database: what is committed is in them, and they agree with SQL whatever is asked."""

from datetime import UTC, date, datetime

import numpy as np
import sqlalchemy as sa

from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.work import open_work
from crm_app.engine.segment.definition import Aggregate, FieldTest, Group, Last, Notebook, People, RelatedTest
from crm_app.features.constituents.models import (
    Address,
    Consent,
    Constituent,
    CustomField,
    CustomValue,
    Email,
    Tag,
    Tagging,
)
from crm_app.features.giving.models import Fund, Gift, GiftSplit
from crm_app.features.notebooks.facts import catalogue
from crm_app.features.notebooks.service.asking import ask
from crm_app.features.notebooks.service.sending import by_sql
from crm_app.features.relationships.models import HouseholdMember
from crm_app.store.frames import Store, store

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def write(db: Database, call):
    with open_work(db, Actor.system()) as work:
        return call(work)


def person(work, name: str, **more) -> int:
    return work.add(Constituent(display_name=name, created_at=NOW, updated_at=NOW, **more)).id


def gift(work, number: int, amount: int, fund: str = "Kitchen") -> int:
    found = work.session.execute(sa.select(Fund).where(Fund.name == fund)).scalars().first()
    found = found or work.add(Fund(name=fund, code=fund, created_at=NOW))
    made = work.add(
        Gift(
            constituent_id=number,
            given_on=date(2026, 2, 1),
            amount=amount,
            currency="USD",
            created_at=NOW,
            updated_at=NOW,
        )
    )
    work.add(GiftSplit(gift_id=made.id, fund_id=found.id, amount=amount))
    return made.id


def notebook(*clauses) -> Notebook:
    return Notebook(cells=(People(name="A", match=Group(clauses=clauses)),))


GAVE = RelatedTest(
    of=Aggregate(relation="gifts", fn="sum", column="amount", window=Last(n=10, unit="years")),
    op="at least",
    values=(5000,),
)
KITCHEN = RelatedTest(
    of=Aggregate(relation="gifts", fn="exists", where=(FieldTest(field="fund", values=("Kitchen",)),))
)
MAY_POST = FieldTest(field="may_post_fundraising", op="yes")


def names(db: Database, *clauses) -> list[str]:
    with open_work(db, Actor.system(), write=False) as work:
        asking = ask(work, notebook(*clauses))
        frames = asking.reader.frames
        ids = frames.ids[asking.run.mask("A")]
        assert np.array_equal(ids, by_sql(work, asking, "A"))
        found = sa.select(Constituent.display_name).where(Constituent.id.in_(ids.tolist()))
        return sorted(work.session.execute(found).scalars())


def test_what_is_committed_is_in_the_next_count(db: Database):
    ada = write(db, lambda work: person(work, "Ada"))
    assert names(db) == ["Ada"]
    assert names(db, GAVE) == []
    write(db, lambda work: gift(work, ada, 4000))
    first = store(db)._frames
    assert names(db, GAVE) == []
    write(db, lambda work: gift(work, ada, 1000, "Garden"))
    assert names(db, GAVE) == ["Ada"]
    assert names(db, KITCHEN) == ["Ada"]
    assert store(db)._frames is not first
    bo = write(db, lambda work: person(work, "Bo"))
    write(db, lambda work: gift(work, bo, 9000))
    assert names(db, GAVE) == ["Ada", "Bo"]


def test_changes_of_names_elsewhere_and_of_owners_are_seen(db: Database):
    ada, bo = write(db, lambda work: (person(work, "Ada"), person(work, "Bo")))
    number = write(db, lambda work: gift(work, ada, 9000))
    assert names(db, KITCHEN) == ["Ada"]
    write(db, lambda work: work.session.execute(sa.update(Gift).where(Gift.id == number).values(constituent_id=bo)))
    assert names(db, KITCHEN) == ["Bo"]
    write(db, lambda work: work.session.execute(sa.update(Fund).values(name="Cooking")))
    assert names(db, KITCHEN) == []
    write(
        db, lambda work: work.session.execute(sa.update(Constituent).where(Constituent.id == bo).values(deleted_at=NOW))
    )
    assert names(db) == ["Ada"]


def test_consent_is_the_newest_word_and_needs_an_address(db: Database):
    def world(work):
        ada = person(work, "Ada")
        bo = person(work, "Bo")
        for number in (ada, bo):
            say(work, number, "granted", 1)
        address(work, ada)
        return ada, bo

    def say(work, number, state, day, channel="all"):
        at = datetime(2026, 1, day, tzinfo=UTC)
        work.add(
            Consent(
                constituent_id=number,
                channel=channel,
                purpose="fundraising",
                state=state,
                captured_at=at,
                created_at=NOW,
            )
        )

    def address(work, number):
        work.add(
            Address(
                constituent_id=number, line1="1 Alder St", region="OR", is_primary=True, created_at=NOW, updated_at=NOW
            )
        )

    ada, bo = write(db, world)
    assert names(db, MAY_POST) == ["Ada"]
    write(db, lambda work: address(work, bo))
    assert names(db, MAY_POST) == ["Ada", "Bo"]
    write(db, lambda work: say(work, ada, "withdrawn", 2, "post"))
    assert names(db, MAY_POST) == ["Bo"]
    write(db, lambda work: say(work, ada, "granted", 3))
    assert names(db, MAY_POST) == ["Ada", "Bo"]
    assert names(db, FieldTest(field="not_email_fundraising", values=("nowhere",))) == ["Ada", "Bo"]


def test_tags_households_and_own_fields_can_be_asked(db: Database):
    def world(work):
        ada, home = person(work, "Ada", birth_month=3), person(work, "The Lovelaces", kind="household")
        tag = work.add(Tag(name="Cook", folded="cook", created_at=NOW))
        work.add(Tagging(constituent_id=ada, tag_id=tag.id, created_at=NOW))
        work.add(HouseholdMember(household_id=home, person_id=ada, role="head", created_at=NOW))
        work.add(
            Email(
                constituent_id=ada,
                address="ada@example.org",
                folded="ada@example.org",
                is_primary=True,
                created_at=NOW,
                updated_at=NOW,
            )
        )
        field = work.add(CustomField(code="shirt", label="Shirt size", kind="choice", created_at=NOW))
        work.add(CustomValue(constituent_id=ada, field_id=field.id, text_value="L", updated_at=NOW))

    write(db, world)
    cook = RelatedTest(of=Aggregate(relation="tags", where=(FieldTest(field="tag", values=("Cook",)),)))
    clauses = [
        cook,
        FieldTest(field="household_head", op="yes"),
        FieldTest(field="own_shirt", values=("L",)),
        FieldTest(field="birth_month", values=("3",)),
        FieldTest(field="email_works", op="yes"),
    ]
    assert names(db, *clauses) == ["Ada"]
    assert names(db, FieldTest(field="kind", values=("household",))) == ["The Lovelaces"]


def test_a_single_gift_leaves_the_other_people_where_they_are(db: Database):
    ada = write(db, lambda work: person(work, "Ada"))
    assert names(db) == ["Ada"]
    kept = store(db)._frames.blocks[0].people["name"]
    write(db, lambda work: gift(work, ada, 100))
    assert names(db) == ["Ada"]
    assert store(db)._frames.blocks[0].people["name"] is kept


def test_a_transaction_that_commits_late_is_not_missed(db: Database):
    """PostgreSQL hands out numbers before it commits: the earlier number may arrive after the later one."""
    ada = write(db, lambda work: person(work, "Ada"))
    if db.sqlite:
        return
    assert names(db, GAVE) == []
    with open_work(db, Actor.system()) as slow:
        gift(slow, ada, 9000)
        write(db, lambda work: person(work, "Bo"))
        assert names(db) == ["Ada", "Bo"]
    assert names(db, GAVE) == ["Ada"]


def test_a_store_of_another_process_sees_the_same(db: Database):
    ada = write(db, lambda work: person(work, "Ada"))
    with db.read() as session:
        facts = catalogue(session)
    other = Store(db)
    assert other.frames(facts).ids.tolist() == [ada]
    bo = write(db, lambda work: person(work, "Bo"))
    assert other.frames(facts).ids.tolist() == [ada, bo]
