"""Keeping notebooks: the shelf, opening, saving with versions, sharing, throwing away and bringing back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from crm_app.core import history
from crm_app.core.access import Permission, Role
from crm_app.core.errors import Conflict, Invalid, NotAllowed, NotFound
from crm_app.core.work import Work
from crm_app.engine.segment.definition import Note, Notebook
from crm_app.engine.segment.text import Unreadable, from_data, from_yaml, to_data, to_yaml
from crm_app.features.notebooks import models, queries
from crm_app.features.notebooks.schemas import OnShelf, Opened, VersionRow

SHARING = {"private": "only me", "team": "the team", "read_only": "all to read"}
TOGETHER = timedelta(minutes=10)
"""Changes of one person that follow each other so closely are one version."""


class NewerVersion(Conflict):
    """Somebody else saved this notebook meanwhile."""


def shelf(work: Work) -> list[OnShelf]:
    work.require(Permission.NOTEBOOKS_READ)
    return [_on_shelf(row) for row in queries.shelf(work.session, work.actor)]


def _on_shelf(row: models.Notebook) -> OnShelf:
    return OnShelf(
        id=row.id,
        title=row.title,
        summary=row.summary,
        sharing=SHARING[row.sharing],
        owner=row.owner or "Commonplace",
        changed=f"{row.updated_at:%-d %b %Y}",
        pinned=row.pinned,
        cells=len(row.definition.get("cells", [])),
        shipped=bool(row.shipped),
    )


def opened(work: Work, notebook_id: int) -> Opened:
    work.require(Permission.NOTEBOOKS_READ)
    row = _readable(work, notebook_id)
    return Opened(
        **row.model_dump(include={"id", "title", "definition", "version", "sharing", "owner", "updated_at", "updated_by", "pinned"}),
        may_edit=may_edit(work, row),
        snapshots=queries.count_snapshots(work.session, row.id),
    )  # fmt: skip


def definition(work: Work, notebook_id: int) -> Notebook:
    work.require(Permission.NOTEBOOKS_READ)
    return from_data(_readable(work, notebook_id).definition)


def _readable(work: Work, notebook_id: int) -> models.Notebook:
    row = queries.one(work.session, work.actor, notebook_id)
    if row is None:
        raise NotFound("There is no such notebook, or it is not shared with you.")
    return row


def may_edit(work: Work, row: models.Notebook) -> bool:
    if not work.may(Permission.NOTEBOOKS_EDIT):
        return False
    if row.sharing == "team" or row.owner_id == work.actor.user_id or work.actor.role == Role.ADMINISTRATOR:
        return True
    share = queries.share(work.session, row.id, work.actor.user_id)
    return share is not None and share.may_edit


def _editable(work: Work, notebook_id: int) -> models.Notebook:
    work.require(Permission.NOTEBOOKS_EDIT)
    row = _readable(work, notebook_id)
    if not may_edit(work, row):
        raise NotAllowed("You may read this notebook, but not change it.", hint="Make a copy of it instead.")
    return row


def create(work: Work, notebook: Notebook, *, shipped: str = "", sharing: str = "team") -> int:
    """Put a notebook on the shelf."""
    work.require(Permission.NOTEBOOKS_EDIT)
    row = models.Notebook(
        title=notebook.title.strip() or "Untitled",
        summary=_summary(notebook),
        definition=to_data(notebook),
        sharing=sharing,
        shipped=shipped,
        owner_id=work.actor.user_id,
        owner="" if shipped else work.actor.name,
        created_at=work.now,
        updated_at=work.now,
        updated_by=work.actor.name,
    )
    work.add(row)
    _keep_version(work, row, "made")
    history.record(work, "notebook", row.id, "added", after={"title": row.title})
    work.tell("notebooks")
    return row.id


def save(work: Work, notebook_id: int, notebook: Notebook, version: int, words: str = "") -> int:
    """Keep a changed notebook; the version says what the change was made from. Gives the new version."""
    row = _editable(work, notebook_id)
    if row.version != version:
        raise NewerVersion(
            f"{row.updated_by or 'Somebody'} changed this notebook meanwhile.",
            hint="Look at theirs; your change can be made again.",
        )
    row.title, row.definition = notebook.title.strip() or "Untitled", to_data(notebook)
    row.summary, row.version = _summary(notebook), row.version + 1
    row.updated_at, row.updated_by = work.now, work.actor.name
    _keep_version(work, row, words)
    work.tell("notebooks", f"notebook:{row.id}")
    return row.version


def _summary(notebook: Notebook) -> str:
    note = next((cell.text for cell in notebook.cells if isinstance(cell, Note) and cell.text), "")
    return note.strip().split("\n")[0].lstrip("# ")[:200]


def _keep_version(work: Work, row: models.Notebook, words: str) -> None:
    last = next(iter(queries.versions(work.session, row.id, 1)), None)
    mine = last is not None and last.user_id == work.actor.user_id and last.words != "made"
    if mine and work.now - last.at < TOGETHER:
        last.definition, last.title, last.at = row.definition, row.title, work.now
        if words and words not in last.words:
            last.words = f"{last.words}, {words}".strip(", ")[:200]
        return
    work.add(
        models.NotebookVersion(
            notebook_id=row.id,
            number=(last.number if last else 0) + 1,
            title=row.title,
            definition=row.definition,
            user_id=work.actor.user_id,
            by=work.actor.name,
            words=words,
            at=work.now,
        )
    )


def versions(work: Work, notebook_id: int) -> list[VersionRow]:
    row = _readable(work, notebook_id)
    return [
        VersionRow(number=one.number, by=one.by, words=one.words or "changed", at=f"{one.at:%-d %b %Y, %H:%M}")
        for one in queries.versions(work.session, row.id)
    ]


def at_version(work: Work, notebook_id: int, number: int) -> Notebook:
    row = _readable(work, notebook_id)
    kept = queries.version(work.session, row.id, number)
    if kept is None:
        raise NotFound("This version is not there any more.")
    return from_data(kept.definition)


def share(work: Work, notebook_id: int, sharing: str) -> None:
    row = _editable(work, notebook_id)
    if sharing not in SHARING:
        raise Invalid("Choose who may see it.")
    before, row.sharing = row.sharing, sharing
    if row.owner_id is None:
        row.owner_id, row.owner = work.actor.user_id, work.actor.name
    history.record(work, "notebook", row.id, "shared", before={"sharing": before}, after={"sharing": sharing})
    work.tell("notebooks", f"notebook:{row.id}")


def pin(work: Work, notebook_id: int, pinned: bool) -> None:
    row = _editable(work, notebook_id)
    row.pinned = pinned
    work.tell("notebooks")


def remove(work: Work, notebook_id: int) -> None:
    row = _editable(work, notebook_id)
    row.deleted_at = work.now
    history.record(work, "notebook", row.id, "removed", before={"title": row.title})
    work.tell("notebooks")


def bring_back(work: Work, notebook_id: int) -> None:
    work.require(Permission.NOTEBOOKS_EDIT)
    row: models.Notebook = work.get(models.Notebook, notebook_id)
    row.deleted_at = None
    history.record(work, "notebook", row.id, "brought back")
    work.tell("notebooks")


def copy(work: Work, notebook_id: int) -> int:
    made = definition(work, notebook_id)
    return create(work, made.model_copy(update={"title": f"{made.title} (copy)"}), sharing="private")


def as_file(work: Work, notebook_id: int) -> str:
    """The notebook as YAML, for reading, keeping and running elsewhere."""
    return to_yaml(definition(work, notebook_id))


def from_file(work: Work, text: str) -> int:
    try:
        return create(work, from_yaml(text))
    except Unreadable as error:
        raise Invalid(str(error)) from error


def readable_definition(data: dict[str, Any]) -> Notebook:
    return from_data(data)
