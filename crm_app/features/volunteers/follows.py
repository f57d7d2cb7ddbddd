"""Volunteering follows a death: shifts to come are free for somebody else; hours given stay."""

from crm_app.core.work import Work
from crm_app.features.constituents.models import Constituent
from crm_app.features.constituents.service import follow
from crm_app.features.volunteers import queries
from crm_app.features.volunteers.service.shifts import withdraw


@follow
def release_places(work: Work, constituent_id: int, fields: frozenset[str]) -> None:
    if "deceased" not in fields or not work.get(Constituent, constituent_id).deceased:
        return
    for row in queries.future_signups(work.session, constituent_id, work.now):
        withdraw(work, row.id or 0, "has died")
