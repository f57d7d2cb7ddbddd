"""The people of each kind of cell: masks in, masks out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from crm_app.engine.segment import kernels
from crm_app.engine.segment.counts import ClauseCount, Masks, count_clauses, standing
from crm_app.engine.segment.definition import (
    AnyCell,
    Combine,
    FieldTest,
    Household,
    InCell,
    People,
    Pick,
    Ranked,
    Sample,
    Split,
    Suppress,
    Waterfall,
)  # fmt: skip
from crm_app.engine.segment.problems import Problem
from crm_app.engine.segment.values import Reader

Mask = np.ndarray
CellMask = Callable[[InCell], Mask | Problem]
REST = "Rest"


@dataclass(frozen=True)
class Found:
    """Who is in a cell and how they came there."""

    mask: Mask
    clauses: tuple[ClauseCount, ...] = ()
    parts: dict[str, Mask] = field(default_factory=dict)
    reasons: dict[str, Mask] = field(default_factory=dict)  # who is left out first for this reason
    streams: dict[str, tuple[ClauseCount, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Cells:
    reader: Reader
    base: Mask
    get: Callable[[str], Mask]
    in_cell: CellMask

    def found(self, cell: AnyCell) -> Found:
        match cell:
            case People():
                mask, counts = count_clauses(Masks(self.reader, self.base, self.in_cell), cell.match)
                return Found(mask, tuple(counts))
            case Combine():
                return Found(self._combined(cell))
            case Pick():
                return Found(self._picked(cell))
            case Suppress():
                return self._suppressed(cell)
            case Household():
                return Found(self._one_per_household(cell))
            case Ranked():
                return Found(self.base if cell.by is None else standing(self.reader, cell, self.base))
            case Sample():
                return Found(self._sampled(cell))
            case Split():
                return self._split(cell)
            case Waterfall():
                return self._waterfall(cell)
        return Found(self.base)

    def _combined(self, cell: Combine) -> Mask:
        included = [self.get(name) for name in cell.include]
        if not included:
            out = np.zeros(self.reader.frames.size, bool)
        elif cell.how == "one":
            out = np.sum(included, axis=0) == 1
        else:
            out = (np.logical_and if cell.how == "all" else np.logical_or).reduce(included)
        for name in cell.leave_out:
            out = out & ~self.get(name)
        return out

    def _picked(self, cell: Pick) -> Mask:
        out = self.base.copy() if cell.of else np.zeros(self.reader.frames.size, bool)
        for picked, value in [(cell.put_in, True), (cell.leave_out, False)]:
            places = [self.reader.frames.place(one.constituent) for one in picked]
            out[[place for place in places if place is not None]] = value
        return out

    def _suppressed(self, cell: Suppress) -> Found:
        left, reasons = self.base.copy(), {}
        if cell.asked:
            codes, known = self.reader.column(cell.asked)
            words = self.reader.frames.blocks[0].people[cell.asked].words.values if self.reader.frames.blocks else []
            labels = self.reader.catalogue.field(cell.asked).choices
            for code in np.unique(codes[left & known]):
                out = left & known & (codes == code)
                reasons[labels.get(words[code], words[code])] = out
            left &= ~known
        for reason in cell.reasons:
            mask = Masks(self.reader, self.base, self.in_cell).group(reason.match)
            out = left & mask if mask is not None else np.zeros_like(left)
            reasons[reason.name] = reasons[reason.name] | out if reason.name in reasons else out
            left = left & ~out
        return Found(left, reasons=reasons)

    def _one_per_household(self, cell: Household) -> Mask:
        """Of the people of the cell only: the preferred one of each household, then the lowest number."""
        places, homes = np.flatnonzero(self.base), self.reader.homes()[self.base]
        worse = self._worse(cell, places)
        if worse is not None and len(places):
            best = np.full(int(homes.max()) + 1, worse.max())
            np.minimum.at(best, homes, worse)
            good = worse == best[homes]
            places, homes = places[good], homes[good]
        first = np.zeros(int(homes.max(initial=-1)) + 1, np.int64)
        first[homes[::-1]] = places[::-1]  # written from the back, so that the lowest number stays
        out = np.zeros_like(self.base)
        out[first[homes]] = True
        return out

    def _worse(self, cell: Household, places: np.ndarray) -> np.ndarray | None:
        if cell.prefer == "flag" and cell.flag:
            return (~self.reader.field_mask(FieldTest(field=cell.flag, op="yes")))[places].astype(np.int8)
        if cell.prefer == "largest" and cell.by is not None:
            values, known = self.reader.aggregate(cell.by)
            return -np.where(known, values, 0)[places]
        return None

    def _shuffled(self, seed: int) -> np.ndarray:
        places = np.flatnonzero(self.base)
        ids = self.reader.frames.ids[places]
        return places[np.lexsort((ids, kernels.shuffled(ids, seed)))]

    def _sampled(self, cell: Sample) -> Mask:
        out = np.zeros_like(self.base)
        out[self._shuffled(cell.seed)[: cell.people]] = True
        return out

    def _split(self, cell: Split) -> Found:
        """By shares of the whole, in shuffled order; sizes differ from the shares by less than one person."""
        order, total = self._shuffled(cell.seed), sum(part.share for part in cell.parts)
        parts, so_far, start = {}, 0, 0
        for part in cell.parts:
            so_far += part.share
            end = len(order) * so_far // total
            parts[part.name] = np.zeros_like(self.base)
            parts[part.name][order[start:end]] = True
            start = end
        return Found(self.base, parts=parts)

    def _waterfall(self, cell: Waterfall) -> Found:
        left, parts, streams = self.base.copy(), {}, {}
        for stream in cell.streams:
            mask, counts = count_clauses(Masks(self.reader, left, self.in_cell), stream.match)
            parts[stream.name], streams[stream.name] = mask, tuple(counts)
            left = left & ~mask
        parts[REST] = left
        return Found(self.base, parts=parts, streams=streams)
