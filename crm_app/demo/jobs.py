"""The demo world as a job, for the button on an empty home page."""

from crm_app.core import jobs
from crm_app.core.access import Permission
from crm_app.core.work import open_work
from crm_app.demo.making import make


@jobs.runner("demo.make")
def run(job: jobs.Running) -> dict[str, int]:
    """All of it in one transaction: a crash leaves an empty database, and the job starts again."""
    job.progress(0, 1, "making a small charity and its eight years")
    with open_work(job.database, job.actor) as work:
        work.require(Permission.SETTINGS_EDIT)
        return make(work)
