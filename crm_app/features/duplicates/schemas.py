"""Shapes that cross the border of duplicates."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel


class Reason(BaseModel):
    """One field's say: points above 0 speak for one person."""

    field: str
    words: str
    points: float


class Likely(BaseModel):
    """Somebody who may be the person in hand."""

    id: int
    name: str
    detail: str
    score: float
    household: float = 0.0
    band: str
    words: str
    sentence: str
    reasons: list[Reason]
    merged_from: int | None = None


class PairRow(BaseModel):
    """A line of the queue."""

    id: int
    low_id: int
    high_id: int
    names: str
    detail: str
    band: str
    score: float
    words: str
    worth: int
    taken_by: str = ""


class Counts(BaseModel):
    """How many open pairs are in each band, and what was done."""

    certain: int = 0
    review: int = 0
    possible: int = 0
    household: int = 0
    decided_today: int = 0
    merged: int = 0

    @property
    def open(self) -> int:
        return self.certain + self.review


class Side(BaseModel):
    """One record of a case, as a column."""

    id: int
    name: str
    since: str
    gifts: int
    given: int
    values: dict[str, str]


class FieldRow(BaseModel):
    """One field across the records, its proposal and what it says about the pair."""

    field: str
    label: str
    values: list[str]
    chosen: int
    """Index of the record whose value is kept."""
    same: bool


class MovedKind(BaseModel):
    """What a merge does to one kind of row."""

    table: str
    words: str
    moves: int = 0
    combines: int = 0
    changes: int = 0


class Preview(BaseModel):
    """A merge before it happens."""

    kept_id: int
    dropped_ids: list[int]
    kinds: list[MovedKind]
    warnings: list[str]
    money: dict[str, int]
    fields: dict[str, Any]


class Case(BaseModel):
    """What a steward looks at: two or more records side by side."""

    pair_id: int
    kind: str
    band: str
    score: float
    words: str
    sides: list[Side]
    fields: list[FieldRow]
    reasons: list[Reason]
    preview: Preview


class MergeSeen(BaseModel):
    """A merge in the list of what was done."""

    id: int
    kept_id: int
    dropped_id: int
    kept_name: str
    dropped_name: str
    by: str
    at: datetime
    mode: str
    rows: int
    undone_at: datetime | None = None
    stayed: list[str] = []


class Undone(BaseModel):
    """What an undo brought back and what stays."""

    merge_id: int
    rows: int
    stayed: list[str]


class Part(BaseModel):
    """A stretch of text; marked where it differs from the kept record's."""

    text: str
    mark: bool = False


class Cell(BaseModel):
    """One value in the comparison."""

    field: str = ""
    record: int = 0
    parts: list[Part] = []
    empty: bool = False
    chosen: bool = False
    pickable: bool = False
    words: str = ""
    """What a press says to a screen reader."""


class Say(BaseModel):
    """A reason beside its line: words and the length of its bar."""

    words: str
    pixels: int
    against: bool


class Line(BaseModel):
    """One line of the comparison."""

    label: str
    cells: list[Cell]
    says: list[Say]


class Column(BaseModel):
    """A record at the head of its column."""

    id: int
    name: str
    words: str
    """Kept · since 3 Mar 2017 · 21 gifts"""
    kept: bool
    key: str


class CaseShown(BaseModel):
    """A case as the page shows it."""

    pair_id: int = 0
    title: str = ""
    words: str = ""
    columns: list[Column] = []
    lines: list[Line] = []
    same: str = ""
    """How many fields are the same and therefore not shown."""
    gifts: str = ""
    given: str = ""
    moves: list[str] = []
    warnings: list[str] = []
    people: bool = True
    several: bool = False


class DoneRow(BaseModel):
    """A merge or a verdict in the list of what was decided."""

    id: int
    kind: str
    """merge or verdict"""
    when: str
    words: str
    more: str = ""
    undone: bool = False
