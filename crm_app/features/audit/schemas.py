"""What the history page asks and shows."""

from pydantic import BaseModel


class Asked(BaseModel):
    """Which changes: by whom, of what kind, one record or person, from when."""

    user_id: int | None = None
    kind: str = ""
    record_id: int | None = None
    constituent_id: int | None = None
    days: int = 0
    """0 is everything."""


class ChangeRow(BaseModel):
    """One change in the list."""

    id: int
    day: str
    time: str
    by: str
    said: str
    """edited a gift"""
    fields: str
    """amount, fund"""
    kind: str
    record_id: int = 0
    constituent_id: int = 0
    name: str = ""


class FieldChange(BaseModel):
    """One field, before and after."""

    field: str
    before: str = ""
    after: str = ""


class ChangeSeen(BaseModel):
    """One change opened."""

    id: int = 0
    title: str = ""
    by: str = ""
    at: str = ""
    note: str = ""
    fields: list[FieldChange] = []
    hidden: bool = False
    sealed: bool = False
    kind: str = ""
    record_id: int = 0
    constituent_id: int = 0


class Choice(BaseModel):
    value: str
    label: str


class Window(BaseModel):
    """Some rows of many."""

    rows: list[ChangeRow] = []
    total: int = 0
    first: int = 0
