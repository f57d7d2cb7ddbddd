"""Annual receipts for many donors, each with its PDF kept on disk: `python bench/giving/receipts.py [donors]`."""

import datetime as dt
import os
import sys
import tempfile
import time

os.environ["CRM_DATA"] = tempfile.mkdtemp()

from crm_app import tables  # noqa: F401
from crm_app.core.access import Actor
from crm_app.core.database import database
from crm_app.core.migrations import migrate
from crm_app.core.work import open_work
from crm_app.features.constituents.models import Constituent
from crm_app.features.giving import service
from crm_app.features.giving.models import Gift, Receipt
from crm_app.features.settings.models import Organization


def fill(donors: int) -> None:
    with open_work(database(), Actor.system()) as work:
        work.add(Organization(name="Riverside Community Trust", updated_at=work.now))
        for n in range(1, donors + 1):
            stamp = {"created_at": work.now, "updated_at": work.now}
            work.session.add(Constituent(id=n, display_name=f"Donor Number {n}", **stamp))
            for month in (3, 9):
                day = dt.date(2025, month, 1)
                work.session.add(Gift(constituent_id=n, given_on=day, amount=5000, currency="USD", **stamp))


def main() -> None:
    donors = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    migrate(database())
    fill(donors)
    with open_work(database(), Actor.system(), write=False) as work:
        waiting = service.donors_without(work, 2025)
    began = time.perf_counter()
    for start in range(0, donors, service.AT_ONCE):
        with open_work(database(), Actor.system()) as work:
            service.issue_for(work, 2025, waiting[start : start + service.AT_ONCE])
    taken = time.perf_counter() - began
    with open_work(database(), Actor.system(), write=False) as work:
        numbers = work.session.query(Receipt.number).count()
    print(
        f"{numbers:,} receipts with their PDFs in {taken:.1f} s: {1000 * taken / donors:.1f} ms each, {5000 * taken / donors:.0f} s for 5,000"
    )


if __name__ == "__main__":
    main()
