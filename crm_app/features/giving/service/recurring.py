"""Recurring gifts: dated versions of what was agreed, pauses, failures, and what is expected next."""

from datetime import date, timedelta

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.engine import rhythm
from crm_app.features.giving import queries
from crm_app.features.giving.models import RecurringGift, RecurringSchedule
from crm_app.features.giving.schemas import ChangeDraft, RecurringDraft

AHEAD = timedelta(days=800)


def start_recurring(work: Work, draft: RecurringDraft) -> int:
    """Agree on a gift that returns."""
    work.require(Permission.GIVING_EDIT)
    _check(draft.amount, draft.unit, draft.every, draft.day)
    starts_on = draft.starts_on or work.now.date()
    kept = {"constituent_id", "ends_on", "method", "fund_id", "campaign_id", "external_source", "external_id", "note"}
    row = work.add(
        RecurringGift(
            **draft.model_dump(include=kept),
            currency=draft.currency or queries.organization(work.session).currency,
            starts_on=starts_on,
            created_at=work.now,
        )
    )
    step = rhythm.Step(draft.unit, draft.every, draft.day)
    _keep(work, row, [rhythm.Version(starts_on, draft.amount, step)])
    after = draft.model_dump(mode="json", exclude_defaults=True)
    return _told(work, row, "added", after=after)


def change_recurring(work: Work, recurring_id: int, draft: ChangeDraft) -> None:
    """A new amount, day or rhythm from a day on; what held before stays written."""
    work.require(Permission.GIVING_EDIT)
    row = work.get(RecurringGift, recurring_id)
    old = versions_of(work, row)
    from_on = draft.from_on or work.now.date()
    current = rhythm.at(old, from_on) or old[0]
    step = rhythm.Step(
        draft.unit or current.step.unit, draft.every or current.step.every, draft.day or current.step.day
    )
    amount = draft.amount if draft.amount is not None else current.amount
    _check(amount, step.unit, step.every, step.day)
    new = rhythm.Version(from_on, amount, step, current.paused)
    _keep(work, row, [*(version for version in old if version.from_on != from_on), new], draft.reason)
    before = {"amount": current.amount, "every": current.step.every, "unit": current.step.unit}
    after = {"amount": amount, "every": step.every, "unit": step.unit, "from": from_on}
    _told(work, row, "changed", before, after, draft.reason)


def pause_recurring(
    work: Work, recurring_id: int, until: date | None = None, reason: str = "", *, from_on: date | None = None
) -> None:
    """Expect nothing in a window (without an end: until it is resumed)."""
    work.require(Permission.GIVING_EDIT)
    row = work.get(RecurringGift, recurring_id)
    start = from_on or work.now.date()
    if until is not None and until < start:
        raise Invalid(fields={"until": "The pause cannot end before it begins."})
    _keep(work, row, rhythm.pause(versions_of(work, row), start, until), reason)
    row.status, row.status_reason = _status(work, row), reason
    _told(work, row, "paused", after={"from": start, "until": until}, note=reason)


def resume_recurring(work: Work, recurring_id: int, on: date | None = None) -> None:
    work.require(Permission.GIVING_EDIT)
    row = work.get(RecurringGift, recurring_id)
    day = on or work.now.date()
    old = [version for version in versions_of(work, row) if version.from_on < day]
    if not old:
        raise Invalid("This gift has not begun yet.")
    last = old[-1]
    _keep(work, row, [*old, rhythm.Version(day, last.amount, last.step)])
    row.status, row.status_reason, row.failures = "active", "", 0
    _told(work, row, "resumed", after={"from": day})


def end_recurring(work: Work, recurring_id: int, reason: str, on: date | None = None) -> None:
    """It is over: who ended it and why is asked, because reports tell the reasons apart."""
    work.require(Permission.GIVING_EDIT)
    row = work.get(RecurringGift, recurring_id)
    if not reason.strip():
        raise Invalid(fields={"reason": "Please say why it ended."})
    row.ends_on, row.status, row.status_reason = on or work.now.date(), "ended", reason
    settle_recurring(work, row)
    _told(work, row, "ended", after={"ends_on": row.ends_on}, note=reason)


def failed(work: Work, recurring_id: int, reason: str) -> None:
    """A charge failed: it stays due; after some failures somebody has to call."""
    work.require(Permission.GIVING_EDIT)
    row = work.get(RecurringGift, recurring_id)
    row.failures += 1
    row.status, row.status_reason = "failing", reason
    _told(work, row, "failed", after={"failures": row.failures}, note=reason)


def settle_recurring(work: Work, row: RecurringGift) -> None:
    """The next day something is expected: the earliest without a gift, not the one after the last."""
    work.session.flush()
    due = rhythm.next_unanswered(expected_of(work, row), queries.answered(work.session, [row.id])[row.id])
    row.next_on = due.on if due else None


def _status(work: Work, row: RecurringGift) -> str:
    current = rhythm.at(versions_of(work, row), work.now.date())
    return "paused" if current and current.paused else row.status


def expected_of(work: Work, row: RecurringGift) -> list[rhythm.Expected]:
    return rhythm.schedule(versions_of(work, row), work.now.date() + AHEAD, row.ends_on)


def versions_of(work: Work, row: RecurringGift) -> list[rhythm.Version]:
    return [version_of(one) for one in queries.versions(work.session, [row.id])[row.id]]


def version_of(row: RecurringSchedule) -> rhythm.Version:
    return rhythm.Version(row.from_on, row.amount, rhythm.Step(row.unit, row.every, row.day), row.paused)


def _keep(work: Work, row: RecurringGift, versions: list[rhythm.Version], reason: str = "") -> None:
    """Write the versions that changed; those before keep their rows and their reasons."""
    old = {version_of(one) for one in queries.versions(work.session, [row.id])[row.id]}
    fresh = [version for version in versions if version not in old]
    gone = [version.from_on for version in old if version not in set(versions)]
    for from_on in gone:
        queries.dropversion_of(work.session, row.id, from_on)
    for version in fresh:
        step = version.step
        work.session.add(
            RecurringSchedule(
                recurring_gift_id=row.id, from_on=version.from_on, amount=version.amount, unit=step.unit,
                every=step.every, day=step.day, paused=version.paused, reason=reason, created_at=work.now,
            )
        )  # fmt: skip
    settle_recurring(work, row)


def _told(
    work: Work, row: RecurringGift, action: str, before: dict | None = None, after: dict | None = None, note: str = ""
) -> int:
    history.record(
        work, "recurring_gift", row.id, action, before=before, after=after, constituent_id=row.constituent_id, note=note
    )
    work.tell("giving")
    return row.id or 0


def _check(amount: int, unit: str, every: int, day: int) -> None:
    wrong = {}
    if amount <= 0:
        wrong["amount"] = "Please enter an amount above zero."
    if unit not in rhythm.UNITS or every < 1:
        wrong["every"] = "Please choose how often."
    if not 1 <= day <= 31:
        wrong["day"] = "A day between 1 and 31; 31 is the last day of the month."
    if wrong:
        raise Invalid(fields=wrong)
