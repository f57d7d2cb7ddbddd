"""State of the home page."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.home import service
from crm_app.features.home.schemas import ChangeLine, Desk, FigureRow, TaskLine, WaitingRow
from crm_app.features.interactions import service as interactions
from crm_app.ui import desk, records
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.page import MAP
from crm_app.ui.session import ask, do


class HomeState(rx.State):
    """The morning: greeting, numbers, what waits."""

    desk: Desk = Desk()
    loaded: bool = False

    @action()
    async def load(self):
        await listen(self, "tasks", HomeTasks.refresh)
        await listen(self, ["people", "constituents", "gifts"], HomeState.refresh)
        await self._read()

    @action()
    async def refresh(self):
        await self._read()

    @action(Permission.SETTINGS_EDIT)
    async def look_around(self):
        """Somebody would rather see a world that is not their own first."""
        await do(self, service.ask_for_demo)
        return ui.said("The demo world is being made.", "It takes about a quarter of a minute.")

    async def _read(self) -> None:
        found, tasks, changes = await ask(self, _morning)
        self.desk, self.loaded = found, True
        (await self.get_state(HomeTasks)).tasks = tasks
        (await self.get_state(HomeChanges)).changes = changes


class HomeTasks(rx.State):
    """One's own tasks."""

    tasks: list[TaskLine] = []
    adding: bool = False
    errors: dict[str, str] = {}

    @action(Permission.TASKS)
    async def refresh(self):
        self.tasks = await ask(self, _tasks)

    @action(Permission.TASKS)
    async def finish(self, task_id: int):
        await do(self, interactions.finish, task_id)
        self.tasks = [task for task in self.tasks if task.id != task_id]
        return ui.said_with_undo("Done.", HomeTasks.reopen(task_id))

    @action(Permission.TASKS)
    async def reopen(self, task_id: int):
        await do(self, interactions.reopen, task_id)
        self.tasks = await ask(self, _tasks)

    @action(Permission.TASKS)
    async def open_form(self):
        self.adding, self.errors = True, {}

    @action(Permission.TASKS)
    async def close_form(self):
        self.adding = False

    @action(Permission.TASKS)
    async def add(self, form: dict[str, Any]):
        title = str(form.get("title", "")).strip()
        if not title:
            raise Invalid(fields={"title": "What is to be done?"})
        await do(self, service.add_task, title, str(form.get("due_on", "")))
        self.adding, self.tasks = False, await ask(self, _tasks)


class HomeChanges(rx.State):
    """What happened lately."""

    changes: list[ChangeLine] = []


def _morning(work: Work) -> tuple[Desk, list[TaskLine], list[ChangeLine]]:
    found = service.desk(work)
    found.figures = [FigureRow(number=number, words=words, href=_there(to)) for number, words, to in desk.figures(work)]
    found.waiting = [WaitingRow(number=f"{n:,}", words=words, href=_there(to)) for n, words, to in desk.queues(work)]
    changes = service.changes(work)
    for change in changes:
        change.href = records.person_address(int(change.href)) if change.href else ""
    return found, _tasks(work), changes


def _tasks(work: Work) -> list[TaskLine]:
    found = service.tasks(work)
    for task in found:
        task.href = records.person_address(int(task.href)) if task.href else ""
    return found


def _there(to: str) -> str:
    """The address, if the map has such a page."""
    return to if to.split("?")[0] in MAP else ""
