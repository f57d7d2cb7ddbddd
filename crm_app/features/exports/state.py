"""State of the page of exports."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.exports import service
from crm_app.features.exports.schemas import ColumnSeen, ColumnsKept, ExportDraft, ExportSeen
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do

EXPORT = Permission.EXPORT


class ExportsState(rx.State):
    """What was taken out, and what is being chosen now."""

    exports: list[ExportSeen] = []
    columns: list[ColumnSeen] = []
    chosen: list[str] = []
    kept: list[ColumnsKept] = []
    kind: str = "people"
    form: str = "csv"
    errors: dict[str, str] = {}

    @action(EXPORT)
    async def load(self):
        await listen(self, ["exports", "jobs"], ExportsState.refresh)
        self.errors, self.kind, self.form = {}, "people", "csv"
        await self._offer()
        self.exports = await ask(self, service.listed)

    @action(EXPORT)
    async def refresh(self):
        self.exports = await ask(self, service.listed)

    async def _offer(self) -> None:
        self.columns = await ask(self, service.columns, self.kind) if self.kind != "everything" else []
        self.chosen = [column.key for column in self.columns if column.usual]
        self.kept = [one for one in await ask(self, service.kept) if one.kind == self.kind]

    @action(EXPORT)
    async def choose_kind(self, kind: str):
        self.kind = kind
        self.form = "zip" if kind == "everything" else "csv" if self.form in ("zip", "vcf") else self.form
        await self._offer()

    @action(EXPORT)
    async def choose_form(self, form: str):
        self.form = form

    @action(EXPORT)
    async def tick(self, key: str, on: bool):
        order = [column.key for column in self.columns]
        self.chosen = [k for k in order if (on if k == key else k in self.chosen)]

    @action(EXPORT)
    async def use_kept(self, kept_id: str):
        found = next((one for one in self.kept if str(one.id) == kept_id), None)
        if found:
            offered = {column.key for column in self.columns}
            self.chosen = [key for key in found.columns if key in offered]

    @action(EXPORT)
    async def make(self, form: dict[str, Any]):
        self.errors = {}
        draft = ExportDraft(
            kind=self.kind,
            form=self.form,
            columns=self.chosen if self.kind != "everything" and self.form != "vcf" else [],
            reason=str(form.get("reason", "")),
            name=str(form.get("name", "")),
        )
        if name := str(form.get("columns_name", "")).strip():
            await do(self, service.keep_columns, name, self.kind, self.chosen)
        await do(self, service.ask_for, draft)
        self.exports = await ask(self, service.listed)
        return ui.said("It is being made.", "It stays here for a week, for you alone.")
