"""Volunteering follows a death: shifts to come are free, hours given stay; and it speaks on the profile."""

from datetime import UTC, datetime, time

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.constituents.models import Constituent
from crm_app.features.constituents.service import follow
from crm_app.features.constituents.showing import Entry, Figure, figures, timeline
from crm_app.features.events import clock
from crm_app.features.volunteers import queries, service
from crm_app.features.volunteers.moves import WORDS
from crm_app.features.volunteers.saying import hours_words
from crm_app.features.volunteers.service.shifts import withdraw


@follow
def release_places(work: Work, constituent_id: int, fields: frozenset[str]) -> None:
    if "deceased" not in fields or not work.get(Constituent, constituent_id).deceased:
        return
    for row in queries.future_signups(work.session, constituent_id, work.now):
        withdraw(work, row.id or 0, "has died")


@figures(30, Permission.EVENTS_READ)
def hours_given(work: Work, constituent_id: int) -> list[Figure]:
    minutes = sum(one.minutes for one in service.totals(work, constituent_id))
    return [Figure(hours_words(minutes), "volunteered", "/volunteers")] if minutes else []


@timeline("work", Permission.EVENTS_READ)
def work_lines(work: Work, constituent_id: int, most: int) -> list[Entry]:
    """Hours that count or wait, and shifts to come."""
    return [*_to_come(work, constituent_id), *_given(work, constituent_id, most)]


def _given(work: Work, constituent_id: int, most: int) -> list[Entry]:
    return [
        Entry(
            datetime.combine(entry.worked_on, time(12), UTC), "work", f"Volunteered{f' as {role}' if role else ''}",
            amount=hours_words(entry.minutes * entry.people), more=entry.note,
            warn="" if entry.status == "approved" else WORDS[entry.status],
        )
        for entry, _, role in queries.entries_of(work.session, constituent_id, most)
    ]  # fmt: skip


def _to_come(work: Work, constituent_id: int) -> list[Entry]:
    found = []
    for row in queries.future_signups(work.session, constituent_id, work.now):
        shift, role, _ = queries.shift(work.session, row.shift_id) or (None, None, None)
        if shift and role:
            when = clock.said(shift.starts_at, shift.ends_at, shift.time_zone)
            found.append(
                Entry(row.status_at, "work", "Signed up as ", role.name, f"/volunteers/shifts/{shift.id}", f", {when}")
            )
    return found
