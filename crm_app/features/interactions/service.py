"""Conversations we had and things we promised to do."""

from datetime import date, timedelta

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.constituents.models import Constituent
from crm_app.features.constituents.service.marks import may_read
from crm_app.features.interactions import queries
from crm_app.features.interactions.models import Interaction, Task
from crm_app.features.interactions.schemas import KINDS, OUTCOMES, InteractionDraft, InteractionRow, TaskDraft, TaskRow


def log(work: Work, draft: InteractionDraft) -> int:
    """Write down a conversation, today's or an older one, and the task that follows from it."""
    work.require(Permission.PEOPLE_EDIT)
    person = work.get(Constituent, draft.constituent_id)
    _check(work, draft)
    row = work.add(
        Interaction(
            **draft.model_dump(exclude={"happened_at", "follow_up_on", "follow_up"}),
            happened_at=draft.happened_at or work.now,
            user_id=work.actor.user_id,
            by=work.actor.name,
            created_at=work.now,
            updated_at=work.now,
        )
    )
    after = {"kind": draft.kind, "outcome": draft.outcome}
    history.record(work, "interaction", row.id, "logged", after=after, constituent_id=person.id)
    if draft.follow_up_on or draft.follow_up:
        title = draft.follow_up or f"Follow up with {person.display_name}"
        follow_up = TaskDraft(title=title, constituent_id=person.id, due_on=draft.follow_up_on)
        add_task(work, follow_up, interaction_id=row.id)
    work.tell("people", f"person:{person.id}")
    return row.id


def _check(work: Work, draft: InteractionDraft) -> None:
    wrong: dict[str, str] = {}
    if draft.kind not in KINDS:
        wrong["kind"] = "Choose what it was."
    if draft.outcome not in OUTCOMES:
        wrong["outcome"] = "Choose how it ended."
    if draft.direction not in ("in", "out"):
        wrong["direction"] = "Choose who reached whom."
    if draft.happened_at and draft.happened_at > work.now + timedelta(days=1):
        wrong["happened_at"] = "That is in the future; make it a task."
    if wrong:
        raise Invalid(fields=wrong)


def drop(work: Work, interaction_id: int) -> None:
    work.require(Permission.PEOPLE_EDIT)
    row = work.get(Interaction, interaction_id)
    row.deleted_at = work.now
    history.record(work, "interaction", row.id, "removed", constituent_id=row.constituent_id)
    work.tell("people", f"person:{row.constituent_id}")


def of(work: Work, constituent_id: int, limit: int = 100) -> list[InteractionRow]:
    work.require(Permission.PEOPLE_READ)
    rows = queries.interactions_of(work.session, constituent_id, limit)
    return [
        InteractionRow(**row.model_dump(include=set(InteractionRow.model_fields)))
        for row in rows
        if may_read(work, row.privacy, row.user_id)
    ]


def add_task(work: Work, draft: TaskDraft, interaction_id: int | None = None) -> int:
    work.require(Permission.TASKS)
    if not draft.title:
        raise Invalid(fields={"title": "What is to be done?"})
    said = draft.model_dump()
    if draft.owner_id is None:
        said |= {"owner_id": work.actor.user_id, "owner_name": work.actor.name}
    row = work.add(
        Task(
            **said,
            interaction_id=interaction_id,
            created_by=work.actor.name,
            created_at=work.now,
            updated_at=work.now,
        )
    )
    _record(work, row, "added")
    return row.id


def finish(work: Work, task_id: int, status: str = "done") -> None:
    """Tick it off, or drop it."""
    work.require(Permission.TASKS)
    row = work.get(Task, task_id)
    row.status, row.done_at, row.done_by, row.updated_at = status, work.now, work.actor.name, work.now
    _record(work, row, status)


def reopen(work: Work, task_id: int) -> None:
    work.require(Permission.TASKS)
    row = work.get(Task, task_id)
    row.status, row.done_at, row.done_by, row.updated_at = "open", None, "", work.now
    _record(work, row, "reopened")


def _record(work: Work, row: Task, action: str) -> None:
    history.record(work, "task", row.id, action, after={"title": row.title}, constituent_id=row.constituent_id)
    work.tell("tasks")
    if row.constituent_id:
        work.tell(f"person:{row.constituent_id}")


def my_tasks(work: Work, until: date | None = None, limit: int = 50) -> list[TaskRow]:
    rows = queries.tasks(work.session, work.actor.user_id or 0, None, until, limit)
    return [task_row(row, name, work.now.date()) for row, name in rows]


def tasks_about(work: Work, constituent_id: int) -> list[TaskRow]:
    work.require(Permission.PEOPLE_READ)
    rows = queries.tasks(work.session, None, constituent_id, None, 50)
    return [task_row(row, name, work.now.date()) for row, name in rows]


def task_row(row: Task, person: str | None, today: date) -> TaskRow:
    return TaskRow(
        **row.model_dump(include=set(TaskRow.model_fields)),
        person=person or "",
        due=f"{row.due_on:%-d %b %Y}" if row.due_on else "",
        late=row.due_on is not None and row.due_on < today,
    )
