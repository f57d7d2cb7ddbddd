"""Reading the history: a list that filters, one change opened, what one may not see left out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crm_app.core.access import Permission
from crm_app.core.history import Change
from crm_app.core.work import Work
from crm_app.features.accounts import queries as accounts
from crm_app.features.audit import queries
from crm_app.features.audit.schemas import Asked, ChangeRow, ChangeSeen, Choice, FieldChange, Window

NEEDS = {
    "note": Permission.NOTES_PRIVATE,
    "interaction": Permission.NOTES_PRIVATE,
    "gift": Permission.GIVING_READ,
    "gift_batch": Permission.GIVING_READ,
    "pledge": Permission.GIVING_READ,
    "recurring": Permission.GIVING_READ,
    "case": Permission.CASES_READ,
}
"""Kinds whose values are only for those who may see the records themselves."""
FIELD_NEEDS = {"birth": Permission.BIRTHDATES_READ, "amount": Permission.GIVING_READ, "body": Permission.NOTES_PRIVATE}
WORDS = {"constituent": "person", "stored_file": "file", "gift_batch": "batch of gifts", "contact_point": "contact"}
LEFT_OUT = ("updated_at", "created_at", "sort_name", "version")


def changes(work: Work, asked: Asked, first: int, size: int) -> Window:
    """Some rows of the history, newest first, and how many there are in all."""
    work.require(Permission.HISTORY_READ)
    since = work.now - timedelta(days=asked.days) if asked.days else None
    total = queries.number(work.session, asked, since)
    first = max(0, min(first, total - 1))
    rows = queries.changes(work.session, asked, since, first, size)
    return Window(rows=_rows(work, rows), total=total, first=first)


def change(work: Work, change_id: int) -> ChangeSeen:
    """One change with each field before and after."""
    work.require(Permission.HISTORY_READ)
    row = work.get(Change, change_id)
    seen, hidden = _fields(work, row)
    name = queries.names(work.session, {row.constituent_id}).get(row.constituent_id, "") if row.constituent_id else ""
    return ChangeSeen(
        id=row.id or 0,
        title=" ".join(
            filter(None, [_said(row).capitalize(), f"of {name}" if name and row.kind != "constituent" else name])
        ),
        by=row.by,
        at=_local(work)(row.at).strftime("%-d %B %Y, %H:%M:%S"),
        note="" if hidden else row.note,
        fields=seen,
        hidden=hidden,
        sealed=row.seal is not None,
        kind=row.kind,
        record_id=row.record_id or 0,
        constituent_id=row.constituent_id or 0,
    )


def choices(work: Work) -> tuple[list[Choice], list[Choice]]:
    """Who can be asked for, and which kinds of records."""
    work.require(Permission.HISTORY_READ)
    people = [Choice(value=str(user.id), label=user.name) for user in work.session.execute(accounts.users()).scalars()]
    kinds = [Choice(value=kind, label=_kind(kind).capitalize()) for kind in queries.kinds(work.session)]
    return people, sorted(kinds, key=lambda kind: kind.label)


def recent(work: Work, size: int = 8) -> list[ChangeRow]:
    """The newest changes to people and what belongs to them, for the home page."""
    work.require(Permission.HISTORY_READ)
    return _rows(work, queries.changes(work.session, Asked(), None, 0, size))


def _rows(work: Work, rows: Sequence[Change]) -> list[ChangeRow]:
    local = _local(work)
    names = queries.names(work.session, {row.constituent_id for row in rows if row.constituent_id})
    return [_row(work, row, local(row.at), names.get(row.constituent_id or 0, "")) for row in rows]


def _row(work: Work, row: Change, at: datetime, name: str) -> ChangeRow:
    fields, hidden = _fields(work, row)
    note = "" if hidden else row.note
    return ChangeRow(
        id=row.id or 0,
        day=at.strftime("%-d %b %y"),
        time=at.strftime("%H:%M"),
        by=row.by,
        said=_said(row),
        fields=", ".join(one.field for one in fields[:6]) or note,
        kind=row.kind,
        record_id=row.record_id or 0,
        constituent_id=row.constituent_id or 0,
        name=name,
    )


def _said(row: Change) -> str:
    kind = _kind(row.kind)
    return f"{row.action} {'an' if kind[0] in 'aeio' else 'a'} {kind}"


def _kind(kind: str) -> str:
    return WORDS.get(kind, kind.replace("_", " "))


def _fields(work: Work, row: Change) -> tuple[list[FieldChange], bool]:
    needs = NEEDS.get(row.kind)
    hidden = needs is not None and not work.may(needs)
    names = [name for name in {**row.before, **row.after} if name not in LEFT_OUT]
    return [_field(work, row, name, hidden) for name in names], hidden


def _field(work: Work, row: Change, name: str, hidden: bool) -> FieldChange:
    words = name.replace("_", " ").removesuffix(" id")
    needs = next((need for part, need in FIELD_NEEDS.items() if part in name.lower()), None)
    if hidden or (needs is not None and not work.may(needs)):
        return FieldChange(field=words, before="•••", after="•••")
    return FieldChange(field=words, before=_value(row.before.get(name)), after=_value(row.after.get(name)))


def _value(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value) or "–"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_value(one)}" for name, one in value.items()) or "–"
    return str(value)


def _local(work: Work) -> Any:
    zone = ZoneInfo(queries.time_zone(work.session))
    return lambda moment: moment.astimezone(zone)
