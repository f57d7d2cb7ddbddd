"""The feed: which constituents changed in which source. Triggers write it, so that no way of writing is missed.

It is made on first use and looked after here: a migration that copies a table loses its triggers, so their text is
compared with what is wanted each time the schema changes, and whoever finds a difference starts again from the tables.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from crm_app.core.database import Database
from crm_app.engine.segment.catalogue import Catalogue

KEEP = 200_000
"""Entries that are kept for readers that lag behind; one that lags further reads everything again."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Rows of `table` belong to `source`; `of` says how to find the constituent of a row, or nothing."""

    source: str
    table: str
    of: str

    def select(self, row: str) -> str:
        """A SELECT of the constituents a changed row is about."""
        if not self.of:
            return "SELECT CAST(NULL AS INTEGER) AS constituent_id"
        if "{row}" in self.of:
            return self.of.format(row=row)
        return " UNION ".join(f"SELECT {row}.{column.strip()} AS constituent_id" for column in self.of.split(","))


def watches(catalogue: Catalogue) -> list[Watch]:
    return [
        Watch(one.name, table, of)
        for one in (*catalogue.sources, *catalogue.relations)
        for table, of in one.tables.items()
    ]


def install(database: Database, catalogue: Catalogue) -> bool:
    """Make sure that the feed is written; True when something had been missing."""
    with database.read() as session:
        missing = _missing(session, database.sqlite, catalogue)
    if not missing:
        return False
    with database.write() as session:
        for statement in _tables(database.sqlite):
            session.execute(sa.text(statement))
        for name, statements in _wanted(database.sqlite, catalogue).items():
            if name in missing:
                for statement in statements:
                    session.connection().exec_driver_sql(statement.replace("%", "%%"))
    return True


def _missing(session: Session, sqlite: bool, catalogue: Catalogue) -> set[str]:
    names = set(_wanted(sqlite, catalogue))
    if sqlite:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'feed\\_%' ESCAPE '\\'"
    else:
        query = "SELECT DISTINCT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'feed\\_%'"
    return names - {name for (name,) in session.execute(sa.text(query))}


def _tables(sqlite: bool) -> Iterator[str]:
    number = "INTEGER PRIMARY KEY AUTOINCREMENT" if sqlite else "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    moment = "" if sqlite else ", txid BIGINT NOT NULL DEFAULT txid_current()"
    yield f"CREATE TABLE IF NOT EXISTS feed_change (seq {number}, source TEXT NOT NULL, constituent_id INTEGER{moment})"
    if not sqlite:
        yield "CREATE INDEX IF NOT EXISTS ix_feed_change_txid ON feed_change (txid)"


def _wanted(sqlite: bool, catalogue: Catalogue) -> Mapping[str, list[str]]:
    """Triggers by name; the name carries a mark of what it does, so that another text is another trigger."""
    out: dict[str, list[str]] = {}
    for watch in watches(catalogue):
        for event, rows in (("INSERT", ("NEW",)), ("UPDATE", ("NEW", "OLD")), ("DELETE", ("OLD",))):
            if event == "INSERT" and not watch.of:
                continue  # a new fund has no gifts yet
            select = " UNION ".join(watch.select(row) for row in rows)
            mark = hashlib.sha256(f"2 {select}".encode()).hexdigest()[:8]
            name = f"feed_{watch.source}_{watch.table}_{event.lower()}_{mark}"
            real = " WHERE constituent_id IS NOT NULL" if watch.of else ""
            body = f"INSERT INTO feed_change (source, constituent_id) SELECT '{watch.source}', constituent_id FROM ({select}) AS changed{real}"  # fmt: skip
            made = _sqlite(name, event, watch, body) if sqlite else _postgres(name, event, watch, body)
            out[name] = list(made)
    return out


def _sqlite(name: str, event: str, watch: Watch, body: str) -> Iterator[str]:
    yield f'CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON "{watch.table}" BEGIN {body}; END'


def _postgres(name: str, event: str, watch: Watch, body: str) -> Iterator[str]:
    yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NULL; END $$"
    yield f'CREATE OR REPLACE TRIGGER {name} AFTER {event} ON "{watch.table}" FOR EACH ROW EXECUTE FUNCTION {name}()'


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a reader has read. `schema` changes with every change of tables (SQLite).

    PostgreSQL gives out numbers before it commits, so a number alone would miss what commits late: the mark is the
    reader's whole snapshot, and news is what the next snapshot sees and this one did not.
    """

    seq: int
    schema: int = 0
    snapshot: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """Changed constituents by source; None for a source of which everything may have changed."""

    mark: Mark
    changed: Mapping[str, set[int] | None]
    lost: bool = False


def mark(session: Session, sqlite: bool) -> Mark:
    """Where a reader stands that reads the tables in this same transaction."""
    if not sqlite:
        seq, snapshot = session.execute(
            sa.text("SELECT (SELECT MAX(seq) FROM feed_change), CAST(txid_current_snapshot() AS TEXT)")
        ).one()
        return Mark(int(seq or 0), 0, snapshot)
    schema = session.execute(sa.text("PRAGMA schema_version")).scalar_one()
    last = session.execute(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'feed_change'")).scalar()
    return Mark(int(last or 0), int(schema))


def news(session: Session, sqlite: bool, since: Mark) -> News:
    """What was committed since; entries of one moment, never half of one."""
    now = mark(session, sqlite)
    if now == since:
        return News(now, {})
    first = session.execute(sa.text("SELECT MIN(seq) FROM feed_change")).scalar()
    if now.schema != since.schema or (now.seq > since.seq and (first is None or first > since.seq + 1)):
        return News(now, {}, lost=True)
    query, bound = "seq > :seq", {"seq": since.seq}
    if not sqlite:
        last = "CAST(:last AS txid_snapshot)"
        query = f"txid >= txid_snapshot_xmin({last}) AND NOT txid_visible_in_snapshot(txid, {last})"
        bound = {"last": since.snapshot}
    rows = session.execute(sa.text(f"SELECT DISTINCT source, constituent_id FROM feed_change WHERE {query}"), bound)
    return News(now, _by_source(rows.all()))


def _by_source(rows: Iterable[tuple[str, int | None]]) -> dict[str, set[int] | None]:
    changed: dict[str, set[int] | None] = {}
    for source, constituent in rows:
        if constituent is None:
            changed[source] = None
        elif (some := changed.setdefault(source, set())) is not None:
            some.add(constituent)
    return changed


def forget(database: Database) -> None:
    """Drop entries that nobody needs any more."""
    with database.read() as session:
        if not _there(session, database.sqlite):
            return
    with database.write() as session:
        last = "(SELECT COALESCE(MAX(seq), 0) FROM feed_change)"
        session.execute(sa.text(f"DELETE FROM feed_change WHERE seq < {last} - {KEEP}"))


def _there(session: Session, sqlite: bool) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE name = 'feed_change'" if sqlite else "SELECT to_regclass('feed_change')"
    return session.execute(sa.text(query)).scalar() is not None
