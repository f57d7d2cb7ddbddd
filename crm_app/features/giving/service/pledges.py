"""Pledges: promise, see what a plan would look like, plan again what is unpaid, write off with a reason."""

from datetime import date
from typing import Any

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.engine import money, pledging
from crm_app.engine.rhythm import Step
from crm_app.features.giving import queries
from crm_app.features.giving.models import Pledge, PledgeInstallment
from crm_app.features.giving.schemas import DueRow, PlanDraft, PledgeDraft, PledgeFull, PledgeRow

GRACE_DAYS = 7
MOST_TIMES = 600


class TooLittle(Invalid):
    """A pledge cannot become less than what is already paid."""


def make_pledge(work: Work, draft: PledgeDraft) -> int:
    """Keep a promise with its installments."""
    work.require(Permission.GIVING_EDIT)
    dues = preview_pledge(work, draft)
    pledge = work.add(
        Pledge(
            **draft.model_dump(include={"constituent_id", "amount", "fund_id", "campaign_id", "appeal_id", "note"}),
            currency=draft.currency or queries.organization(work.session).currency,
            pledged_on=draft.pledged_on or work.now.date(),
            created_at=work.now,
        )
    )
    for due in dues:
        work.session.add(PledgeInstallment(pledge_id=pledge.id, due_on=due.on, amount=due.amount))
    after = draft.model_dump(mode="json", exclude_defaults=True)
    history.record(work, "pledge", pledge.id, "added", after=after, constituent_id=pledge.constituent_id)
    work.tell("giving")
    return pledge.id


def preview_pledge(work: Work, draft: PledgeDraft) -> list[DueRow]:
    """The installments this draft would make; the same function makes them."""
    _check(draft.amount, draft.times, draft.every)
    start = draft.first_on or work.now.date()
    dues = pledging.plan(draft.amount, draft.times, start, Step(draft.unit, draft.every, start.day))
    return [DueRow(on=due.on, amount=due.amount, left=due.amount) for due in dues]


def preview_plan(work: Work, pledge_id: int, draft: PlanDraft) -> list[DueRow]:
    """What the whole schedule would be after planning again."""
    work.require(Permission.GIVING_READ)
    pledge = work.get(Pledge, pledge_id)
    now = allocation(work, pledge)
    then = pledging.allocate(_planned(work, pledge, now, draft), _came(work, pledge))
    return [_due_row(row, work.now.date()) for row in then.rows]


def replan(work: Work, pledge_id: int, draft: PlanDraft, reason: str = "") -> None:
    """Plan anew what is unpaid; what is paid keeps its day and amount."""
    work.require(Permission.GIVING_EDIT)
    pledge = work.get(Pledge, pledge_id)
    now = allocation(work, pledge)
    dues = _planned(work, pledge, now, draft)
    before = {"amount": pledge.amount, "installments": [[row.due.on, row.due.amount] for row in now.rows]}
    _rewrite(work, pledge, now, dues)
    pledge.amount = pledging.promised(dues)
    after = {"amount": pledge.amount, "installments": [[due.on, due.amount] for due in dues]}
    _settle(work, pledge)
    _told(work, pledge, "planned again", before, after, reason)


def write_off(work: Work, pledge_id: int, reason: str, amount: int | None = None) -> None:
    """Give up on what will not come (all of it, or so much from the end); the promise stays to be seen."""
    work.require(Permission.GIVING_EDIT)
    pledge = work.get(Pledge, pledge_id)
    if not reason.strip():
        raise Invalid(fields={"reason": "Please say why this will not be paid."})
    now = allocation(work, pledge)
    for due in _or_too_little(work, pledge, lambda: pledging.write_off(now, amount)):
        row = work.get(PledgeInstallment, due.id)
        row.amount, row.written_off = due.amount, due.written_off
        row.written_off_on, row.written_off_reason = work.now.date(), reason
    _settle(work, pledge)
    _told(work, pledge, "written off", {"left": now.left}, {"left": now.left - (amount or now.left)}, reason)


def settle_pledge(work: Work, pledge_id: int | None) -> None:
    """After a payment came or went: the pledge is completed, or open again."""
    if pledge_id is not None:
        _settle(work, work.get(Pledge, pledge_id))


def allocation(work: Work, pledge: Pledge) -> pledging.Allocation:
    """Which installment is filled by what, oldest first."""
    rows = queries.installments(work.session, [pledge.id])[pledge.id]
    return pledging.allocate([_due(row) for row in rows], _came(work, pledge))


def list_pledges(work: Work, *, status: str = "", constituent_id: int | None = None) -> list[PledgeRow]:
    """Pledges with what is paid, left and overdue today."""
    work.require(Permission.GIVING_READ)
    found = queries.pledges(work.session, status=status, constituent_id=constituent_id)
    ids = [row[0].id for row in found]
    dues, came = queries.installments(work.session, ids), queries.pledge_payments(work.session, ids)
    rows = []
    for pledge, name, fund, campaign in found:
        done = pledging.allocate(map(_due, dues[pledge.id]), map(_came_row, came[pledge.id]))
        rows.append(PledgeRow(**_shown(pledge, name, fund, campaign, done, work.now.date())))
    return rows


