"""The second factor: six digits from an app, and codes for the day the phone is lost."""

import secrets as random

import pyotp
import sqlalchemy as sa

from crm_app.core import history, sealing
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.accounts import queries
from crm_app.features.accounts.models import RecoveryCode, User
from crm_app.features.accounts.service import secrets

CODES = 8


def begin_factor(work: Work) -> tuple[str, str]:
    """A new secret and the address an authenticator app reads as a QR code. Nothing changes until confirmed."""
    user = work.get(User, work.actor.user_id)
    secret = pyotp.random_base32()
    return secret, pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name="Commonplace")


def confirm_factor(work: Work, secret: str, code: str) -> list[str]:
    """Switch the second factor on once the app shows the right digits; returns the recovery codes, shown once."""
    user = work.get(User, work.actor.user_id)
    if not pyotp.TOTP(secret).verify(code.strip(), for_time=work.now, valid_window=1):
        raise Invalid(fields={"code": "These digits do not fit. Is the clock of the phone right?"})
    user.totp_secret = sealing.seal(secret)
    work.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [f"{random.randbelow(10**5):05d}-{random.randbelow(10**5):05d}" for _ in range(CODES)]
    for code_text in codes:
        work.session.add(RecoveryCode(user_id=user.id, code_hash=secrets.digest(code_text)))
    history.record(work, "user", user.id, "switched the second factor on")
    return codes


def drop_factor(work: Work, password: str) -> None:
    user = work.get(User, work.actor.user_id)
    if not secrets.right(user.password_hash, password):
        raise Invalid(fields={"password": "This is not your password."})
    user.totp_secret = ""
    work.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    history.record(work, "user", user.id, "switched the second factor off")


def passes(work: Work, user: User, code: str) -> bool:
    """The digits of now (or half a minute off), or a recovery code that was not used before."""
    code = code.strip().replace(" ", "")
    if pyotp.TOTP(sealing.unseal(user.totp_secret)).verify(code, for_time=work.now, valid_window=1):
        return True
    for kept in work.session.execute(queries.unused_codes(user.id or 0)).scalars():
        if kept.code_hash == secrets.digest(code):
            kept.used_at = work.now
            return True
    return False
