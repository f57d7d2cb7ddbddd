"""Giving follows a death: what would still be asked for ends; what was given stays."""

from sqlmodel import select

from crm_app.core import history
from crm_app.core.work import Work
from crm_app.features.constituents.models import Constituent
from crm_app.features.constituents.service import follow
from crm_app.features.giving.models import Pledge, RecurringGift


@follow
def end_promises(work: Work, constituent_id: int, fields: frozenset[str]) -> None:
    if "deceased" not in fields or not work.get(Constituent, constituent_id).deceased:
        return
    for table, over in ((RecurringGift, "ended"), (Pledge, "cancelled")):
        running = select(table).where(table.constituent_id == constituent_id, table.status.not_in([over, "completed"]))
        for row in work.session.execute(running).scalars():
            before, row.status = row.status, over
            if isinstance(row, RecurringGift):
                row.status_reason, row.ends_on, row.next_on = "deceased", work.now.date(), None
            kind = table.__tablename__
            after = {"status": over}
            history.record(
                work, kind, row.id, over, before={"status": before}, after=after, constituent_id=constituent_id,
                note="has died",
            )  # fmt: skip
