"""Signing in and out, and finding out who a cookie belongs to."""

from datetime import timedelta

import sqlalchemy as sa

from crm_app.core import history
from crm_app.core.access import Actor, Permission, Role
from crm_app.core.errors import CrmError, NotSignedIn
from crm_app.core.work import Work
from crm_app.features.accounts import queries
from crm_app.features.accounts.models import Attempt, User, UserSession
from crm_app.features.accounts.schemas import Entered
from crm_app.features.accounts.service import factor, secrets

LASTS = timedelta(days=14)
WINDOW = timedelta(minutes=15)
PER_EMAIL, PER_ADDRESS = 8, 60


class WrongPassword(CrmError):
    message = "The e-mail or the password is not right."


class SecondFactorNeeded(CrmError):
    message = "Please enter the six digits of your second factor."


class TooManyTries(CrmError):
    message = "Too many tries. Please wait a quarter of an hour, or ask an administrator for a new link."


def enter(work: Work, email: str, password: str, code: str = "", *, address: str = "", agent: str = "") -> Entered:
    """Check a sign-in. The caller commits also when this raises `WrongPassword`: the try must be counted."""
    subjects = {f"e:{secrets.digest(email.strip().lower())}": PER_EMAIL, f"a:{secrets.digest(address)}": PER_ADDRESS}
    _throttle(work, subjects)
    user = work.session.execute(queries.user_by_email(email.strip().lower())).scalars().first()
    if not secrets.right(user.password_hash if user else "", password) or user is None or not user.active:
        _count(work, subjects)
        raise WrongPassword
    if user.totp_secret:
        if not code:
            raise SecondFactorNeeded
        if not factor.passes(work, user, code):
            _count(work, subjects)
            raise WrongPassword("These digits are not right, or they are a minute old.")
    return open_session(work, user, agent)


def open_session(work: Work, user: User, agent: str = "") -> Entered:
    cookie = secrets.token()
    work.session.add(
        UserSession(
            token_hash=secrets.digest(cookie),
            user_id=user.id,
            created_at=work.now,
            last_seen_at=work.now,
            expires_at=work.now + LASTS,
            agent=agent[:200],
        )
    )
    user.last_seen_at = work.now
    history.record(work, "user", user.id, "signed in", note=user.name)
    return Entered(cookie=cookie, user_id=user.id or 0, name=user.name)


def who(work: Work, cookie_hash: str) -> Actor:
    """The actor behind the hash of a session cookie, or `NotSignedIn`."""
    found = work.session.execute(queries.session_with_user(cookie_hash, work.now)).first()
    if found is None:
        raise NotSignedIn
    user = found[1]
    return Actor.of(user.id, user.name, Role(user.role))


def leave(work: Work, cookie: str) -> None:
    work.session.execute(sa.delete(UserSession).where(UserSession.token_hash == secrets.digest(cookie)))


def leave_everywhere(work: Work, user_id: int) -> None:
    """End all sessions of a user: one's own, or anybody's for whom users may be edited."""
    if user_id != work.actor.user_id:
        work.require(Permission.USERS_EDIT)
    work.session.execute(sa.delete(UserSession).where(UserSession.user_id == user_id))
    history.record(work, "user", user_id, "ended all sessions")


def _throttle(work: Work, subjects: dict[str, int]) -> None:
    counted = dict(work.session.execute(queries.attempts(list(subjects), work.now - WINDOW)).all())
    if any(counted.get(subject, 0) >= most for subject, most in subjects.items()):
        raise TooManyTries


def _count(work: Work, subjects: dict[str, int]) -> None:
    for subject in subjects:
        work.session.add(Attempt(subject=subject, at=work.now))
    work.session.execute(sa.delete(Attempt).where(Attempt.at < work.now - timedelta(hours=1)))
