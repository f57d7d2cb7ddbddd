"""Shapes that cross the border of exports."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

FORMS = ("csv", "xlsx", "vcf", "zip")


class ExportDraft(BaseModel):
    """What to take out, of whom, in which form, and why."""

    model_config = ConfigDict(str_strip_whitespace=True, extra="forbid")

    kind: str = "people"
    """people, gifts, or everything"""
    form: str = "csv"
    columns: list[str] = Field(default_factory=list)
    """Keys of columns; empty for the usual ones."""
    query: dict[str, Any] = Field(default_factory=dict)
    """Filters of the list, as its page has them; empty for all."""
    reason: str = ""
    name: str = ""


class ExportSeen(BaseModel):
    id: int
    name: str
    what: str
    form: str
    reason: str
    status: str
    words: str
    rows: str
    size: str
    by: str
    when: str
    until: str
    mine: bool


class ColumnSeen(BaseModel):
    key: str
    label: str
    group: str
    usual: bool


class ColumnsKept(BaseModel):
    id: int
    name: str
    kind: str
    columns: list[str]
