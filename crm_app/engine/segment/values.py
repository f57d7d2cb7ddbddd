"""Values and masks over everyone, kept by what was asked and by the stamps of the blocks they were read from."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

import numpy as np

from crm_app.engine.segment import kernels
from crm_app.engine.segment.catalogue import Catalogue, Kind
from crm_app.engine.segment.clock import Clock, Span
from crm_app.engine.segment.definition import Aggregate, FieldTest, RelatedTest, RowSet, Sequence, Shape
from crm_app.engine.segment.frames import Block, Frames
from crm_app.engine.segment.kernels import Values
from crm_app.engine.segment.problems import kind_of

ROOM = 512 << 20  # bytes of kept values


@dataclass(frozen=True, slots=True)
class Kept:
    stamps: tuple
    arrays: tuple[np.ndarray, ...]

    @property
    def size(self) -> int:
        return 2048 + sum(array.nbytes for array in self.arrays)


class Memory:
    """What was worked out before; the least recently used goes first. Shared by everybody's runs."""

    def __init__(self, room: int = ROOM) -> None:
        self._room, self._used, self._lock = room, 0, Lock()
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    def get(self, key: Hashable) -> Kept | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Hashable, kept: Kept) -> None:
        with self._lock:
            old = self._kept.pop(key, None)
            self._used += kept.size - (old.size if old else 0)
            self._kept[key] = kept
            while self._used > self._room and len(self._kept) > 1:
                _, gone = self._kept.popitem(last=False)
                self._used -= gone.size


def fingerprint(*parts: object) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update((part.model_dump_json() if isinstance(part, Shape) else repr(part)).encode())
        digest.update(b"\0")
    return digest.hexdigest()


@dataclass(frozen=True)
class Reader:
    """One moment's view: these frames, this day, these permissions."""

    frames: Frames
    clock: Clock
    catalogue: Catalogue
    memory: Memory

    def blockwise(self, key: str, source: str, work: Callable[[Block], tuple[np.ndarray, ...]]) -> tuple:
        """`work` for every block, but only for those that changed since it was asked last."""
        stamps, kept = self.frames.stamps(source), self.memory.get(key)
        if kept is not None and kept.stamps == stamps:
            return kept.arrays
        parts, start = [], 0
        for number, block in enumerate(self.frames.blocks):
            place = slice(start, start + len(block.ids))
            start = place.stop
            if kept is not None and number < len(kept.stamps) and kept.stamps[number] == stamps[number]:
                parts.append(tuple(array[place] for array in kept.arrays))
            else:
                parts.append(work(block))
        arrays = tuple(np.concatenate(columns) for columns in zip(*parts, strict=True)) if parts else _empty()
        self.memory.put(key, Kept(stamps, arrays))
        return arrays

    def span(self, window) -> Span:
        return self.clock.span(window)

    def field_mask(self, test: FieldTest) -> np.ndarray:
        span, source = self.span(test.window), self.catalogue.source_of(test.field)
        key = fingerprint("field", test, span)
        return self.blockwise(key, source.name, lambda b: (kernels.passes(b.people[test.field], test, span),))[0]

    def known(self, field: str) -> np.ndarray:
        return self.field_mask(FieldTest(field=field, op="known"))

    def column(self, field: str) -> Values:
        """A field's values over everyone (codes for choices)."""
        source = self.catalogue.source_of(field)
        read = lambda b: (b.people[field].values, b.people[field].known)  # noqa: E731
        return self.blockwise(f"column {field}", source.name, read)

    def _where(self, rows: Aggregate | RowSet):
        return tuple((test, self.span(test.window)) for test in rows.where)

    def aggregate(self, of: Aggregate) -> Values:
        """One value per person; for a household, everyone in it has the household's."""
        relation, span, where = self.catalogue.relation(of.relation), self.span(of.window), self._where(of)
        alone = of.model_copy(update={"level": "person"})
        key = fingerprint("aggregate", alone, span, [s for _, s in where])

        def work(block: Block) -> Values:
            mask = kernels.row_mask(block.related[of.relation], relation.date, span, where)
            return kernels.aggregate(block, of, relation.date, mask)

        values, known = self.blockwise(key, relation.name, work)
        if of.level == "household":
            return kernels.by_household(values, known, self.homes(), of.fn, self.frames.alive)
        return values, known

    def related_mask(self, test: RelatedTest) -> np.ndarray:
        values, known = self.aggregate(test.of)
        if test.of.fn == "exists":
            return values > 0
        if test.of.fn == "none":
            return values == 0
        if test.op == "known":
            return known
        if test.op == "unknown":
            return ~known
        if kind_of(test.of, self.catalogue) is Kind.DATE:
            passed = kernels.compare_days(values, test.op, test.values, self.span(test.window))
        else:
            passed = kernels.compare_numbers(values, test.op, test.values)
        return (passed & known) | ~known if test.unknown else passed & known

    def sequence_mask(self, test: Sequence) -> np.ndarray:
        pair = [
            (self.catalogue.relation(rows.relation), self.span(rows.window), self._where(rows), rows)
            for rows in (test.first, test.then)
        ]
        key = fingerprint("sequence", test, [(span, [s for _, s in where]) for _, span, where, _ in pair])
        stamps = tuple(self.frames.stamps(relation.name) for relation, *_ in pair)
        kept = self.memory.get(key)
        if kept is None or kept.stamps != stamps:
            parts = [self._sequence_block(block, pair, test.days) for block in self.frames.blocks]
            kept = Kept(stamps, (np.concatenate(parts) if parts else np.zeros(0, bool),))
            self.memory.put(key, kept)
        return kept.arrays[0]

    def _sequence_block(self, block: Block, pair: list, days: int) -> np.ndarray:
        rows = [block.related[relation.name] for relation, *_ in pair]
        masks = tuple(
            kernels.row_mask(mine, relation.date, span, where)
            for mine, (relation, span, where, _) in zip(rows, pair, strict=True)
        )
        dates = (pair[0][0].date, pair[1][0].date)
        return kernels.sequence(rows[0], rows[1], masks, dates, days, len(block.ids))

    def homes(self) -> np.ndarray:
        """Each person's household as a dense number; a person without one is a household alone."""
        if not self.catalogue.household:
            return np.arange(self.frames.size)
        source = self.catalogue.source_of(self.catalogue.household)
        stamps, kept = self.frames.stamps(source.name), self.memory.get("homes")
        if kept is None or kept.stamps != stamps:
            number, known = self.column(self.catalogue.household)
            _, dense = np.unique(np.where(known, number, -self.frames.ids - 1), return_inverse=True)
            kept = Kept(stamps, (dense.reshape(-1),))
            self.memory.put("homes", kept)
        return kept.arrays[0]

    def any_value(self, asked) -> Values:
        """The values of a column cell: a field or an aggregate."""
        return self.aggregate(asked.value) if asked.value is not None else self.column(asked.field)


def _empty() -> tuple[np.ndarray, ...]:
    return np.zeros(0, bool), np.zeros(0, bool)
