"""Taking an import out again: what it made goes, what it changed goes back, what changed since stays and is listed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_app.core import history, jobs
from crm_app.core.access import Actor, Permission
from crm_app.core.database import Database
from crm_app.core.errors import Conflict, CrmError
from crm_app.core.work import Work, open_work
from crm_app.features.constituents import service as constituents
from crm_app.features.constituents.models import Constituent, SearchTerm, Tag
from crm_app.features.giving.models import Gift, Payment
from crm_app.features.imports import queries
from crm_app.features.imports.models import CHECKED, PUBLISHED, UNDOING, UNDONE, Import, ImportRow, ImportWrite
from crm_app.features.imports.service.receiving import settle, told

PART = 500
OWN = {"import_row"}
FOLLOW = {"search_term"}


def undo(work: Work, import_id: int) -> int:
    """Start taking the import out."""
    work.require(Permission.IMPORT, Permission.PEOPLE_DELETE)
    imported = work.get(Import, import_id)
    imported.status = settle(work, imported)
    if imported.status != PUBLISHED:
        raise Conflict("Only what was brought in can be taken out again.")
    imported.status = UNDOING
    if publication := queries.publication(work.session, import_id):
        publication.undoing_at = work.now
    imported.job_id = jobs.enqueue(work, "imports.undo", {"import_id": import_id}, title=f"Taking out {imported.name}")
    history.record(work, "import", import_id, "undone")
    told(work, import_id)
    return imported.job_id


def run(database: Database, actor: Actor, import_id: int, progress: Callable[[int, int, str], None]) -> dict[str, Any]:
    """In the opposite order of the publication; each step can be started again."""
    kept: list[dict[str, Any]] = []
    with open_work(database, actor) as work:
        publication = queries.publication(work.session, import_id)
        ended = publication.ended_at if publication and publication.ended_at else work.now
        kept += _take_gifts(work, import_id)
        kept += _take_writes(work, import_id)
        people = queries.made_people(work.session, import_id)
    for start in range(0, len(people), PART):
        with open_work(database, actor) as work:
            kept += _take_people(work, people[start : start + PART], import_id, ended)
        progress(min(start + PART, len(people)), len(people), "Taking out")
    with open_work(database, actor) as work:
        return _end(work, import_id, kept)


def _take_gifts(work: Work, import_id: int) -> list[dict[str, Any]]:
    """Gifts go with their parts, unless something was booked on them since."""
    kept = []
    for part in queries.parts(queries.made_gifts(work.session, import_id)):
        moved = set(work.session.execute(sa.select(Payment.gift_id).where(Payment.gift_id.in_(part), Payment.note != "As recorded when the gift came in", Payment.note != "Given back where it came from")).scalars())  # fmt: skip
        moved |= _referenced(work, "gift", part)
        kept += [{"kind": "gift", "id": number, "why": "Something was booked on this gift since."} for number in moved]
        going = [number for number in part if number not in moved]
        work.session.execute(sa.update(ImportRow).where(ImportRow.gift_id.in_(going)).values(gift_id=None))
        for table in _pointing("gift", cascade=True):
            work.session.execute(sa.delete(table.c_table).where(table.column.in_(going)))
        work.session.execute(sa.delete(Gift.__table__).where(Gift.__table__.c.id.in_(going)))
    return kept


class _Pointer:
    """A column of another table that points to a record."""

    def __init__(self, table: sa.Table, column: sa.Column[Any], cascade: bool) -> None:
        self.c_table, self.column, self.cascade = table, column, cascade


def _pointing(target: str, *, cascade: bool | None = None) -> list[_Pointer]:
    """Every foreign key to a table, found from the tables themselves: a later feature is known without being told."""
    found = []
    for table in SQLModel.metadata.sorted_tables:
        for link in table.foreign_keys:
            if link.column.table.name == target:
                falls = link.ondelete == "CASCADE"
                if cascade is None or falls == cascade:
                    found.append(_Pointer(table, link.parent, falls))
    return found


def _referenced(work: Work, target: str, ids: Any) -> set[int]:
    """Records something that would not go with them points to."""
    found: set[int] = set()
    for pointer in _pointing(target, cascade=False):
        if pointer.c_table.name != target:
            found |= set(work.session.execute(sa.select(pointer.column).where(pointer.column.in_(list(ids)))).scalars())
    return found


def _take_writes(work: Work, import_id: int) -> list[dict[str, Any]]:
    kept = []
    for write in queries.writes(work.session, import_id):
        try:
            with work.session.begin_nested():
                why = _take_back(work, write)
        except (CrmError, sa.exc.IntegrityError):
            why = "Something else depends on it now."
        if why:
            kept.append({"kind": write.kind, "id": write.record_id, "row": write.row, "why": why})
        else:
            work.session.delete(write)
    work.session.flush()
    return kept


def _take_back(work: Work, write: ImportWrite) -> str:
    if write.action == "changed":
        return _restore(work, write)
    table = SQLModel.metadata.tables.get(write.kind)
    after = write.after or {}
    session = work.session
    if write.kind == "tagging":
        tag = session.execute(sa.select(Tag.id).where(Tag.folded == after.get("tag", ""))).scalar()
        if tag:
            constituents.marks.untag(work, write.record_id, tag)
    elif write.kind in ("email", "phone", "address"):
        row = (
            session.execute(sa.select(table).where(table.c.id == write.record_id)).first()
            if table is not None
            else None
        )
        if row and row.updated_at != row.created_at:
            return "It was changed since."
        if row:
            constituents.reaching.remove(work, write.kind, write.record_id)
    elif write.kind == "consent":
        own = SQLModel.metadata.tables["consent"]
        match = sa.and_(
            own.c.constituent_id == write.record_id, *(own.c[name] == value for name, value in after.items())
        )
        last = session.execute(sa.select(sa.func.max(own.c.id)).where(match)).scalar()
        session.execute(sa.delete(own).where(own.c.id == last))
    elif write.kind == "custom_value":
        own = SQLModel.metadata.tables["custom_value"]
        session.execute(
            sa.delete(own).where(own.c.constituent_id == write.record_id, own.c.field_id == after.get("field_id"))
        )
    elif write.kind == "household_member":
        own = SQLModel.metadata.tables["household_member"]
        session.execute(
            sa.delete(own).where(own.c.household_id == after.get("household_id"), own.c.person_id == write.record_id)
        )
    elif write.kind == "household":
        _delete_people(work, [write.record_id])
    elif write.kind == "refund" and session.get(Gift, write.record_id):
        return "A refund stays in the books; reverse it on the gift."
    elif table is not None and write.kind != "refund":
        session.execute(sa.delete(table).where(table.c.id == write.record_id))
    return ""


def _restore(work: Work, write: ImportWrite) -> str:
    """Back to what was, field by field, where the import's value still stands."""
    table = SQLModel.metadata.tables[write.kind]
    row = work.session.execute(sa.select(table).where(table.c.id == write.record_id)).mappings().first()
    if row is None:
        return ""
    before, after = write.before or {}, write.after or {}
    plain = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
    touched = [name for name, value in after.items() if name in plain and plain[name] != value]
    if touched:
        return f"{', '.join(touched).replace('_', ' ')} changed since."
    values = {name: _typed(table.c[name], value) for name, value in before.items() if name in table.c}
    if write.kind == "constituent":
        constituents.edit(work, write.record_id, values)
    else:
        work.session.execute(sa.update(table).where(table.c.id == write.record_id).values(**values))
        if made := after.get("made"):
            work.session.execute(sa.delete(table).where(table.c.id == made))
    return ""


