"""Learn the weights from the data itself: expectation and maximisation over patterns of levels, no labels.

All N(N-1)/2 pairs count; those that are no candidates are taken for strangers. Strangers' rates are measured on
random pairs and on value frequencies and stay fixed; the household class shares the strangers' rates where people of
one household are no more alike than any two people (first name, gender), and learns the others.
"""

import numpy as np

from crm_app.engine.match.columns import Columns
from crm_app.engine.match.compare import levels
from crm_app.engine.match.ladders import SWAPPED, Ladder, ladders_of
from crm_app.engine.match.model import (
    CHANCE,
    HOME,
    SAME,
    TYPICAL,
    Model,
    expected_shares,
    logs,
    starting_rates,
    tied_rate,
)

SAMPLE = 300_000
ROUNDS, STILL = 80, 1e-4
STRENGTH = 30.0  # imagined pairs behind the starting rates
LEAST_ROWS, LEAST_MATCHES = 300, 20
COMMON_KEPT = 3000
FLOOR = 1e-7
NEAR_IS_RARE = ("email", "phone", "reference")  # too rare to sample, and likelier among similar names than at random


def patterns(matrix: np.ndarray, ladders: tuple[Ladder, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Different rows of the level matrix, where each pair's is, and how many pairs share it."""
    packed = np.zeros(len(matrix), dtype=np.uint64)
    for at, ladder in enumerate(ladders):
        packed = packed * np.uint64(len(ladder.levels) + 1) + matrix[:, at].astype(np.uint64)
    _, first, back, counts = np.unique(packed, return_index=True, return_inverse=True, return_counts=True)
    return matrix[first], back, counts


def chance_rates(columns: Columns, kind: str) -> dict[str, list[float]]:
    """How often each level comes up between strangers."""
    random = np.random.default_rng(4)
    size = min(SAMPLE, columns.rows * (columns.rows - 1))
    one = random.integers(0, columns.rows, size)
    other = (one + random.integers(1, columns.rows, size)) % columns.rows
    ladders = ladders_of(kind)
    matrix = levels(columns, ladders, one, other)
    rates = {}
    for at, ladder in enumerate(ladders):
        seen = np.bincount(matrix[:, at], minlength=len(ladder.levels) + 1)[1:].astype(float)
        start = np.array([level.chance for level in ladder.levels])
        rate = (seen + 20 * start / start.sum()) / (seen.sum() + 20)
        if ladder.exact and columns.has(*ladder.exact):
            rate[0] = _exact_chance(columns, ladder)
        if ladder.name in NEAR_IS_RARE:
            rate[1] = max(rate[1], start[1])
        if ladder.name == "first":
            rate[SWAPPED - 1] = _swapped_chance(columns)
        rates[ladder.name] = list(np.maximum(rate, FLOOR) / np.maximum(rate, FLOOR).sum())
    return rates


def _exact_chance(columns: Columns, ladder: Ladder) -> float:
    """The sum of squared shares: sampling cannot see one in a million."""
    parts = [columns.codes(name) for name in ladder.exact if columns.has(name)]
    known = np.all([part >= 0 for part in parts], axis=0)
    if ladder.name == "birth":
        known &= columns.numbers("dob") % 10000 > 0
    packed = np.zeros(known.sum(), dtype=np.int64)
    for part in parts:
        packed = packed * (int(part.max(initial=0)) + 1) + part[known]
    _, counts = np.unique(packed, return_counts=True)
    total = counts.sum()
    # Duplicates of one person would make every value look common: pairs within the base, not with oneself.
    return max(float((counts * (counts - 1.0)).sum() / max(total * (total - 1.0), 1.0)), FLOOR)


def _swapped_chance(columns: Columns) -> float:
    if not (columns.has("first") and columns.has("last")):
        return FLOOR
    size = len(columns.book("first"))
    f, s = columns.codes("first"), columns.codes("last")
    firsts, lasts = np.bincount(f[f >= 0], minlength=size), np.bincount(s[s >= 0], minlength=size)
    return max(float((firsts / max(firsts.sum(), 1) * lasts / max(lasts.sum(), 1)).sum()) ** 2, FLOOR)


def learn(columns: Columns, kind: str, matrix: np.ndarray) -> Model:
    """The model of this base. Falls back on the ladders' own numbers where there is too little to learn from."""
    rates, ladders = starting_rates(kind), ladders_of(kind)
    rows, shares = columns.rows, expected_shares(columns.rows)
    if kind != "person":
        shares = (shares[SAME], 0.0, 1 - shares[SAME])
    if rows < LEAST_ROWS or not len(matrix):
        return Model(kind, rows, shares, rates, _frequencies(columns, kind))
    chance = chance_rates(columns, kind)
    for ladder in ladders:
        rates[ladder.name][CHANCE] = chance[ladder.name]
        if ladder.tied:
            rates[ladder.name][HOME] = tied_rate(ladder, chance[ladder.name])
    model = Model(kind, rows, shares, rates, _frequencies(columns, kind), learned=True)
    seen, _, counts = patterns(matrix, ladders)
    for _ in range(ROUNDS):
        last, model = model, _round(model, seen, counts)
        if abs(model.shares[SAME] / last.shares[SAME] - 1) < STILL:
            break
    return model


def _round(model: Model, seen: np.ndarray, counts: np.ndarray) -> Model:
    total = model.rows * (model.rows - 1) / 2
    weights = posterior(model, seen) * counts[:, None]
    same, home = weights[:, SAME].sum() + 1.0, weights[:, HOME].sum() + 1.0
    if model.kind != "person":
        home = 0.0  # organisations have no household; sites of one organisation are told apart by a rule
    shares = (same / total, home / total, max(1 - (same + home) / total, 1e-9))
    start, rates = starting_rates(model.kind), {}
    for at, ladder in enumerate(model.ladders):
        old = model.rates[ladder.name]
        rates[ladder.name] = [
            _rate(seen[:, at], weights[:, SAME], start[ladder.name][SAME]),
            old[HOME] if ladder.tied else _rate(seen[:, at], weights[:, HOME], start[ladder.name][HOME]),
            old[CHANCE],
        ]
    return Model(model.kind, model.rows, shares, rates, model.frequencies, learned=True)


def _rate(level: np.ndarray, weight: np.ndarray, start: list[float]) -> list[float]:
    seen = np.bincount(level, weights=weight, minlength=len(start) + 1)[1:] + STRENGTH * np.array(start)
    return list(seen / seen.sum())


def posterior(model: Model, seen: np.ndarray) -> np.ndarray:
    """(patterns, 3): how likely each pattern is one person, one household, strangers."""
    log = np.log(np.maximum(np.array(model.shares), 1e-15))[None, :] + sum(
        t[:, seen[:, at]].T for at, t in enumerate(logs(model))
    )
    log -= log.max(axis=1, keepdims=True)
    odds = np.exp(log)
    return odds / odds.sum(axis=1, keepdims=True)


def _frequencies(columns: Columns, kind: str) -> dict[str, dict[str, int]]:
    kept = {}
    for name in TYPICAL:
        if name in columns.records.columns and columns.has(name):
            counts = columns.records[name].drop_nulls().value_counts(sort=True).head(COMMON_KEPT)
            kept[name] = {word: seen for word, seen in counts.iter_rows() if seen > 1}
    return kept
