"""Clusters by greedy average link: the surest pair first, two groups joined only if their members agree on average.

Connected components would chain strangers together through one bad pair.
"""

import math
from collections import defaultdict
from collections.abc import Iterable

import numpy as np

LIMIT = 12.0  # log-odds beyond this do not outvote others
MISSING = -1.0  # a pair that was never a candidate speaks gently against
JOIN_AT = 0.5


def clusters(
    left: np.ndarray, right: np.ndarray, same: np.ndarray, apart: Iterable[tuple[int, int]] = ()
) -> dict[int, int]:
    """row -> cluster, named by its lowest row; rows that are alone are left out. `apart` pairs are never joined."""
    apart = list(apart)
    alone = _alone(left, right, same, apart)
    pairs = {int(row): int(min(a, b)) for a, b in zip(left[alone], right[alone], strict=True) for row in (a, b)}
    left, right, same = left[~alone], right[~alone], same[~alone]
    links = _links(left, right, same, apart)
    members = {row: [row] for row in links}
    home = {row: row for row in links}
    keep = np.flatnonzero(same >= JOIN_AT)
    for at in keep[np.lexsort((right[keep], left[keep], -same[keep]))]:
        a, b = home[int(left[at])], home[int(right[at])]
        if a != b:
            _join_if_alike(a, b, links, members, home)
    lowest = {group: min(rows) for group, rows in members.items() if len(rows) > 1}
    return pairs | {row: lowest[group] for row, group in home.items() if group in lowest}


def _alone(left: np.ndarray, right: np.ndarray, same: np.ndarray, apart: list[tuple[int, int]]) -> np.ndarray:
    """Pairs whose two rows have no other likely pair: most of them, and no question."""
    likely = same > JOIN_AT
    if not likely.any():
        return likely
    rows = int(max(left.max(), right.max())) + 1
    seen = np.bincount(np.concatenate([left[same >= JOIN_AT], right[same >= JOIN_AT]]), minlength=rows)
    for row in (row for pair in apart for row in pair if row < rows):
        seen[row] += 2
    return likely & (seen[left] == 1) & (seen[right] == 1)


def _links(
    left: np.ndarray, right: np.ndarray, same: np.ndarray, apart: Iterable[tuple[int, int]]
) -> dict[int, dict[int, tuple[float, int]]]:
    """For each row what it has with others: the sum of log-odds and the number of pairs behind it."""
    odds = np.clip(np.log(np.maximum(same, 1e-12) / np.maximum(1 - same, 1e-12)), -LIMIT, LIMIT)
    links: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
    touched = set(left[same >= JOIN_AT].tolist()) | set(right[same >= JOIN_AT].tolist())
    for a, b, odd in zip(left.tolist(), right.tolist(), odds.tolist(), strict=True):
        if a in touched and b in touched:
            links[a][b] = links[b][a] = (odd, 1)
    for a, b in apart:
        links[a][b] = links[b][a] = (-math.inf, 1)
    return links


def _join_if_alike(a: int, b: int, links: dict, members: dict[int, list[int]], home: dict[int, int]) -> None:
    total, known = links[a].get(b, (0.0, 0))
    if total + (len(members[a]) * len(members[b]) - known) * MISSING <= 0:
        return
    if len(links[a]) < len(links[b]):
        a, b = b, a
    for other, (odd, pairs) in links.pop(b).items():
        links[other].pop(b, None)
        if other != a:
            before, n = links[a].get(other, (0.0, 0))
            links[a][other] = links[other][a] = (before + odd, n + pairs)
    for row in members[b]:
        home[row] = a
    members[a] += members.pop(b)
