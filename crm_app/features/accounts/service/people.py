"""The list of users: who they are, their role, whether they may come in."""

import sqlalchemy as sa

from crm_app.core import history
from crm_app.core.access import Permission, Role
from crm_app.core.errors import CrmError, Invalid
from crm_app.core.work import Work
from crm_app.features.accounts import queries
from crm_app.features.accounts.models import User, UserSession
from crm_app.features.accounts.schemas import UserRow
from crm_app.features.accounts.service import secrets


class LastAdministrator(CrmError):
    message = "There must be at least one administrator."


def everyone(work: Work) -> list[UserRow]:
    work.require(Permission.USERS_EDIT)
    return [_row(user) for user in work.session.execute(queries.users()).scalars()]


def me(work: Work) -> UserRow:
    """Who is here."""
    return _row(work.get(User, work.actor.user_id))


def create(work: Work, email: str, name: str, role: Role, password: str = "") -> UserRow:
    """A user, by an administrator or the command line."""
    work.require(Permission.USERS_EDIT)
    user = make(work, email, name, role)
    if password:
        user.password_hash = secrets.hash_password(password)
        work.session.flush()
    return _row(user)


def make(work: Work, email: str, name: str, role: Role) -> User:
    folded = secrets.fold_email(email)
    if not name.strip():
        raise Invalid(fields={"name": "Please say who this is."})
    if work.session.execute(queries.user_by_email(folded)).first():
        raise Invalid(fields={"email": "Somebody with this e-mail is here already."})
    user = work.add(User(email=folded, name=name.strip(), role=role, created_at=work.now))
    history.record(work, "user", user.id, "invited", after={"name": user.name, "role": role})
    work.tell("users")
    return user


def set_role(work: Work, user_id: int, role: Role) -> None:
    work.require(Permission.USERS_EDIT)
    user = work.get(User, user_id)
    before = user.role
    user.role = role
    _keep_one_administrator(work)
    history.record(work, "user", user_id, "changed role", before={"role": before}, after={"role": role})
    work.tell("users")


def set_active(work: Work, user_id: int, active: bool) -> None:
    """Let a user in or keep them out; keeping out ends their sessions at once."""
    work.require(Permission.USERS_EDIT)
    user = work.get(User, user_id)
    user.active = active
    _keep_one_administrator(work)
    if not active:
        work.session.execute(sa.delete(UserSession).where(UserSession.user_id == user_id))
    history.record(work, "user", user_id, "let in" if active else "kept out")
    work.tell("users")


def rename(work: Work, name: str) -> None:
    """One's own name."""
    user = work.get(User, work.actor.user_id)
    if not name.strip():
        raise Invalid(fields={"name": "Please keep a name."})
    before, user.name = user.name, name.strip()
    history.record(work, "user", user.id, "renamed", before={"name": before}, after={"name": user.name})


def change_password(work: Work, old: str, new: str, keep_cookie: str = "") -> None:
    """One's own password; every other session ends."""
    user = work.get(User, work.actor.user_id)
    if not secrets.right(user.password_hash, old):
        raise Invalid(fields={"old": "This is not your password."})
    user.password_hash = secrets.hash_password(new)
    others = sa.delete(UserSession).where(UserSession.user_id == user.id)
    work.session.execute(others.where(UserSession.token_hash != secrets.digest(keep_cookie)))
    history.record(work, "user", user.id, "changed the password")


def _keep_one_administrator(work: Work) -> None:
    work.session.flush()
    if not work.session.execute(queries.active_administrators()).scalar():
        raise LastAdministrator


def _row(user: User) -> UserRow:
    return UserRow(
        id=user.id,
        email=user.email,
        name=user.name,
        role=Role(user.role),
        active=user.active,
        joined=bool(user.password_hash),
        second_factor=bool(user.totp_secret),
        last_seen_at=user.last_seen_at,
    )
