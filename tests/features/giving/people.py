"""The few people the tests of giving need."""

from crm_app.core.work import Work
from crm_app.features.constituents.models.person import Constituent
from crm_app.features.giving.models import Fund


def person(work: Work, name: str = "Maya Okafor") -> int:
    first, last = name.split(" ", 1)
    row = Constituent(
        first_name=first, last_name=last, display_name=name, sort_name=f"{last} {first}".lower(),
        created_at=work.now, updated_at=work.now,
    )  # fmt: skip
    return work.add(row).id


def fund(work: Work, code: str) -> int:
    return work.add(Fund(name=code.title(), code=code, created_at=work.now)).id
