"""Which value of each field survives: proposals by rules an administrator can change."""

from collections.abc import Mapping, Sequence
from typing import Any

from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.constituents.models import Constituent
from crm_app.features.duplicates import queries
from crm_app.features.duplicates.models import MergeRule

LABELS = {
    "prefix": "Title", "first_name": "First name", "middle_name": "Middle name", "last_name": "Last name",
    "suffix": "Suffix", "nickname": "Nickname", "preferred_name": "Goes by", "name": "Name", "pronouns": "Pronouns",
    "gender": "Gender", "born": "Born", "deceased": "Deceased", "deceased_on": "Died on", "language": "Language",
    "job_title": "Job title", "anonymous": "Never named in public", "owner_id": "Owner", "alert": "Alert",
    "photo_id": "Photo", "source": "Source",
}  # fmt: skip
BORN = ("birth_year", "birth_month", "birth_day")
RULES = {
    "kept": "the kept record's", "newest": "the newest record's", "oldest": "the oldest record's",
    "longest": "the longest", "yes": "yes wins",
}  # fmt: skip
# The stricter statement wins: a death, and the wish not to be named.
STANDARD = {
    "deceased": "yes",
    "anonymous": "yes",
    "first_name": "longest",
    "middle_name": "longest",
    "source": "oldest",
}


def parts(field: str) -> tuple[str, ...]:
    return BORN if field == "born" else (field,)


def value(row: Constituent, field: str) -> Any:
    if field == "born":
        return tuple(getattr(row, part) for part in BORN) if row.birth_year or row.birth_month else None
    return getattr(row, field)


def empty(found: Any) -> bool:
    return found in (None, "", False)


def rules(work: Work) -> dict[str, str]:
    return dict.fromkeys(LABELS, "kept") | STANDARD | queries.rules(work.session)


def set_rule(work: Work, field: str, rule: str) -> None:
    work.require(Permission.SETTINGS_EDIT)
    if field not in LABELS or rule not in RULES:
        raise Invalid(fields={field: "There is no such rule."})
    found = queries.rule(work.session, field) or MergeRule(field=field)
    found.rule = rule
    work.session.add(found)


def proposal(rows: Sequence[Constituent], said: Mapping[str, str]) -> dict[str, int]:
    """For each field the id of the record whose value is proposed; the first row is the one that is kept."""
    return {field: _choose(rows, field, said.get(field, "kept")).id for field in LABELS}


def _choose(rows: Sequence[Constituent], field: str, rule: str) -> Constituent:
    known = [row for row in rows if not empty(value(row, field))]
    if not known:
        return rows[0]
    if rule == "newest":
        return max(known, key=lambda row: (row.updated_at, row.id == rows[0].id))
    if rule == "oldest":
        return min(known, key=lambda row: (row.created_at, row.id))
    if rule == "longest":
        return max(known, key=lambda row: (len(str(value(row, field))), row.id == rows[0].id))
    return known[0]


def best_to_keep(work: Work, rows: Sequence[Constituent]) -> list[Constituent]:
    """The record with the longest history of giving first, then the older one."""
    gifts = queries.gifts(work.session, [row.id for row in rows])
    return sorted(rows, key=lambda row: (-gifts.get(row.id, (0, 0))[0], row.created_at, row.id))


def apply(kept: Constituent, dropped: Constituent, chosen: Mapping[str, int]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write the fields chosen from `dropped` on `kept`; returns before and after of what changed."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for field in LABELS:
        if chosen.get(field) == dropped.id:
            for part in parts(field):
                if getattr(kept, part) != getattr(dropped, part):
                    before[part], after[part] = getattr(kept, part), getattr(dropped, part)
    for part, new in after.items():
        setattr(kept, part, new)
    return before, after
