"""Finding somebody at a door with very many guests, and a crowd on the last seats: `python -m bench.events.door [URL]`.

The peer for search is the plain way: `LIKE '%…%'` over the names as they are written, in the same run on the same rows.
"""

import os
import statistics
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from crm_app import tables  # noqa: F401
from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.migrations import migrate
from crm_app.core.work import open_work
from crm_app.features.events import service
from crm_app.features.events.models import Registration, Seat
from crm_app.features.events.schemas import EventDraft, PartyDraft, Tap
from crm_app.features.events.service.registering import name_seat

GUESTS = int(os.environ.get("BENCH_GUESTS", "50000"))
FIRST = [
    "Maria",
    "Ade",
    "Rosa",
    "Chidi",
    "Fernanda",
    "Jake",
    "Ifeoma",
    "José",
    "Noor",
    "Ben",
    "Łukasz",
    "Anke",
    "Sean",
    "Li",
    "Grace",
    "Omar",
]
LAST = [
    "Okonkwo",
    "Lindqvist",
    "Okoro",
    "O’Brien",
    "Nuñez",
    "Katz",
    "Åberg",
    "Souza",
    "Ng",
    "Featherstone",
    "Müller",
    "García",
    "Żak",
    "Patel",
    "Kim",
    "Haddad",
]
TYPED = ["oko", "obrien", "o'brien", "garcia ro", "muller", "mueller ank", "0142", "zak luk", "maria f", "li n", "xyz"]
NUMBER = 1_000_000
ADMIN = Actor.system("Bench")


def planned(base: Database, capacity: int | None) -> int:
    day = datetime.now(UTC) + timedelta(days=1)
    draft = EventDraft(
        name="Bench", starts=f"{day:%Y-%m-%d}T18:00", ends=f"{day:%Y-%m-%d}T22:00", time_zone="UTC", capacity=capacity
    )
    with open_work(base, ADMIN) as work:
        return service.create(work, draft)


def crowd(base: Database) -> int:
    """An event with so many guests, written in one go."""
    event = planned(base, None)
    with open_work(base, ADMIN) as work:
        ticket = service.event(work, event).tickets[0].id
        for n in range(GUESTS):
            name = (
                f"{FIRST[n % 16]} {LAST[n // 16 % 16]} {LAST[n // 256 % 16]}"
                if n % 3
                else f"{FIRST[n % 16]} {LAST[n // 16 % 16]}"
            )
            party = Registration(
                id=NUMBER + n, event_id=event, ticket_type_id=ticket, name=name, code=f"{n:06X}", status="registered",
                phone=f"+1503555{n % 10_000:04}", status_at=work.now, created_at=work.now, updated_at=work.now,
            )  # fmt: skip
            seat = Seat(registration_id=NUMBER + n, event_id=event, name=name)
            name_seat(seat, party)
            work.session.add_all([party, seat])
            if n % 5_000 == 4_999:
                work.session.flush()
                work.session.expunge_all()
    return event


def timed(call: object, times: int = 7) -> list[float]:
    spans = []
    for _ in range(times):
        began = time.perf_counter()
        call()  # type: ignore[operator]
        spans.append(1000 * (time.perf_counter() - began))
    return spans


def search(base: Database, event: int) -> None:
    ours, plain = [], []
    for text in TYPED:
        with open_work(base, ADMIN, write=False) as work:
            ours += timed(lambda work=work, text=text: service.search(work, event, text))
            like = sa.select(Seat.id).where(Seat.event_id == event, Seat.name.ilike(f"%{text}%")).order_by(Seat.name)
            plain += timed(lambda work=work, like=like: work.session.execute(like.limit(25)).all())
    print(f"search among {GUESTS:,}: median {statistics.median(ours):.1f} ms, worst {max(ours):.1f} ms")
    print(
        f"  plain LIKE over names: median {statistics.median(plain):.1f} ms, ratio {statistics.median(ours) / statistics.median(plain):.2f}"
    )


def together(call: object, many: int) -> list[float]:
    spans, start = [0.0] * many, threading.Barrier(many)

    def run(n: int) -> None:
        start.wait()
        began = time.perf_counter()
        call(n)  # type: ignore[operator]
        spans[n] = 1000 * (time.perf_counter() - began)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return spans


def races(base: Database, rounds: int = 20) -> None:
    spans, over = [], 0
    for _ in range(rounds):
        event = planned(base, 5)

        def ask(n: int, event: int = event) -> None:
            with open_work(base, ADMIN) as work:
                service.register(work, event, PartyDraft(name=f"Guest {n}"))

        spans += together(ask, 50)
        with open_work(base, ADMIN, write=False) as work:
            over += max(0, service.counts(work, event).seats - 5)
    print(
        f"50 on the last 5 seats, {rounds} rounds: {over} oversold, median {statistics.median(spans):.0f} ms, worst {max(spans):.0f} ms"
    )


def taps(base: Database, event: int) -> None:
    def tap(n: int) -> None:
        with open_work(base, ADMIN) as work:
            seat = service.search(work, event, f"{n:06X}")[0].seat_id
            service.tap(work, event, Tap(nonce=f"bench-{time.time_ns()}-{n}", seat_id=seat))

    spans = [span for n in range(100) for span in timed(lambda n=n: tap(n), 1)]
    print(f"a code scanned and checked in: median {statistics.median(spans):.1f} ms")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = Database(sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{folder}/bench.db")
        migrate(base)
        races(base)
        event = crowd(base)
        search(base, event)
        taps(base, event)
        base.dispose()


if __name__ == "__main__":
    main()
