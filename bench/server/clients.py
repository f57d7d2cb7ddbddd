"""A hundred people at work: each acts about once a second on the demo world, through real sockets.

The mix: search as one types, scroll to a random place, open a profile, look at home, log a call. Printed: what an act
costs from the click to the first answer that carries its data, errors, and the server's processor and memory.
The bar: p95 at most 200 ms and no error. Run: `python -m bench server.clients` (`CLIENTS=20 SECONDS=10` to change).
"""

import asyncio
import json
import os
import random
import statistics
import tempfile
import time
from pathlib import Path

from crm_app.core.access import Role
from crm_app.crm_app import app  # noqa: F401  the names of the handlers
from crm_app.features.constituents.state import PeopleState
from crm_app.features.home.state import HomeState
from crm_app.features.profiles.state import DeedState, ProfileState
from crm_app.ui.signed_in import SignedIn
from tests.browsing import Server, new_server
from tests.server.conftest import Raw

CLIENTS = int(os.environ.get("CLIENTS", "100"))
SECONDS = int(os.environ.get("SECONDS", "30"))
WORDS = ("ma", "mar", "okon", "o'br", "gar", "smi", "503", "eli", "the ", "jo")
PATIENCE = 20.0


def at(path: str, pattern: str = "", **query: str) -> dict:
    return {"pathname": pattern or path, "asPath": path, "query": query}


class Person:
    """One person at one screen."""

    def __init__(self, server: Server, cookie: str, seed: int, people: int):
        self.raw, self.cookie = Raw(server.url), cookie
        self.chance, self.people = random.Random(seed), people
        self.took: list[tuple[str, float]] = []
        self.lost: list[str] = []

    async def begin(self) -> None:
        await self.raw.connect(cookie=self.cookie)
        await self.raw.call("reflex___state____state.hydrate")
        await self.raw.call(f"{SignedIn.get_full_name()}.arrive")
        await self.act("open", PeopleState, "load", {}, at("/people"))

    async def act(self, name: str, state: type, handler: str, payload: dict, router: dict) -> None:
        """One act, timed until the first answer that speaks of its state."""
        heard, wanted = len(self.raw.heard), state.get_full_name()
        began = time.perf_counter()
        await self.raw.call(f"{wanted}.{handler}", payload, router)
        while time.perf_counter() - began < PATIENCE:
            if any(wanted in json.dumps(one.get("delta") or {})[:4000] for one in self.raw.heard[heard:]):
                self.took.append((name, (time.perf_counter() - began) * 1000))
                return
            await asyncio.sleep(0.004)
        self.lost.append(name)

    async def work(self, until: float) -> None:
        await asyncio.sleep(self.chance.random())
        while time.monotonic() < until:
            began = time.monotonic()
            await self.one()
            await asyncio.sleep(max(0.0, self.chance.uniform(0.7, 1.3) - (time.monotonic() - began)))
            self.raw.heard.clear()

    async def one(self) -> None:
        kind, person = self.chance.random(), str(self.chance.randint(1, self.people))
        here = at(f"/people/{person}", "/people/[person_id]", person_id=person)
        if kind < 0.35:
            await self.act("search", PeopleState, "seek", {"text": self.chance.choice(WORDS)}, at("/people"))
        elif kind < 0.6:
            first = self.chance.randint(0, self.people - 60)
            await self.act("scroll", PeopleState, "show_from", {"first": first}, at("/people"))
        elif kind < 0.85:
            await self.act("profile", ProfileState, "load", {}, here)
        elif kind < 0.95:
            await self.act("home", HomeState, "load", {}, at("/"))
        else:
            await self.act("profile", ProfileState, "load", {}, here)
            form = {"body": "called about the supper", "privacy": "everyone"}
            await self.act("note", DeedState, "add_note", {"form": form}, here)


async def measure(server: Server, people: int) -> list[Person]:
    cookie = server.cookie(Role.STEWARD)
    cookies = [cookie, server.cookie(Role.ADMINISTRATOR), server.cookie(Role.FUNDRAISER), server.cookie(Role.ORGANIZER)]
    crowd = [Person(server, cookies[n % 4], n, people) for n in range(CLIENTS)]
    for person in crowd:
        await person.begin()
    for person in crowd:
        person.took.clear()
        person.lost.clear()
    until = time.monotonic() + SECONDS
    await asyncio.gather(*[person.work(until) for person in crowd])
    for person in crowd:
        await person.raw.close()
    return crowd


def used(server: Server) -> tuple[float, float]:
    """Processor seconds and resident MiB of the server's processes."""
    assert server.process
    pids = [server.process.pid]
    for pid in pids:
        children = Path(f"/proc/{pid}/task/{pid}/children")
        pids += [int(child) for child in children.read_text().split()] if children.exists() else []
    seconds = memory = 0.0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        memory += int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return seconds, memory


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        server = new_server(Path(place) / "data", demo=True)
        try:
            with server.database.read() as session:
                people = session.connection().exec_driver_sql("SELECT max(id) FROM constituent").scalar() or 1
            print(f"at rest: {used(server)[1]:.0f} MiB")
            before, began = used(server)[0], time.monotonic()
            crowd = asyncio.run(measure(server, people))
            seconds, memory = used(server)
            _say(crowd, seconds - before, memory, time.monotonic() - began)
        finally:
            server.stop()


def _say(crowd: list[Person], processor: float, memory: float, wall: float) -> None:
    took = [one for person in crowd for one in person.took]
    lost = [name for person in crowd for name in person.lost]
    for name in sorted({name for name, _ in took}):
        figures = sorted(ms for other, ms in took if other == name)
        p95 = figures[int(len(figures) * 0.95) - 1]
        print(f"{name:8} {len(figures):5} acts  p50 {statistics.median(figures):7.0f} ms  p95 {p95:7.0f} ms")
    figures = sorted(ms for _, ms in took)
    p95 = figures[int(len(figures) * 0.95) - 1]
    print(f"all      {len(figures):5} acts  p50 {statistics.median(figures):7.0f} ms  p95 {p95:7.0f} ms  (bar 200 ms)")
    print(
        f"lost {len(lost)}; processor {100 * processor / wall:.0f} % of a core, {1000 * processor / len(took):.1f} ms an act"
    )
    print(f"memory {memory:.0f} MiB")


if __name__ == "__main__":
    main()
