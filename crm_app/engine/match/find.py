"""Find all duplicates in a frame: candidates, levels, weights, scores, clusters."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

from crm_app.engine.match import records
from crm_app.engine.match.cluster import clusters
from crm_app.engine.match.columns import Columns
from crm_app.engine.match.compare import levels
from crm_app.engine.match.keys import candidates
from crm_app.engine.match.ladders import ladders_of
from crm_app.engine.match.learn import learn
from crm_app.engine.match.model import Model
from crm_app.engine.match.score import HOUSEHOLD, POSSIBLE, score

CHUNK = 500_000
Tell = Callable[[str, float], None]


@dataclass(frozen=True)
class Found:
    """`pairs`: left, right (row numbers), score, household, certain, levels. `groups`: row, cluster."""

    pairs: pl.DataFrame
    groups: pl.DataFrame
    model: Model
    candidates: int


def _quiet(words: str, part: float) -> None:
    """Nobody is listening."""


def find(
    frame: pl.DataFrame,
    kind: str = "person",
    model: Model | None = None,
    apart: Iterable[tuple[int, int]] = (),
    tell: Tell = _quiet,
    least: float = POSSIBLE,
) -> Found:
    """All pairs of `frame` that may be one person (score >= `least`) or one household. Learns unless given a model."""
    tell("reading and cleaning", 0.0)
    clean = records.many(frame, kind)
    return find_clean(clean, kind, model, apart, tell, least)


def find_clean(
    clean: pl.DataFrame,
    kind: str = "person",
    model: Model | None = None,
    apart: Iterable[tuple[int, int]] = (),
    tell: Tell = _quiet,
    least: float = POSSIBLE,
) -> Found:
    tell("looking for candidates", 0.25)
    pairs = candidates(clean, kind)
    left, right = pairs[:, 0], pairs[:, 1]
    tell(f"comparing {len(left):,} pairs", 0.4)
    columns, ladders = Columns(clean), ladders_of(kind)
    chunks = [levels(columns, ladders, left[a : a + CHUNK], right[a : a + CHUNK]) for a in range(0, len(left), CHUNK)]
    matrix = np.concatenate(chunks) if chunks else np.zeros((0, len(ladders)), dtype=np.uint8)
    tell("weighing the evidence", 0.8)
    model = model or learn(columns, kind, matrix)
    scores = score(columns, model, matrix, left, right)
    tell("grouping", 0.9)
    groups = clusters(left, right, scores.same, apart)
    keep = np.flatnonzero((scores.same >= least) | (scores.home >= HOUSEHOLD))
    found = pl.DataFrame(
        {
            "left": left[keep],
            "right": right[keep],
            "score": scores.same[keep],
            "household": scores.home[keep],
            "certain": scores.certain[keep],
            "levels": [row.tobytes() for row in matrix[keep]],
        },
        schema_overrides={"levels": pl.Binary},
    )
    grouped = pl.DataFrame(
        {"row": list(groups), "cluster": list(groups.values())}, schema={"row": pl.Int64, "cluster": pl.Int64}
    )
    return Found(found.sort("score", descending=True), grouped, model, len(left))
