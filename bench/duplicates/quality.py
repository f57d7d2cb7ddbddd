"""Quality on the labelled sets: `python -m bench.duplicates.quality [SET…]`.

Ours always; Splink beside it where it can be imported (it is no dependency of the project).
"""

import importlib.util
import sys
import time
from itertools import combinations

import polars as pl

from bench.duplicates.peer import splink_pairs
from bench.duplicates.sets import NAMES, best_f1, f1, read
from crm_app.engine.match import find

HEAD = f"{'set':12} {'tool':8} {'s':>6} {'best F1':>8} {'at':>5} {'F1 .5':>7} {'F1 .95':>7} {'P .95':>7} {'cluster':>8} {'certain':>8}"


def ours(name: str) -> None:
    frame, truth, kind = read(name)
    started = time.perf_counter()
    found = find(frame, kind)
    seconds = time.perf_counter() - started
    ids = frame["id"].to_list()
    rows = list(found.pairs.select("left", "right", "score", "certain").iter_rows())
    scored = [(frozenset((ids[a], ids[b])), score) for a, b, score, _ in rows]
    certain = {frozenset((ids[a], ids[b])) for a, b, _, sure in rows if sure}
    members = found.groups.group_by("cluster").agg(pl.col("row"))["row"].to_list()
    grouped = {frozenset((ids[a], ids[b])) for group in members for a, b in combinations(group, 2)}
    line(name, "ours", seconds, scored, truth)
    print(f" {f1(grouped, truth)[0]:8.4f} {f1(certain, truth)[1]:8.4f}", flush=True)


def line(name: str, tool: str, seconds: float, scored: list[tuple[frozenset[str], float]], truth: set) -> None:
    best, at = best_f1(scored, truth)
    half, high = ({pair for pair, score in scored if score >= least} for least in (0.5, 0.95))
    sure = f1(high, truth)
    print(
        f"{name:12} {tool:8} {seconds:6.1f} {best:8.4f} {at:5.2f} {f1(half, truth)[0]:7.4f} {sure[0]:7.4f} {sure[1]:7.4f}",
        end="",
    )


def main() -> None:
    print(HEAD)
    peer = importlib.util.find_spec("splink")
    for name in sys.argv[1:] or NAMES:
        ours(name)
        if peer and name != "restaurants":
            frame, truth, _ = read(name)
            started = time.perf_counter()
            scored = splink_pairs(frame)
            line(name, "splink", time.perf_counter() - started, scored, truth)
            print(flush=True)
    if not peer:
        print("Splink is not installed here: own figures only.")


if __name__ == "__main__":
    main()
