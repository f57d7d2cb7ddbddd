"""People to find and merge."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa

from crm_app.core.work import Work
from crm_app.features.constituents.models import Tag, Tagging
from crm_app.features.constituents.schemas import AddressDraft, ConstituentDraft, EmailDraft, PhoneDraft
from crm_app.features.constituents.service import create
from crm_app.features.giving.models import Gift

Add = Callable[..., int]


def person(
    first: str, last: str, email: str = "", phone: str = "", street: str = "", **more: object
) -> ConstituentDraft:
    return ConstituentDraft(
        first_name=first,
        last_name=last,
        emails=[EmailDraft(address=email)] if email else [],
        phones=[PhoneDraft(number=phone)] if phone else [],
        addresses=[AddressDraft(line1=street, city="Dover", postal_code="19901", country="US")] if street else [],
        **more,
    )


@pytest.fixture
def add(work: Work) -> Add:
    """Add a person; returns the number."""

    def made(*said: str, **more: object) -> int:
        return create(work, person(*said, **more))

    return made


@pytest.fixture
def maria(add: Add) -> int:
    return add("Maria", "Okonkwo", "maria.o77@example.net", "302 375 7496", "14 Oak Lane")


@pytest.fixture
def mary(add: Add) -> int:
    """Maria, as a volunteer typed her a second time."""
    return add("Mary", "Okonkwo", "maria.o77@example.net", "", "14 Oak Ln.")


def give(work: Work, who: int, amount: int) -> int:
    gift = Gift(
        constituent_id=who,
        amount=amount,
        currency="USD",
        given_on=date(2026, 3, 1),
        created_at=work.now,
        updated_at=work.now,
    )
    return work.add(gift).id


def tag(work: Work, who: int, name: str) -> None:
    found = work.session.execute(sa.select(Tag).filter_by(folded=name)).scalars().first() or work.add(
        Tag(name=name, folded=name, created_at=work.now)
    )
    work.add(Tagging(constituent_id=who, tag_id=found.id, created_at=work.now))
