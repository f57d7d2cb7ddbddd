"""Shapes of volunteering: drafts in, rows out."""

from datetime import date

from pydantic import BaseModel, ConfigDict


class Draft(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True)


class RoleDraft(Draft):
    name: str
    skills: str = ""
    description: str = ""


class ShiftDraft(Draft):
    """A shift, or one for each of so many weeks; times as the clock says where it happens."""

    role_id: int
    day: str
    starts: str
    ends: str
    """An hour that is not after the start belongs to the next day."""
    time_zone: str = ""
    place: str = ""
    minimum: int = 1
    maximum: int | None = None
    event_id: int | None = None
    note: str = ""
    weeks: int = 1
    every: int = 1


class HoursDraft(Draft):
    constituent_id: int
    worked_on: date
    minutes: int
    role_id: int | None = None
    people: int = 1
    note: str = ""


class RoleRow(BaseModel):
    id: int
    name: str
    skills: str = ""
    description: str = ""
    retired: bool = False


class ShiftRow(BaseModel):
    """A shift as lists show it."""

    id: int
    role: str
    role_id: int
    skills: str = ""
    when: str
    day: str
    starts: str
    ends: str
    time_zone: str
    place: str = ""
    event: str = ""
    event_id: int | None = None
    minimum: int = 1
    maximum: int | None = None
    taken: int = 0
    missing: int = 0
    free: int | None = None
    words: str = ""
    """What there is to say about its places: needs 2 more, 1 place left, full."""
    full: bool = False
    cancelled: bool = False
    closed: bool = False
    over: bool = False
    repeats: bool = False
    note: str = ""


class ComingRow(BaseModel):
    """Somebody on a shift."""

    id: int
    constituent_id: int
    name: str
    phone: str = ""
    email: str = ""
    status: str
    status_words: str
    arrived: str = ""
    left: str = ""
    hours: str = ""
    overlap_reason: str = ""
    note: str = ""


class ShiftPage(BaseModel):
    """A shift with the people on it."""

    shift: ShiftRow
    coming: list[ComingRow] = []
    here: int = 0
    drafts: int = 0
    may_edit: bool = False
    may_check_in: bool = False
    may_export: bool = False


class HoursRow(BaseModel):
    id: int
    constituent_id: int
    name: str
    day: str
    hours: str
    role: str = ""
    note: str = ""
    status: str
    status_words: str
    by: str = ""


class Suggestion(BaseModel):
    """Somebody who did this before and is free."""

    constituent_id: int
    name: str
    words: str


class YearHours(BaseModel):
    year: int
    minutes: int
    hours: str


class PersonHours(BaseModel):
    constituent_id: int
    name: str
    minutes: int
    hours: str


class Numbers(BaseModel):
    """What stands in the margin."""

    year: int = 0
    hours: str = "0"
    people: int = 0
    to_approve: int = 0
    drafts: int = 0
    missing: int = 0
    may_edit: bool = False


class Planned(BaseModel):
    """What came of planning."""

    ids: list[int]
    skipped: list[str] = []
    """Days on which the clocks skip the hour."""
