"""An import end to end beside a plain reading of the same file: 100,000 rows of 20 columns by default.

`python -m bench.imports.speed [ROWS]`; CRM_DATABASE_URL names another database than a fresh SQLite one.
"""

import csv
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from crm_app import tables  # noqa: F401
from crm_app.core import jobs
from crm_app.core.access import Actor
from crm_app.core.config import settings
from crm_app.core.database import Database
from crm_app.core.migrations import migrate
from crm_app.core.work import open_work
from crm_app.features.imports import jobs as _jobs  # noqa: F401
from crm_app.features.imports import service

HEADER = [
    "Donor ID", "Title", "First Name", "Middle Name", "Last Name", "Email", "Mobile Phone", "Street", "Street 2", "City", "State", "Zip", "Country",
    "Date of Birth", "Gift Date", "Amount", "Payment Method", "Fund", "Transaction ID", "Tags",
]  # fmt: skip
FIRST = [
    "Ann",
    "Bo",
    "Carla",
    "Dmitri",
    "Elif",
    "Femi",
    "Grace",
    "Hiro",
    "Ines",
    "Jamal",
    "Katrin",
    "Luis",
    "Mei",
    "Noor",
    "Olga",
    "Pedro",
    "Quinn",
    "Rosa",
    "Sven",
    "Tariq",
    "Uma",
    "Viktor",
    "Wen",
    "Ximena",
    "Yara",
    "Zoe",
]
LAST = [
    "Adams",
    "Berg",
    "Costa",
    "Diallo",
    "Evans",
    "Fischer",
    "Garcia",
    "Haddad",
    "Ito",
    "Jensen",
    "Kovacs",
    "Lopez",
    "Meyer",
    "Novak",
    "Okafor",
    "Patel",
    "Quist",
    "Rossi",
    "Silva",
    "Tanaka",
    "Usman",
    "Varga",
    "Weber",
    "Xu",
    "Yilmaz",
    "Zhang",
]


def made(path: Path, rows: int) -> None:
    chance = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for n in range(rows):
            first, last = chance.choice(FIRST), f"{chance.choice(LAST)}{chance.choice(LAST).lower()}"
            writer.writerow([
                f"D{n}", chance.choice(("Ms.", "Mr.", "Dr.", "")), first, chance.choice("ABCDE"), last, f"{first}.{last}.{n}@example.org".lower(), f"(617) 555-{n % 10000:04}",
                f"{n % 900 + 1} Main St", "", "Dover", "MA", f"{n % 90000 + 10000:05}", "United States", f"{1940 + n % 60}-{n % 12 + 1:02}-{n % 28 + 1:02}",
                f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}", f"{n % 500 + 1}.00", chance.choice(("Credit Card", "Check", "Cash")), chance.choice(("General", "Roof")), f"T{n}", chance.choice(("Gala", "Volunteer", "")),
            ])  # fmt: skip


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CRM_DATA"] = folder
        settings.cache_clear()
        path = Path(folder) / "bench.csv"
        made(path, rows)
        base = Database(os.environ.get("CRM_DATABASE_URL") or f"sqlite:///{folder}/bench.db")
        migrate(base)
        actor = Actor.system()
        start = time.perf_counter()
        pl.read_csv(path, infer_schema=False)
        plain = time.perf_counter() - start
        start = time.perf_counter()
        with open_work(base, actor) as work:
            number = service.receive(work, path.name, path)
        jobs.run_all(base)
        checked = time.perf_counter() - start
        start = time.perf_counter()
        with open_work(base, actor) as work:
            service.publish(work, number)
        jobs.run_all(base)
        published = time.perf_counter() - start
        with open_work(base, actor, write=False) as work:
            words = service.one(work, number).words
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    whole = checked + published
    print(f"{rows:,} rows: {words}")
    print(
        f"checked {checked:.1f} s, published {published:.1f} s, together {whole:.1f} s ({whole / rows * 1e6:.0f} µs a row)"
    )
    print(
        f"beside a plain reading of the file ({plain:.2f} s): {whole / plain:.0f} times; peak memory {own:.0f} MB, reader {child:.0f} MB"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
