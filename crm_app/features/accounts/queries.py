"""Every select of accounts."""

from datetime import datetime

from sqlalchemy import Select, func
from sqlmodel import select

from crm_app.features.accounts.models import Attempt, OneTimeLink, RecoveryCode, User, UserSession


def user_by_email(email: str) -> Select:
    return select(User).where(User.email == email)


def users() -> Select:
    return select(User).order_by(User.name, User.id)


def active_administrators() -> Select:
    return select(func.count()).select_from(User).where(User.role == "administrator", User.active.is_(True))


def session_with_user(token_hash: str, now: datetime) -> Select:
    return (
        select(UserSession, User)
        .join(User, User.id == UserSession.user_id)
        .where(UserSession.token_hash == token_hash, UserSession.expires_at > now, User.active.is_(True))
    )


def open_link(token_hash: str, now: datetime) -> Select:
    return select(OneTimeLink).where(
        OneTimeLink.token_hash == token_hash, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now
    )


def attempts(subjects: list[str], since: datetime) -> Select:
    counted = select(Attempt.subject, func.count()).where(Attempt.subject.in_(subjects), Attempt.at > since)
    return counted.group_by(Attempt.subject)


def unused_codes(user_id: int) -> Select:
    return select(RecoveryCode).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
