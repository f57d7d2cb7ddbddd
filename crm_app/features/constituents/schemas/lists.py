"""Lists of people: what to show, and one window of it."""

from typing import Any

from pydantic import BaseModel, Field

SORTS = ("name", "changed", "added")


class Filters(BaseModel):
    """Every filter of the list of people; all must hold. Empty means: does not matter."""

    q: str = ""
    kind: str = ""
    hat_id: int | None = None
    tag_id: int | None = None
    owner_id: int | None = None
    """0: nobody looks after them."""
    reach: str = ""
    """email, phone, address: has one that works; no_email …: has none."""
    deceased: str = ""
    trash: bool = False
    ids: list[int] | None = None
    """Exactly these, such as the rows behind a number."""


class ListQuery(BaseModel):
    filters: Filters = Field(default_factory=Filters)
    sort: str = "name"
    descending: bool = False
    start: int = 0
    size: int = 60


class PersonRow(BaseModel):
    """A row of the list."""

    id: int
    name: str
    kind: str
    email: str = ""
    phone: str = ""
    city: str = ""
    hats: str = ""
    tags: list[str] = []
    owner_id: int | None = None
    owner: str = ""
    deceased: bool = False
    given: str = ""
    last: str = ""
    """Sum and day of the last gift, for those who may see amounts."""
    added: str = ""
    changed: str = ""


class Window(BaseModel):
    rows: list[PersonRow]
    start: int
    total: int


class SavedList(BaseModel):
    id: int
    name: str
    shared: bool
    mine: bool
    query: dict[str, Any]
