"""Volunteering follows a death: shifts to come are free, hours given stay; and shifts to come stand on the profile."""

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.constituents.models import Constituent
from crm_app.features.constituents.service import follow
from crm_app.features.constituents.showing import Entry, timeline
from crm_app.features.events import clock
from crm_app.features.volunteers import queries
from crm_app.features.volunteers.service.shifts import withdraw


@follow
def release_places(work: Work, constituent_id: int, fields: frozenset[str]) -> None:
    if "deceased" not in fields or not work.get(Constituent, constituent_id).deceased:
        return
    for row in queries.future_signups(work.session, constituent_id, work.now):
        withdraw(work, row.id or 0, "has died")


@timeline("shifts", Permission.EVENTS_READ)
def shifts_to_come(work: Work, constituent_id: int, most: int) -> list[Entry]:
    found = []
    for row in queries.future_signups(work.session, constituent_id, work.now):
        shift, role, _ = queries.shift(work.session, row.shift_id) or (None, None, None)
        if shift and role:
            when = clock.said(shift.starts_at, shift.ends_at, shift.time_zone)
            found.append(
                Entry(row.status_at, "work", "Signed up as ", role.name, f"/volunteers/shifts/{shift.id}", f", {when}")
            )
    return found[:most]
