"""Tables of conversations and tasks."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key, link


class Interaction(Table, table=True):
    __tablename__ = "interaction"
    __table_args__ = (sa.Index("ix_interaction_person_at", "constituent_id", "happened_at"),)

    id: int | None = key()
    constituent_id: int = link("constituent.id", index=False)
    kind: str = "call"
    """call, meeting, visit, email, letter, text, social, video, other"""
    direction: str = "out"
    """out (we reached them) or in"""
    purpose: str = ""
    """thanks, ask, cultivation, stewardship, events, volunteering, service, other"""
    outcome: str = ""
    """reached, left_message, no_answer, wrong_number, said_yes, said_no, follow_up"""
    subject: str = ""
    body: str = ""
    happened_at: datetime = Field(sa_type=Moment, index=True)
    minutes: int | None = None
    privacy: str = "everyone"
    user_id: int | None = Field(default=None, index=True)
    by: str = ""
    import_id: int | None = Field(default=None, index=True)
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)
    deleted_at: datetime | None = Field(default=None, sa_type=Moment)


class Task(Table, table=True):
    __tablename__ = "task"
    __table_args__ = (sa.Index("ix_task_owner_due", "owner_id", "status", "due_on"),)

    id: int | None = key()
    constituent_id: int | None = link("constituent.id", default=None)
    title: str
    detail: str = ""
    due_on: date | None = None
    owner_id: int | None = None
    owner_name: str = ""
    priority: str = "normal"
    """low, normal, high"""
    status: str = "open"
    """open, done, dropped"""
    interaction_id: int | None = link("interaction.id", delete="SET NULL", default=None)
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    done_by: str = ""
    created_by: str = ""
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)
