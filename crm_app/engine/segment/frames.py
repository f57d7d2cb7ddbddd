"""People and their related rows as arrays: blocks of people, each with its rows sorted by owner and date.

A block holds `BLOCK` people. A change rewrites only the blocks of the people it is about and shares the others,
so readers of the older frames are not disturbed and values cached per block stay good.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from crm_app.engine.segment.catalogue import Catalogue, Field, Kind

BLOCK = 1 << 15
NEVER = np.iinfo(np.int32).min
_stamps = itertools.count(1)


class Words:
    """The values a choice takes, by code. It only ever grows, so codes stay what they are."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self._codes: dict[str, int] = {}

    def code(self, word: str) -> int:
        found = self._codes.get(word)
        if found is None:
            found = self._codes[word] = len(self.values)
            self.values.append(word)
        return found

    def known(self, word: str) -> int | None:
        return self._codes.get(word)


@dataclass(frozen=True)
class Column:
    """Values and which of them are known. Texts are a Polars series; choices are codes into `words`."""

    kind: Kind
    values: np.ndarray | pl.Series
    known: np.ndarray
    words: Words | None = None

    @cached_property
    def lower(self) -> pl.Series:
        return self.values.str.to_lowercase() if isinstance(self.values, pl.Series) else pl.Series([], dtype=pl.String)

    def take(self, rows: np.ndarray) -> Column:
        values = self.values.gather(rows) if isinstance(self.values, pl.Series) else self.values[rows]
        return replace(self, values=values, known=self.known[rows])

    def joined(self, other: Column) -> Column:
        if isinstance(self.values, pl.Series):
            values = pl.concat([self.values, other.values], rechunk=True)
        else:
            dtype = np.result_type(self.values.dtype, other.values.dtype)
            values = np.concatenate([self.values.astype(dtype, copy=False), other.values.astype(dtype, copy=False)])
        return replace(self, values=values, known=np.concatenate([self.known, other.known]))

    def at(self, row: int) -> object:
        """The value as Python has it, or None when unknown; dates as days since 1970."""
        if not self.known[row]:
            return None
        value = self.values[int(row)]
        if self.kind is Kind.CHOICE:
            return self.words.values[int(value)]
        if self.kind is Kind.FLAG:
            return bool(value)
        return value if isinstance(value, str) else value.item()


@dataclass(frozen=True)
class Rows:
    """Related rows of one block. `owner` is the person's place in the block, ascending; within it by date, then id."""

    owner: np.ndarray
    row_id: np.ndarray
    columns: Mapping[str, Column]

    @cached_property
    def owners(self) -> np.ndarray:
        return self.owner[self.starts]

    @cached_property
    def starts(self) -> np.ndarray:
        if not len(self.owner):
            return np.zeros(0, np.int64)
        return np.flatnonzero(np.concatenate([[True], self.owner[1:] != self.owner[:-1]]))

    def of(self, place: int) -> slice:
        return slice(*np.searchsorted(self.owner, np.array([place, place + 1], dtype=self.owner.dtype)))

    def replaced(self, places: np.ndarray, new: Rows) -> Rows:
        """The same rows, but those of the people at `places` are `new`."""
        keep = np.flatnonzero(~np.isin(self.owner, places))
        where = np.searchsorted(self.owner[keep], new.owner, side="right") + np.arange(len(new.owner))
        order = np.empty(len(keep) + len(new.owner), np.int64)
        fresh = np.zeros(len(order), bool)
        fresh[where] = True
        order[~fresh] = keep
        order[fresh] = np.arange(len(new.owner)) + len(self.owner)
        both = {name: column.joined(new.columns[name]).take(order) for name, column in self.columns.items()}
        return Rows(
            owner=np.concatenate([self.owner, new.owner])[order],
            row_id=np.concatenate([self.row_id, new.row_id])[order],
            columns=both,
        )


