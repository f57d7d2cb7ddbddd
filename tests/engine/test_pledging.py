"""Pledges keep their promise: whatever is paid, planned again or written off, it sums."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.engine import pledging
from crm_app.engine.pledging import Came, Due
from crm_app.engine.rhythm import Step

MONTHLY = Step(day=15)


def test_a_plan_sums_to_the_cent() -> None:
    plan = pledging.plan(100000, 3, date(2026, 1, 1), MONTHLY)
    assert [(due.on.month, due.amount) for due in plan] == [(1, 33334), (2, 33333), (3, 33333)]


def test_the_oldest_is_filled_first() -> None:
    dues = [Due(date(2026, 2, 1), 100, id=2), Due(date(2026, 1, 1), 100, id=1), Due(date(2026, 3, 1), 100, id=3)]
    done = pledging.allocate(dues, [Came(7, date(2026, 3, 1), 150), Came(8, date(2026, 4, 1), 200)])
    assert [(row.due.id, row.paid) for row in done.rows] == [(1, 100), (2, 100), (3, 100)]
    assert done.rows[1].by == [(7, 50), (8, 50)]
    assert (done.extra, done.left) == (50, 0)


def test_overdue_is_derived_with_grace() -> None:
    done = pledging.allocate([Due(date(2026, 1, 1), 100), Due(date(2026, 2, 1), 100)], [Came(1, date(2026, 1, 1), 30)])
    assert done.overdue(date(2026, 1, 5)) == 70
    assert done.overdue(date(2026, 1, 5), grace=10) == 0


def test_planning_again_keeps_what_was_paid() -> None:
    done = pledging.allocate(pledging.plan(30000, 3, date(2026, 1, 1), MONTHLY), [Came(1, date(2026, 1, 20), 15000)])
    again = pledging.replan(done, 30000, 5, date(2026, 6, 1), MONTHLY)
    assert [due.amount for due in again] == [10000, 5000, 3000, 3000, 3000, 3000, 3000]
    with pytest.raises(pledging.TooLittle):
        pledging.replan(done, 14999, 1, date(2026, 6, 1), MONTHLY)


amounts = st.integers(min_value=1, max_value=5_000_000)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(amounts, st.integers(1, 60), days, st.lists(st.tuples(days, amounts), max_size=8), st.data())
def test_scheduled_and_written_off_are_always_what_was_pledged(total, times, start, payments, data) -> None:
    dues = pledging.plan(total, min(times, total), start, MONTHLY)
    came = [Came(nth, on, amount) for nth, (on, amount) in enumerate(payments)]
    now = pledging.allocate(dues, came)
    assert now.paid + now.extra == sum(row.amount for row in came)
    off = pledging.write_off(now, data.draw(st.integers(0, now.left)))
    changed = {due.on: due for due in off}
    after = [changed.get(due.on, due) for due in dues]
    assert pledging.promised(after) == total
    then = pledging.allocate(after, came)
    assert then.paid == now.paid
    left = total - then.paid - sum(due.written_off for due in after)
    again = pledging.replan(then, total, data.draw(st.integers(1, max(1, min(12, left)))), start, MONTHLY)
    assert pledging.promised(again) == total
    assert pledging.allocate(again, came).paid >= then.paid
