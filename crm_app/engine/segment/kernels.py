"""The arithmetic: tests of columns to masks, related rows to one value per person. Arrays in, arrays out."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from crm_app.engine.segment.catalogue import Kind
from crm_app.engine.segment.clock import Span
from crm_app.engine.segment.definition import Aggregate, FieldTest, Op, Scalar
from crm_app.engine.segment.frames import NEVER, Block, Column, Rows

EPOCH = dt.date(1970, 1, 1)
SPARSE = 0.25  # below this share of rows it is cheaper to touch only the rows that count
Values = tuple[np.ndarray, np.ndarray]  # values, known


def day_number(day: dt.date) -> int:
    return (day - EPOCH).days


def day_of(number: int) -> dt.date:
    return EPOCH + dt.timedelta(days=int(number))


def passes(column: Column, test: FieldTest, span: Span) -> np.ndarray:
    """Which rows pass. Unknown values pass only when the test says so, whatever the operator."""
    if test.op == "known":
        return column.known.copy()
    if test.op == "unknown":
        return ~column.known
    passed = _compared(column, test.op, test.values, span)
    return (passed & column.known) | ~column.known if test.unknown else passed & column.known


def _compared(column: Column, op: Op, values: tuple[Scalar, ...], span: Span) -> np.ndarray:
    match column.kind:
        case Kind.TEXT:
            return _text(column.lower, op, values)
        case Kind.CHOICE:
            return _choice(column, op, values)
        case Kind.FLAG:
            return column.values if op == "yes" else ~column.values
        case Kind.DATE:
            return compare_days(column.values, op, values, span)
    return compare_numbers(column.values, op, values)


def _text(lower: pl.Series, op: Op, values: tuple[Scalar, ...]) -> np.ndarray:
    wanted = [str(value).lower() for value in values]
    match op:
        case "is" | "is not":
            found = lower.is_in(wanted)
        case "starts with":
            found = lower.str.starts_with(wanted[0])
        case _:
            found = lower.str.contains(wanted[0], literal=True)
    mask = found.fill_null(False).to_numpy()
    return ~mask if op in ("is not", "does not contain") else mask


def _choice(column: Column, op: Op, values: tuple[Scalar, ...]) -> np.ndarray:
    if op in ("is", "is not"):
        codes = [code for value in values if (code := column.words.known(str(value))) is not None]
        wanted = np.zeros(len(column.words.values) + 1, bool)
        wanted[codes] = True
    else:  # the words are tested once each, the rows only look theirs up
        wanted = np.append(_text(pl.Series(column.words.values, dtype=pl.String).str.to_lowercase(), op, values), False)
        return wanted[column.values]
    wanted[-1] = False  # code -1, not known
    mask = wanted[column.values]
    return ~mask if op == "is not" else mask


def compare_numbers(have: np.ndarray, op: Op, values: tuple[Scalar, ...]) -> np.ndarray:
    if op in ("is", "is not"):
        mask = np.zeros(len(have), bool)
        for value in values:
            mask |= have == value
        return ~mask if op == "is not" else mask
    low = values[0]
    match op:
        case "at least":
            return have >= low
        case "more than":
            return have > low
        case "at most":
            return have <= low
        case "less than":
            return have < low
        case _:
            return (have >= low) & (have <= values[1])


def compare_days(have: np.ndarray, op: Op, values: tuple[Scalar, ...], span: Span) -> np.ndarray:
    if op in ("within", "not within"):
        inside = within(have, span)
        return ~inside if op == "not within" else inside
    days = tuple(day_number(dt.date.fromisoformat(str(value)[:10])) for value in values)
    return compare_numbers(have, op, tuple(np.int32(day) for day in days))


def within(have: np.ndarray, span: Span) -> np.ndarray:
    since, until = span
    mask = have != NEVER
    if since is not None:
        mask &= have >= np.int32(day_number(since))
    if until is not None:
        mask &= have <= np.int32(day_number(until))
    return mask


def row_mask(rows: Rows, date: str, span: Span, where: tuple[tuple[FieldTest, Span], ...]) -> np.ndarray | None:
    """Which related rows count; None means all of them."""
    mask = None
    if span != (None, None):
        mask = within(rows.columns[date].values, span)
    for test, its_span in where:
        found = passes(rows.columns[test.field], test, its_span)
        mask = found if mask is None else mask & found
    return mask


def aggregate(block: Block, of: Aggregate, date: str, mask: np.ndarray | None) -> Values:
    """One value per person of the block. Sums and counts of nothing are 0 and known; the others are not known."""
    rows, size = block.related[of.relation], len(block.ids)
    match of.fn:
        case "exists" | "none" | "count":
            return counted(rows, size, mask), np.ones(size, bool)
        case "sum":
            return summed(rows, size, _and(mask, rows.columns[of.column].known), rows.columns[of.column].values)
        case "average":
            return _average(rows, size, of.column, mask)
        case "smallest" | "largest":
            return _extreme(rows, size, of, mask)
        case _:
            return _edge(rows, size, of, date, mask)


def _and(mask: np.ndarray | None, known: np.ndarray) -> np.ndarray | None:
    if known.all():
        return mask
    return known if mask is None else mask & known


def counted(rows: Rows, size: int, mask: np.ndarray | None) -> np.ndarray:
    return np.bincount(rows.owner if mask is None else rows.owner[mask], minlength=size)


def summed(rows: Rows, size: int, mask: np.ndarray | None, values: np.ndarray) -> Values:
    out = np.zeros(size, values.dtype)
    if mask is not None and np.count_nonzero(mask) < SPARSE * len(mask):
        some = np.flatnonzero(mask)
        np.add.at(out, rows.owner[some], values[some])
    elif len(rows.starts):
        out[rows.owners] = np.add.reduceat(values if mask is None else values * mask, rows.starts)
    return out, np.ones(size, bool)


def _average(rows: Rows, size: int, column: str, mask: np.ndarray | None) -> Values:
    real = rows.columns[column].known if mask is None else mask & rows.columns[column].known
    many = counted(rows, size, real)
    total, _ = summed(rows, size, real, rows.columns[column].values)
    return total / np.maximum(many, 1), many > 0


def _extreme(rows: Rows, size: int, of: Aggregate, mask: np.ndarray | None) -> Values:
    column = rows.columns[of.column]
    real = column.known if mask is None else mask & column.known
    some = np.flatnonzero(real)
    largest = of.fn == "largest"
    info = np.iinfo if column.values.dtype.kind == "i" else np.finfo
    worst = info(column.values.dtype).min if largest else info(column.values.dtype).max
    out = np.full(size, worst, column.values.dtype)
    if len(some):
        owner = rows.owner[some]
        starts = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]]))
        reduce = np.maximum.reduceat if largest else np.minimum.reduceat
        out[owner[starts]] = reduce(column.values[some], starts)
    return out, counted(rows, size, real) > 0


def _edge(rows: Rows, size: int, of: Aggregate, date: str, mask: np.ndarray | None) -> Values:
    """The column of the first or last dated row; rows are in order, so it is where the owner changes."""
    dated = rows.columns[date].known
    some = np.flatnonzero(dated if mask is None else mask & dated)
    column = rows.columns[of.column or date]
    owner = rows.owner[some]
    edge = owner[1:] != owner[:-1]
    picked = np.concatenate([[True], edge]) if of.fn == "first" else np.concatenate([edge, [True]])
    chosen = some[picked] if len(some) else some
    if isinstance(column.values, pl.Series):
        raise TypeError("first and last of a text are shown, not compared")
    out = np.zeros(size, column.values.dtype)
    known = np.zeros(size, bool)
    out[rows.owner[chosen]] = column.values[chosen]
    known[rows.owner[chosen]] = column.known[chosen]
    return out, known


def by_household(values: np.ndarray, known: np.ndarray, home: np.ndarray, fn: str, alive: np.ndarray) -> Values:
    """The same value over everyone in the household; `home` numbers households densely, one for each single person."""
    real, size = known & alive, int(home.max(initial=-1)) + 1
    if fn in ("smallest", "largest"):
        info = np.iinfo if values.dtype.kind == "i" else np.finfo
        limit = info(values.dtype)
        out = np.full(size, limit.min if fn == "largest" else limit.max, values.dtype)
        (np.maximum if fn == "largest" else np.minimum).at(out, home[real], values[real])
        some = np.bincount(home[real], minlength=size) > 0
    else:
        out = np.zeros(size, values.dtype)
        np.add.at(out, home[real], values[real])
        some = np.ones(size, bool)
    return out[home], some[home]


def sequence(first: Rows, then: Rows, masks: tuple, dates: tuple[str, str], days: int, size: int) -> np.ndarray:
    """Who has a `first` row with a `then` row on the same day or up to `days` later."""
    keys = []
    for rows, mask, date in zip((first, then), masks, dates, strict=True):
        known = rows.columns[date].known
        some = np.flatnonzero(known if mask is None else mask & known)
        days_since = rows.columns[date].values[some].astype(np.int64) + (1 << 30)  # never negative
        keys.append((rows.owner[some].astype(np.int64) << 32) + days_since)
    starts, ends = keys
    at = np.searchsorted(ends, starts)
    inside = np.minimum(at, max(len(ends) - 1, 0))
    hit = (at < len(ends)) & (ends[inside] <= starts + days) if len(ends) else np.zeros(len(starts), bool)
    out = np.zeros(size, bool)
    out[(starts[hit] >> 32).astype(np.int64)] = True
    return out


def standing(values: np.ndarray, among: np.ndarray, top: str, limit: int) -> np.ndarray:
    """Top percent or people: the first ceil(n·p/100) by value, then by number. Fifths: people with equal values share one."""
    places = np.flatnonzero(among)
    out = np.zeros(len(values), bool)
    if not len(places):
        return out
    mine = values[places]
    if top == "fifth":
        below = np.searchsorted(np.sort(mine), mine, side="left")
        out[places[1 + (5 * below) // len(mine) == limit]] = True
        return out
    wanted = min(len(mine), limit if top == "people" else -(-len(mine) * limit // 100))
    if wanted <= 0:
        return out
    cut = np.partition(mine, len(mine) - wanted)[len(mine) - wanted]
    over, level = places[mine > cut], places[mine == cut]
    out[over] = True
    out[level[: wanted - len(over)]] = True  # places are in the order of numbers
    return out


def shuffled(ids: np.ndarray, seed: int) -> np.ndarray:
    """A number per person that looks like chance, stays the same, and that SQL can work out as well."""
    prime = np.int64(2147483647)
    start = (ids * np.int64(48271) + np.int64(seed) * np.int64(69621) + 1) % prime
    return (start * start + ids) % prime
