"""Every select of backups."""

from sqlalchemy import Select
from sqlmodel import select

from crm_app.features.backups.models import BackupPlan, BackupRecord


def kept() -> Select:
    return select(BackupRecord).where(BackupRecord.removed.is_(False)).order_by(BackupRecord.id.desc())


def plan() -> Select:
    return select(BackupPlan).order_by(BackupPlan.id).limit(1)
