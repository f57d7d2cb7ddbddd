"""Memberships follow a death: nobody is asked to renew; the others of a household keep what was paid."""

from crm_app.core.work import Work
from crm_app.features.constituents.models import Constituent
from crm_app.features.constituents.service import follow
from crm_app.features.memberships import queries
from crm_app.features.memberships.service.inheriting import leave
from crm_app.features.memberships.service.terms import end


@follow
def end_memberships(work: Work, constituent_id: int, fields: frozenset[str]) -> None:
    if "deceased" not in fields or not work.get(Constituent, constituent_id).deceased:
        return
    for row, _ in queries.held_by(work.session, constituent_id):
        if row.cancelled_on is None and not queries.inherited(work.session, row.id):
            end(work, row.id, "has died")
    for member in queries.inherited_rows_of(work.session, constituent_id):
        leave(work, member, "has died")
