"""Looking at shifts: what is short, what comes, who is on one, whom to ask."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from crm_app.core.access import Permission
from crm_app.core.errors import NotFound
from crm_app.core.work import Work
from crm_app.features.events import clock
from crm_app.features.settings import service as settings
from crm_app.features.volunteers import queries
from crm_app.features.volunteers.models import Shift, Signup
from crm_app.features.volunteers.moves import WORDS
from crm_app.features.volunteers.saying import hours_words
from crm_app.features.volunteers.schemas import ComingRow, ShiftPage, ShiftRow, Suggestion

WEEKS = 4


def shortages(work: Work, weeks: int = WEEKS) -> list[ShiftRow]:
    """Shifts to come that have fewer people than they need, the next one first."""
    work.require(Permission.EVENTS_READ)
    return [_row(work.now, found) for found in queries.short(work.session, work.now, _until(work, weeks))]


def upcoming(work: Work, weeks: int = WEEKS) -> list[ShiftRow]:
    """Shifts under way and to come."""
    work.require(Permission.EVENTS_READ)
    return [_row(work.now, found) for found in queries.upcoming(work.session, work.now, _until(work, weeks))]


def unfinished(work: Work) -> list[ShiftRow]:
    """Shifts of the last three months that are over but not finished."""
    work.require(Permission.EVENTS_READ)
    found = queries.unfinished(work.session, work.now - timedelta(days=92), work.now)
    return [_row(work.now, one) for one in found]


def _until(work: Work, weeks: int) -> datetime:
    return work.now + timedelta(weeks=weeks)


def shift_page(work: Work, shift_id: int) -> ShiftPage:
    work.require(Permission.EVENTS_READ)
    rows = roster(work, shift_id)
    found = queries.shift(work.session, shift_id)
    edit = work.may(Permission.EVENTS_EDIT)
    return ShiftPage(
        shift=_row(work.now, found),
        coming=rows,
        here=sum(row.status == "arrived" for row in rows),
        drafts=len(queries.drafts_of(work.session, shift_id)),
        may_edit=edit,
        may_check_in=edit or work.may(Permission.DOOR),
        may_export=work.may(Permission.EXPORT),
    )


def roster(work: Work, shift_id: int) -> list[ComingRow]:
    """Everybody on a shift, by name; phones and e-mails only for those who may see people."""
    work.require(Permission.EVENTS_READ)
    found = queries.shift(work.session, shift_id)
    if found is None:
        raise NotFound("This shift is not there any more.")
    rows = queries.coming(work.session, shift_id)
    reach = work.may(Permission.PEOPLE_READ)
    phones, emails = queries.reached_by(work.session, [row[0].constituent_id for row in rows]) if reach else ({}, {})
    return [_coming(found[0], signup, name, minutes, phones, emails) for signup, name, minutes in rows]


def _coming(
    shift: Shift, row: Signup, name: str, minutes: int | None, phones: dict[int, str], emails: dict[int, str]
) -> ComingRow:
    return ComingRow(
        id=row.id or 0,
        constituent_id=row.constituent_id,
        name=name,
        phone=phones.get(row.constituent_id, ""),
        email=emails.get(row.constituent_id, ""),
        status=row.status,
        status_words=WORDS[row.status],
        arrived=clock.clock_time(row.arrived_at, shift.time_zone),
        left=clock.clock_time(row.left_at, shift.time_zone),
        hours=hours_words(int(minutes)) if minutes else "",
        overlap_reason=row.overlap_reason,
        note=row.note,
    )


def suggestions(work: Work, shift_id: int, limit: int = 6) -> list[Suggestion]:
    """Whom to ask: they did this before and are free."""
    work.require(Permission.EVENTS_READ, Permission.PEOPLE_READ)
    shift = work.get(Shift, shift_id)
    return [
        Suggestion(constituent_id=number, name=name, words=f"{_times(times)}, last on {_day(last, shift.time_zone)}")
        for number, name, times, last in queries.did_before(work.session, shift, limit)
    ]


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _day(at: datetime, zone: str) -> str:
    local = clock.local(at, zone)
    return f"{local.day} {local:%b %Y}"


def _row(now: datetime, found: Sequence) -> ShiftRow:
    shift, role, event = found
    missing = max(0, shift.minimum - shift.taken)
    free = None if shift.maximum is None else max(0, shift.maximum - shift.taken)
    begin, end = clock.local(shift.starts_at, shift.time_zone), clock.local(shift.ends_at, shift.time_zone)
    return ShiftRow(
        id=shift.id,
        role=role.name,
        role_id=role.id,
        skills=role.skills,
        when=clock.said(shift.starts_at, shift.ends_at, shift.time_zone),
        day=f"{begin:%Y-%m-%d}",
        starts=f"{begin:%H:%M}",
        ends=f"{end:%H:%M}",
        event=event or "",
        missing=missing,
        free=free,
        words=_words(shift, missing, free),
        full=free == 0,
        cancelled=shift.cancelled_at is not None,
        closed=shift.closed_at is not None,
        over=shift.ends_at < now,
        repeats=shift.series_id is not None,
        **shift.model_dump(include={"time_zone", "place", "event_id", "minimum", "maximum", "taken", "note"}),
    )


def _words(shift: Shift, missing: int, free: int | None) -> str:
    if shift.cancelled_at:
        return "called off"
    if missing:
        return f"needs {missing} more"
    if free == 0:
        return "full"
    return "enough people" if free is None else f"{free} place{'' if free == 1 else 's'} left"


def event_choices(work: Work) -> list[tuple[int, str]]:
    """Events to come that a shift may belong to."""
    work.require(Permission.EVENTS_READ)
    return [(number, name) for number, name in queries.events_to_come(work.session, work.now)]


def today(work: Work) -> date:
    """The day it is where we are."""
    return clock.local(work.now, settings.organization(work).time_zone).date()
