"""Charts of the people in a cell: groups with their counts and sums, each with the clause that opens its people."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from crm_app.engine.segment.catalogue import Kind
from crm_app.engine.segment.definition import (
    Asked,
    Between,
    Chart,
    Clause,
    FieldTest,
    RelatedTest,
    Scalar,
)  # fmt: skip
from crm_app.engine.segment.kernels import day_of
from crm_app.engine.segment.problems import kind_of
from crm_app.engine.segment.values import Reader

MOST = 24  # groups shown; the others become one


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    count: int
    amount: int | None = None
    clause: Clause | None = None
    across: tuple[int, ...] = ()


@dataclass(frozen=True)
class Drawn:
    bars: tuple[Bar, ...]
    across: tuple[str, ...] = ()
    total: int | None = None


Groups = list[tuple[str, Clause | None]]


def draw(reader: Reader, chart: Chart, mask: np.ndarray) -> Drawn:
    codes, groups = grouped(reader, chart, chart.by, mask)
    counts = np.bincount(codes, minlength=len(groups))
    amounts = None
    if chart.value is not None:
        values, known = reader.aggregate(chart.value)
        amounts = np.bincount(codes, weights=np.where(known, values, 0)[mask], minlength=len(groups))
    table, names = _across(reader, chart, mask, codes, len(groups))
    bars = [
        Bar(label, int(counts[at]), None if amounts is None else round(amounts[at]), clause, table[at])
        for at, (label, clause) in enumerate(groups)
    ]
    if chart.draw != "line":
        bars = [bar for bar in bars if bar.count or bar.label]
    return Drawn(tuple(bars), names, None if amounts is None else round(amounts.sum()))


def _across(reader: Reader, chart: Chart, mask: np.ndarray, codes: np.ndarray, size: int):
    if chart.draw != "pivot" or chart.across is None:
        return [()] * size, ()
    other, groups = grouped(reader, chart, chart.across, mask)
    table = np.bincount(codes * len(groups) + other, minlength=size * len(groups)).reshape(size, len(groups))
    return [tuple(int(n) for n in row) for row in table], tuple(label for label, _ in groups)


def grouped(reader: Reader, chart: Chart, by: Asked, mask: np.ndarray) -> tuple[np.ndarray, Groups]:
    """A group number for every person of the mask, and the groups' names."""
    kind = kind_of(by.value, reader.catalogue) if by.value else reader.catalogue.field(by.field).kind
    if kind is Kind.TEXT:
        return _texts(reader, by, mask)
    values, known = reader.any_value(by)
    values, known = values[mask], known[mask]
    match kind:
        case Kind.CHOICE:
            return _choices(reader, by, values, known)
        case Kind.FLAG:
            codes = np.where(known, np.where(values, 0, 1), 2)
            ops = [("Yes", "yes"), ("No", "no"), ("Not known", "unknown")]
            return _compact(codes, [(label, FieldTest(field=by.field, op=op)) for label, op in ops])
        case Kind.DATE:
            return _dates(reader, chart, by, values, known)
    return _bands(chart, by, kind, values, known)


def _test(by: Asked, op: str, values: tuple[Scalar, ...] = (), window=None) -> Clause:
    if by.value is not None:
        return RelatedTest(of=by.value, op=op, values=values, window=window)
    return FieldTest(field=by.field, op=op, values=values, window=window)


def _compact(codes: np.ndarray, groups: Groups) -> tuple[np.ndarray, Groups]:
    """Only the groups that have somebody, the largest first when they have no order of their own."""
    counts = np.bincount(codes, minlength=len(groups))
    order = [int(at) for at in np.argsort(-counts, kind="stable") if counts[at]]
    shown = order[:MOST]
    place = np.full(len(groups), len(shown))
    place[shown] = np.arange(len(shown))
    rest: Groups = [("Others", None)] if len(order) > MOST else []
    return place[codes], [groups[at] for at in shown] + rest


def _choices(reader: Reader, by: Asked, codes: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, Groups]:
    one = reader.catalogue.field(by.field)
    words = reader.frames.words[by.field].values if by.field in reader.frames.words else []
    groups: Groups = [(one.choices.get(word, word), _test(by, "is", (word,))) for word in words]
    groups.append(("Not known", _test(by, "unknown")))
    return _compact(np.where(known, codes, len(words)).astype(np.int64), groups)


