"""State of the history page."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.audit import service
from crm_app.features.audit.schemas import Asked, ChangeRow, ChangeSeen
from crm_app.ui import parts as ui
from crm_app.ui import records
from crm_app.ui.handlers import action
from crm_app.ui.session import ask

NEEDS = Permission.HISTORY_READ
PERIODS = [
    ("0", "At any time"),
    ("1", "Since yesterday"),
    ("7", "In the last week"),
    ("31", "In the last month"),
    ("366", "In the last year"),
]


class HistoryState(rx.State):
    """The list: a window of it, and what is asked."""

    rows: list[ChangeRow] = []
    first: int = 0
    total: int = 0
    query: str = ""
    loaded: bool = False
    _asked: Asked = Asked()

    async def _load(self) -> None:
        found = await ask(self, service.changes, self._asked, self.first, ui.ROWS)
        self.rows, self.total, self.first = found.rows, found.total, found.first
        self.query, self.loaded = self._asked.model_dump_json(), True

    @action(NEEDS)
    async def load(self):
        choices = await self.get_state(HistoryChoices)
        self._asked, self.first = choices._from_address(dict(self.router.url.query_parameters)), 0
        await self._load()
        people, kinds = await ask(self, service.choices)
        choices.people = [{"value": one.value, "label": one.label} for one in people]
        choices.kinds = [{"value": one.value, "label": one.label} for one in kinds]

    @action(NEEDS, supersedes=True)
    async def show_from(self, first: int):
        self.first = first
        await self._load()

    @action(NEEDS)
    async def ask_who(self, user: str):
        await self._narrow(user_id=int(user) if user.isdigit() else None)

    @action(NEEDS)
    async def ask_kind(self, kind: str):
        await self._narrow(kind=kind[:60])

    @action(NEEDS)
    async def ask_days(self, days: str):
        await self._narrow(days=int(days) if days.isdigit() else 0)

    @action(NEEDS)
    async def clear(self):
        self._asked = Asked()
        await self._narrow()

    async def _narrow(self, **change: object) -> None:
        self._asked, self.first = self._asked.model_copy(update=change), 0
        (await self.get_state(HistoryChoices))._follow(self._asked)
        await self._load()


class HistoryChoices(rx.State):
    """What can be asked, and what is."""

    people: list[ui.Option] = []
    kinds: list[ui.Option] = []
    user: str = ""
    kind: str = ""
    days: str = "0"
    narrowed: bool = False

    def _from_address(self, given: dict[str, str]) -> Asked:
        """`?kind=gift&record=7&person=42&user=3&days=7`: other pages link to a part of the history."""
        numbers = {name: int(value) for name, value in given.items() if str(value).isdigit()}
        asked = Asked(
            user_id=numbers.get("user"), kind=given.get("kind", "")[:60], record_id=numbers.get("record"),
            constituent_id=numbers.get("person"), days=numbers.get("days", 0),
        )  # fmt: skip
        self._follow(asked)
        return asked

    def _follow(self, asked: Asked) -> None:
        self.user, self.kind, self.days = str(asked.user_id or ""), asked.kind, str(asked.days)
        self.narrowed = asked != Asked()


class ChangeState(rx.State):
    """One change, opened in a drawer."""

    change: ChangeSeen = ChangeSeen()
    is_open: bool = False
    to: str = ""

    @action(NEEDS)
    async def open(self, change_id: int):
        self.change = await ask(self, service.change, change_id)
        self.to = records.address(self.change.kind, self.change.record_id or None, self.change.constituent_id or None)
        self.is_open = True

    @action(NEEDS)
    async def close(self):
        self.is_open = False
