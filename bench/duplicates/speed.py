"""Speed from frames to clusters as the base grows: `python -m bench.duplicates.speed [ROWS…]` (default 10k 100k).

Bigger bases are drawn from synth10k's values, one record in five written a second time. Splink beside it where it
can be imported.
"""

import importlib.util
import resource
import sys
import time

import numpy as np
import polars as pl

from bench.duplicates.peer import splink_pairs
from bench.duplicates.sets import read
from crm_app.engine.match import Model, find_clean, judge, records
from crm_app.engine.match.keys import of_one

HEAD = f"{'rows':>10} {'clean s':>8} {'find s':>8} {'cpu s':>8} {'candidates':>11} {'pairs':>10} {'MB':>6} {'24 of one, ms':>14} {'splink':>8}"


def base(rows: int) -> pl.DataFrame:
    """Every field drawn on its own from the set's values; numbers in e-mails, phones and streets drawn anew."""
    small, _, _ = read("synth10k")
    random, people = np.random.default_rng(7), int(rows * 0.8)
    drawn = small.select(pl.col(c).gather(random.integers(0, small.height, people)) for c in small.columns if c != "id")
    number = pl.Series("n", random.integers(10**6, 10**7, people)).cast(pl.String)
    drawn = drawn.with_columns(
        phone=pl.when(pl.col("phone").is_not_null()).then("3" + number.str.zfill(9)),
        email=pl.when(pl.col("email").is_not_null()).then(pl.col("email").str.replace(r"\d*@", number + "@")),
        street=pl.when(pl.col("street").is_not_null()).then(pl.col("street").str.replace(r"^\d+", number.str.head(4))),
        zip=number.str.tail(5),
    )
    again = drawn.sample(rows - people, seed=3).with_columns(
        first=pl.col("first").str.head(5), phone=pl.when(pl.col("zip") > "5").then("phone")
    )
    return (
        pl.concat([drawn, again])
        .sample(fraction=1.0, shuffle=True, seed=5)
        .with_row_index("id")
        .cast({"id": pl.String})
    )


def run(rows: int, peer: bool) -> None:
    frame = base(rows)
    started, cpu = time.perf_counter(), time.process_time()
    clean = records.many(frame)
    cleaned = time.perf_counter()
    found = find_clean(clean)
    ended, cpu = time.perf_counter(), time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{rows:>10,} {cleaned - started:8.2f} {ended - cleaned:8.2f} {cpu:8.2f} ", end="")
    print(
        f"{found.candidates:>11,} {found.pairs.height:>10,} {memory:6.0f} {lookup(clean, found.model) * 1e3:14.2f} ",
        end="",
        flush=True,
    )
    ours, started = ended - started, time.perf_counter()
    if peer:
        splink_pairs(frame)
        print(f"{(time.perf_counter() - started) / ours:7.1f}x", end="")
    print(flush=True)


def lookup(clean: pl.DataFrame, model: Model) -> float:
    """Seconds to key one record and judge 24 others: the best of five."""
    rows, best = clean.head(25).to_dicts(), 1.0
    for _ in range(5):
        started = time.perf_counter()
        of_one(rows[0])
        for other in rows[1:]:
            judge(rows[0], other, model)
        best = min(best, time.perf_counter() - started)
    return best


def main() -> None:
    peer = bool(importlib.util.find_spec("splink"))
    print(HEAD)
    for rows in [int(word.replace("k", "000").replace("m", "000000")) for word in sys.argv[1:]] or [10_000, 100_000]:
        run(rows, peer)


if __name__ == "__main__":
    main()
