"""The list of backups and of the drills that proved them."""

from datetime import datetime

from sqlmodel import Field

from crm_app.core.tables import Moment, Table, key


class BackupRecord(Table, table=True):
    __tablename__ = "backup_record"

    id: int | None = key()
    name: str
    """File name inside the folder of backups; empty for one whose file was rotated away."""
    made_at: datetime = Field(sa_type=Moment)
    by: str
    rows: int = 0
    files: int = 0
    size: int = 0
    drilled_at: datetime | None = Field(default=None, sa_type=Moment)
    drill: str = ""
    """What the last drill said: `whole`, or what was wrong."""
    removed: bool = False


class BackupPlan(Table, table=True):
    __tablename__ = "backup_plan"

    id: int | None = key()
    every_hours: int = 24
    """0: only by hand."""
    keep: int = 14
