"""Hours: written down, handed in, approved; and what they come to."""

from collections.abc import Sequence
from datetime import date, timedelta

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.constituents import service as constituents
from crm_app.features.volunteers import queries
from crm_app.features.volunteers.models import HoursEntry, VolunteerRole
from crm_app.features.volunteers.moves import HOURS, WORDS
from crm_app.features.volunteers.saying import hours_words
from crm_app.features.volunteers.schemas import HoursDraft, HoursRow, Numbers, PersonHours, YearHours

AHEAD = timedelta(weeks=4)
LONGEST = 24 * 60


def log(work: Work, draft: HoursDraft) -> int:
    """Hours without a shift: handed in as they are written."""
    work.require(Permission.EVENTS_EDIT)
    person = constituents.standing(work, draft.constituent_id)
    wrong: dict[str, str] = {}
    if not 1 <= draft.minutes <= LONGEST:
        wrong["hours"] = "Between a minute and 24 hours; several days are several entries."
    if draft.worked_on > work.now.date() + timedelta(days=1):
        wrong["worked_on"] = "That day is still to come."
    if not 1 <= draft.people <= 1_000:
        wrong["people"] = "One or more."
    if wrong:
        raise Invalid(fields=wrong)
    if draft.role_id is not None:
        work.get(VolunteerRole, draft.role_id)
    kept = draft.model_dump(exclude={"constituent_id"})
    row = work.add(
        HoursEntry(**kept, constituent_id=person.id, status="submitted", by=work.actor.name, created_at=work.now)
    )
    history.record(work, "hours", row.id, "handed in", after=kept, constituent_id=person.id)
    work.tell("volunteers", f"person:{person.id}")
    return row.id


def submit(work: Work, entry_ids: Sequence[int]) -> int:
    """Hand in what shifts drafted, or hand in again what was declined."""
    return _decide(work, entry_ids, "submitted")


def submit_all(work: Work, shift_id: int) -> int:
    """Hand in every draft of a shift."""
    return submit(work, queries.drafts_of(work.session, shift_id))


def approve(work: Work, entry_ids: Sequence[int]) -> int:
    """From now on they count. Returns how many were approved by this: approving twice counts once."""
    return _decide(work, entry_ids, "approved")


def decline(work: Work, entry_ids: Sequence[int], reason: str) -> int:
    if not reason.strip():
        raise Invalid(fields={"reason": "Please say why: they may ask."})
    return _decide(work, entry_ids, "declined", reason.strip())


def _decide(work: Work, entry_ids: Sequence[int], to: str, reason: str = "") -> int:
    work.require(Permission.EVENTS_EDIT)
    moved = 0
    for row in queries.locked(work.session, entry_ids):
        if to not in HOURS[row.status]:
            continue
        before, row.status, row.reason = row.status, to, reason
        if to != "submitted":
            row.decided_by, row.decided_at = work.actor.name, work.now
        history.record(
            work, "hours", row.id, WORDS[to], before={"status": before}, after={"status": to},
            constituent_id=row.constituent_id, note=reason,
        )  # fmt: skip
        work.tell(f"person:{row.constituent_id}")
        moved += 1
    work.session.flush()
    work.tell("volunteers")
    return moved


def to_approve(work: Work) -> list[HoursRow]:
    work.require(Permission.EVENTS_READ)
    return [_row(found) for found in queries.entries(work.session, ["submitted"])]


def drafts(work: Work) -> list[HoursRow]:
    work.require(Permission.EVENTS_READ)
    return [_row(found) for found in queries.entries(work.session, ["drafted"])]


def of_person(work: Work, constituent_id: int) -> list[HoursRow]:
    work.require(Permission.EVENTS_READ)
    return [_row(found) for found in queries.entries_of(work.session, constituent_id)]


def _row(found: Sequence) -> HoursRow:
    entry, name, role = found
    return HoursRow(
        id=entry.id,
        constituent_id=entry.constituent_id,
        name=name,
        day=f"{entry.worked_on.day} {entry.worked_on:%b %Y}",
        hours=hours_words(entry.minutes * entry.people) + (f" ({entry.people} people)" if entry.people > 1 else ""),
        role=role or "",
        note=entry.note,
        status=entry.status,
        status_words=WORDS[entry.status],
        by=entry.by,
    )


def totals(work: Work, constituent_id: int) -> list[YearHours]:
    """Approved hours of one person by calendar year, the newest first."""
    work.require(Permission.EVENTS_READ)
    return [
        YearHours(year=int(year), minutes=int(minutes), hours=hours_words(int(minutes)))
        for year, minutes in queries.by_year(work.session, constituent_id)
    ]


def thanked_most(work: Work, year: int, limit: int = 10) -> list[PersonHours]:
    """Who gave the most approved hours in a year."""
    work.require(Permission.EVENTS_READ)
    found = queries.by_person(work.session, date(year, 1, 1), date(year, 12, 31), limit)
    return [
        PersonHours(constituent_id=number, name=name, minutes=int(minutes), hours=hours_words(int(minutes)))
        for number, name, minutes in found
    ]


def numbers(work: Work) -> Numbers:
    """The margin of the page: this year's approved hours, by how many, and what waits."""
    work.require(Permission.EVENTS_READ)
    year = work.now.year
    minutes, people = queries.sums(work.session, date(year, 1, 1), date(year, 12, 31))
    waiting = queries.waiting(work.session)
    short = queries.short(work.session, work.now, work.now + AHEAD)
    return Numbers(
        year=year,
        hours=hours_words(minutes),
        people=people,
        to_approve=waiting.get("submitted", 0),
        drafts=waiting.get("drafted", 0),
        missing=sum(shift.minimum - shift.taken for shift, _, _ in short),
        may_edit=work.may(Permission.EVENTS_EDIT),
    )
