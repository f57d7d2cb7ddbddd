"""Blocking: which records are worth comparing at all, as rules with names a person can read.

A rule is a set of fields hashed into one key. Inside a key's block records lie in the order of their names and only
neighbours within a window are paired, so no value, however common, can make more than rows x window pairs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
import polars as pl
import pyarrow as pa

from crm_app.engine.match.records import Record

NAMES = "names"  # first and last name, whichever way round
_MULTIPLY, _SEED = 0x9E3779B97F4A7C15, 0xCBF29CE484222325
_PRIME, _MASK = 0x100000001B3, (1 << 64) - 1
_ROW_BITS = 24


@dataclass(frozen=True)
class Rule:
    """Records that agree on all `parts` are candidates."""

    name: str
    parts: tuple[str, ...]
    words: str
    loose: bool = False  # narrow window on big bases
    small_only: bool = False  # cheap extra recall, only where a base is small


PERSON_RULES = (
    Rule("email", ("email",), "the same e-mail"),
    Rule("mailbox", ("email_local",), "the same mailbox at another provider"),
    Rule("phone", ("phone_tail",), "the same phone number"),
    Rule("reference", ("ref",), "the same number from elsewhere"),
    Rule("names-zip", (NAMES, "zip"), "the same names in one postcode"),
    Rule("names-state", (NAMES, "state"), "the same names in one state", loose=True),
    Rule("names", (NAMES,), "the same names", loose=True),
    Rule("sound-zip", ("last_sound", "first_letter", "zip"), "names that sound alike in one postcode"),
    Rule("last-birth", ("last", "dob"), "the same last name and birth date"),
    Rule("first-birth", ("first", "dob"), "the same first name and birth date"),
    Rule("sounds-year", ("last_sound", "first_sound", "year"), "names that sound alike, born in one year"),
    Rule("zip-birth", ("zip", "dob"), "the same birth date in one postcode"),
    Rule("house-birth", ("house", "dob"), "the same birth date at one house number"),
    Rule("letter-house-zip", ("first_letter", "house", "zip"), "the same initial at one address"),
    Rule("first-street", ("first", "street"), "the same first name in one street"),
    Rule("last-street", ("last", "street"), "the same last name in one street"),
    Rule("sound-house-zip", ("first_sound", "house", "zip"), "a first name that sounds alike at one address"),
    Rule("birth", ("dob",), "the same birth date", small_only=True),
    Rule("last-sound", ("last_sound",), "last names that sound alike", small_only=True),
    Rule("first-sound", ("first_sound",), "first names that sound alike", small_only=True),
    Rule("last-start", ("last_start",), "last names that begin alike", small_only=True),
    Rule("first-start", ("first_start",), "first names that begin alike", small_only=True),
    Rule("email-start", ("email_start",), "e-mails that begin alike", small_only=True),
)
ORGANIZATION_RULES = (
    Rule("email", ("email",), "the same e-mail"),
    Rule("phone", ("phone_tail",), "the same phone number"),
    Rule("reference", ("ref",), "the same number from elsewhere"),
    Rule("website", ("website",), "the same website"),
    Rule("domain", ("domain",), "e-mails of one domain"),
    Rule("name", ("name_sorted",), "the same words in the name"),
    Rule("first-word-zip", ("name_first", "zip"), "the same first word in one postcode"),
    Rule("first-word-city", ("name_first", "city"), "the same first word in one place", loose=True),
    Rule("last-word-city", ("name_last", "city"), "the same last word in one place", loose=True),
    Rule("address", ("house", "street"), "the same address"),
    Rule("name-start", ("name_start",), "names that begin alike"),
    Rule("first-word", ("name_first",), "the same first word", small_only=True),
    Rule("last-word", ("name_last",), "the same last word", small_only=True),
    Rule("name-sound", ("name_sound",), "names that sound alike", small_only=True),
    Rule("house", ("house",), "the same house number", small_only=True),
    Rule("street", ("street",), "the same street", small_only=True),
)
SMALL_BASE, WIDE_BASE = 60_000, 200_000
WINDOW, WIDE_WINDOW, LOOSE_WINDOW = 20, 10, 4
SECOND = "_2"


def rules_for(kind: str, rows: int) -> tuple[Rule, ...]:
    rules = PERSON_RULES if kind == "person" else ORGANIZATION_RULES
    return tuple(rule for rule in rules if rows < SMALL_BASE or not rule.small_only)


def window_for(rule: Rule, rows: int) -> int:
    if rows <= WIDE_BASE:
        return WINDOW
    return LOOSE_WINDOW if rule.loose else WIDE_WINDOW


def _ways(rule: Rule, known: set[str]) -> list[tuple[str, ...]]:
    """The rule over every second value the records have: e-mail and second e-mail, last name and former name."""
    options = []
    for part in rule.parts:
        options.append([p for p in (part, part + SECOND) if p in known or p == NAMES])
    return list(product(*options))


# --- stable hashes: the same number for a word today, in ten years and on every machine ---


def hash_word(text: str) -> int:
    """FNV-1a over UTF-8, 64 bits."""
    number = _SEED
    for byte in text.encode():
        number = ((number ^ byte) * _PRIME) & _MASK
    return number


def hash_words(column: pl.Series) -> np.ndarray:
    """The same for a column; 0 stands for nothing."""
    words = column.cast(pl.String)
    text = words.fill_null("").to_arrow().cast(pa.large_string())
    _, ends, letters = text.buffers()
    bounds = np.frombuffer(ends, dtype=np.int64)[text.offset : text.offset + len(text) + 1]
    starts, sizes = bounds[:-1], np.diff(bounds)
    data = np.frombuffer(letters, dtype=np.uint8).astype(np.uint64) if letters else np.empty(0, dtype=np.uint64)
    numbers = np.full(len(sizes), _SEED, dtype=np.uint64)
    for at in range(int(sizes.max(initial=0))):
        rows = np.flatnonzero(sizes > at)
        numbers[rows] = (numbers[rows] ^ data[starts[rows] + at]) * np.uint64(_PRIME)
    numbers[words.is_null().to_numpy()] = 0
    return numbers


def _quick(column: pl.Series) -> np.ndarray:
    numbers = column.hash(7).to_numpy().copy()
    numbers[column.is_null().to_numpy()] = 0
    return numbers


def _mix(numbers: np.ndarray) -> np.ndarray:
    """The finish of splitmix64: spreads sums of hashes over all bits."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _mix_one(number: int) -> int:
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & _MASK
    return number ^ (number >> 31)


