"""Pledges: a schedule that sums to the promise, payments that fill it oldest first, plans that keep what was paid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from crm_app.engine import rhythm
from crm_app.engine.money import divide

FAR = date(2200, 12, 31)


@dataclass(frozen=True)
class Due:
    """An installment: `amount` is what is scheduled, `written_off` stands apart from it."""

    on: date
    amount: int
    written_off: int = 0
    id: int | None = None


@dataclass(frozen=True)
class Came:
    gift_id: int
    on: date
    amount: int


@dataclass
class Filled:
    due: Due
    paid: int = 0
    by: list[tuple[int, int]] = field(default_factory=list)
    """Gift and the part of it that went here."""

    @property
    def left(self) -> int:
        return self.due.amount - self.paid


@dataclass
class Allocation:
    rows: list[Filled]
    extra: int = 0
    """Paid beyond the pledge."""

    @property
    def paid(self) -> int:
        return sum(row.paid for row in self.rows)

    @property
    def left(self) -> int:
        return sum(row.left for row in self.rows)

    def overdue(self, today: date, grace: int = 0) -> int:
        """Unpaid and past its day by more than `grace` days."""
        return sum(row.left for row in self.rows if (today - row.due.on).days > grace)


class TooLittle(ValueError):
    """A plan cannot be for less than what is already paid."""


def plan(total: int, times: int, start: date, step: rhythm.Step) -> list[Due]:
    """`times` installments that sum to `total` to the cent; the first ones carry the odd cents."""
    days = islice(rhythm.occurrences(start, step, FAR), times)
    return [Due(on, amount) for on, amount in zip(days, divide(total, [1] * times), strict=True)]


def allocate(dues: Iterable[Due], payments: Iterable[Came]) -> Allocation:
    """Fill the oldest installment first; what is too much for all of them is `extra`."""
    rows = [Filled(due) for due in sorted(dues, key=lambda due: (due.on, due.id or 0))]
    extra = 0
    for payment in sorted(payments, key=lambda came: (came.on, came.gift_id)):
        left = payment.amount
        for row in rows:
            part = min(left, row.left)
            if part > 0:
                row.paid, left = row.paid + part, left - part
                row.by.append((payment.gift_id, part))
        extra += left
    return Allocation(rows, extra)


def replan(now: Allocation, total: int, times: int, start: date, step: rhythm.Step) -> list[Due]:
    """The installments after a change: paid parts stay as they are, only what is unpaid is planned anew.

    `total` is the whole pledge. Invariant: scheduled + written off = total.
    """
    kept = [replace(row.due, amount=row.paid) for row in now.rows if row.paid or row.due.written_off]
    settled = sum(due.amount + due.written_off for due in kept)
    if total < settled:
        raise TooLittle(f"{settled} is already paid or written off")
    return [*kept, *(plan(total - settled, times, start, step) if total > settled else [])]


def write_off(now: Allocation, amount: int | None = None) -> list[Due]:
    """Write off from the last installment backwards (everything unpaid when no amount is said)."""
    left = now.left if amount is None else amount
    if left > now.left:
        raise TooLittle(f"only {now.left} is unpaid")
    changed: list[Due] = []
    for row in reversed(now.rows):
        part = min(left, row.left)
        left -= part
        if part:
            row_after = replace(row.due, amount=row.due.amount - part, written_off=row.due.written_off + part)
            changed.append(row_after)
    return changed


def promised(dues: Sequence[Due]) -> int:
    """Scheduled plus written off: always what was pledged."""
    return sum(due.amount + due.written_off for due in dues)
