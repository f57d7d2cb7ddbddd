"""Memberships follow a death: nobody is asked to renew, a household keeps what was paid; and they speak on the profile."""

from crm_app.core.work import Work
from crm_app.features.constituents.models import Constituent
from crm_app.features.constituents.service import follow
from crm_app.features.constituents.showing import Figure, figures
from crm_app.features.memberships import queries, service
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


@figures(35)
def membership(work: Work, constituent_id: int) -> list[Figure]:
    """The memberships that say something about today."""
    rows = [row for row in service.of_person(work, constituent_id) if row.status in ("current", "grace", "lapsed")]
    best = min(rows, key=lambda row: ("current", "grace", "lapsed").index(row.status), default=None)
    if best is None:
        return []
    through = f" through {best.name}" if best.inherited else ""
    return [Figure(best.type, f"member{through}, {best.status}", f"/memberships?open={best.id}")]
