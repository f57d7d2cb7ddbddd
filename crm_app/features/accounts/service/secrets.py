"""Hashes, tokens and the rule for passwords."""

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email

from crm_app.core.errors import Invalid

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODY = HASHER.hash("nobody has this password")
SHORTEST = 10
COMMON = ("password", "qwerty", "letmein", "12345", "commonplace", "welcome")


def token() -> str:
    return secrets.token_urlsafe(32)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def fold_email(email: str) -> str:
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise Invalid(fields={"email": "This does not look like an e-mail address."}) from None


def hash_password(password: str) -> str:
    if len(password) < SHORTEST:
        raise Invalid(fields={"password": f"Please take at least {SHORTEST} characters; three words are good."})
    if len(password) > 500:
        raise Invalid(fields={"password": "That is longer than 500 characters."})
    if any(word in password.lower() for word in COMMON) and len(password) < 18:
        raise Invalid(fields={"password": "This one is guessed first. Three unrelated words are better."})
    return HASHER.hash(password)


def right(password_hash: str, password: str) -> bool:
    """Takes as long for a user who does not exist as for one who does."""
    try:
        return HASHER.verify(password_hash or NOBODY, password) and bool(password_hash)
    except (VerificationError, InvalidHashError):
        return False
