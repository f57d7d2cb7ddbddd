"""On a shift: signing up, coming, leaving, and what cannot happen."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Conflict, CrmError, Invalid
from crm_app.core.work import Work
from crm_app.features.constituents import service as constituents
from crm_app.features.constituents.models import Constituent
from crm_app.features.events import clock
from crm_app.features.volunteers import queries
from crm_app.features.volunteers.models import HoursEntry, Shift, Signup
from crm_app.features.volunteers.moves import SIGNUP, WORDS

GRACE = timedelta(minutes=15)
"""So much before and after the shift counts as work."""


class ShiftFull(CrmError):
    message = "This shift is full."
    hint = "Somebody may cancel, or allow more people on it."


class ShiftOver(CrmError):
    message = "This shift was called off."


class OnShift(Conflict):
    message = "This person is on the shift already."


class Overlaps(Conflict):
    """They are on another shift at that time; `shift_id` tells which, and a reason lets them be on both."""


class IllegalMove(CrmError):
    """A sign-up cannot go from where it is to there."""


def sign_up(work: Work, shift_id: int, constituent_id: int, *, reason: str = "", note: str = "") -> int:
    """Put somebody on a shift: never more than it takes, never twice; twice at a time only with a reason."""
    work.require(Permission.EVENTS_EDIT)
    shift = work.get(Shift, shift_id, "This shift is not there any more.")
    person = constituents.standing(work, constituent_id)
    if person.deceased or person.deleted_at:
        raise Invalid(f"{person.display_name} cannot sign up any more.")
    _only_one_at_a_time(work, person)
    if queries.live_signup(work.session, shift_id, person.id):
        raise OnShift(f"{person.display_name} is on this shift already.")
    _refuse_overlap(work, shift, person, reason.strip())
    _take(work, shift)
    row = work.add(
        Signup(
            shift_id=shift_id,
            constituent_id=person.id,
            status_at=work.now,
            overlap_reason=reason.strip(),
            note=note.strip(),
            by=work.actor.name,
        )
    )
    history.record(
        work, "signup", row.id, "signed up", after={"shift_id": shift_id, "overlap_reason": row.overlap_reason},
        constituent_id=person.id, note=_words(shift),
    )  # fmt: skip
    _told(work, shift_id, person.id)
    return row.id


def _only_one_at_a_time(work: Work, person: Constituent) -> None:
    """Whoever else signs this person up waits here; SQLite has one writer anyway."""
    work.session.execute(select(Constituent.id).where(Constituent.id == person.id).with_for_update(key_share=True))


def _refuse_overlap(work: Work, shift: Shift, person: Constituent, reason: str) -> None:
    found = queries.at_the_same_time(work.session, person.id or 0, shift.starts_at, shift.ends_at)
    if found is None or reason:
        return
    other, role, _ = found
    raise Overlaps(
        f"{person.display_name} is on another shift then: {role.name}, {_words(other)}.",
        "Give a reason to put them on both.",
        shift_id=other.id,
    )


def _take(work: Work, shift: Shift) -> None:
    free = sa.or_(col(Shift.maximum).is_(None), Shift.taken < Shift.maximum)
    statement = sa.update(Shift).where(Shift.id == shift.id, col(Shift.cancelled_at).is_(None), free)
    statement = statement.values(taken=Shift.taken + 1).execution_options(synchronize_session=False)
    if work.session.execute(statement).rowcount == 1:
        return
    work.session.refresh(shift)
    if shift.cancelled_at:
        raise ShiftOver
    raise ShiftFull(ShiftFull.message, ShiftFull.hint, shift_id=shift.id, maximum=shift.maximum)


def _give_back(work: Work, shift_id: int, places: int = 1) -> None:
    statement = sa.update(Shift).where(Shift.id == shift_id).values(taken=Shift.taken - places)
    work.session.execute(statement.execution_options(synchronize_session=False))


def cancel(work: Work, signup_id: int, reason: str = "") -> None:
    """They will not come; the place is free again."""
    work.require(Permission.EVENTS_EDIT)
    withdraw(work, signup_id, reason)


def withdraw(work: Work, signup_id: int, reason: str) -> None:
    row = _locked(work, signup_id)
    _move(work, row, "cancelled", reason)
    _give_back(work, row.shift_id)


def call_off(work: Work, shift: Shift, reason: str) -> int:
    """The shift does not take place: everybody on it is released."""
    shift.cancelled_at = work.now
    work.session.flush()
    rows = queries.signups(work.session, shift.id or 0, ["signed_up"])
    for row in rows:
        withdraw(work, row.id or 0, f"called off: {reason}")
    history.record(work, "shift", shift.id, "called off", note=reason)
    work.tell(f"shift:{shift.id}")
    return len(rows)


def arrive(work: Work, signup_id: int, at: datetime | None = None) -> None:
    """They are here."""
    _at_the_door(work)
    row = _locked(work, signup_id)
    if row.status == "completed":
        _drop_draft(work, row)
        row.left_at = None
    _move(work, row, "arrived")
    row.arrived_at = row.arrived_at or at or work.now


def leave(work: Work, signup_id: int, at: datetime | None = None) -> int:
    """They go home, and their hours are drafted: the time inside the shift, with a little before and after."""
    _at_the_door(work)
    row = _locked(work, signup_id)
    _move(work, row, "completed")
    row.left_at = max(at or work.now, row.arrived_at or work.now)
    return _draft(work, row)


def no_show(work: Work, signup_id: int) -> None:
    _at_the_door(work)
    _move(work, _locked(work, signup_id), "no_show")


def take_back(work: Work, signup_id: int) -> None:
    """One step back: not gone after all, not here after all, not missed after all."""
    _at_the_door(work)
    row = _locked(work, signup_id)
    if row.status == "completed":
        _drop_draft(work, row)
        _move(work, row, "arrived")
        row.left_at = None
    else:
        _move(work, row, "signed_up")
        row.arrived_at = None


def close(work: Work, shift_id: int) -> tuple[int, int]:
    """Finish a shift: who is still here left at its end, who never came is marked. Returns both numbers."""
    work.require(Permission.EVENTS_EDIT)
    shift = work.get(Shift, shift_id, "This shift is not there any more.")
    if work.now < shift.starts_at:
        raise IllegalMove("This shift has not begun.")
    until = min(shift.ends_at, work.now)
    here = queries.signups(work.session, shift_id, ["arrived"])
    for row in here:
        leave(work, row.id or 0, until)
    missing = queries.signups(work.session, shift_id, ["signed_up"])
    for row in missing:
        no_show(work, row.id or 0)
    shift.closed_at = work.now
    after = {"left": len(here), "did not come": len(missing)}
    history.record(work, "shift", shift_id, "finished", after=after)
    work.tell("volunteers", f"shift:{shift_id}")
    return len(here), len(missing)


def _at_the_door(work: Work) -> None:
    if not work.may(Permission.DOOR):
        work.require(Permission.EVENTS_EDIT)


def _locked(work: Work, signup_id: int) -> Signup:
    work.get(Signup, signup_id, "This sign-up is not there any more.")
    query = select(Signup).where(Signup.id == signup_id).with_for_update()
    return work.session.execute(query.execution_options(populate_existing=True)).scalar_one()


def _move(work: Work, row: Signup, to: str, note: str = "") -> None:
    if to not in SIGNUP[row.status]:
        raise IllegalMove(
            f"They are marked “{WORDS[row.status]}”, which cannot become “{WORDS[to]}”.", status=row.status
        )
    before, row.status, row.status_at = row.status, to, work.now
    history.record(
        work, "signup", row.id, WORDS[to], before={"status": before}, after={"status": to},
        constituent_id=row.constituent_id, note=note,
    )  # fmt: skip
    work.session.flush()
    _told(work, row.shift_id, row.constituent_id)


def _draft(work: Work, row: Signup) -> int:
    shift = work.get(Shift, row.shift_id)
    minutes = credited(shift, row.arrived_at or shift.starts_at, row.left_at or shift.ends_at)
    if minutes < 1:
        return 0
    entry = work.add(
        HoursEntry(
            constituent_id=row.constituent_id,
            signup_id=row.id,
            role_id=shift.role_id,
            worked_on=clock.local(shift.starts_at, shift.time_zone).date(),
            minutes=minutes,
            by=work.actor.name,
            created_at=work.now,
        )
    )
    history.record(work, "hours", entry.id, "drafted", after={"minutes": minutes}, constituent_id=row.constituent_id)
    return entry.id


def credited(shift: Shift, arrived: datetime, left: datetime) -> int:
    """Whole minutes between coming and going, inside the shift and a quarter of an hour around it."""
    begin = max(arrived, shift.starts_at - GRACE)
    end = min(left, shift.ends_at + GRACE)
    return max(0, round((end - begin).total_seconds() / 60))


def _drop_draft(work: Work, row: Signup) -> None:
    for entry in queries.of_signup(work.session, row.id or 0):
        if entry.status != "drafted":
            raise IllegalMove("Their hours are handed in already.", "Decline the hours first.")
        history.record(work, "hours", entry.id, "removed", constituent_id=entry.constituent_id)
        work.session.delete(entry)
    work.session.flush()


def _words(shift: Shift) -> str:
    return clock.said(shift.starts_at, shift.ends_at, shift.time_zone)


def _told(work: Work, shift_id: int, constituent_id: int) -> None:
    work.tell("volunteers", f"shift:{shift_id}", f"person:{constituent_id}")
