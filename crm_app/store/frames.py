"""Frames of the database: read on first use, then kept fresh from the feed, a few people at a time."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache

import polars as pl
import sqlalchemy as sa
from sqlmodel import Session

from crm_app.core.database import Database
from crm_app.engine.segment import frames as engine
from crm_app.engine.segment.catalogue import Catalogue, Kind, Relation, Source
from crm_app.engine.segment.frames import Frames
from crm_app.engine.segment.values import Memory
from crm_app.store import feed

ONLY = re.compile(r"/\*only ([\w.]+)\*/")
MANY = 20_000
"""So many changed people are not picked out one by one any more: their source is read as a whole."""
ROWS = 100_000

TYPES = {
    Kind.TEXT: pl.String, Kind.CHOICE: pl.String, Kind.MONEY: pl.Int64, Kind.DATE: pl.String, Kind.FLAG: pl.Int8,
    Kind.NUMBER: None,
}  # fmt: skip


class Store:
    """One for each database in a process, shared by everybody; asking for frames is what keeps them fresh."""

    def __init__(self, database: Database) -> None:
        self._database, self._lock = database, threading.Lock()
        self._frames: Frames | None = None
        self._mark: feed.Mark | None = None
        self.memory = Memory()

    @property
    def loaded(self) -> bool:
        return self._frames is not None

    def frames(self, catalogue: Catalogue) -> Frames:
        """The frames as of now: what is committed when this is called is in them."""
        with self._lock:
            if self._frames is None or self._frames.catalogue != catalogue:
                return self._load(catalogue)
            with self._database.read() as session:
                news = feed.news(session, self._database.sqlite, self._mark)
                if not news.lost:
                    return self._freshened(session, news)
            return self._load(catalogue)

    def _load(self, catalogue: Catalogue) -> Frames:
        feed.install(self._database, catalogue)
        with self._database.read() as session:
            mark = feed.mark(session, self._database.sqlite)
            people = {source.name: read(session, source) for source in catalogue.sources}
            related = {relation.name: read(session, relation) for relation in catalogue.relations}
        self._frames, self._mark = engine.build(catalogue, people, related), mark
        self.memory = Memory()
        return self._frames

    def _freshened(self, session: Session, news: feed.News) -> Frames:
        frames = self._frames
        for ids, names in _together(news, frames).items():
            sources = [one for one in frames.catalogue.sources if one.name in names]
            relations = [one for one in frames.catalogue.relations if one.name in names]
            some = None if ids is None else sorted(ids)
            changed = engine.change(
                frames,
                frames.ids.tolist() if some is None else some,
                {one.name: read(session, one, some) for one in sources},
                {one.name: read(session, one, some) for one in relations},
                names,
            )
            if changed is None:
                session.rollback()
                return self._load(frames.catalogue)
            frames = changed
        self._frames, self._mark = frames, news.mark
        return frames


def _together(news: feed.News, frames: Frames) -> dict[frozenset[int] | None, set[str]]:
    """Sources by the set of people that changed in them; the people themselves come first."""
    first = frames.catalogue.sources[0].name
    out: dict[frozenset[int] | None, set[str]] = {}
    for name in sorted(news.changed, key=lambda one: one != first):
        ids = news.changed[name]
        out.setdefault(None if ids is None or len(ids) > MANY else frozenset(ids), set()).add(name)
    return out


def read(session: Session, one: Source | Relation, ids: Sequence[int] | None = None) -> pl.DataFrame:
    """The rows of a source or relation, of everybody or of some people."""
    keys = ["constituent_id"] if isinstance(one, Source) else ["constituent_id", "row_id"]
    columns = [*keys, *(f.name for f in one.fields)]
    dates = {f.name for f in one.fields if f.kind is Kind.DATE}
    shown = ", ".join(f'substr(CAST("{c}" AS VARCHAR(40)), 1, 10)' if c in dates else f'"{c}"' for c in columns)
    sqlite = session.connection().dialect.name == "sqlite"
    sql, bound = (one.sql, {}) if ids is None else some_of(one.sql, sqlite, ids)
    result = session.execute(sa.text(f"SELECT {shown} FROM ({sql}) AS rows_of_it").execution_options(stream_results=True), bound)  # fmt: skip
    schema = {**dict.fromkeys(keys, pl.Int64), **{f.name: TYPES[f.kind] for f in one.fields}}
    parts = [_columns(rows, columns, schema) for rows in _batches(result, sqlite)]
    return pl.concat(parts, how="vertical_relaxed") if parts else _columns([], columns, schema)


def _batches(result: sa.CursorResult, sqlite: bool) -> Iterable[Sequence[tuple]]:
    """SQLite's own rows are plain tuples already; PostgreSQL's arrive through a server-side cursor."""
    if not sqlite:
        yield from result.partitions(ROWS)
        return
    while rows := result.cursor.fetchmany(ROWS):
        yield rows


def _columns(rows: Sequence[tuple], names: list[str], schema: dict) -> pl.DataFrame:
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    made = []
    for name, values in zip(names, columns, strict=True):
        dtype = schema[name]
        if dtype is pl.Int8:  # SQLite says 0 and 1, PostgreSQL False and True
            values = [None if value is None else int(value) for value in values]
        made.append(pl.Series(name, list(values), dtype=dtype, strict=False))
    return pl.DataFrame(made)


def some_of(sql: str, sqlite: bool, ids: Sequence[int]) -> tuple[str, dict]:
    """The same SQL for some people: the marks `/*only column*/` in it say where to look for them."""
    chosen = "IN (SELECT value FROM json_each(:ids))" if sqlite else "= ANY(CAST(:ids AS BIGINT[]))"
    bound = {"ids": json.dumps(list(ids)) if sqlite else list(ids)}
    if ONLY.search(sql):
        return ONLY.sub(lambda found: f" AND {found[1]} {chosen}", sql), bound
    return f"SELECT * FROM ({sql}) AS all_of_it WHERE constituent_id {chosen}", bound


@lru_cache(maxsize=8)
def _store(database: Database) -> Store:
    return Store(database)


def store(database: Database) -> Store:
    return _store(database)
