"""Searching, opening and scrolling among many people: `python -m bench.people.speed [URL]`; without a database it makes one.

The peer is the plain way: a `LIKE '%…%'` over names and e-mails for search, in the same run on the same rows.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

import sqlalchemy as sa

from crm_app import tables  # noqa: F401
from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.migrations import migrate
from crm_app.core.work import Work, open_work
from crm_app.demo.making import make
from crm_app.features.constituents import service as people
from crm_app.features.constituents.schemas import Filters, ListQuery
from crm_app.features.profiles import service as profiles

SIZE = int(os.environ.get("BENCH_PEOPLE", "50000"))
TYPED = [
    "ma",
    "mar",
    "mari",
    "maria",
    "maria g",
    "maria garcia",
    "bob",
    "o'b",
    "smi",
    "smith jo",
    "503555",
    "zoe",
    "an",
    "ga",
]
TYPED += ["okonkwo", "jennifer w", "müller", "x", "li", "the m", "chen wei", "rosa", "e", "nguyen"]


def measured(base: Database, call: Callable[[Work], object], times: int = 1) -> list[float]:
    spans = []
    for _ in range(times):
        with open_work(base, Actor.system(), write=False) as work:
            began = time.perf_counter()
            call(work)
            spans.append((time.perf_counter() - began) * 1000)
    return spans


def said(what: str, spans: list[float], bar: float) -> None:
    spans = sorted(spans)
    p95 = spans[int(len(spans) * 0.95) - 1]
    print(
        f"{what:34} median {statistics.median(spans):7.1f} ms   p95 {p95:7.1f} ms   bar {bar:5.0f} ms   {p95 / bar:5.2f} of it"
    )


def plain(text: str) -> Callable[[Work], object]:
    query = sa.text(
        "SELECT c.id FROM constituent c LEFT JOIN email e ON e.constituent_id = c.id "
        "WHERE lower(c.display_name) LIKE :t OR e.folded LIKE :t LIMIT 20"
    )
    return lambda work: work.session.execute(query, {"t": f"%{text}%"}).all()


def main() -> None:
    url = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{tempfile.mkdtemp()}/bench.db"
    base = Database(url)
    migrate(base)
    with base.read() as session:
        empty = session.execute(sa.text("SELECT 1 FROM constituent LIMIT 1")).first() is None
    if empty:
        with open_work(base, Actor.system()) as work:
            make(work, SIZE)
    with open_work(base, Actor.system(), write=False) as work:
        total = people.listing.total(work, Filters())
        gifts = work.session.execute(sa.text("SELECT max(id) FROM gift")).scalar() or 0
    print(f"{total:,} constituents, {gifts:,} gifts, {'SQLite' if base.sqlite else 'PostgreSQL'}")
    chance = random.Random(1)
    for text in TYPED:
        measured(base, lambda work, text=text: people.search(work, text))
    ours = [span for text in TYPED * 5 for span in measured(base, lambda work, text=text: people.search(work, text))]
    said("search, a keystroke", ours, 50)
    peers = [span for text in ("garcia", "smith jo", "okonkwo", "zoe") for span in measured(base, plain(text))]
    print(
        f"{'the plain way (LIKE)':34} median {statistics.median(peers):7.1f} ms   {statistics.median(peers) / max(0.1, statistics.median(ours)):5.1f} times ours"
    )
    some = [chance.randint(1, total) for _ in range(120)]
    said(
        "a profile, without its timeline",
        [s for n in some for s in measured(base, lambda w, n=n: profiles.profile(w, n))][20:],
        100,
    )
    said("a timeline", [s for n in some for s in measured(base, lambda w, n=n: profiles.timeline(w, n))][20:], 100)
    places = [chance.randint(0, max(0, total - 60)) for _ in range(40)]
    windows = [
        s for at in places for s in measured(base, lambda w, at=at: people.listing.window(w, ListQuery(start=at)))
    ]
    said("the list at a random place", windows[3:], 150)


if __name__ == "__main__":
    main()
