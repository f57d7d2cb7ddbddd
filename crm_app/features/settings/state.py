"""State of the settings page."""

from typing import Any

import reflex as rx
from pydantic import ValidationError

from crm_app.core.access import Permission
from crm_app.core.errors import Invalid, NotFound
from crm_app.core.work import Work
from crm_app.features.settings import service
from crm_app.features.settings.editors import BY_KEY, Editor, Line
from crm_app.features.settings.schemas import OrganizationRow
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.session import ask, do

EDIT = Permission.SETTINGS_EDIT


class SettingsState(rx.State):
    """The organization itself, and the lists it keeps: which one is in the address."""

    shown: str = ""
    us: OrganizationRow = OrganizationRow()
    lines: list[Line] = []
    editing: bool = False
    row_id: int = 0
    form: dict[str, str] = {}
    errors: dict[str, str] = {}

    @action(EDIT)
    async def load(self):
        self.shown = str(self.router.url.query_parameters.get("show", ""))
        self.editing, self.errors = False, {}
        await self._read()

    async def _read(self):
        if self.shown in BY_KEY:
            self.lines = await ask(self, BY_KEY[self.shown].load)
        else:
            self.shown, self.lines = "", []
            self.us = await ask(self, service.organization)

    @action(EDIT)
    async def save_us(self, form: dict[str, Any]):
        self.errors = {}
        await do(self, _save_us, {name: str(value) for name, value in form.items()})
        await self._read()
        return ui.said("Saved.")

    @action(EDIT)
    async def add(self):
        self.row_id, self.form, self.errors, self.editing = 0, {}, {}, True

    @action(EDIT)
    async def change(self, row_id: int):
        line = next((one for one in self.lines if one["id"] == row_id), None)
        if line is None:
            raise NotFound
        self.row_id, self.form, self.errors, self.editing = row_id, dict(line["form"]), {}, True

    @action(EDIT)
    async def close(self):
        self.editing = False

    @action(EDIT)
    async def save(self, form: dict[str, Any]):
        self.errors = {}
        await do(self, _save, self.shown, self.row_id or None, {name: str(value or "") for name, value in form.items()})
        self.editing = False
        await self._read()
        return ui.said("Saved.")

    @action(EDIT)
    async def retire(self, row_id: int, retired: bool):
        await do(self, _editor(self.shown).retire, row_id, retired)
        await self._read()
        return ui.said("Offered no more; who has it keeps it." if retired else "Offered again.")


def _editor(shown: str) -> Editor:
    if shown not in BY_KEY:
        raise NotFound
    return BY_KEY[shown]


def _save(work: Work, shown: str, row_id: int | None, form: dict[str, str]) -> int:
    try:
        return _editor(shown).save(work, row_id, form)
    except ValidationError as wrong:
        raise Invalid(fields={str(e["loc"][0]): "Please look at this again." for e in wrong.errors()}) from None


def _save_us(work: Work, form: dict[str, str]) -> None:
    try:
        draft = OrganizationRow.model_validate(form)
    except ValidationError as wrong:
        raise Invalid(fields={str(e["loc"][0]): "Please look at this again." for e in wrong.errors()}) from None
    service.save_organization(work, draft)
