"""A group of clauses over everyone: its mask, and for every clause its count alone, after it, and without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from crm_app.engine.segment import kernels
from crm_app.engine.segment.definition import Clause, FieldTest, Group, InCell, Rank, RelatedTest, Sequence
from crm_app.engine.segment.problems import Problem, problem
from crm_app.engine.segment.values import Reader

Mask = np.ndarray
Without = Callable[[Mask | None], Mask | None]  # the whole cell, with this group's mask put in its place


@dataclass(frozen=True, slots=True)
class ClauseCount:
    path: str
    alone: int | None
    after: int | None
    without: int | None
    unknown: int = 0  # people in the base of whom it is not known
    problem: Problem | None = None


@dataclass(frozen=True)
class Masks:
    """Evaluates clauses; `cell_mask` gives the people of another cell, or a problem in words."""

    reader: Reader
    base: Mask
    cell_mask: Callable[[InCell], Mask | Problem]

    def leaf(self, clause: Clause) -> Mask | Problem:
        found = problem(clause, self.reader.catalogue)
        if found is not None:
            return found
        match clause:
            case FieldTest():
                return self.reader.field_mask(clause)
            case RelatedTest():
                return self.reader.related_mask(clause)
            case Sequence():
                return self.reader.sequence_mask(clause)
            case Rank():
                return self._rank(clause)
            case InCell():
                mask = self.cell_mask(clause)
                return ~mask if clause.negate and not isinstance(mask, Problem) else mask
        raise TypeError(clause)

    def _rank(self, clause: Rank) -> Mask:
        return standing(self.reader, clause, self.base)

    def group(self, group: Group) -> Mask | None:
        """None when nothing in the group can be counted: it then asks nothing."""
        return joined(group.mode, [mask for child in group.clauses if (mask := self._any(child)) is not None])

    def _any(self, clause: Clause) -> Mask | None:
        if isinstance(clause, Group):
            return self.group(clause)
        found = self.leaf(clause)
        return None if isinstance(found, Problem) else found


def standing(reader: Reader, clause, base: Mask) -> Mask:
    """The best of the people in `base` who have a value other than nothing."""
    values, known = reader.aggregate(clause.of if isinstance(clause, Rank) else clause.by)
    return kernels.standing(values, base & known & (values != 0), clause.top, clause.value)


def joined(mode: str, masks: list[Mask]) -> Mask | None:
    if not masks:
        return None
    out = masks[0].copy()
    for mask in masks[1:]:
        if mode == "all":
            out &= mask
        else:
            out |= mask
    return ~out if mode == "none" else out


def count_clauses(masks: Masks, root: Group) -> tuple[Mask, list[ClauseCount]]:
    """The people of the cell (within the base), and the counts of every clause and group, by path."""
    counts: list[ClauseCount] = []
    mask = _count_group(masks, root, "", counts, lambda found: found)
    return masks.base if mask is None else masks.base & mask, sorted(counts, key=lambda one: _order(one.path))


def _order(path: str) -> tuple[int, ...]:
    return tuple(int(part) for part in path.split("."))


def _count_group(masks: Masks, group: Group, path: str, counts: list[ClauseCount], whole: Without) -> Mask | None:
    found = [_evaluated(masks, child) for child in group.clauses]
    good = [one if not isinstance(one, Problem) else None for one in found]
    others = _others(group.mode, good)
    running: list[Mask] = []
    for place, (child, mask) in enumerate(zip(group.clauses, found, strict=True)):
        here = f"{path}.{place}" if path else str(place)
        put = _put(group.mode, others[place], whole)
        if isinstance(child, Group):
            _count_group(masks, child, here, counts, put)
        if isinstance(mask, Problem):
            counts.append(ClauseCount(here, None, None, None, problem=mask))
            continue
        if mask is None:
            counts.append(ClauseCount(here, None, None, None))
            continue
        running = [joined("all" if group.mode == "all" else "any", [*running, mask])]
        after = ~running[0] if group.mode == "none" else running[0]
        counts.append(
            ClauseCount(
                here,
                alone=_many(masks.base, mask),
                after=_many(masks.base, after),
                without=_many(masks.base, put(None)),
                unknown=_unknown(masks, child),
            )
        )
    return joined(group.mode, [mask for mask in good if mask is not None])


def _evaluated(masks: Masks, clause: Clause) -> Mask | Problem | None:
    return masks.group(clause) if isinstance(clause, Group) else masks.leaf(clause)


def _others(mode: str, masks: list[Mask | None]) -> list[Mask | None]:
    """For each place the others joined (before negation), by sums from both sides."""
    join = lambda a, b: b if a is None else a if b is None else (a & b if mode == "all" else a | b)  # noqa: E731
    left: list[Mask | None] = [None]
    for mask in masks[:-1]:
        left.append(join(left[-1], mask))
    right: list[Mask | None] = [None]
    for mask in reversed(masks[1:]):
        right.append(join(right[-1], mask))
    return [join(a, b) for a, b in zip(left, reversed(right), strict=True)] if masks else []


def _put(mode: str, others: Mask | None, whole: Without) -> Without:
    def put(mask: Mask | None) -> Mask | None:
        parts = [one for one in (others, mask) if one is not None]
        return whole(joined(mode, parts))

    return put


def _many(base: Mask, mask: Mask | None) -> int:
    return int(np.count_nonzero(base if mask is None else base & mask))


def _unknown(masks: Masks, clause: Clause) -> int:
    if not isinstance(clause, FieldTest) or clause.op in ("known", "unknown"):
        return 0
    return int(np.count_nonzero(masks.base & ~masks.reader.known(clause.field)))
