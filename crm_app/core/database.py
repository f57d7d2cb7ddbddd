"""The one place that opens databases: SQLite and PostgreSQL behave alike behind it."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url
from sqlmodel import Session

from crm_app.core.config import settings

if sys.platform == "linux":
    # The library that ships with many systems has a known fault in WAL mode; the wheel is recent.
    import pysqlite3.dbapi2 as sqlite
else:
    import sqlite3 as sqlite

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "busy_timeout=15000",
    "cache_size=-65536",
    "mmap_size=268435456",
    "temp_store=MEMORY",
)


class Database:
    """An engine and the two kinds of transaction: reads that never wait, writes that wait in a line."""

    def __init__(self, url: str):
        self.url = normal_url(url)
        self.sqlite = self.url.startswith("sqlite")
        self.engine = _open(self.url)
        self._line = threading.RLock()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A snapshot: everything read in it belongs to one moment; writing in it is refused."""
        with self.engine.connect().execution_options(crm_mode="read") as connection:
            if not self.sqlite:
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            with Session(bind=connection, autoflush=False) as session:
                session.info["database"] = self
                yield session
            connection.rollback()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction that commits at its end, or leaves nothing behind.

        On SQLite writers of this process wait in a line instead of failing with "database is locked".
        """
        if self.sqlite:
            with self._line:
                yield from self._write()
        else:
            yield from self._write()

    def _write(self) -> Iterator[Session]:
        with (
            self.engine.connect().execution_options(crm_mode="write") as connection,
            Session(bind=connection, expire_on_commit=False) as session,
        ):
            session.info["database"] = self
            try:
                yield session
                session.commit()
            except BaseException:
                session.rollback()
                raise

    def dispose(self) -> None:
        self.engine.dispose()


def normal_url(url: str) -> str:
    if url.startswith(("postgresql://", "postgres://")):
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    return url


def _open(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True)
    path = make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, module=sqlite, pool_size=10, max_overflow=30)
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(raw: Any, _record: Any) -> None:
    raw.isolation_level = None  # we say BEGIN ourselves: see _begin
    cursor = raw.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    """A write takes the lock at its start: a read that turns into a write could fail half-way."""
    mode = connection.get_execution_options().get("crm_mode")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if mode == "write" else "BEGIN")


@lru_cache(maxsize=8)
def _known(url: str) -> Database:
    return Database(url)


def database() -> Database:
    """The configured database."""
    return _known(settings().url)
