"""Recurring gifts as they are listed and shown, and what they should bring."""

from collections import defaultdict
from datetime import date

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.engine import pledging, rhythm
from crm_app.engine.calendar import clipped, month_number
from crm_app.features.giving import queries
from crm_app.features.giving.models import RecurringGift
from crm_app.features.giving.schemas import DueRow, ForecastMonth, RecurringFull, RecurringRow, ShiftRow, VersionRow
from crm_app.features.giving.service.recurring import expected_of, version_of


def list_recurring(work: Work, *, status: str = "") -> list[RecurringRow]:
    work.require(Permission.GIVING_READ)
    found = queries.recurring(work.session, status=status)
    versions = queries.versions(work.session, [row.id for row, _ in found])
    return [_shown(row, name, [version_of(one) for one in versions[row.id]], work.now.date()) for row, name in found]


def show_recurring(work: Work, recurring_id: int) -> RecurringFull:
    work.require(Permission.GIVING_READ)
    work.get(RecurringGift, recurring_id)
    row, name = queries.recurring(work.session, ids=[recurring_id])[0]
    kept = queries.versions(work.session, [row.id])[row.id]
    versions, today = [version_of(one) for one in kept], work.now.date()
    done = queries.answered(work.session, [row.id])[row.id]
    return RecurringFull(
        **_shown(row, name, versions, today).model_dump(),
        ends_on=row.ends_on,
        status_reason=row.status_reason,
        note=row.note,
        versions=[
            VersionRow(
                from_on=one.from_on,
                amount=one.amount,
                words=words(version_of(one).step),
                paused=one.paused,
                reason=one.reason,
            )
            for one in kept
        ],
        shifts=[ShiftRow(**vars(shift)) for shift in rhythm.shifts(versions)],
        expected=_around_today(expected_of(work, row), done, today),
    )


def forecast(work: Work, months: int = 12) -> list[ForecastMonth]:
    """What recurring gifts and pledges should bring in each coming month."""
    work.require(Permission.GIVING_READ)
    first = month_number(work.now.date())
    until = clipped(first + months - 1, 31)
    recurring, pledged = defaultdict(int), defaultdict(int)
    rows = [row for row, _ in queries.recurring(work.session) if row.status != "ended"]
    versions = queries.versions(work.session, [row.id for row in rows])
    for row in rows:
        for due in rhythm.schedule(map(version_of, versions[row.id]), until, row.ends_on):
            recurring[month_number(due.on)] += due.amount if due.on >= work.now.date() else 0
    _pledged(work, until, pledged)
    return [
        ForecastMonth(month=clipped(month, 1), recurring=recurring[month], pledged=pledged[month])
        for month in range(first, first + months)
    ]


def _pledged(work: Work, until: date, months: dict[int, int]) -> None:
    open_ones = [row[0].id for row in queries.pledges(work.session, status="open")]
    dues, came = queries.installments(work.session, open_ones), queries.pledge_payments(work.session, open_ones)
    for pledge_id in open_ones:
        rows = [pledging.Due(row.due_on, row.amount, row.written_off, row.id) for row in dues[pledge_id]]
        paid = [pledging.Came(row.id, row.given_on, row.paid) for row in came[pledge_id]]
        for row in pledging.allocate(rows, paid).rows:
            if work.now.date() <= row.due.on <= until:
                months[month_number(row.due.on)] += row.left


def words(step: rhythm.Step) -> str:
    """The rhythm in words: monthly on the 15th, every 2 months on the last day."""
    names = {"week": "weekly", "month": "monthly", "quarter": "quarterly", "year": "yearly"}
    often = names[step.unit] if step.every == 1 else f"every {step.every} {step.unit}s"
    if step.unit == "week":
        return often
    return f"{often} on the {'last day' if step.day >= 31 else ordinal(step.day)}"


def ordinal(day: int) -> str:
    ending = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _around_today(expected: list[rhythm.Expected], done: set[date], today: date) -> list[DueRow]:
    past = [due for due in expected if due.on <= today][-6:]
    coming = [due for due in expected if due.on > today][:6]
    return [
        DueRow(
            on=due.on,
            amount=due.amount,
            paid=due.amount if due.on in done else 0,
            left=0 if due.on in done else due.amount,
            state="paid" if due.on in done else "overdue" if due.on < today else "scheduled",
        )
        for due in [*past, *coming]
    ]


def _shown(row: RecurringGift, name: str, versions: list[rhythm.Version], today: date) -> RecurringRow:
    current = rhythm.at(versions, today) or versions[0]
    coming = rhythm.at(versions, row.next_on) if row.next_on else None
    return RecurringRow(
        **row.model_dump(
            include={"id", "constituent_id", "status", "currency", "next_on", "method", "failures", "starts_on"}
        ),
        name=name,
        amount=current.amount,
        words=words(current.step),
        annual=0 if row.status in ("ended", "paused") else rhythm.annual(current.amount, current.step),
        next_amount=coming.amount if coming else 0,
    )