def _texts(reader: Reader, by: Asked, mask: np.ndarray) -> tuple[np.ndarray, Groups]:
    parts = [block.people[by.field].values for block in reader.frames.blocks]
    words = pl.concat(parts).filter(pl.Series(mask)).fill_null("") if parts else pl.Series([], dtype=pl.String)
    distinct = words.unique(maintain_order=True)
    codes = (
        words.replace_strict(distinct, pl.Series(range(len(distinct)), dtype=pl.Int64)).to_numpy()
        if len(words)
        else np.zeros(0, np.int64)
    )
    groups: Groups = [(w or "Not known", _test(by, "is", (w,)) if w else _test(by, "unknown")) for w in distinct]
    return _compact(codes, groups)


def _dates(reader: Reader, chart: Chart, by: Asked, days: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, Groups]:
    if not known.any():
        return np.zeros(len(days), np.int64), [("Not known", _test(by, "unknown"))]
    groups: Groups = []
    edges = []
    low, high = day_of(days[known].min()), day_of(days[known].max())
    for label, since, until in _periods(reader, chart.per, low, high):
        groups.append((label, _test(by, "within", window=Between(since=since, until=until))))
        edges.append((since - day_of(0)).days)
    groups.append(("Not known", _test(by, "unknown")))
    codes = np.searchsorted(np.array(edges, np.int32), days, side="right") - 1
    codes = np.where(known, codes, len(groups) - 1)
    return _ordered(codes, groups)


def _ordered(codes: np.ndarray, groups: Groups) -> tuple[np.ndarray, Groups]:
    """Groups that keep their order; a last one that nobody is in goes."""
    return codes, groups if (codes == len(groups) - 1).any() else groups[:-1]


def _periods(reader: Reader, per: str, low, high) -> Iterator[tuple]:
    import datetime as dt

    day = dt.timedelta(days=1)
    if per == "month":
        at = low.replace(day=1)
        while at <= high:
            after = (at + 32 * day).replace(day=1)
            yield f"{at:%b %Y}", at, after - day
            at = after
        return
    clock = reader.clock
    years = (
        range(low.year, high.year + 1) if per == "year" else range(clock.fiscal_year(low), clock.fiscal_year(high) + 1)
    )
    for year in years:
        if per == "year":
            yield str(year), dt.date(year, 1, 1), dt.date(year, 12, 31)
        else:
            yield f"FY {year}", clock.fiscal_start(year), clock.fiscal_start(year + 1) - day


def _bands(chart: Chart, by: Asked, kind: Kind, values: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, Groups]:
    edges = list(chart.bands) or nice_edges(values[known], kind)
    show = _money if kind is Kind.MONEY else lambda number: f"{number:,g}"
    groups: Groups = []
    if not edges:
        return np.zeros(len(values), np.int64), [("Not known", _test(by, "unknown"))]
    groups.append((f"under {show(edges[0])}", _test(by, "less than", (edges[0],))))
    for low, high in itertools.pairwise(edges):
        top = high - (100 if kind is Kind.MONEY else 1)
        label = show(low) if top <= low else f"{show(low)} – {show(top)}"
        groups.append((label, _test(by, "between", (low, high - 1))))
    groups.append((f"{show(edges[-1])} and up", _test(by, "at least", (edges[-1],))))
    groups.append(("Not known", _test(by, "unknown")))
    codes = np.where(known, np.searchsorted(edges, values, side="right"), len(groups) - 1)
    return _ordered(codes, groups)


def nice_edges(values: np.ndarray, kind: Kind) -> list[int]:
    """Round borders: 1, 2, 5 times ten; for money in whole units."""
    if not len(values):
        return []
    unit = 100 if kind is Kind.MONEY else 1
    high = int(np.quantile(values, 0.98))
    steps = [m * 10**e * unit for e in range(0, 9) for m in (1, 2.5, 5)]
    steps = sorted({int(step) for step in steps if int(step) == step})
    return [step for step in steps if step <= max(high, unit)][-6:]


def _money(minor: int) -> str:
    return f"¤{minor / 100:,.0f}" if minor % 100 == 0 else f"¤{minor / 100:,.2f}"
