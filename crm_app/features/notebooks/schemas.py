"""What screens show of a notebook: words and numbers, ready to read."""

from datetime import datetime

from pydantic import BaseModel


class OnShelf(BaseModel):
    id: int
    title: str
    summary: str = ""
    sharing: str = ""
    owner: str = ""
    changed: str = ""
    pinned: bool = False
    cells: int = 0
    shipped: bool = False


class Opened(BaseModel):
    """A notebook as it is kept."""

    id: int
    title: str
    definition: dict
    version: int
    sharing: str
    owner: str
    may_edit: bool
    updated_at: datetime
    updated_by: str
    snapshots: int = 0
    pinned: bool = False


class TokenView(BaseModel):
    text: str = ""
    path: str = ""
    cell: str = ""
    bad: bool = False


class ClauseView(BaseModel):
    path: str = ""
    op: str = ""
    words: str = ""
    numbers: str = ""
    alone: str = ""
    unknown: str = ""
    problem: str = ""
    group: bool = False
    mode: str = ""
    depth: int = 0
    spot: str = ""


class BarView(BaseModel):
    at: int = 0
    label: str = ""
    share: float = 0
    count: str = ""
    amount: str = ""
    opens: bool = False
    cells: list[str] = []


class NumberView(BaseModel):
    """A part, a reason, a size: a name, a number, and what it opens."""

    name: str = ""
    count: str = ""
    of: str = ""


class RowView(BaseModel):
    id: int = 0
    name: str = ""
    given: list[str] = []


class CellView(BaseModel):
    """A cell as the page shows it. Everything is worded; only paths and names lead back to the definition."""

    name: str = ""
    kind: str = ""
    kind_words: str = ""
    folded: bool = False
    note: str = ""
    note_text: str = ""
    tokens: list[TokenView] = []
    clauses: list[ClauseView] = []
    mode: str = "all"
    count: str = ""
    below: str = ""
    more: str = ""
    up: str = ""
    down: str = ""
    since: str = ""
    spark: str = ""
    problem: str = ""
    parts: list[NumberView] = []
    reasons: list[NumberView] = []
    left_out: str = ""
    bars: list[BarView] = []
    heads: list[str] = []
    rows: list[RowView] = []
    of: str = ""
    asks: str = ""
    """Which parts of a cell's settings the page offers: of, match, include, by …"""
    people: int = 0


class Person(BaseModel):
    id: int
    name: str
    detail: str = ""


class BecauseView(BaseModel):
    path: str = ""
    passed: str = ""
    """yes, no, or empty for a clause that is not finished"""
    needs: str = ""
    has: str = ""
    depth: int = 0


class Why(BaseModel):
    """Why somebody is in a cell or not."""

    constituent_id: int
    name: str
    inside: bool
    words: str
    because: list[BecauseView] = []


class VersionRow(BaseModel):
    number: int
    by: str
    words: str
    at: str


class SnapshotRow(BaseModel):
    id: int
    cell: str
    people: int
    at: str
    by: str
    reason: str


class Compared(BaseModel):
    """A snapshot beside the cell as it is now."""

    snapshot: SnapshotRow
    joined: int
    left: int
    joined_people: list[Person] = []
    left_people: list[Person] = []


class Verified(BaseModel):
    """The same definition, read a second time as plain SQL."""

    agree: bool
    people: int
    words: str
    differing: list[Person] = []


class OptionView(BaseModel):
    value: str = ""
    label: str = ""
    on: bool = False


class WindowView(BaseModel):
    kind: str = ""
    n: str = ""
    unit: str = "months"
    since: str = ""
    until: str = ""


class WhereView(BaseModel):
    """A filter on the related rows."""

    at: int = 0
    label: str = ""
    kind: str = ""
    op: str = ""
    ops: list[OptionView] = []
    given: list[str] = []
    choices: list[OptionView] = []
    fields: int = 0
    window: WindowView = WindowView()
    dated: bool = False


class DraftView(BaseModel):
    """A clause in the builder: what can be chosen about it, and what is chosen."""

    path: str = ""
    kind: str = ""
    title: str = ""
    words: str = ""
    fn: str = ""
    fns: list[OptionView] = []
    column: str = ""
    columns: list[OptionView] = []
    op: str = ""
    ops: list[OptionView] = []
    value_kind: str = ""
    given: list[str] = []
    fields: int = 0
    """How many values the operator takes."""
    choices: list[OptionView] = []
    more_choices: int = 0
    window: WindowView = WindowView()
    windowed: bool = False
    own_window: WindowView = WindowView()
    dated: bool = False
    where: list[WhereView] = []
    where_fields: list[OptionView] = []
    level: str = ""
    levels: bool = False
    unknown: bool = False
    can_unknown: bool = False
    days: str = ""
    relations: list[OptionView] = []
    first: str = ""
    then: str = ""
    cells: list[OptionView] = []
    cell: str = ""
    negate: bool = False
    mode: str = ""
    top: str = ""
    top_value: str = ""
    unit: str = ""
    low: int = 0
    high: int = 0
    slides: bool = False
    histogram: list[float] = []


class FactView(BaseModel):
    """Something that can be asked, in the list of the builder."""

    key: str
    label: str
    group: str
    also: str = ""
    """Other words it is found by."""


class SettingView(BaseModel):
    """One thing that can be set about a cell: a choice, several, a number or a word."""

    name: str = ""
    label: str = ""
    kind: str = "select"
    value: str = ""
    options: list[OptionView] = []
