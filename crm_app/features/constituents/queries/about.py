"""Selects about one constituent."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from crm_app.core.files import StoredFile
from crm_app.features.constituents.models import (
    Attachment,
    Consent,
    CustomField,
    CustomValue,
    Hat,
    HatType,
    Note,
    Tag,
    Tagging,
)


def of(session: Session, table: type[Any], constituent_id: int) -> Sequence[Any]:
    """Rows of a contact point or name table, primary ones first."""
    query = select(table).where(table.constituent_id == constituent_id)
    if hasattr(table, "is_primary"):
        query = query.order_by(table.is_primary.desc(), table.id)
    return session.execute(query.order_by(table.id)).scalars().all()


def hats(session: Session, constituent_id: int) -> Sequence[tuple[Hat, str]]:
    query = select(Hat, HatType.name).join(HatType, HatType.id == Hat.hat_type_id)
    query = query.where(Hat.constituent_id == constituent_id).order_by(
        Hat.ended_on.is_not(None), Hat.started_on, Hat.id
    )
    return session.execute(query).all()


def tags(session: Session, constituent_id: int) -> Sequence[tuple[Tag, Tagging]]:
    query = select(Tag, Tagging).join(Tagging, Tagging.tag_id == Tag.id)
    return session.execute(query.where(Tagging.constituent_id == constituent_id).order_by(Tag.folded)).all()


def notes(session: Session, constituent_id: int) -> Sequence[Note]:
    query = select(Note).where(Note.constituent_id == constituent_id, Note.deleted_at.is_(None))
    return session.execute(query.order_by(Note.pinned.desc(), Note.id.desc())).scalars().all()


def attachments(session: Session, constituent_id: int) -> Sequence[tuple[Attachment, StoredFile]]:
    query = select(Attachment, StoredFile).join(StoredFile, StoredFile.id == Attachment.file_id)
    query = query.where(Attachment.constituent_id == constituent_id, Attachment.deleted_at.is_(None))
    return session.execute(query.order_by(Attachment.id.desc())).all()


def custom_values(session: Session, constituent_id: int) -> dict[int, CustomValue]:
    query = select(CustomValue).where(CustomValue.constituent_id == constituent_id)
    return {value.field_id: value for value in session.execute(query).scalars()}


def custom_fields(session: Session, retired: bool = False) -> Sequence[CustomField]:
    query = select(CustomField).order_by(CustomField.section, CustomField.position, CustomField.id)
    return session.execute(query if retired else query.where(CustomField.retired_at.is_(None))).scalars().all()


def consents(session: Session, constituent_id: int) -> Sequence[Consent]:
    """Every statement, the newest first."""
    query = select(Consent).where(Consent.constituent_id == constituent_id)
    return session.execute(query.order_by(Consent.captured_at.desc(), Consent.id.desc())).scalars().all()


def counted(session: Session, column: Any) -> dict[int, int]:
    """How many rows point at each id of a column."""
    return dict(session.execute(sa.select(column, sa.func.count()).group_by(column)).all())
