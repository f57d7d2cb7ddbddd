"""Sealing small secrets with the key file, so that a copied database alone gives nothing away."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from crm_app.core.config import settings
from crm_app.core.errors import CrmError


class WrongKey(CrmError):
    message = "The key file does not fit this database."
    hint = "Was it restored without its secret.key?"


def seal(text: str) -> str:
    return _box(settings().keys).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    try:
        return _box(settings().keys).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise WrongKey from None


def secret() -> bytes:
    """A key for signing what we hand out and want to know again."""
    _box(settings().keys)
    return hashlib.sha256(b"signing" + settings().keys.read_bytes()).digest()


@lru_cache
def _box(path: Path) -> Fernet:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(Fernet.generate_key())
        try:
            os.link(draft, path)  # the first of several processes wins
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return Fernet(path.read_bytes())
