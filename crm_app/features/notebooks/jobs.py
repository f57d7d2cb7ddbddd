"""What notebooks do by themselves: snapshots on their schedule, and forgetting old entries of the feed."""

from crm_app.core import duties
from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.work import open_work
from crm_app.features.notebooks.service import keeping, showing, snapshots
from crm_app.store import feed

HOUR = 3600.0


@duties.every(HOUR, "notebook snapshots")
def keep_snapshots(database: Database) -> None:
    """Freeze the cells whose day has come; what cannot be counted is left for the next time."""
    actor = Actor.system("On schedule")
    with open_work(database, actor, write=False) as work:
        due = snapshots.due(work)
        for number in {number for number, _ in due}:
            showing.show(work, keeping.definition(work, number))  # frames are read before anything is written
    for number, cell in due:
        with open_work(database, actor) as work:
            snapshots.take(work, number, keeping.definition(work, number), cell, "scheduled")


@duties.every(HOUR * 6, "feed of changes")
def forget_old_changes(database: Database) -> None:
    feed.forget(database)
