"""Every number of the overview over many gifts in memory, beside SQLite asked for retention alone.

`python bench/giving/measures.py [gifts]` prints milliseconds and the ratio to the peer.
"""

import datetime as dt
import sqlite3
import statistics
import sys
import time

import numpy as np
import polars as pl

from crm_app.engine.report import giving
from crm_app.engine.report.periods import fiscal_years

RETENTION = """
WITH was AS (SELECT DISTINCT unit FROM gift WHERE day BETWEEN ? AND ?),
     now AS (SELECT DISTINCT unit FROM gift WHERE day BETWEEN ? AND ?)
SELECT (SELECT COUNT(*) FROM was WHERE unit IN (SELECT unit FROM now)) * 1.0 / (SELECT COUNT(*) FROM was)
"""


def made(count: int) -> pl.DataFrame:
    chance = np.random.default_rng(7)
    first = dt.date(2018, 1, 1)
    return pl.DataFrame(
        {
            "unit": chance.integers(1, max(2, count // 5), count),
            "gift": np.arange(count),
            "on": pl.Series(chance.integers(0, 3285, count)).cast(pl.Int32).cast(pl.Date)
            + dt.timedelta(days=(first - dt.date(1970, 1, 1)).days),
            "amount": (chance.lognormal(8.2, 1.1, count)).astype(np.int64) + 100,
        }
    )


def timed(call, times: int = 5) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def peer(frame: pl.DataFrame, spans: list[str]) -> float:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE gift (unit INTEGER, day TEXT, amount INTEGER)")
    rows = zip(frame["unit"].to_list(), frame["on"].dt.to_string("%Y-%m-%d").to_list(), frame["amount"].to_list())
    base.executemany("INSERT INTO gift VALUES (?, ?, ?)", rows)
    base.execute("CREATE INDEX by_day ON gift (day, unit)")
    return timed(lambda: base.execute(RETENTION, spans).fetchone(), 3)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    frame, periods = made(count), fiscal_years(2026)
    all_numbers = timed(lambda: giving.all_measures(frame, periods))
    print(f"{count:,} gifts: {len(giving.MEASURES)} measures and the standing of every donor in {all_numbers:.0f} ms")
    small = frame.head(min(count, 1_000_000))
    spans = [str(day) for day in (periods.before.first, periods.before.last, periods.now.first, periods.now.last)]
    ours = timed(lambda: giving.all_measures(small, periods))
    theirs = peer(small, spans)
    print(
        f"{small.height:,} gifts: all numbers {ours:.0f} ms, SQLite's retention alone {theirs:.0f} ms, {theirs / ours:.1f} times"
    )


if __name__ == "__main__":
    main()
