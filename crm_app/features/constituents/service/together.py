"""The same thing done to many people at once, and undone at once."""

from collections.abc import Sequence

import sqlalchemy as sa
from pydantic import BaseModel

from crm_app.core import bulk, history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.constituents.folding import fold
from crm_app.features.constituents.models import Constituent, Tagging
from crm_app.features.constituents.service import marks, trash

PART = 500


class Undo(BaseModel):
    """What was done, enough to take it back."""

    kind: str
    ids: list[int]
    words: str
    tag_id: int | None = None
    owners: dict[int, int | None] = {}


def tag_all(work: Work, ids: Sequence[int], name: str) -> Undo:
    """Tag everyone who does not have the tag yet."""
    work.require(Permission.PEOPLE_EDIT)
    if not fold(name):
        raise Invalid(fields={"tag": "Type a tag."})
    tag_id = marks.tags_named(work, [name])[fold(name)]
    have = set(work.session.execute(sa.select(Tagging.constituent_id).where(Tagging.tag_id == tag_id)).scalars())
    fresh = [number for number in dict.fromkeys(ids) if number not in have]
    rows = [
        {"constituent_id": number, "tag_id": tag_id, "by": work.actor.name, "created_at": work.now} for number in fresh
    ]
    bulk.insert(work.session, Tagging, rows)
    for number in fresh:
        history.record(work, "tag", tag_id, "tagged", after={"tag": name}, constituent_id=number, note="with others")
    work.tell("people")
    return Undo(kind="tag", ids=fresh, tag_id=tag_id, words=f"{_people(len(fresh))} tagged “{name}”.")


def assign_all(work: Work, ids: Sequence[int], owner_id: int | None, owner: str = "") -> Undo:
    """Give everyone the same owner."""
    work.require(Permission.PEOPLE_EDIT)
    before: dict[int, int | None] = {}
    for start in range(0, len(ids), PART):
        query = sa.select(Constituent).where(Constituent.id.in_(list(ids[start : start + PART])))
        for row in work.session.execute(query).scalars():
            if row.owner_id != owner_id:
                before[row.id] = row.owner_id
                _own(work, row, owner_id)
    work.tell("people")
    words = f"{_people(len(before))} given to {owner}." if owner_id else f"{_people(len(before))} without an owner now."
    return Undo(kind="owner", ids=list(before), owners=before, words=words)


def _own(work: Work, row: Constituent, owner_id: int | None) -> None:
    was = row.owner_id
    row.owner_id, row.version, row.updated_at = owner_id, row.version + 1, work.now
    history.record(work, "constituent", row.id, "edited", before={"owner_id": was}, after={"owner_id": owner_id})


def discard_all(work: Work, ids: Sequence[int]) -> Undo:
    moved = trash.discard(work, ids, note="with others")
    return Undo(kind="trash", ids=moved, words=f"{_people(len(moved))} moved to the trash.")


def undo(work: Work, done: Undo) -> str:
    """Take back what was done to many; whoever was changed again since keeps the newer change."""
    if done.kind == "trash":
        return f"{_people(len(trash.restore(work, done.ids, note='undone')))} back from the trash."
    work.require(Permission.PEOPLE_EDIT)
    if done.kind == "tag" and done.tag_id:
        for number in done.ids:
            marks.untag(work, number, done.tag_id)
    for start in range(0, len(done.ids), PART) if done.kind == "owner" else ():
        query = sa.select(Constituent).where(Constituent.id.in_(done.ids[start : start + PART]))
        for row in work.session.execute(query).scalars():
            _own(work, row, done.owners.get(row.id))
    work.tell("people")
    return f"Undone for {_people(len(done.ids)).lower()}."


def _people(number: int) -> str:
    return "1 record" if number == 1 else f"{number:,} records"
