"""Lists that leave the house: read a second time as SQL with consent as it is now, frozen, then used."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import CrmError, Invalid
from crm_app.core.work import Work
from crm_app.engine.segment.definition import Notebook, SendTo, Suppress, Table
from crm_app.engine.segment.explain import Person as PersonValues
from crm_app.engine.segment.graph import resolve, uses
from crm_app.engine.segment.sql import Twin
from crm_app.features.constituents.models import Tag, Tagging
from crm_app.features.interactions.models import Task
from crm_app.features.notebooks.schemas import Person, Verified
from crm_app.features.notebooks.service import snapshots
from crm_app.features.notebooks.service.asking import Asking, ask, library
from crm_app.features.notebooks.service.showing import row_of, table_rows

SHOWN = 20
LABELS = ("addressee", "street", "postal_code", "city", "region", "country")


class Disagreement(CrmError):
    """The two readings differ; `data["differing"]` holds the people."""


@dataclass(frozen=True)
class Audience:
    """Frozen people, with the reasons of those left out: what every way of sending gets."""

    snapshot_id: int
    ids: list[int]
    left_out: dict[int, str]


def verify(work: Work, notebook: Notebook, cell: str) -> Verified:
    """Read the cell a second time, as SQL in one transaction, and say whether both agree."""
    work.require(Permission.NOTEBOOKS_READ)
    asking = ask(work, notebook)
    run = asking.run.one(cell)
    if run.problem is not None:
        raise Invalid(run.problem.words)
    mine, theirs = asking.reader.frames.ids[asking.run.mask(cell)], by_sql(work, asking, cell)
    differing = np.setxor1d(mine, theirs)
    if not len(differing):
        words = f"{len(mine):,} people, and a second reading of the database agrees."
        return Verified(agree=True, people=len(mine), words=words)
    shown = [_person(asking, int(number)) for number in differing[:SHOWN]]
    words = f"Two readings differ on {len(differing):,} people. Nothing was sent; please look at them."
    return Verified(agree=False, people=len(mine), words=words, differing=shown)


def _person(asking: Asking, number: int) -> Person:
    place = asking.reader.frames.place(number)
    name = row_of(asking, place, []).name if place is not None else f"No. {number}"
    return Person(id=number, name=name)


def by_sql(work: Work, asking: Asking, cell: str) -> np.ndarray:
    sqlite = work.session.connection().dialect.name == "sqlite"
    if sqlite:
        raw = work.session.connection().connection.dbapi_connection
        raw.create_function(
            "folded", 1, lambda text: text.lower() if isinstance(text, str) else text, deterministic=True
        )
    twin = Twin(asking.reader.catalogue, asking.reader.clock, asking.notebook, "sqlite" if sqlite else "postgresql", library(work))  # fmt: skip
    query = twin.people(cell)
    rows = work.session.execute(sa.text(query.sql), query.params)
    return np.fromiter((number for (number,) in rows), np.int64)


def freeze(work: Work, notebook_id: int, notebook: Notebook, cell: str, reason: str) -> Audience:
    """The audience of a sending: verified, frozen, with everybody a suppressing cell above left out, and why."""
    checked = verify(work, notebook, cell)
    if not checked.agree:
        raise Disagreement(checked.words, differing=[one.id for one in checked.differing])
    asking = ask(work, notebook)
    ids = asking.reader.frames.ids[asking.run.mask(cell)].tolist()
    out = _left_out(asking, cell, set(ids))
    return Audience(snapshots.take(work, notebook_id, notebook, cell, reason, out, ids), ids, out)


def _left_out(asking: Asking, cell: str, inside: set[int]) -> dict[int, str]:
    out: dict[int, str] = {}
    waiting, seen = [cell], set()
    while waiting:
        found, _ = resolve(asking.notebook, waiting.pop())
        if found is None or found.name in seen:
            continue
        seen.add(found.name)
        waiting += uses(found)
        if isinstance(found, Suppress):
            for why, mask in asking.run.one(found.name).found.reasons.items():
                for number in asking.reader.frames.ids[mask].tolist():
                    if number not in inside:
                        out.setdefault(number, why)
    return out


def has_suppression(notebook: Notebook, cell: str) -> bool:
    """Whether somewhere above the cell people are left out who do not want to be written to."""
    found, _ = resolve(notebook, cell)
    return found is not None and (isinstance(found, Suppress) or any(has_suppression(notebook, name) for name in uses(found)))  # fmt: skip


def tag(work: Work, notebook_id: int, notebook: Notebook, cell: str, name: str) -> int:
    """Put a tag on everybody in the cell; who has it already keeps it. Gives how many are new."""
    work.require(Permission.PEOPLE_EDIT)
    name = name.strip()
    if not name:
        raise Invalid("Give the tag a name.", fields={"tag": "Give the tag a name."})
    audience = freeze(work, notebook_id, notebook, cell, "tag")
    found = work.session.execute(sa.select(Tag).where(Tag.folded == name.casefold())).scalars().first()
    found = found or work.add(Tag(name=name, folded=name.casefold(), created_at=work.now))
    have = set(work.session.execute(sa.select(Tagging.constituent_id).where(Tagging.tag_id == found.id)).scalars())
    new = [number for number in audience.ids if number not in have]
    rows = [{"constituent_id": n, "tag_id": found.id, "by": work.actor.name, "created_at": work.now} for n in new]
    if rows:
        work.session.execute(Tagging.__table__.insert(), rows)
    history.record(
        work, "tag", found.id, "put on people", after={"people": len(new), "notebook": notebook_id, "cell": cell}
    )
    work.tell("people")
    return len(new)


def tasks(work: Work, notebook_id: int, notebook: Notebook, cell: str, title: str) -> int:
    """A task for everybody in the cell, in the name of who asks."""
    work.require(Permission.TASKS)
    audience = freeze(work, notebook_id, notebook, cell, "tasks")
    if len(audience.ids) > 2_000:
        raise Invalid(f"{len(audience.ids):,} tasks are more than anybody does. Make the list smaller.")
    rows = [
        {
            "constituent_id": number, "title": title.strip() or "Call", "detail": "", "priority": "normal", "status": "open",
            "owner_id": work.actor.user_id, "owner_name": work.actor.name, "created_by": work.actor.name, "done_by": "",
            "created_at": work.now, "updated_at": work.now,
        }
        for number in audience.ids
    ]  # fmt: skip
    if rows:
        work.session.execute(Task.__table__.insert(), rows)
    work.tell("tasks")
    return len(rows)


def table_file(work: Work, notebook_id: int, notebook: Notebook, cell: str) -> tuple[str, int]:
    """The list as CSV, verified before it leaves; formulas are not let through to spreadsheets."""
    work.require(Permission.EXPORT, Permission.PEOPLE_READ)
    audience = freeze(work, notebook_id, notebook, cell, "export")
    asking = ask(work, notebook)
    found, _ = resolve(notebook, cell)
    table = found if isinstance(found, Table) else next((c for c in notebook.cells if isinstance(c, Table) and c.of == cell), Table())  # fmt: skip
    columns = [one for one in table.columns if one.value is not None or asking.reader.catalogue.may_use(one.field)]
    mask = asking.run.mask(cell)
    rows = table_rows(asking, table, mask, columns, 0, int(mask.sum()))
    heads = [one.label or (asking.speech.aggregate(one.value) if one.value else asking.reader.catalogue.field(one.field).label) for one in columns]  # fmt: skip
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Number", "Name", *heads])
    writer.writerows([[row.id, *map(_harmless, [row.name, *row.given])] for row in rows])
    history.record(work, "notebook", notebook_id, "exported", after={"cell": cell, "people": len(audience.ids)})
    return out.getvalue(), len(audience.ids)


def _harmless(value: str) -> str:
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") and not value[1:2].isdigit() else value


def addresses(work: Work, notebook_id: int, notebook: Notebook, cell: str) -> list[list[str]]:
    """The lines of a label for everybody in the cell who has an address."""
    work.require(Permission.EXPORT, Permission.PEOPLE_READ)
    freeze(work, notebook_id, notebook, cell, "labels")
    asking = ask(work, notebook)
    out = []
    for place in np.flatnonzero(asking.run.mask(cell)):
        person = PersonValues(asking.reader.frames, int(place))
        values = {name: str(person.field(name) or "") for name in (*LABELS, asking.reader.catalogue.shown)}
        if values["street"]:
            town = " ".join(one for one in (values["city"] + ("," if values["region"] else ""), values["region"], values["postal_code"]) if one)  # fmt: skip
            out.append([values["addressee"] or values[asking.reader.catalogue.shown], values["street"], town])
    return out


def options_of(cell: SendTo) -> dict[str, str]:
    return dict(cell.options)