def show_pledge(work: Work, pledge_id: int) -> PledgeFull:
    work.require(Permission.GIVING_READ)
    work.get(Pledge, pledge_id)
    pledge, name, fund, campaign = queries.pledge(work.session, pledge_id) or ()
    done, today = allocation(work, pledge), work.now.date()
    dues = [_due_row(row, today) for row in done.rows]
    shown = _shown(pledge, name, fund, campaign, done, today)
    return PledgeFull(**shown, extra=done.extra, note=pledge.note, dues=dues)


def _shown(pledge: Pledge, name: str, fund: str, campaign: str, done: pledging.Allocation, today: date) -> dict:
    coming = next((row for row in done.rows if row.left > 0), None)
    return {
        "id": pledge.id,
        "constituent_id": pledge.constituent_id,
        "name": name,
        "pledged_on": pledge.pledged_on,
        "amount": pledge.amount,
        "paid": done.paid,
        "left": done.left,
        "written_off": sum(row.due.written_off for row in done.rows),
        "overdue": done.overdue(today, GRACE_DAYS),
        "currency": pledge.currency,
        "status": pledge.status,
        "next_on": coming.due.on if coming else None,
        "next_amount": coming.left if coming else 0,
        "fund": fund or "",
        "campaign": campaign or "",
    }


def _due_row(row: pledging.Filled, today: date) -> DueRow:
    return DueRow(
        id=row.due.id,
        on=row.due.on,
        amount=row.due.amount,
        paid=row.paid,
        left=row.left,
        written_off=row.due.written_off,
        state=_state(row, today),
    )


def _state(row: pledging.Filled, today: date) -> str:
    if row.left == 0:
        return "paid" if row.paid else "written off"
    if (today - row.due.on).days > GRACE_DAYS:
        return "overdue"
    if row.paid:
        return "part paid"
    return "due" if row.due.on <= today else "scheduled"


def _planned(work: Work, pledge: Pledge, now: pledging.Allocation, draft: PlanDraft) -> list[pledging.Due]:
    amount = pledge.amount if draft.amount is None else draft.amount
    _check(amount, draft.times, draft.every)
    start = draft.first_on or work.now.date()
    step = Step(draft.unit, draft.every, start.day)
    return _or_too_little(work, pledge, lambda: pledging.replan(now, amount, draft.times, start, step))


def _or_too_little(work: Work, pledge: Pledge, call: Any) -> list[pledging.Due]:
    try:
        return call()
    except pledging.TooLittle:
        settled = money.written(
            allocation(work, pledge).paid, pledge.currency, queries.organization(work.session).locale
        )
        raise TooLittle(f"{settled} of this pledge is paid already: it cannot become less than that.") from None


def _rewrite(work: Work, pledge: Pledge, now: pledging.Allocation, dues: list[pledging.Due]) -> None:
    """Keep the rows that have something paid or written off; replace the others."""
    kept = {due.id: due for due in dues if due.id}
    rows = {row.id: row for row in queries.installments(work.session, [pledge.id])[pledge.id]}
    for row_id, row in rows.items():
        if row_id in kept:
            row.amount = kept[row_id].amount
        else:
            work.session.delete(row)
    for due in dues:
        if not due.id:
            work.session.add(PledgeInstallment(pledge_id=pledge.id, due_on=due.on, amount=due.amount))
    work.session.flush()


def _settle(work: Work, pledge: Pledge) -> None:
    work.session.flush()
    now = allocation(work, pledge)
    off = sum(row.due.written_off for row in now.rows)
    if pledge.status != "cancelled":
        pledge.status = "open" if now.left else "written_off" if off else "completed"


def _told(work: Work, pledge: Pledge, action: str, before: dict, after: dict, note: str) -> None:
    history.record(
        work, "pledge", pledge.id, action, before=before, after=after, constituent_id=pledge.constituent_id, note=note
    )
    work.tell("giving")


def _due(row: PledgeInstallment) -> pledging.Due:
    return pledging.Due(row.due_on, row.amount, row.written_off, row.id)


def _came_row(row: Any) -> pledging.Came:
    return pledging.Came(row.id, row.given_on, row.paid)


def _came(work: Work, pledge: Pledge) -> list[pledging.Came]:
    return [_came_row(row) for row in queries.pledge_payments(work.session, [pledge.id])[pledge.id]]


def _check(amount: int, times: int, every: int) -> None:
    wrong = {}
    if amount <= 0:
        wrong["amount"] = "Please enter an amount above zero."
    if not 1 <= times <= MOST_TIMES:
        wrong["times"] = f"Between 1 and {MOST_TIMES} installments."
    if every < 1:
        wrong["every"] = "At least every 1."
    if wrong:
        raise Invalid(fields=wrong)
