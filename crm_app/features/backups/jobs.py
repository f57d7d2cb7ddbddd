"""Backups and drills as jobs, and the one that is made by itself."""

from typing import Any

from crm_app.core import duties, jobs
from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.work import open_work
from crm_app.features.backups import service


@jobs.runner("backups.make")
def make(job: jobs.Running) -> dict[str, Any]:
    return service.make(job)


@jobs.runner("backups.drill")
def drill(job: jobs.Running) -> dict[str, Any]:
    return service.drill(job)


@duties.every(600, "backup when one is due")
def when_due(database: Database) -> None:
    with open_work(database, Actor.system()) as work:
        if service.due(work) and not jobs.is_open(work, "backups.make"):
            service.ask_for(work)
