"""What events do by themselves."""

from crm_app.core import duties
from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.work import open_work
from crm_app.features.events.service import waiting


@duties.every(60, "holds and offers that are over")
def expire(database: Database) -> None:
    with open_work(database, Actor.system()) as work:
        waiting.expire_due(work)