class Hashes:
    """Hashes of a frame's columns, each made once; `stable` ones are the numbers kept in a database."""

    def __init__(self, records: pl.DataFrame, stable: bool = False) -> None:
        self._records, self._stable, self._made = records, stable, {}
        self.known = {name for name in records.columns if records[name].null_count() < records.height}

    def of(self, name: str) -> np.ndarray:
        if name not in self._made:
            self._made[name] = self._names() if name == NAMES else self._column(name)
        return self._made[name]

    def _column(self, name: str) -> np.ndarray:
        column = self._records[name]
        if name == "dob":  # a year alone is no birth date
            column = column.set(column % 10000 == 0, None)
        return hash_words(column) if self._stable else _quick(column.cast(pl.String))

    def _names(self) -> np.ndarray:
        first, last = self.of("first"), self.of("last")
        return np.where((first != 0) & (last != 0), first + last, np.uint64(0))

    def of_rule(self, rule: Rule) -> list[np.ndarray]:
        return [self._combine(rule, way) for way in _ways(rule, self.known)]

    def _combine(self, rule: Rule, way: tuple[str, ...]) -> np.ndarray:
        total = np.full(self._records.height, hash_word(rule.name), dtype=np.uint64)
        whole = np.ones(self._records.height, dtype=bool)
        for at, part in enumerate(way):
            numbers = self.of(part)
            whole &= numbers != 0
            total = _mix(total + numbers * np.uint64(2 * at + 1))
        return np.where(whole, total, np.uint64(0))


