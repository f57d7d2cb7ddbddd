"""Scores for many pairs: the three classes' odds, with common and rare names told apart."""

from dataclasses import dataclass

import numpy as np

from crm_app.engine.match.columns import Columns
from crm_app.engine.match.ladders import SWAPPED
from crm_app.engine.match.learn import patterns
from crm_app.engine.match.model import CHANCE, HOME, IMAGINED, NAMESAKE, SAME, TYPICAL, Model, logs


@dataclass(frozen=True)
class Scores:
    """One value per pair."""

    same: np.ndarray
    home: np.ndarray
    certain: np.ndarray


def score(columns: Columns, model: Model, matrix: np.ndarray, left: np.ndarray, right: np.ndarray) -> Scores:
    log = pattern_logs(model, matrix)
    for at, ladder in enumerate(model.ladders):
        if ladder.frequency:
            _weigh_by_frequency(log, columns, model, ladder.name, matrix[:, at], left, right, ladder.tied)
    log -= log.max(axis=1, keepdims=True)
    odds = np.exp(log)
    odds /= odds.sum(axis=1, keepdims=True)
    same, home = odds[:, SAME], odds[:, HOME]
    return Scores(same, home, (same >= CERTAIN) & guarded(model, matrix))


def pattern_logs(model: Model, matrix: np.ndarray) -> np.ndarray:
    seen, back, _ = patterns(matrix, model.ladders)
    log = np.log(np.maximum(np.array(model.shares), 1e-15))[None, :] + sum(
        t[:, seen[:, at]].T for at, t in enumerate(logs(model))
    )
    return log[back]


def shares_of(columns: Columns, model: Model, name: str) -> np.ndarray:
    """For every code of the book, the share of records that have it in this field."""
    codes = columns.codes(name)
    seen = np.bincount(codes[codes >= 0], minlength=len(columns.book(name)))
    return (np.maximum(seen, 1) + IMAGINED * TYPICAL[name]) / (model.rows + IMAGINED)


def _weigh_by_frequency(
    log: np.ndarray,
    columns: Columns,
    model: Model,
    name: str,
    level: np.ndarray,
    left: np.ndarray,
    right: np.ndarray,
    tied: bool,
) -> None:
    """Two Smiths are weak evidence, two Zwierzyńskis strong: chance becomes this very value's share."""
    shares = shares_of(columns, model, name)
    rates = model.rates[name]
    at = np.flatnonzero((level == 1) & (columns.codes(name)[left] >= 0))
    share = shares[columns.codes(name)[left[at]]]
    log[at, CHANCE] += np.log(share) - np.log(rates[CHANCE][0])
    if tied:
        log[at, HOME] += np.log(share + NAMESAKE) - np.log(rates[HOME][0])
    if name == "first":
        _weigh_swapped(log, columns, model, level, left, right)


def _weigh_swapped(
    log: np.ndarray, columns: Columns, model: Model, level: np.ndarray, left: np.ndarray, right: np.ndarray
) -> None:
    at = np.flatnonzero(level == SWAPPED)
    if not len(at):
        return
    chance = np.minimum(_crossing(columns, model, left[at], right[at]), _crossing(columns, model, right[at], left[at]))
    change = np.log(np.maximum(chance, 1e-12)) - np.log(model.rates["first"][CHANCE][SWAPPED - 1])
    log[at, CHANCE] += change
    log[at, HOME] += change


def _crossing(columns: Columns, model: Model, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The chance that a stranger's first and last name are just these two; a missing name is no coincidence."""
    f, s = columns.codes("first"), columns.codes("last")
    firsts, lasts = shares_of(columns, model, "first"), shares_of(columns, model, "last")
    return np.where(f[right] >= 0, firsts[f[right]], 1.0) * np.where(s[right] >= 0, lasts[s[right]], 1.0)


# --- the automatic rule ---

CERTAIN, REVIEW, POSSIBLE, HOUSEHOLD = 0.99, 0.5, 0.05, 0.8


def guarded(model: Model, matrix: np.ndarray) -> np.ndarray:
    """No field speaks against it, and a whole birth date, an e-mail or a number from elsewhere proves it."""
    at = {ladder.name: number for number, ladder in enumerate(model.ladders)}
    calm = np.ones(len(matrix), dtype=bool)
    for ladder in model.ladders:
        conflicts = [n for n, level in enumerate(ladder.levels, 1) if level.conflict]
        calm &= ~np.isin(matrix[:, at[ladder.name]], conflicts)
    if model.kind != "person":
        proof = (matrix[:, at["phone"]] == 1) | (matrix[:, at["reference"]] == 1) | (matrix[:, at["domain"]] == 1)
        return calm & (matrix[:, at["name"]] == 1) & proof & (matrix[:, at["address"]] == 1)
    named = np.isin(matrix[:, at["first"]], (1, 2, 3))
    mailed = (matrix[:, at["email"]] == 1) & np.isin(matrix[:, at["last"]], (1, 2, 3))
    return calm & named & ((matrix[:, at["birth"]] == 1) | mailed | (matrix[:, at["reference"]] == 1))
