"""The demo world is the same each time, believable, and whole."""

from datetime import date

import pytest
import sqlalchemy as sa

from crm_app.core.migrations import faults
from crm_app.core.work import Work
from crm_app.demo import making
from crm_app.demo.making import NotEmpty, known_twins, make
from crm_app.features.constituents import service as people
from crm_app.features.constituents.models import Constituent
from crm_app.features.constituents.schemas import ConstituentDraft
from crm_app.features.giving.models import Gift, GiftSplit

DAY = date(2026, 11, 1)


def test_a_small_world_is_whole(work: Work):
    made = make(work, 300, today=DAY)
    assert made["constituent"] >= 300
    assert made["gift"] > 300
    assert faults(work.session.connection()) == [] if work.database.sqlite else True
    unlike = sa.select(Gift.id).join(GiftSplit).group_by(Gift.id, Gift.amount)
    assert work.session.execute(unlike.having(sa.func.sum(GiftSplit.amount) != Gift.amount)).first() is None
    assert work.session.execute(sa.select(sa.func.count()).where(Gift.given_on > DAY)).scalar() == 0
    first, second = known_twins(work)[0]
    assert first != second
    name = work.session.get(Constituent, first).display_name
    assert first in [line.id for line in people.search(work, name)]


def test_the_next_row_after_the_world_gets_a_free_number(work: Work):
    make(work, 60, today=DAY)
    assert people.create(work, ConstituentDraft(first_name="One", last_name="More")) > 60


def test_the_same_seed_makes_the_same_world(work: Work):
    make(work, 60, today=DAY)
    names = work.session.execute(sa.select(Constituent.display_name).order_by(Constituent.id).limit(5)).scalars().all()
    assert names[:2] == ["Johnson & Beaumont LLP", "Kerns Elementary School"]


def test_a_world_is_only_made_where_nobody_is(work: Work):
    make(work, 30, today=DAY)
    with pytest.raises(NotEmpty):
        make(work, 30, today=DAY)


def test_a_large_world_is_many_towns(work: Work, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(making, "LARGE", 200)
    monkeypatch.setattr(making, "TOWN", 100)
    made = make(work, 300, today=DAY)
    assert made["constituent"] >= 300
    assert faults(work.session.connection()) == [] if work.database.sqlite else True
    last = work.session.execute(sa.select(Constituent).order_by(Constituent.id.desc()).limit(1)).scalar_one()
    assert last.id in people.find_ids(work, last.display_name)
    assert people.create(work, ConstituentDraft(first_name="One", last_name="More")) > last.id
