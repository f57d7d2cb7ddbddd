"""Backups: online, of one moment, verified when made and again when restored."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from pydantic import BaseModel
from sqlmodel import Session, SQLModel

from crm_app.core import files, history
from crm_app.core.config import settings
from crm_app.core.database import Database
from crm_app.core.errors import CrmError
from crm_app.core.migrations import migrate, version
from crm_app.core.moving import move

FORMAT = 1
MAGIC = b"CMPLBK1\n"
CHUNK = 1 << 20
MONEY = {"gift": "amount", "payment": "amount", "pledge": "amount"}


class NotABackup(CrmError):
    message = "This file is not a backup of Commonplace, or it is damaged."


class WrongPassphrase(CrmError):
    message = "The passphrase does not open this backup."


class NotEmpty(CrmError):
    message = "A backup is restored into an empty place only."


class BackupDiffers(CrmError):
    message = "What was written differs from what was read."


class Manifest(BaseModel):
    """What a backup says of itself, and a restored database must say again."""

    format: int = FORMAT
    made_at: datetime
    kind: str
    revision: str
    rows: dict[str, int]
    money: dict[str, int]
    last_seal: str = ""
    files: int = 0
    digest: str = ""


def back_up(database: Database, target: Path, *, passphrase: str = "") -> Manifest:
    """Write one file with the database of this moment and every kept file; work goes on meanwhile."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = Path(folder) / "database"
        _copy(database, copy)
        manifest = _described(database, copy)
        bundle = Path(folder) / "bundle.zip"
        with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
            packed.write(copy, "database")
            for path in _kept():
                packed.write(path, f"files/{path.parent.name}/{path.name}")
                manifest.files += 1
            packed.writestr("manifest.json", manifest.model_dump_json(indent=2))
        _check_bundle(bundle, manifest)
        if passphrase:
            _encrypt(bundle, Path(folder) / "sealed", passphrase)
            bundle = Path(folder) / "sealed"
        os.replace(bundle, target)
    return manifest


def restore(source: Path, database: Database, *, passphrase: str = "", files_too: bool = True) -> Manifest:
    """Fill an empty database (and the folder of files) from a backup and check that nothing is missing.

    A drill says `files_too=False`: the files are read and checked, and written nowhere.
    """
    _must_be_empty(database)
    with tempfile.TemporaryDirectory(dir=settings().data.parent if settings().data.parent.exists() else None) as folder:
        bundle = _opened(source, Path(folder), passphrase)
        with zipfile.ZipFile(bundle) as packed:
            manifest = Manifest.model_validate_json(packed.read("manifest.json"))
            packed.extract("database", folder)
            copy = Path(folder) / "database"
            if _digest(copy) != manifest.digest:
                raise NotABackup
            _bring_back(copy, manifest, database)
            _bring_back_files(packed, files_too)
    said = describe(database)
    if (said.rows, said.money, said.last_seal) != (manifest.rows, manifest.money, manifest.last_seal):
        raise BackupDiffers(manifest=manifest, found=said)
    migrate(database)
    return manifest


def describe(database: Database) -> Manifest:
    """Counts, money and the last link of history, of one moment."""
    with database.read() as session:
        return _facts(session, database)


def _facts(session: Session, database: Database) -> Manifest:
    there = set(sa.inspect(session.connection()).get_table_names())
    count = {
        name: session.execute(sa.select(sa.func.count()).select_from(table)).scalar() or 0
        for name, table in SQLModel.metadata.tables.items()
        if name in there
    }
    money = {
        name: int(session.execute(sa.select(sa.func.coalesce(sa.func.sum(table.c[column]), 0))).scalar() or 0)
        for name, column in MONEY.items()
        if (table := SQLModel.metadata.tables.get(name)) is not None and name in there and column in table.c
    }
    sealed = sa.select(history.Change.seal).where(history.Change.seal.is_not(None))
    last = session.execute(sealed.order_by(history.Change.id.desc()).limit(1)).scalar()
    return Manifest(
        made_at=datetime.now(UTC),
        kind="sqlite" if database.sqlite else "postgresql",
        revision=version(database) or "",
        rows=count,
        money=money,
        last_seal=last or "",
    )


def _copy(database: Database, target: Path) -> None:
    if database.sqlite:
        with database.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            raw.execute("VACUUM INTO ?", (str(target),))
        return
    _postgres("pg_dump", database, "--format=custom", "--no-owner", f"--file={target}")


