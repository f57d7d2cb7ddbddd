"""The search for all duplicates, in the background."""

from typing import Any

from crm_app.core import duties, jobs
from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.work import open_work
from crm_app.features.duplicates.service import finding, keys


@jobs.runner(finding.JOB)
def find(job: jobs.Running) -> dict[str, Any]:
    """Reading and comparing hold no lock; the queue is renewed in one short transaction per kind."""
    counts: dict[str, Any] = {}
    for at, kind in enumerate(keys.KINDS):

        def tell(words: str, part: float, at: int = at) -> None:
            job.progress(int((at + part) * 100), len(keys.KINDS) * 100, words)

        with open_work(job.database, job.actor, write=False) as work:
            done = finding.compute(work, kind, tell)
        with open_work(job.database, job.actor) as work:
            counts[kind] = finding.publish(work, kind, *done) if done else 0
    return counts


@duties.every(3600, "duplicates")
def look_again(database: Database) -> None:
    """Once an hour, when people were added since the last search (an import, a restore): search again."""
    with open_work(database, Actor.system()) as work:
        if finding.is_due(work):
            finding.start(work)
