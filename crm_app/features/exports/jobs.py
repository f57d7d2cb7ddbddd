"""Long work of exports."""

from typing import Any

from crm_app.core import duties, jobs
from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.work import open_work
from crm_app.features.exports import service


@jobs.runner("exports.make")
def make(job: jobs.Running) -> dict[str, Any]:
    return service.run(job.database, job.actor, job.payload["export_id"], job.progress)


@duties.every(3_600, "exports")
def sweep(database: Database) -> None:
    """Files whose week is over go."""
    with open_work(database, Actor.system()) as work:
        service.sweep(work)
