"""Long work of giving."""

from typing import Any

from crm_app.core import jobs
from crm_app.core.work import open_work
from crm_app.features.giving import service
from crm_app.features.giving.schemas import AnnualOutcome


@jobs.runner("giving.annual_receipts")
def annual_receipts(job: jobs.Running) -> dict[str, Any]:
    """Every donor of a year, some per transaction: what is issued is skipped when the run starts again."""
    year = int(job.payload["year"])
    with open_work(job.database, job.actor, write=False) as work:
        waiting = service.donors_without(work, year)
    done = AnnualOutcome(total=len(waiting))
    for start in range(0, len(waiting), service.AT_ONCE):
        job.progress(start, len(waiting), f"{done.issued:,} issued, {done.skipped:,} not possible")
        with open_work(job.database, job.actor) as work:
            some = service.issue_for(work, year, waiting[start : start + service.AT_ONCE])
        done.issued += some.issued
        done.skipped += some.skipped
        for why, count in some.reasons.items():
            done.reasons[why] = done.reasons.get(why, 0) + count
    return done.model_dump() | {"go": "/giving/receipts"}
