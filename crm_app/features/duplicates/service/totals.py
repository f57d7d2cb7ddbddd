"""The count before and after a merge: no row and no cent may go missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from crm_app.core.errors import Conflict
from crm_app.features.duplicates.service.links import Link


class RowLost(Conflict):
    """The counts before and after a merge differ: nothing was done."""

    message = "A row or a sum would have been lost, so nothing was merged."


@dataclass(frozen=True)
class Totals:
    """Rows and money that belong to the two records, by link; and what still points at the one that goes."""

    kept: int
    dropped: int
    rows: dict[str, int]
    left: int
    money: dict[tuple[str, str], int]

    @classmethod
    def of(cls, session: Session, links: Sequence[Link], kept: int, dropped: int) -> "Totals":
        rows, money, left = {}, {}, 0
        for link in links:
            mine = link.column.in_((kept, dropped))
            count = sa.select(sa.func.count()).select_from(link.table)
            rows[link.name] = session.execute(count.where(mine)).scalar() or 0
            left += session.execute(count.where(link.column == dropped)).scalar() or 0
            if "amount" in link.table.c:
                currency = link.table.c.currency if "currency" in link.table.c else sa.literal("")
                query = sa.select(currency, sa.func.sum(link.table.c.amount)).where(mine).group_by(currency)
                money |= {(link.name, code): int(total or 0) for code, total in session.execute(query)}
        return cls(kept, dropped, rows, left, money)

    def agree(self, before: "Totals", taken: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """`taken` are the rows that were combined into others: table and values."""
        gone: dict[str, int] = {}
        paid: dict[tuple[str, str], int] = {}
        for table, row in taken:
            for name, value in row.items():
                place = f"{table}.{name}"
                if place in before.rows and value in (self.kept, self.dropped):
                    gone[place] = gone.get(place, 0) + 1
                    if "amount" in row:
                        key = (place, row.get("currency", ""))
                        paid[key] = paid.get(key, 0) + (row["amount"] or 0)
        rows = {place: count - gone.get(place, 0) for place, count in before.rows.items()}
        money = {key: total - paid.get(key, 0) for key, total in before.money.items() if total - paid.get(key, 0)}
        if self.left or self.rows != rows or {k: v for k, v in self.money.items() if v} != money:
            raise RowLost(before=before.rows, after=self.rows, combined=gone)
