"""What the parts page plays with."""

from typing import Any, TypedDict

import reflex as rx

from crm_app.core.access import Permission
from crm_app.ui.chart import Share, Stick, path, sticks
from crm_app.ui.combo import Found
from crm_app.ui.handlers import action
from crm_app.ui.table import ROWS
from crm_app.ui.telling import said, said_with_undo, warned

ALL = 1_000_000
FIRST = ("Maria", "Ade", "Rosa", "Chidi", "Fernanda", "Jake", "Ifeoma", "José", "Lindqvist", "Noor")
LAST = ("Okonkwo", "Lindqvist", "Okoro", "O’Brien", "Nuñez", "Katz", "Åberg", "de Souza", "Ng", "Featherstonehaugh")


class Person(TypedDict):
    """A row of the long table."""

    id: int
    name: str
    town: str
    given: str
    last: str
    ticked: bool


def person(n: int, ticked: bool) -> Person:
    name = f"{FIRST[n * 7 % 10]} {LAST[n // 10 * 3 % 10]}"
    return {"id": n, "name": name, "town": f"Town {n % 97}", "given": f"${n * 37 % 9000:,}.00", "last": f"{n % 28 + 1} Mar 26", "ticked": ticked}  # fmt: skip


class PartsState(rx.State):
    """Everything a part can be: open, chosen, wrong, busy."""

    is_dialog: bool = False
    is_drawer: bool = False
    is_confirm: bool = False
    tab: str = "one"
    view: str = "list"
    errors: dict[str, str] = {"wrong": "There is no 30 February. The last day was the 29th."}
    switch: bool = True
    percent: int = 62
    found: list[Found] = []
    chosen: str = ""
    heard: str = "nothing yet"
    line: str = path([18, 17, 19, 24, 22, 28, 27, 33, 31, 36, 40])
    years: list[Stick] = sticks(
        [
            (str(y), v, f"{y}: ${v},000")
            for y, v in zip(range(2017, 2027), (6, 9, 9, 14, 12, 18, 22, 28, 31, 15), strict=True)
        ]
    )
    small: list[Stick] = sticks([("", v, "") for v in (6, 9, 9, 14, 12, 18, 22, 28, 15)], 140, 34)
    shares: list[Share] = [
        {"label": "under $50", "share": 38, "words": "402", "to": ""},
        {"label": "$50 to $249", "share": 78, "words": "829", "to": ""},
        {"label": "$250 to $999", "share": 32, "words": "338", "to": ""},
        {"label": "$1,000 and up", "share": 9, "words": "83", "to": ""},
    ]  # fmt: skip


class LongState(rx.State):
    """The long table: a million rows, sixty at a time."""

    rows: list[Person] = []
    first: int = 0
    total: int = ALL
    sort: str = "name"
    descending: bool = False
    query: str = "name"
    shown: list[str] = ["name", "town", "given", "last"]
    ticked: list[int] = []

    def _load(self) -> None:
        numbers = range(self.first, min(self.first + ROWS, self.total))
        order = [self.total - 1 - n for n in numbers] if self.descending else list(numbers)
        self.rows = [person(n, n in self.ticked) for n in order]

    @action(Permission.SETTINGS_EDIT)
    async def load(self) -> None:
        self._load()

    @action(Permission.SETTINGS_EDIT)
    async def show_from(self, first: int) -> None:
        self.first = max(0, min(first, self.total - 1))
        self._load()

    @action(Permission.SETTINGS_EDIT)
    async def sort_by(self, key: str) -> None:
        self.descending = key == self.sort and not self.descending
        self.sort, self.first = key, 0
        self.query = f"{key} {self.descending}"
        self._load()

    @action(Permission.SETTINGS_EDIT)
    async def show_column(self, key: str) -> None:
        self.shown = [k for k in self.shown if k != key] if key in self.shown else [*self.shown, key]

    @action(Permission.SETTINGS_EDIT)
    async def tick(self, row_id: int) -> None:
        self.ticked = [n for n in self.ticked if n != row_id] if row_id in self.ticked else [*self.ticked, row_id]
        self._load()


class PlayState(rx.State):
    """The handlers of the parts page."""

    @action(Permission.SETTINGS_EDIT)
    async def flip(self, name: str) -> None:
        state = await self.get_state(PartsState)
        if name in ("is_dialog", "is_drawer", "is_confirm", "switch"):
            setattr(state, name, not getattr(state, name))

    @action(Permission.SETTINGS_EDIT)
    async def choose_tab(self, name: str) -> None:
        (await self.get_state(PartsState)).tab = name

    @action(Permission.SETTINGS_EDIT)
    async def choose_view(self, name: str) -> None:
        (await self.get_state(PartsState)).view = name

    @action(Permission.SETTINGS_EDIT)
    async def say(self, kind: str):
        if kind == "undo":
            return said_with_undo("Maria Okonkwo is in the trash.", PlayState.say("undone"))
        if kind == "bad":
            return warned("This event is full.", "Put them on the waiting list, or ask an administrator to make room.")
        return said("Brought back." if kind == "undone" else "Saved.")

    @action(Permission.SETTINGS_EDIT)
    async def seek(self, text: str) -> None:
        state = await self.get_state(PartsState)
        state.heard = text
        fits = [name for name in LAST if text.lower() in name.lower()] if text else []
        state.found = [{"value": name, "label": f"Maria {name}", "detail": "Portland"} for name in fits]

    @action(Permission.SETTINGS_EDIT)
    async def choose(self, value: str) -> None:
        state = await self.get_state(PartsState)
        state.chosen, state.found = value, []

    @action(Permission.SETTINGS_EDIT)
    async def leave(self) -> None:
        (await self.get_state(PartsState)).found = []

    @action(Permission.SETTINGS_EDIT)
    async def send(self, form: dict[str, Any]) -> None:
        state = await self.get_state(PartsState)
        state.heard = ", ".join(f"{name}={value}" for name, value in form.items() if value)
        state.errors = {} if form.get("name") else {"name": "Somebody needs a name."}