def of_frame(records: pl.DataFrame, kind: str = "person", rows: int | None = None) -> pl.DataFrame:
    """The keys to keep in a database: row (0-based), rule, key as a signed 64-bit number."""
    hashes, frames = Hashes(records, stable=True), []
    for rule in rules_for(kind, rows if rows is not None else WIDE_BASE):
        for numbers in hashes.of_rule(rule):
            row = np.flatnonzero(numbers).astype(np.uint32)
            frames.append(
                pl.DataFrame({"row": row, "key": numbers[row].view(np.int64)}).with_columns(rule=pl.lit(rule.name))
            )
    schema = {"row": pl.UInt32, "key": pl.Int64, "rule": pl.String}
    return pl.concat(frames).unique() if frames else pl.DataFrame(schema=schema)


def of_one(record: Record, kind: str = "person", rows: int | None = None) -> dict[int, str]:
    """The keys of one record and the rule each is from; the same numbers as `of_frame`."""
    known = {name for name, value in record.items() if value not in (None, 0, "")}
    keys = {}
    for rule in rules_for(kind, rows if rows is not None else WIDE_BASE):
        for way in _ways(rule, known):
            if (key := _combine_one(rule, way, record)) is not None:
                keys[key] = rule.name
    return keys


def _combine_one(rule: Rule, way: tuple[str, ...], record: Mapping) -> int | None:
    total = hash_word(rule.name)
    for at, part in enumerate(way):
        number = _part(part, record)
        if not number:
            return None
        total = _mix_one((total + number * (2 * at + 1)) & _MASK)
    return total - (1 << 64) if total >> 63 else total


def _part(part: str, record: Mapping) -> int:
    if part == NAMES:
        first, last = record.get("first"), record.get("last")
        return (hash_word(first) + hash_word(last)) & _MASK if first and last else 0
    value = record.get(part)
    if value in (None, "") or (part == "dob" and value % 10000 == 0):
        return 0
    return hash_word(str(value))


# --- candidate pairs ---


def candidates(records: pl.DataFrame, kind: str = "person", rules: tuple[Rule, ...] | None = None) -> np.ndarray:
    """Pairs of row numbers worth comparing, shape (n, 2), lower row first, each once, sorted."""
    rows = records.height
    if rows < 2:
        return np.empty((0, 2), dtype=np.int64)
    by = ["last", "first"] if kind == "person" else ["name"]
    order = records.select(pl.arg_sort_by(by)).to_series().to_numpy().astype(np.int64)
    hashes, found = Hashes(records), []
    for rule in rules or rules_for(kind, rows):
        keys = [numbers[order] for numbers in hashes.of_rule(rule)]
        if keys:
            found.append(_neighbours(keys, window_for(rule, rows)))
    pairs = np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.uint64)
    left, right = (
        order[(pairs >> np.uint64(32)).astype(np.int64)],
        order[(pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)],
    )
    together = np.sort(np.stack([left, right], axis=1), axis=1)
    return together[np.lexsort((together[:, 1], together[:, 0]))]


def _neighbours(keys: list[np.ndarray], window: int) -> np.ndarray:
    """Rows in one block and at most `window` apart, packed two to a number."""
    low = np.uint64((1 << _ROW_BITS) - 1)
    packed = np.concatenate([(k[r] & ~low) | r.astype(np.uint64) for k in keys for r in [np.flatnonzero(k)]])
    packed = np.unique(packed) if len(keys) > 1 else np.sort(packed)
    block, row, found = packed & ~low, packed & low, []
    for step in range(1, window + 1):
        at = np.flatnonzero(block[step:] == block[:-step])
        if not len(at):
            break
        one, other = row[at], row[at + step]
        found.append((np.minimum(one, other) << np.uint64(32)) | np.maximum(one, other))
    pairs = np.concatenate(found) if found else np.empty(0, dtype=np.uint64)
    return pairs[(pairs >> np.uint64(32)) != (pairs & np.uint64(0xFFFFFFFF))]
