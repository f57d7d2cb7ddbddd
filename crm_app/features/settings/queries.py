"""Selects of settings."""

from sqlmodel import Session, select

from crm_app.features.settings.models import Organization, Setting


def organization(session: Session) -> Organization | None:
    return session.execute(select(Organization).order_by(Organization.id).limit(1)).scalars().first()


def setting(session: Session, name: str) -> Setting | None:
    return session.get(Setting, name)
