"""Hats, tags, notes and files on people."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import select

from crm_app.core import bulk, files, history
from crm_app.core.access import Permission
from crm_app.core.errors import Conflict, Invalid, NotAllowed
from crm_app.core.work import Work
from crm_app.features.constituents.folding import fold
from crm_app.features.constituents.models import Attachment, Constituent, Hat, HatType, Note, Tag, Tagging
from crm_app.features.constituents.queries import about
from crm_app.features.constituents.schemas import HatDraft, HatTypeRow, TagRow

COLOURS = ("stone", "green", "blue", "violet", "rose", "amber", "teal")
Marks = tuple[int, Sequence[HatDraft], Sequence[str]]


def put_on(work: Work, marks: Sequence[Marks]) -> None:
    """Hats and tags for many new people at once; names that are not known yet are added."""
    hats = hat_types(work, {hat.hat for _, drafts, _ in marks for hat in drafts})
    tags = tags_named(work, {name for _, _, names in marks for name in names})
    bulk.insert(
        work.session,
        Hat,
        [
            {
                "constituent_id": number,
                "hat_type_id": hats[fold(hat.hat)],
                "started_on": hat.started_on,
                "ended_on": hat.ended_on,
                "note": hat.note,
                "created_at": work.now,
            }
            for number, drafts, _ in marks
            for hat in drafts
        ],
    )
    bulk.insert(
        work.session,
        Tagging,
        [
            {"constituent_id": number, "tag_id": tag, "by": work.actor.name, "created_at": work.now}
            for number, _, names in marks
            for tag in {tags[fold(name)] for name in names if fold(name)}
        ],
    )


def hat_types(work: Work, names: Iterable[str]) -> dict[str, int]:
    """Ids by folded name; a name that is not known is added to the list."""
    known = {fold(row.name): row.id for row in work.session.execute(select(HatType)).scalars()}
    for name in sorted(names):
        if fold(name) and fold(name) not in known:
            known[fold(name)] = work.add(HatType(name=name, plural=f"{name}s", position=100)).id
    return known


def tags_named(work: Work, names: Iterable[str]) -> dict[str, int]:
    known = {row.folded: row.id for row in work.session.execute(select(Tag)).scalars()}
    for name in sorted(names):
        if fold(name) and fold(name) not in known:
            colour = COLOURS[len(known) % len(COLOURS)]
            tag = Tag(name=name.strip(), folded=fold(name), colour=colour, created_at=work.now)
            known[tag.folded] = work.add(tag).id
    return known


def _told(work: Work, constituent_id: int) -> None:
    work.tell("people", f"person:{constituent_id}")


def wear(work: Work, constituent_id: int, draft: HatDraft) -> int:
    work.require(Permission.PEOPLE_EDIT)
    work.get(Constituent, constituent_id)
    if draft.started_on and draft.ended_on and draft.ended_on < draft.started_on:
        raise Invalid(fields={"ended_on": "The end is before the beginning."})
    if not fold(draft.hat):
        raise Invalid(fields={"hat": "Choose a hat."})
    kind = hat_types(work, [draft.hat])[fold(draft.hat)]
    hat = work.add(
        Hat(constituent_id=constituent_id, hat_type_id=kind, created_at=work.now, **draft.model_dump(exclude={"hat"}))
    )
    after = draft.model_dump(exclude_defaults=True)
    history.record(work, "hat", hat.id, "put on", after=after, constituent_id=constituent_id)
    _told(work, constituent_id)
    return hat.id


def take_off(work: Work, hat_id: int, ended_on: date | None) -> None:
    """End a hat on a day; without a day it was a mistake and goes."""
    work.require(Permission.PEOPLE_EDIT)
    hat = work.get(Hat, hat_id)
    kind = work.get(HatType, hat.hat_type_id)
    before = {"hat": kind.name, "started_on": hat.started_on, "ended_on": hat.ended_on}
    if ended_on:
        hat.ended_on = ended_on
    else:
        work.session.delete(hat)
    after = {"ended_on": ended_on} if ended_on else {}
    history.record(work, "hat", hat_id, "taken off", before=before, after=after, constituent_id=hat.constituent_id)
    _told(work, hat.constituent_id)


def tag(work: Work, constituent_id: int, name: str) -> None:
    work.require(Permission.PEOPLE_EDIT)
    work.get(Constituent, constituent_id)
    if not fold(name):
        raise Invalid(fields={"tag": "Type a tag."})
    tag_id = tags_named(work, [name])[fold(name)]
    there = select(Tagging.id).where(Tagging.tag_id == tag_id, Tagging.constituent_id == constituent_id)
    if work.session.execute(there).first():
        return
    work.add(Tagging(constituent_id=constituent_id, tag_id=tag_id, by=work.actor.name, created_at=work.now))
    history.record(work, "tag", tag_id, "tagged", after={"tag": name}, constituent_id=constituent_id)
    _told(work, constituent_id)


def untag(work: Work, constituent_id: int, tag_id: int) -> None:
    work.require(Permission.PEOPLE_EDIT)
    gone = sa.delete(Tagging).where(Tagging.tag_id == tag_id, Tagging.constituent_id == constituent_id)
    if work.session.execute(gone).rowcount:
        name = work.get(Tag, tag_id).name
        history.record(work, "tag", tag_id, "untagged", before={"tag": name}, constituent_id=constituent_id)
        _told(work, constituent_id)


def note(work: Work, constituent_id: int, body: str, privacy: str = "everyone", pinned: bool = False) -> int:
    work.require(Permission.PEOPLE_EDIT)
    work.get(Constituent, constituent_id)
    if not body.strip():
        raise Invalid(fields={"note": "Write something first."})
    row = work.add(
        Note(
            constituent_id=constituent_id,
            body=body.strip(),
            privacy=privacy,
            pinned=pinned,
            user_id=work.actor.user_id,
            by=work.actor.name,
            created_at=work.now,
            updated_at=work.now,
        )
    )
    history.record(work, "note", row.id, "written", after={"privacy": privacy}, constituent_id=constituent_id)
    _told(work, constituent_id)
    return row.id


def may_read(work: Work, privacy: str, author_id: int | None) -> bool:
    """Private notes: the team's are for those who may see private notes, an author's only for the author."""
    if privacy == "author":
        return author_id is not None and author_id == work.actor.user_id
    return privacy == "everyone" or work.may(Permission.NOTES_PRIVATE)


def drop_note(work: Work, note_id: int) -> None:
    work.require(Permission.PEOPLE_EDIT)
    row = work.get(Note, note_id)
    if not may_read(work, row.privacy, row.user_id):
        raise NotAllowed("This note is not yours to change.")
    row.deleted_at = work.now
    history.record(work, "note", note_id, "removed", constituent_id=row.constituent_id)
    _told(work, row.constituent_id)


def attach(work: Work, constituent_id: int, name: str, content: bytes | Path, kind: str = "document") -> int:
    work.require(Permission.PEOPLE_EDIT)
    person = work.get(Constituent, constituent_id)
    stored = files.keep(work, name, content, "attachment")
    row = work.add(
        Attachment(
            constituent_id=constituent_id,
            file_id=stored.id,
            kind=kind,
            title=stored.name,
            by=work.actor.name,
            created_at=work.now,
        )
    )
    if kind == "photo":
        person.photo_id = stored.id
    history.record(work, "attachment", row.id, "attached", after={"file": stored.name}, constituent_id=constituent_id)
    _told(work, constituent_id)
    return row.id


def detach(work: Work, attachment_id: int) -> None:
    work.require(Permission.PEOPLE_EDIT)
    row = work.get(Attachment, attachment_id)
    row.deleted_at = work.now
    before = {"file": row.title}
    history.record(work, "attachment", row.id, "removed", before=before, constituent_id=row.constituent_id)
    _told(work, row.constituent_id)


def list_hat_types(work: Work) -> list[HatTypeRow]:
    worn = about.counted(work.session, Hat.hat_type_id)
    rows = work.session.execute(select(HatType).order_by(HatType.position, HatType.name)).scalars()
    return [
        HatTypeRow(
            id=row.id,
            name=row.name,
            plural=row.plural,
            people=worn.get(row.id, 0),
            built_in=row.built_in,
            retired=row.retired_at is not None,
        )
        for row in rows
    ]


def list_tags(work: Work) -> list[TagRow]:
    used = about.counted(work.session, Tagging.tag_id)
    rows = work.session.execute(select(Tag).order_by(Tag.group, Tag.folded)).scalars()
    return [
        TagRow(
            id=row.id,
            name=row.name,
            colour=row.colour,
            group=row.group,
            people=used.get(row.id, 0),
            retired=row.retired_at is not None,
        )
        for row in rows
    ]


def save_tag(work: Work, tag_id: int | None, name: str, colour: str = "stone", group: str = "") -> int:
    work.require(Permission.SETTINGS_EDIT)
    if not fold(name):
        raise Invalid(fields={"name": "A tag needs a name."})
    same = work.session.execute(select(Tag).where(Tag.folded == fold(name))).scalars().first()
    if same and same.id != tag_id:
        raise Conflict(f"There is a tag “{same.name}” already.")
    row = work.get(Tag, tag_id) if tag_id else Tag(name=name, folded=fold(name), created_at=work.now)
    before = {"name": row.name, "colour": row.colour, "group": row.group}
    row.name, row.folded, row.colour, row.group = name.strip(), fold(name), colour, group
    work.add(row)
    history.record(work, "tag", row.id, "edited", before=before, after={"name": name, "colour": colour, "group": group})
    work.tell("settings", "people")
    return row.id


def save_hat_type(work: Work, hat_type_id: int | None, name: str, plural: str = "") -> int:
    work.require(Permission.SETTINGS_EDIT)
    if not fold(name):
        raise Invalid(fields={"name": "A hat needs a name."})
    known = hat_types(work, [])
    if known.get(fold(name), hat_type_id) != hat_type_id:
        raise Conflict(f"There is a hat “{name}” already.")
    row = work.get(HatType, hat_type_id) if hat_type_id else HatType(name=name, position=100)
    before = {"name": row.name}
    row.name, row.plural = name.strip(), plural.strip() or f"{name.strip()}s"
    work.add(row)
    history.record(work, "hat_type", row.id, "edited", before=before, after={"name": name})
    work.tell("settings", "people")
    return row.id


def retire(work: Work, table: type[Tag] | type[HatType], row_id: int, retired: bool = True) -> None:
    """Offered no more; people who have it keep it."""
    work.require(Permission.SETTINGS_EDIT)
    row = work.get(table, row_id)
    row.retired_at = work.now if retired else None
    history.record(work, table.__tablename__, row_id, "retired" if retired else "brought back")
    work.tell("settings")
