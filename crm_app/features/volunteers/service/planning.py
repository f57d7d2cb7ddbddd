"""Planning: roles, shifts once or week after week, changing and calling them off."""

from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Conflict, Invalid
from crm_app.core.work import Work
from crm_app.features.events import clock
from crm_app.features.events.models import Event
from crm_app.features.settings import service as settings
from crm_app.features.volunteers import queries
from crm_app.features.volunteers.models import Shift, VolunteerRole
from crm_app.features.volunteers.schemas import Planned, RoleDraft, RoleRow, ShiftDraft
from crm_app.features.volunteers.service import shifts

MOST_WEEKS = 104
LONGEST = timedelta(hours=24)
FACTS = ("role_id", "event_id", "starts_at", "ends_at", "time_zone", "place", "minimum", "maximum", "note")


class BelowTaken(Conflict):
    """More people are on the shift than it would have places."""

    message = "More people are signed up than that."
    hint = "Cancel somebody first."


def list_roles(work: Work, retired: bool = False) -> list[RoleRow]:
    work.require(Permission.EVENTS_READ)
    return [
        RoleRow(id=row.id or 0, name=row.name, skills=row.skills, description=row.description, retired=bool(row.retired_at))
        for row in queries.roles(work.session, retired)
    ]  # fmt: skip


def save_role(work: Work, draft: RoleDraft, role_id: int | None = None) -> int:
    work.require(Permission.EVENTS_EDIT)
    if not draft.name:
        raise Invalid(fields={"name": "A name, please: driver, kitchen, door."})
    known = {row.name.casefold(): row.id for row in queries.roles(work.session, retired=True)}
    if known.get(draft.name.casefold(), role_id) != role_id:
        raise Invalid(fields={"name": "There is a role of this name already."})
    row = work.get(VolunteerRole, role_id) if role_id else VolunteerRole(name="")
    before = row.model_dump(include=set(RoleDraft.model_fields)) if role_id else {}
    row.name, row.description = draft.name, draft.description
    row.skills = ", ".join(filter(None, (word.strip() for word in draft.skills.split(","))))
    work.add(row)
    history.record(
        work, "volunteer role", row.id, "edited" if role_id else "made", before=before, after=draft.model_dump()
    )
    work.tell("volunteers")
    return row.id


def retire_role(work: Work, role_id: int, retired: bool = True) -> None:
    """Not offered any more; what was done in it stays."""
    work.require(Permission.EVENTS_EDIT)
    row = work.get(VolunteerRole, role_id)
    row.retired_at = work.now if retired else None
    history.record(work, "volunteer role", role_id, "retired" if retired else "brought back", note=row.name)
    work.tell("volunteers")


def plan(work: Work, draft: ShiftDraft) -> Planned:
    """One shift, or one a week at the same hour of the clock; a day whose clock skips the hour is left out and named."""
    work.require(Permission.EVENTS_EDIT)
    zone = _checked(work, draft)
    first, skipped, ids = _day(draft.day), [], []
    series: int | None = None
    for turn in range(draft.weeks):
        day = first + timedelta(weeks=turn * draft.every)
        try:
            starts, ends = _span(draft, day, zone)
        except Invalid:
            if draft.weeks == 1:
                raise
            skipped.append(f"{day:%d %b %Y}")
            continue
        row = work.add(_shift(work, draft, starts, ends, zone))
        series = series or row.id
        row.series_id = series if draft.weeks > 1 else None
        history.record(work, "shift", row.id, "planned", after=row.model_dump(include=set(FACTS)))
        ids.append(row.id)
    work.session.flush()
    work.tell("volunteers")
    return Planned(ids=ids, skipped=skipped)


def _checked(work: Work, draft: ShiftDraft) -> str:
    work.get(VolunteerRole, draft.role_id, "This role is not there any more.")
    if draft.event_id is not None:
        work.get(Event, draft.event_id, "This event is not there any more.")
    wrong: dict[str, str] = {}
    if draft.minimum < 0:
        wrong["minimum"] = "Zero or more."
    if draft.maximum is not None and draft.maximum < max(1, draft.minimum):
        wrong["maximum"] = "At least as many as are needed; leave it empty for no limit."
    if not 1 <= draft.weeks <= MOST_WEEKS:
        wrong["weeks"] = f"Between 1 and {MOST_WEEKS} times."
    if not 1 <= draft.every <= 8:
        wrong["every"] = "Every 1 to 8 weeks."
    if wrong:
        raise Invalid(fields=wrong)
    zone = draft.time_zone or settings.organization(work).time_zone
    clock.zone(zone)
    return zone


def _shift(work: Work, draft: ShiftDraft, starts: datetime, ends: datetime, zone: str) -> Shift:
    kept = draft.model_dump(include={"role_id", "event_id", "place", "minimum", "maximum", "note"})
    return Shift(
        **kept, starts_at=starts, ends_at=ends, time_zone=zone, created_by=work.actor.name, created_at=work.now
    )


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said.strip())
    except ValueError:
        raise Invalid(fields={"day": "A day, please."}) from None


def _hour(said: str, field: str) -> time:
    try:
        return time.fromisoformat(said.strip().zfill(5))
    except ValueError:
        raise Invalid(fields={field: "An hour such as 18:00."}) from None


def _span(draft: ShiftDraft, day: date, zone: str) -> tuple[datetime, datetime]:
    begin, end = _hour(draft.starts, "starts"), _hour(draft.ends, "ends")
    last = day if end > begin else day + timedelta(days=1)
    starts = clock.moment(f"{day}T{begin:%H:%M}", zone, "starts")
    ends = clock.moment(f"{last}T{end:%H:%M}", zone, "ends")
    if not timedelta() < ends - starts <= LONGEST:
        raise Invalid(fields={"ends": "A shift ends within a day of its start."})
    return starts, ends


def change_shift(work: Work, shift_id: int, draft: ShiftDraft) -> None:
    """Change one shift. Fewer places than people are refused, whoever signs up meanwhile."""
    work.require(Permission.EVENTS_EDIT)
    row = work.get(Shift, shift_id, "This shift is not there any more.")
    zone = _checked(work, draft.model_copy(update={"time_zone": draft.time_zone or row.time_zone}))
    starts, ends = _span(draft, _day(draft.day), zone)
    before = row.model_dump(include=set(FACTS))
    values = _shift(work, draft, starts, ends, zone).model_dump(include=set(FACTS))
    statement = sa.update(Shift).where(Shift.id == shift_id).values(**values)
    if draft.maximum is not None:
        statement = statement.where(Shift.taken <= draft.maximum)
    if work.session.execute(statement.execution_options(synchronize_session=False)).rowcount != 1:
        raise BelowTaken(BelowTaken.message, BelowTaken.hint, maximum=draft.maximum)
    work.session.refresh(row)
    history.record(work, "shift", shift_id, "changed", before=before, after=values)
    work.tell("volunteers", f"shift:{shift_id}")


def cancel_shift(work: Work, shift_id: int, reason: str, *, following: bool = False) -> int:
    """Call a shift off, or with it all later ones planned together; returns how many people had signed up."""
    work.require(Permission.EVENTS_EDIT)
    if not reason.strip():
        raise Invalid(fields={"reason": "Please say why: people will ask."})
    first = work.get(Shift, shift_id, "This shift is not there any more.")
    rows = queries.following(work.session, first) if following and first.series_id else [first]
    people = 0
    for row in rows:
        if row.cancelled_at is None:
            people += shifts.call_off(work, row, reason.strip())
    work.tell("volunteers")
    return people
