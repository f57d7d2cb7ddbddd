"""Files people gave us: kept once by their hash, outside anything a browser can reach by guessing."""

import hashlib
import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from sqlmodel import Field

from crm_app.core.config import settings
from crm_app.core.tables import Moment, Table, key
from crm_app.core.work import Work


class StoredFile(Table, table=True):
    __tablename__ = "stored_file"

    id: int | None = key()
    name: str
    """As the person called it; shown, never used as a path."""
    kind: str
    sha256: str = Field(index=True)
    size: int
    user_id: int | None = None
    created_at: datetime = Field(sa_type=Moment)


def folder() -> Path:
    return settings().data / "files"


def keep(work: Work, name: str, content: bytes | Path, kind: str) -> StoredFile:
    """Keep a file (bytes, or a path whose content is copied) and remember it under its name."""
    digest, size = _store(content)
    return work.add(
        StoredFile(
            name=Path(name).name[:200] or "file",
            kind=kind,
            sha256=digest,
            size=size,
            user_id=work.actor.user_id,
            created_at=work.now,
        )
    )


def path(stored: StoredFile) -> Path:
    return of_hash(stored.sha256)


def of_hash(digest: str) -> Path:
    return folder() / digest[:2] / digest


def _store(content: bytes | Path) -> tuple[str, int]:
    folder().mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder(), delete=False) as draft:
        if isinstance(content, bytes):
            draft.write(content)
        else:
            with content.open("rb") as source:
                shutil.copyfileobj(source, draft, 1 << 20)
        draft.flush()
        os.fsync(draft.fileno())
    with open(draft.name, "rb") as whole:
        digest = hashlib.file_digest(whole, "sha256").hexdigest()
    size = os.path.getsize(draft.name)
    target = of_hash(digest)
    target.parent.mkdir(exist_ok=True)
    os.replace(draft.name, target)
    return digest, size
