"""Long work of exports."""

from typing import Any

from crm_app.core import jobs
from crm_app.features.exports import service


@jobs.runner("exports.make")
def make(job: jobs.Running) -> dict[str, Any]:
    return service.run(job.database, job.actor, job.payload["export_id"], job.progress)
