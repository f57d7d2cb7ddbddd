"""State of the backups page."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.features.backups import service
from crm_app.features.backups.schemas import BackupRow, Plan
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do

BACKUP = Permission.BACKUP


class BackupsState(rx.State):
    backups: list[BackupRow] = []
    plan: Plan = Plan()
    errors: dict[str, str] = {}

    @action(BACKUP)
    async def load(self):
        await listen(self, "backups", BackupsState.refresh)
        self.errors = {}
        self.plan = await ask(self, service.plan)
        self.backups = await ask(self, service.listed)

    @action(BACKUP)
    async def refresh(self):
        self.backups = await ask(self, service.listed)

    @action(BACKUP)
    async def make(self):
        await do(self, service.ask_for)
        return ui.said("The backup is being made.", "You can go on working.")

    @action(BACKUP)
    async def drill(self, backup_id: int):
        await do(self, service.ask_for_drill, backup_id)
        return ui.said("The backup is being tried.", "It is restored into a place beside and compared.")

    @action(BACKUP)
    async def set_plan(self, form: dict[str, Any]):
        self.errors = {}
        await do(self, service.set_plan, _whole(form, "every_hours"), _whole(form, "keep"))
        self.plan = await ask(self, service.plan)
        return ui.said("Saved.")


def _whole(form: dict[str, Any], name: str) -> int:
    try:
        return int(str(form.get(name, "")).strip())
    except ValueError:
        raise Invalid(fields={name: "A whole number, please."}) from None
