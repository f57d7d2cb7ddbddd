"""Stewards' decisions correct the scores: of pairs with such a score, how many were the same after all?"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

LEAST_DECISIONS = 200


@dataclass(frozen=True)
class Calibration:
    """Steps: scores from `ends[n]` on mean `values[n]`."""

    ends: tuple[float, ...] = ()
    values: tuple[float, ...] = ()

    def __call__(self, score: float) -> float:
        at = bisect_right(self.ends, score) - 1
        return self.values[max(at, 0)] if self.ends else score


def calibrate(decisions: Iterable[tuple[float, bool]]) -> Calibration:
    """Isotonic regression by pooling neighbours; too few decisions change nothing."""
    ordered = sorted(decisions)
    if len(ordered) < LEAST_DECISIONS:
        return Calibration()
    pools: list[list[float]] = []  # lowest score, sum, count
    for score, same in ordered:
        pools.append([score, float(same), 1.0])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            _, total, count = pools.pop()
            pools[-1][1] += total
            pools[-1][2] += count
    return Calibration(tuple(p[0] for p in pools), tuple(p[1] / p[2] for p in pools))
