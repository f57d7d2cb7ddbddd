"""One-time links: the first administrator, invitations, forgotten passwords."""

from datetime import timedelta

from crm_app.core import history
from crm_app.core.access import Permission, Role
from crm_app.core.errors import CrmError
from crm_app.core.work import Work
from crm_app.features.accounts import queries
from crm_app.features.accounts.models import OneTimeLink, User
from crm_app.features.accounts.schemas import Entered, Invitation
from crm_app.features.accounts.service import entering, people, secrets

LASTS = {"first": timedelta(days=1), "join": timedelta(days=7), "reset": timedelta(hours=4)}


class LinkUsed(CrmError):
    message = "This link was used already or is too old."
    hint = "Ask an administrator for a new one."


def first_link(work: Work) -> str | None:
    """The token that creates the first administrator; None once there is one."""
    if work.session.execute(queries.active_administrators()).scalar():
        return None
    return _make(work, "first", None)


def invite(work: Work, email: str, name: str, role: Role) -> Invitation:
    """Make a user who can do nothing until they follow the link and choose a password."""
    work.require(Permission.USERS_EDIT)
    user = people.create(work, email, name, role)
    return Invitation(user_id=user.id, email=user.email, token=_make(work, "join", user.id))


def reset_link(work: Work, user_id: int) -> str:
    """A link with which this user chooses a new password."""
    work.require(Permission.USERS_EDIT)
    work.get(User, user_id)
    history.record(work, "user", user_id, "was given a link for a new password")
    return _make(work, "reset", user_id)


def link_for(work: Work, token: str) -> tuple[str, str, str]:
    """What a link is for, and whose name and e-mail are known; raises `LinkUsed`."""
    found = open_link(work, token)
    user = work.session.get(User, found.user_id) if found.user_id else None
    return found.purpose, user.name if user else "", user.email if user else ""


def open_link(work: Work, token: str) -> OneTimeLink:
    found = work.session.execute(queries.open_link(secrets.digest(token), work.now).with_for_update()).scalars().first()
    if found is None:
        raise LinkUsed
    return found


def join(work: Work, token: str, name: str, email: str, password: str, agent: str = "") -> Entered:
    """Follow a link: choose name and password, and be signed in."""
    found = open_link(work, token)
    if found.purpose == "first":
        if work.session.execute(queries.active_administrators()).scalar():
            raise LinkUsed
        user = people.make(work, email, name, Role.ADMINISTRATOR)
    else:
        user = work.get(User, found.user_id)
        if not user.active:
            raise LinkUsed
        if found.purpose == "join" and name.strip():
            user.name = name.strip()
    user.password_hash = secrets.hash_password(password)
    found.used_at = work.now
    work.session.flush()
    history.record(work, "user", user.id, "chose a password")
    return entering.open_session(work, user, agent)


def _make(work: Work, purpose: str, user_id: int | None) -> str:
    token = secrets.token()
    expires = work.now + LASTS[purpose]
    made = OneTimeLink(token_hash=secrets.digest(token), purpose=purpose, created_at=work.now, expires_at=expires)
    made.user_id = user_id
    work.add(made)
    return token
