"""Shapes that cross the border of accounts."""

from datetime import datetime

from pydantic import BaseModel

from crm_app.core.access import Role


class UserRow(BaseModel):
    id: int
    email: str
    name: str
    role: Role
    active: bool
    joined: bool
    second_factor: bool
    last_seen_at: datetime | None = None


class Entered(BaseModel):
    """Somebody got in: the cookie to set and who it is."""

    cookie: str
    user_id: int
    name: str


class Invitation(BaseModel):
    user_id: int
    email: str
    token: str