@dataclass(frozen=True)
class Block:
    ids: np.ndarray
    alive: np.ndarray
    people: Mapping[str, Column]
    related: Mapping[str, Rows]
    stamps: Mapping[str, int]  # by source or relation: changes when its rows here change


@dataclass(frozen=True)
class Frames:
    catalogue: Catalogue
    blocks: tuple[Block, ...]
    words: Mapping[str, Words]

    @cached_property
    def ids(self) -> np.ndarray:
        return np.concatenate([block.ids for block in self.blocks]) if self.blocks else np.zeros(0, np.int64)

    @cached_property
    def alive(self) -> np.ndarray:
        return np.concatenate([block.alive for block in self.blocks]) if self.blocks else np.zeros(0, bool)

    @property
    def size(self) -> int:
        return sum(len(block.ids) for block in self.blocks)

    def block_of(self, place: int) -> tuple[Block, int]:
        """The block a place is in, and the place inside it."""
        return self.blocks[place // BLOCK], place % BLOCK

    def place(self, constituent: int) -> int | None:
        at = int(np.searchsorted(self.ids, np.int64(constituent)))
        return at if at < len(self.ids) and self.ids[at] == constituent and self.alive[at] else None

    def stamps(self, source: str) -> tuple[int, ...]:
        return tuple(block.stamps[source] for block in self.blocks)

    def version(self, sources: Iterable[str]) -> tuple[tuple[int, ...], ...]:
        return tuple(self.stamps(name) for name in sorted(set(sources) | {"alive"}))


def build(catalogue: Catalogue, people: Mapping[str, pl.DataFrame], related: Mapping[str, pl.DataFrame]) -> Frames:
    """Frames from one table per source (a row per constituent) and one per relation (`constituent_id`, `row_id`, …)."""
    words: dict[str, Words] = {}
    first = catalogue.sources[0].name
    ids = np.sort(people[first]["constituent_id"].cast(pl.Int64).to_numpy())
    whole = _block(catalogue, ids, people, related, words)
    blocks = [_part(whole, start, min(start + BLOCK, len(ids))) for start in range(0, len(ids), BLOCK)]
    return Frames(catalogue, tuple(blocks), words)


def change(
    frames: Frames,
    ids: Iterable[int],
    people: Mapping[str, pl.DataFrame],
    related: Mapping[str, pl.DataFrame],
    touched: Iterable[str],
) -> Frames | None:
    """Frames after these people changed in the sources and relations `touched`; the tables hold only their rows.

    None: new people do not fit at the end, build anew.
    """
    touched = set(touched)
    wanted = np.unique(np.fromiter(ids, np.int64))
    first = frames.catalogue.sources[0].name
    present = None
    if first in touched:
        present = people[first]["constituent_id"].cast(pl.Int64).to_numpy()
        last = frames.ids[-1] if len(frames.ids) else 0
        new, old = np.sort(present[present > last]), present[present <= last]
        if len(old) and (frames.ids[np.searchsorted(frames.ids, old)] != old).any():
            return None
        frames = _with_room(frames, new)
    places = np.minimum(np.searchsorted(frames.ids, wanted), max(0, len(frames.ids) - 1))
    right = frames.ids[places] == wanted if len(frames.ids) else np.zeros(len(wanted), bool)
    wanted, places = wanted[right], places[right]
    blocks = list(frames.blocks)
    for number in np.unique(places // BLOCK):
        mine = wanted[places // BLOCK == number]
        small = _block(frames.catalogue, mine, people, related, frames.words, present)
        blocks[number] = _merged(frames.catalogue, blocks[number], small, touched, present is not None)
    return Frames(frames.catalogue, tuple(blocks), frames.words)


def _with_room(frames: Frames, new: np.ndarray) -> Frames:
    """The same frames with places for new people at the end, nobody there yet."""
    blocks = list(frames.blocks)
    while len(new):
        if not blocks or len(blocks[-1].ids) >= BLOCK:
            some, new = new[:BLOCK], new[BLOCK:]
            blocks.append(_block(frames.catalogue, some, {}, {}, dict(frames.words), np.zeros(0, np.int64)))
            continue
        room = BLOCK - len(blocks[-1].ids)
        some, new = new[:room], new[room:]
        empty = _block(frames.catalogue, some, {}, {}, dict(frames.words), np.zeros(0, np.int64))
        last = blocks[-1]
        blocks[-1] = Block(
            ids=np.concatenate([last.ids, empty.ids]),
            alive=np.concatenate([last.alive, empty.alive]),
            people={name: column.joined(empty.people[name]) for name, column in last.people.items()},
            related=last.related,
            stamps=_fresh(frames.catalogue),
        )
    return Frames(frames.catalogue, tuple(blocks), frames.words)


def _merged(catalogue: Catalogue, block: Block, small: Block, touched: set[str], living: bool) -> Block:
    places = np.searchsorted(block.ids, small.ids)
    order = np.arange(len(block.ids))
    order[places] = len(block.ids) + np.arange(len(places))
    alive, people, related, stamps = block.alive, dict(block.people), dict(block.related), dict(block.stamps)
    if living:
        alive = alive.copy()
        alive[places] = small.alive
    for source in catalogue.sources:
        for one in source.fields if source.name in touched else ():
            people[one.name] = block.people[one.name].joined(small.people[one.name]).take(order)
    for name in touched & set(related):
        rows = small.related[name]
        moved = Rows(places[rows.owner].astype(np.int32), rows.row_id, rows.columns)
        related[name] = block.related[name].replaced(places, moved)
    for name in touched & set(stamps):
        stamps[name] = next(_stamps)
    if living and not np.array_equal(alive, block.alive):
        stamps["alive"] = next(_stamps)
    return Block(block.ids, alive, people, related, stamps)


def _part(whole: Block, start: int, end: int) -> Block:
    place = slice(start, end)
    people = {name: _slice(column, place) for name, column in whole.people.items()}
    related = {}
    for name, rows in whole.related.items():
        low, high = np.searchsorted(rows.owner, np.array([start, end], dtype=rows.owner.dtype))
        some = slice(int(low), int(high))
        columns = {key: _slice(column, some) for key, column in rows.columns.items()}
        related[name] = Rows(rows.owner[some] - np.int32(start), rows.row_id[some], columns)
    return Block(whole.ids[place], whole.alive[place], people, related, {name: next(_stamps) for name in whole.stamps})


def _slice(column: Column, place: slice) -> Column:
    return replace(column, values=column.values[place], known=column.known[place])


def _fresh(catalogue: Catalogue) -> dict[str, int]:
    names = [source.name for source in catalogue.sources] + [one.name for one in catalogue.relations]
    return {name: next(_stamps) for name in ["alive", *names]}


def _block(
    catalogue: Catalogue,
    ids: np.ndarray,
    people: Mapping[str, pl.DataFrame],
    related: Mapping[str, pl.DataFrame],
    words: dict[str, Words],
    alive: np.ndarray | None = None,
) -> Block:
    columns: dict[str, Column] = {}
    for source in catalogue.sources:
        table = people.get(source.name)
        rows = _rows_for(ids, table)
        for one in source.fields:
            columns[one.name] = _column(one, f"{one.name}", table, rows, words)
    relations = {}
    for relation in catalogue.relations:
        relations[relation.name] = _rows(relation, ids, related.get(relation.name), words)
    living = np.ones(len(ids), bool) if alive is None else np.isin(ids, alive)
    return Block(ids, living, columns, relations, _fresh(catalogue))


def _rows_for(ids: np.ndarray, table: pl.DataFrame | None) -> np.ndarray:
    """For each id its row in the table, or -1."""
    if table is None or not table.height:
        return np.full(len(ids), -1, np.int64)
    owner = table["constituent_id"].cast(pl.Int64).to_numpy()
    order = np.argsort(owner, kind="stable")
    at = np.searchsorted(owner, ids, sorter=order)
    at = np.minimum(at, len(order) - 1)
    rows = order[at]
    return np.where(owner[rows] == ids, rows, -1)


def _rows(relation, ids: np.ndarray, table: pl.DataFrame | None, words: dict[str, Words]) -> Rows:
    if table is None or not table.height or not len(ids):
        none = np.zeros(0, np.int64)
        columns = {f.name: _column(f, f"{relation.name}.{f.name}", None, none, words) for f in relation.fields}
        return Rows(np.zeros(0, np.int32), none, columns)
    constituent = table["constituent_id"].cast(pl.Int64).to_numpy()
    place = np.minimum(np.searchsorted(ids, constituent), len(ids) - 1)
    mine = np.flatnonzero(ids[place] == constituent)
    owner = place[mine].astype(np.int32)
    row_id = table["row_id"].cast(pl.Int64).to_numpy()[mine]
    columns = {f.name: _column(f, f"{relation.name}.{f.name}", table, mine, words) for f in relation.fields}
    day = columns[relation.date].values if relation.date else np.zeros(len(owner), np.int32)
    order = np.lexsort((row_id, day, owner))
    return Rows(owner[order], row_id[order], {name: column.take(order) for name, column in columns.items()})


def _column(one: Field, key: str, table: pl.DataFrame | None, rows: np.ndarray, words: dict[str, Words]) -> Column:
    """The field's column, at `rows` of the table; -1 means not known."""
    if table is None or not table.height:
        return _nothing(one, key, len(rows), words)
    series = table[one.name]
    if len(rows) and rows.min(initial=0) < 0:
        at = pl.Series("at", rows)
        series = series.gather(pl.select(pl.when(at >= 0).then(at)).to_series())
    elif len(rows) != len(series) or not np.array_equal(rows, np.arange(len(rows))):
        series = series.gather(rows)
    known = series.is_not_null().to_numpy()
    match one.kind:
        case Kind.TEXT:
            return Column(one.kind, series.cast(pl.String).rechunk(), known)
        case Kind.CHOICE:
            book = words.setdefault(key, Words())
            return Column(one.kind, _codes(series.cast(pl.String), book), known, book)
        case Kind.DATE:
            days = _days(series)
            return Column(one.kind, days, days != NEVER)
        case Kind.FLAG:
            return Column(one.kind, series.cast(pl.Int8).fill_null(0).to_numpy() != 0, known)
        case Kind.MONEY:
            return Column(one.kind, series.cast(pl.Int64).fill_null(0).to_numpy(), known)
    whole = pl.Int64 if series.dtype.is_integer() or series.dtype == pl.Null else pl.Float64
    return Column(one.kind, series.cast(whole).fill_null(0).to_numpy(), known)


def _codes(series: pl.Series, book: Words) -> np.ndarray:
    distinct = series.drop_nulls().unique(maintain_order=True).to_list()
    if not distinct:
        return np.full(len(series), -1, np.int32)
    codes = pl.Series([book.code(word) for word in distinct], dtype=pl.Int32)
    return (
        series.replace_strict(pl.Series(distinct), codes, default=None, return_dtype=pl.Int32).fill_null(-1).to_numpy()
    )


def _days(series: pl.Series) -> np.ndarray:
    if series.dtype == pl.String:
        series = series.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    return series.cast(pl.Date).cast(pl.Int32).fill_null(NEVER).to_numpy()


def _nothing(one: Field, key: str, size: int, words: dict[str, Words]) -> Column:
    known = np.zeros(size, bool)
    match one.kind:
        case Kind.TEXT:
            return Column(one.kind, pl.Series([None] * size, dtype=pl.String), known)
        case Kind.CHOICE:
            return Column(one.kind, np.full(size, -1, np.int32), known, words.setdefault(key, Words()))
        case Kind.DATE:
            return Column(one.kind, np.full(size, NEVER, np.int32), known)
        case Kind.FLAG:
            return Column(one.kind, np.zeros(size, bool), known)
    return Column(one.kind, np.zeros(size, np.int64), known)
