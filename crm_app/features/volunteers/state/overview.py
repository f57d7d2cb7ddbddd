"""The page of all shifts and hours."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.volunteers import service
from crm_app.features.volunteers.schemas import HoursRow, Numbers, PersonHours, RoleDraft, RoleRow, ShiftRow
from crm_app.features.volunteers.state.choosing import WhoState
from crm_app.features.volunteers.state.forms import hours_draft, said, shift_draft
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do

READ, EDIT = Permission.EVENTS_READ, Permission.EVENTS_EDIT


class VolunteersState(rx.State):
    """Shifts that are short, shifts to come, hours that wait."""

    short: list[ShiftRow] = []
    coming: list[ShiftRow] = []
    unfinished: list[ShiftRow] = []
    waiting: list[HoursRow] = []
    drafts: list[HoursRow] = []
    most: list[PersonHours] = []
    roles: list[RoleRow] = []
    role_options: list[ui.Option] = []
    events: list[ui.Option] = []
    numbers: Numbers = Numbers()
    today: str = ""
    window: str = ""
    declining: int = 0
    errors: dict[str, str] = {}

    @action(READ)
    async def load(self):
        await listen(self, "volunteers", VolunteersState.refresh)
        self.window, self.errors, self.declining = "", {}, 0
        await self._look()

    @action(READ)
    async def refresh(self):
        await self._look()

    async def _look(self) -> None:
        (
            self.short, self.coming, self.unfinished, self.waiting, self.drafts, self.most, self.roles, self.numbers,
            self.events, self.today,
        ) = await ask(self, _all)  # fmt: skip
        self.role_options = [{"value": str(row.id), "label": row.name} for row in self.roles]

    @action(EDIT)
    async def open(self, window: str):
        self.window, self.errors = window, {}
        (await self.get_state(WhoState))._set()

    @action(EDIT)
    async def shut(self):
        self.window, self.declining = "", 0

    @action(EDIT)
    async def plan(self, form: dict[str, Any]):
        self.errors = {}
        made = await do(self, service.plan, shift_draft(form))
        self.window = ""
        await self._look()
        words = "One shift is planned." if len(made.ids) == 1 else f"{len(made.ids)} shifts are planned."
        if made.skipped:
            return ui.warned(words, f"Left out, because the clocks skip that hour: {', '.join(made.skipped)}.")
        return ui.said(words)

    @action(EDIT)
    async def save_role(self, form: dict[str, Any]):
        self.errors = {}
        draft = RoleDraft(name=said(form, "name"), skills=said(form, "skills"), description=said(form, "description"))
        await do(self, service.save_role, draft)
        self.window = ""
        await self._look()
        return ui.said("The role is there.")

    @action(EDIT)
    async def retire_role(self, role_id: int):
        await do(self, service.retire_role, role_id)
        await self._look()

    @action(EDIT)
    async def add_hours(self, form: dict[str, Any]):
        self.errors = {}
        who = await self.get_state(WhoState)
        name = who.name
        await do(self, service.log, hours_draft(form, who.chosen))
        who._set()
        await self._look()
        return ui.said(f"Hours of {name} are handed in.")

    @action(EDIT)
    async def approve(self, entry_id: int):
        await do(self, service.approve, [entry_id])
        await self._look()

    @action(EDIT)
    async def approve_all(self):
        moved = await do(self, service.approve, [row.id for row in self.waiting])
        await self._look()
        return ui.said("Approved: 1 entry." if moved == 1 else f"Approved: {moved} entries.")

    @action(EDIT)
    async def ask_why(self, entry_id: int):
        self.declining, self.errors = entry_id, {}

    @action(EDIT)
    async def decline(self, form: dict[str, Any]):
        self.errors = {}
        await do(self, service.decline, [self.declining], said(form, "reason"))
        self.declining = 0
        await self._look()

    @action(EDIT)
    async def hand_in(self):
        await do(self, service.submit, [row.id for row in self.drafts])
        await self._look()


def _all(work: Work) -> tuple[Any, ...]:
    year = work.now.year
    return (
        service.shortages(work), service.upcoming(work), service.unfinished(work), service.to_approve(work),
        service.drafts(work), service.thanked_most(work, year), service.list_roles(work), service.numbers(work),
        [{"value": str(number), "label": name} for number, name in service.event_choices(work)],
        service.today(work).isoformat(),
    )  # fmt: skip
