"""Shapes that cross the border of imports."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Policy(BaseModel):
    """How rows find the records they belong to, and what they may do there."""

    model_config = ConfigDict(extra="ignore")

    by_our_id: bool = True
    by_external_id: bool = True
    by_email: bool = True
    by_phone: bool = True
    by_name: bool = True
    """A name counts only with something beside it: the address, the birth date."""
    existing: str = "fill"
    """fill (only what is blank), update (the file wins), add (leave people as they are), ask"""
    households: bool = True
    tag: str = ""
    """Put on everyone of this import."""


class ImportSeen(BaseModel):
    """A line of the list of imports."""

    id: int
    name: str
    tool: str
    status: str
    words: str
    rows: int
    by: str
    when: str


class ColumnSeen(BaseModel):
    """One column of the file as the mapping shows it."""

    place: int
    header: str
    meaning: str
    label: str
    sure: int
    why: str
    sample: str
    order: str
    mark: str
    blank: str
    question: str = ""


class WordSeen(BaseModel):
    """A word of the file that stands for one of ours."""

    kind: str
    word: str
    value: str
    sure: int


class CountSeen(BaseModel):
    key: str
    label: str
    count: int


class RowSeen(BaseModel):
    """A row of the file with what becomes of it."""

    id: int
    row: int
    line: int
    outcome: str
    words: str
    reason: str
    evidence: str
    summary: str
    constituent_id: int
    gift_id: int
    done: bool
    choice: str


class CellSeen(BaseModel):
    place: int
    header: str
    text: str
    meaning: str
    wrong: str


class ImportFull(BaseModel):
    """Everything the page of one import shows besides its rows."""

    id: int
    name: str
    status: str
    words: str
    tool: str
    format: str
    facts: list[str]
    notes: list[str]
    sheets: list[str]
    sheet: str
    columns: list[ColumnSeen]
    unknown: list[WordSeen]
    questions: int
    counts: list[CountSeen]
    policy: Policy
    rows: int
    publish: int
    needs: int
    job_id: int
    done: int = 0
    total: int = 0
    job_words: str = ""
    result: str = ""
    kept: list[dict[str, Any]] = []
    again: str = ""
    by: str = ""
