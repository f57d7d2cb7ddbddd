"""Score a file of people or organizations against itself, without a database."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from crm_app.core.errors import Invalid
from crm_app.engine.match import find
from crm_app.engine.match.records import PERSON_FIELDS

LEAST = 0.01


@dataclass(frozen=True)
class Scored:
    rows: int
    pairs: list[tuple[str, str, float]]
    clusters: list[tuple[str, str]]


def score_file(path: Path, id_column: str = "id", kind: str = "") -> Scored:
    """Every pair that may be the same, likeliest first, and the clusters."""
    frame = _read(path)
    if id_column not in frame.columns:
        raise Invalid(f"The file has no column {id_column}.", f"It has {', '.join(frame.columns)}.")
    ids = frame[id_column].cast(pl.String).to_list()
    found = find(frame.drop(id_column), kind or kind_of(frame), least=LEAST)
    likely = found.pairs.filter(pl.col("score") >= LEAST)
    pairs = [(ids[a], ids[b], score) for a, b, score in likely.select("left", "right", "score").iter_rows()]
    clusters = sorted((ids[row], ids[cluster]) for row, cluster in found.groups.iter_rows())
    return Scored(frame.height, pairs, clusters)


def _read(path: Path) -> pl.DataFrame:
    if not path.is_file():
        raise Invalid(f"There is no file {path}.")
    if path.suffix.lower() in (".parquet", ".pq"):
        return pl.read_parquet(path)
    return pl.read_csv(path, infer_schema=False, encoding="utf8-lossy")


def kind_of(frame: pl.DataFrame) -> str:
    """A file with first or last names is about people."""
    names = {source for field in PERSON_FIELDS[:5] for source in field.sources} - {"last_2", "former_name"}
    return "person" if names & set(frame.columns) else "organization"
