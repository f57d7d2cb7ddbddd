"""The page of one shift."""

import re
from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.volunteers import service
from crm_app.features.volunteers.schemas import ComingRow, RoleRow, ShiftPage, ShiftRow, Suggestion
from crm_app.features.volunteers.state.choosing import WhoState
from crm_app.features.volunteers.state.forms import said, shift_draft
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do

READ, EDIT = Permission.EVENTS_READ, Permission.EVENTS_EDIT


def shift_in(path: str) -> int:
    """The number in /volunteers/shifts/12."""
    found = re.search(r"/shifts/(\d{1,9})(?:/|$)", path)
    return int(found.group(1)) if found else 0


class ShiftState(rx.State):
    """Who is on a shift, and what happens there."""

    at: int = 0
    shift: ShiftRow | None = None
    page: ShiftPage | None = None
    coming: list[ComingRow] = []
    suggestions: list[Suggestion] = []
    role_options: list[ui.Option] = []
    window: str = ""
    clash: str = ""
    errors: dict[str, str] = {}

    @action(READ)
    async def load(self):
        self.at = shift_in(self.router.url.path)
        self.window, self.clash, self.errors = "", "", {}
        await listen(self, f"shift:{self.at}", ShiftState.refresh)
        (await self.get_state(WhoState))._set()
        await self._look()

    @action(READ)
    async def refresh(self):
        await self._look()

    async def _look(self) -> None:
        self.page, self.suggestions, roles = await ask(self, _one, self.at)
        self.shift, self.coming = self.page.shift, self.page.coming
        self.role_options = [{"value": str(row.id), "label": row.name} for row in roles]

    @action(EDIT)
    async def open(self, window: str):
        self.window, self.errors = window, {}

    @action(EDIT)
    async def shut(self):
        self.window = ""

    @action(EDIT)
    async def sign_up(self, form: dict[str, Any]):
        who = await self.get_state(WhoState)
        if not who.chosen:
            return ui.warned("Choose somebody from the list.")
        return await self._put(who, who.chosen, said(form, "reason"))

    @action(EDIT)
    async def put_on(self, constituent_id: int, name: str):
        who = await self.get_state(WhoState)
        who._set(constituent_id, name)
        return await self._put(who, constituent_id)

    async def _put(self, who: WhoState, constituent_id: int, reason: str = "") -> Any:
        try:
            await do(self, service.sign_up, self.at, constituent_id, reason=reason)
        except service.Overlaps as clash:
            self.clash = clash.message
            return rx.set_focus("field-reason")
        self.clash, name = "", who.name
        who._set()
        await self._look()
        return ui.said(f"{name} is on the shift.")

    @action(READ)
    async def arrive(self, signup_id: int):
        await self._step(service.arrive, signup_id)

    @action(READ)
    async def go(self, signup_id: int):
        await self._step(service.leave, signup_id)

    @action(READ)
    async def missed(self, signup_id: int):
        await self._step(service.no_show, signup_id)

    @action(READ)
    async def back(self, signup_id: int):
        await self._step(service.take_back, signup_id)

    @action(EDIT)
    async def cancel(self, signup_id: int):
        await self._step(service.cancel, signup_id)

    async def _step(self, call: Any, signup_id: int) -> None:
        await do(self, call, signup_id)
        await self._look()

    @action(EDIT)
    async def finish(self):
        left, missing = await do(self, service.close, self.at)
        await self._look()
        return ui.said("The shift is finished.", f"Went home: {left}. Did not come: {missing}.")

    @action(EDIT)
    async def hand_in(self):
        await do(self, service.submit_all, self.at)
        await self._look()
        return ui.said("The hours are handed in.")

    @action(EDIT)
    async def change(self, form: dict[str, Any]):
        self.errors = {}
        await do(self, service.change_shift, self.at, _kept(shift_draft(form), self.shift))
        self.window = ""
        await self._look()
        return ui.said("Changed.")

    @action(EDIT)
    async def call_off(self, form: dict[str, Any]):
        self.errors = {}
        following = form.get("following") in (True, "on", "true")
        people = await do(self, service.cancel_shift, self.at, said(form, "reason"), following=following)
        self.window = ""
        await self._look()
        return ui.said(
            "Called off.", f"{people} had signed up: please tell them." if people else "Nobody had signed up."
        )


def _kept(draft: Any, shift: ShiftRow | None) -> Any:
    return draft.model_copy(update={"event_id": shift.event_id}) if shift else draft


def _one(work: Work, shift_id: int) -> tuple[ShiftPage, list[Suggestion], list[RoleRow]]:
    page = service.shift_page(work, shift_id)
    may = work.may(EDIT) and work.may(Permission.PEOPLE_READ)
    ask_them = may and not page.shift.over and not page.shift.full and not page.shift.cancelled
    return page, service.suggestions(work, shift_id) if ask_them else [], service.list_roles(work)
