"""What the comparisons are worth: three classes of pairs and how often each level is seen in each of them."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

import numpy as np

from crm_app.engine.match.ladders import Ladder, ladders_of

SAME, HOME, CHANCE = range(3)  # one person, one household but two people, strangers
VERSION = 1
# A base says little about how common a name is until it is big: so many imagined records of average names.
IMAGINED, TYPICAL = 400, {"first": 0.003, "last": 0.0006, "name": 0.0003}
LEAST_SHARE = 1e-7
NAMESAKE = 0.006  # of two people of one household, so many are father and son of one name


@dataclass(frozen=True)
class Model:
    """`rates[ladder]` has three rows (same, home, chance) of level probabilities; `shares` are those of all pairs."""

    kind: str
    rows: int
    shares: tuple[float, float, float]
    rates: dict[str, list[list[float]]]
    frequencies: dict[str, dict[str, int]] = field(default_factory=dict)  # only the commoner values
    version: int = VERSION
    learned: bool = False

    @property
    def ladders(self) -> tuple[Ladder, ...]:
        return ladders_of(self.kind)

    def frequency(self, name: str, value: str | None, count: int | None = None) -> float:
        """The share of records with this value, drawn towards what is typical where the base is small."""
        seen = count if count is not None else self.frequencies.get(name, {}).get(value or "", 1)
        return (max(seen, 1) + IMAGINED * TYPICAL[name]) / (self.rows + IMAGINED)

    def dumps(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def loads(cls, text: str) -> "Model":
        raw: Mapping = json.loads(text)
        return cls(**{**raw, "shares": tuple(raw["shares"])})


def starting_rates(kind: str) -> dict[str, list[list[float]]]:
    rates = {}
    for ladder in ladders_of(kind):
        chance = [level.chance for level in ladder.levels]
        home = tied_rate(ladder, chance) if ladder.tied else [level.home for level in ladder.levels]
        table = [[level.same for level in ladder.levels], home, chance]
        rates[ladder.name] = [[value / sum(row) for value in row] for row in table]
    return rates


def tied_rate(ladder: Ladder, chance: list[float]) -> list[float]:
    """A household is no more alike than chance, but for sons named after their fathers."""
    return [chance[0] + NAMESAKE, *chance[1:-1], chance[-1] - NAMESAKE] if ladder.name == "first" else list(chance)


def untaught(kind: str = "person", rows: int = 1000) -> Model:
    """The model of a base too small to learn from: the ladders' own numbers and a sober guess of how many pairs."""
    same, home, chance = expected_shares(rows)
    shares = (same, home, chance) if kind == "person" else (same, 0.0, 1 - same)
    return Model(kind, rows, shares, starting_rates(kind))


def expected_shares(rows: int) -> tuple[float, float, float]:
    """About 5 duplicates and 30 household pairs in 100 records, whatever the number of possible pairs."""
    pairs = max(rows, 200) * (max(rows, 200) - 1) / 2
    same, home = 0.05 * max(rows, 200) / pairs, 0.30 * max(rows, 200) / pairs
    return (same, home, 1 - same - home)


def points(share: float, base: float) -> float:
    return math.log2(max(share, LEAST_SHARE) / max(base, LEAST_SHARE))


def logs(model: Model) -> list[np.ndarray]:
    """For each ladder a table (3, levels + 1) of log probabilities; level 0 says nothing."""
    tables = []
    for ladder in model.ladders:
        rates = np.log(np.maximum(np.array(model.rates[ladder.name]), 1e-12))
        tables.append(np.concatenate([np.zeros((3, 1)), rates], axis=1))
    return tables
