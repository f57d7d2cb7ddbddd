"""Shapes of conversations and tasks."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

KINDS = ("call", "meeting", "visit", "email", "letter", "text", "video", "social", "other")
OUTCOMES = ("", "reached", "left_message", "no_answer", "wrong_number", "said_yes", "said_no", "follow_up")
PURPOSES = ("", "thanks", "ask", "cultivation", "stewardship", "events", "volunteering", "service", "other")


class InteractionDraft(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True, extra="forbid")

    constituent_id: int
    kind: str = "call"
    direction: str = "out"
    purpose: str = ""
    outcome: str = ""
    subject: str = ""
    body: str = ""
    happened_at: datetime | None = None
    minutes: int | None = None
    privacy: str = "everyone"
    follow_up_on: date | None = None
    follow_up: str = ""


class InteractionRow(BaseModel):
    id: int
    constituent_id: int
    kind: str
    direction: str
    purpose: str
    outcome: str
    subject: str
    body: str
    happened_at: datetime
    minutes: int | None
    by: str


class TaskDraft(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True, extra="forbid")

    title: str
    constituent_id: int | None = None
    detail: str = ""
    due_on: date | None = None
    owner_id: int | None = None
    owner_name: str = ""
    priority: str = "normal"


class TaskRow(BaseModel):
    id: int
    title: str
    detail: str
    constituent_id: int | None
    person: str
    due_on: date | None
    due: str
    late: bool
    owner_id: int | None
    owner_name: str
    priority: str
    status: str
