"""Long work of imports: checking, publishing, taking out."""

from typing import Any

from crm_app.core import jobs
from crm_app.features.imports import service


@jobs.runner("imports.check")
def check(job: jobs.Running) -> dict[str, Any]:
    return service.check(job.database, job.actor, job.payload["import_id"], job.progress)


@jobs.runner("imports.publish")
def publish(job: jobs.Running) -> dict[str, Any]:
    return service.run_publication(job.database, job.actor, job.payload["import_id"], job.progress)


@jobs.runner("imports.undo")
def undo(job: jobs.Running) -> dict[str, Any]:
    return service.run_undo(job.database, job.actor, job.payload["import_id"], job.progress)
