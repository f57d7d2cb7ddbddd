"""Tables of users and of how they get in."""

from datetime import datetime

from sqlmodel import Field

from crm_app.core.access import Role
from crm_app.core.tables import Moment, Table, key, link


class User(Table, table=True):
    __tablename__ = "user_account"

    id: int | None = key()
    email: str = Field(unique=True)
    """Folded to lower case."""
    name: str
    role: str = Role.VIEWER
    password_hash: str = ""
    totp_secret: str = ""
    """Sealed with the key file; empty: no second factor."""
    active: bool = True
    created_at: datetime = Field(sa_type=Moment)
    last_seen_at: datetime | None = Field(default=None, sa_type=Moment)


class RecoveryCode(Table, table=True):
    __tablename__ = "recovery_code"

    id: int | None = key()
    user_id: int = link("user_account.id", delete="CASCADE")
    code_hash: str
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class UserSession(Table, table=True):
    __tablename__ = "user_session"

    id: int | None = key()
    token_hash: str = Field(unique=True)
    """SHA-256 of the cookie: the database alone lets nobody in."""
    user_id: int = link("user_account.id", delete="CASCADE")
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    last_seen_at: datetime = Field(sa_type=Moment)
    agent: str = ""


class OneTimeLink(Table, table=True):
    __tablename__ = "one_time_link"

    id: int | None = key()
    token_hash: str = Field(unique=True)
    purpose: str
    """`first` (the first administrator), `join` (an invitation), `reset` (a forgotten password)."""
    user_id: int | None = link("user_account.id", default=None, delete="CASCADE")
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class Attempt(Table, table=True):
    """A failed try to sign in, counted for the throttle and forgotten after an hour."""

    __tablename__ = "sign_in_attempt"

    id: int | None = key()
    subject: str = Field(index=True)
    """Hash of the e-mail or of the network address."""
    at: datetime = Field(sa_type=Moment)