def _typed(column: sa.Column[Any], value: Any) -> Any:
    if isinstance(value, str) and isinstance(column.type, sa.Date):
        return datetime.fromisoformat(value).date()
    return value


def _take_people(work: Work, ids: list[int], import_id: int, ended: datetime) -> list[dict[str, Any]]:
    """People the import made go, unless somebody worked with them since."""
    kept, busy = [], _busy(work, ids, import_id, ended)
    for number, why in busy.items():
        kept.append({"kind": "constituent", "id": number, "why": why})
    _delete_people(work, [number for number in ids if number not in busy])
    work.tell("people")
    return kept


def _busy(work: Work, ids: list[int], import_id: int, ended: datetime) -> dict[int, str]:
    found: dict[int, str] = {}
    change = history.Change
    changed = sa.select(change.constituent_id, change.action, change.at, change.by).where(
        change.constituent_id.in_(ids), change.at > ended
    )
    undone = queries.undone_spans(work.session)
    for number, action, at, by in work.session.execute(changed):
        if not any(start <= at <= end and by == who for start, end, who in undone):
            found.setdefault(number, f"This record was {action} since.")
    for pointer in _pointing("constituent"):
        table = pointer.c_table
        if table.name in OWN or "created_at" not in table.c or table.name == "constituent":
            continue
        query = sa.select(pointer.column).where(pointer.column.in_(ids), table.c.created_at > ended)
        for number in work.session.execute(query).scalars():
            found.setdefault(number, f"It has a new {table.name.replace('_', ' ')}.")
    gifts = sa.select(Gift.constituent_id).where(Gift.constituent_id.in_(ids))
    for number in work.session.execute(gifts).scalars():
        found.setdefault(number, "It has gifts.")
    return found


def _delete_people(work: Work, ids: list[int]) -> None:
    if not ids:
        return
    session = work.session
    session.execute(sa.update(ImportRow).where(ImportRow.constituent_id.in_(ids)).values(constituent_id=None))
    session.execute(sa.delete(SearchTerm).where(SearchTerm.constituent_id.in_(ids)))
    for pointer in reversed(_pointing("constituent")):
        table = pointer.c_table
        if pointer.column.nullable or table.name == "constituent":
            session.execute(sa.update(table).where(pointer.column.in_(ids)).values({pointer.column: None}))
        else:
            session.execute(sa.delete(table).where(pointer.column.in_(ids)))
    session.execute(sa.delete(Constituent.__table__).where(Constituent.__table__.c.id.in_(ids)))
    for number in ids:
        history.record(work, "constituent", number, "taken out", note="its import was undone")


def _end(work: Work, import_id: int, kept: list[dict[str, Any]]) -> dict[str, Any]:
    imported = work.get(Import, import_id)
    rows = sa.update(ImportRow).where(ImportRow.import_id == import_id)
    work.session.execute(rows.values(done=False, digest=None, gift_id=None))
    imported.status = UNDONE
    publication = queries.publication(work.session, import_id)
    if publication:
        publication.undone_at, publication.undone_by, publication.kept = work.now, work.actor.name, kept[:1000]
    stayed = "" if not kept else f" {len(kept):,} were changed since and stayed."
    imported.words = f"Taken out again.{stayed}"
    told(work, import_id)
    work.tell("people", "giving")
    return {"kept": len(kept)}


def again(work: Work, import_id: int) -> None:
    """An import that was taken out can be looked at and published anew."""
    work.require(Permission.IMPORT)
    imported = work.get(Import, import_id)
    if imported.status == UNDONE:
        imported.status = CHECKED
        told(work, import_id)
