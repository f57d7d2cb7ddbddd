"""Labelled sets, read the same way by every bench."""

import sys
from pathlib import Path

import polars as pl

SETS = Path(__file__).resolve().parents[3] / "shared" / "data" / "er"
NAMES = ("febrl1", "febrl2", "fake1000", "rldata500", "synth10k", "restaurants")


def read(name: str) -> tuple[pl.DataFrame, set[frozenset[str]], str]:
    """The frame, its true pairs of ids, and its kind."""
    if not SETS.is_dir():
        sys.exit(f"No labelled sets at {SETS}")
    frame = pl.read_parquet(SETS / f"{name}.parquet").with_columns(pl.col("id").cast(pl.String))
    frame = frame.drop([c for c in ("cluster", "household") if c in frame.columns])
    truth = pl.read_csv(SETS / f"{name}_truth.csv", infer_schema=False)
    return frame, {frozenset(pair) for pair in truth.iter_rows()}, "organization" if name == "restaurants" else "person"


def f1(found: set[frozenset[str]], truth: set[frozenset[str]]) -> tuple[float, float, float]:
    """F1, precision, recall."""
    hits = len(found & truth)
    precision, recall = hits / max(len(found), 1), hits / max(len(truth), 1)
    return 2 * hits / max(len(found) + len(truth), 1), precision, recall


def best_f1(scored: list[tuple[frozenset[str], float]], truth: set[frozenset[str]]) -> tuple[float, float]:
    """The best F1 over all thresholds and the threshold."""
    best, hits = (0.0, 1.0), 0
    for n, (pair, score) in enumerate(sorted(scored, key=lambda each: -each[1]), 1):
        hits += pair in truth
        value = 2 * hits / (n + len(truth))
        if value > best[0]:
            best = (value, score)
    return best