def _described(database: Database, copy: Path) -> Manifest:
    """The facts of the copy itself, so that what is written while it is made does not matter."""
    if database.sqlite:
        base = Database(f"sqlite:///{copy}")
        manifest = describe(base)
        with base.engine.connect() as connection:
            if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
                raise BackupDiffers("The copy is damaged; is the disk full or failing?")
        base.dispose()
        for leftover in (f"{copy}-wal", f"{copy}-shm"):
            Path(leftover).unlink(missing_ok=True)
    else:
        manifest = describe(database)
    manifest.digest = _digest(copy)
    return manifest


def _kept() -> list[Path]:
    root = files.folder()
    return sorted(path for path in root.glob("??/*") if path.is_file()) if root.is_dir() else []


def _check_bundle(bundle: Path, manifest: Manifest) -> None:
    with zipfile.ZipFile(bundle) as packed:
        if packed.testzip() is not None:
            raise BackupDiffers("The written file cannot be read back; is the disk full or failing?")
        with packed.open("database") as inside:
            if _digest_of(inside) != manifest.digest:
                raise BackupDiffers


def _must_be_empty(database: Database) -> None:
    with database.engine.connect() as connection:
        if sa.inspect(connection).get_table_names():
            raise NotEmpty(hint="Name another data folder or database.")


def _opened(source: Path, folder: Path, passphrase: str) -> Path:
    with source.open("rb") as start:
        sealed = start.read(len(MAGIC)) == MAGIC
    if sealed:
        _decrypt(source, folder / "bundle.zip", passphrase)
        source = folder / "bundle.zip"
    if not zipfile.is_zipfile(source):
        raise NotABackup
    return source


def _bring_back(copy: Path, manifest: Manifest, database: Database) -> None:
    if manifest.kind == "postgresql":
        if database.sqlite:
            raise NotABackup("This backup is of a PostgreSQL database and needs one to go into.")
        _postgres("pg_restore", database, "--no-owner", "--exit-on-error", str(copy))
        return
    if database.sqlite:
        path = database.engine.url.database or ""
        database.dispose()
        shutil.copyfile(copy, path)
        return
    source = Database(f"sqlite:///{copy}")
    migrate(source)
    migrate(database)
    move(source, database)
    source.dispose()


def _bring_back_files(packed: zipfile.ZipFile, write: bool) -> None:
    for name in packed.namelist():
        if not name.startswith("files/"):
            continue
        if not write:
            with packed.open(name) as inside:
                if _digest_of(inside) != Path(name).name:
                    raise NotABackup(f"A kept file inside the backup is damaged: {Path(name).name[:12]}.")
            continue
        target = files.of_hash(Path(name).name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with packed.open(name) as inside, target.open("wb") as out:
            shutil.copyfileobj(inside, out, CHUNK)
        if _digest(target) != target.name:
            raise NotABackup(f"A kept file inside the backup is damaged: {target.name[:12]}.")


def _postgres(program: str, database: Database, *arguments: str) -> None:
    url = database.engine.url.set(drivername="postgresql", query={}).render_as_string(hide_password=False)
    done = subprocess.run([program, f"--dbname={url}", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CrmError(f"{program} failed.", done.stderr[-500:])


def _digest(path: Path) -> str:
    with path.open("rb") as whole:
        return hashlib.file_digest(whole, "sha256").hexdigest()


def _digest_of(inside: Any) -> str:
    digest = hashlib.sha256()
    while chunk := inside.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _key(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode()))


def _encrypt(source: Path, target: Path, passphrase: str) -> None:
    """AES-GCM in numbered chunks; the last one is marked, so that a cut file does not pass for a whole one."""
    salt = os.urandom(16)
    box = _key(passphrase, salt)
    with source.open("rb") as plain, target.open("wb") as out:
        out.write(MAGIC + salt)
        number, chunk = 0, plain.read(CHUNK)
        while chunk or number == 0:
            following = plain.read(CHUNK)
            mark = b"last" if not following else b"more"
            sealed = box.encrypt(number.to_bytes(12, "big"), chunk, mark)
            out.write(len(sealed).to_bytes(4, "big") + sealed)
            number, chunk = number + 1, following


def _decrypt(source: Path, target: Path, passphrase: str) -> None:
    with source.open("rb") as sealed, target.open("wb") as out:
        sealed.seek(len(MAGIC))
        box = _key(passphrase, sealed.read(16))
        number, current = 0, _chunk(sealed)
        while current:
            following = _chunk(sealed)
            mark = b"last" if not following else b"more"
            try:
                out.write(box.decrypt(number.to_bytes(12, "big"), current, mark))
            except InvalidTag:
                raise (WrongPassphrase if number == 0 else NotABackup)() from None
            number, current = number + 1, following


def _chunk(sealed: BinaryIO) -> bytes:
    return sealed.read(int.from_bytes(sealed.read(4), "big"))
