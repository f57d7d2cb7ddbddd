"""Somebody found while their name is typed."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.constituents import service as constituents
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.session import ask

PEOPLE = Permission.PEOPLE_READ


class WhoState(rx.State):
    """The person of the form that is open."""

    chosen: int = 0
    name: str = ""
    fresh: int = 0
    found: list[ui.Found] = []

    @action(PEOPLE, supersedes=True)
    async def find(self, text: str):
        if text != self.name:
            self.chosen = 0
        rows = await ask(self, constituents.search, text[:80], 8)
        self.found = [{"value": str(row.id), "label": row.name, "detail": row.detail} for row in rows]

    @action(PEOPLE)
    async def choose(self, value: str):
        row = next((one for one in self.found if one["value"] == value), None)
        if row:
            self._set(int(value), row["label"])

    @action(PEOPLE)
    async def leave(self):
        self.found = []

    def _set(self, number: int = 0, name: str = "") -> None:
        """Begin with this person, or with nobody."""
        self.chosen, self.name, self.found, self.fresh = number, name, [], self.fresh + 1
