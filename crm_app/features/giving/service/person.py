"""What one person gave, as the profile shows it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.engine.calendar import fiscal_year
from crm_app.engine.money import written
from crm_app.features.giving import queries
from crm_app.features.giving.models import Gift
from crm_app.features.giving.schemas import GiftRow, Totals


def gifts(work: Work, constituent_id: int, limit: int = 200) -> list[GiftRow]:
    """Gifts and gifts one is credited for, newest first."""
    work.require(Permission.GIVING_READ)
    own = queries.gifts_of(work.session, constituent_id, limit)
    soft = queries.credited_to(work.session, constituent_id, limit)
    funds = queries.funds_of(work.session, [g.id for g in own] + [g.id for _, g, _ in soft])
    campaigns = {row.id: row.name for row in queries.campaigns(work.session)}
    locale = queries.organization(work.session).locale
    rows = [gift_row(gift, funds, campaigns, locale) for gift in own]
    for credit, gift, giver in soft:
        row = gift_row(gift, funds, campaigns, locale)
        shown = written(credit.amount, gift.currency, locale)
        more = {"soft": True, "giver": giver, "giver_id": gift.constituent_id, "role": credit.role, "shown": shown}
        rows.append(row.model_copy(update=more | {"amount": credit.amount}))
    return sorted(rows, key=lambda row: (row.given_on, row.id), reverse=True)[:limit]


def gift_row(gift: Gift, funds: dict[int, list[str]], campaigns: dict[int, str], locale: str) -> GiftRow:
    return GiftRow(
        id=gift.id,
        constituent_id=gift.constituent_id,
        given_on=gift.given_on,
        amount=gift.amount,
        shown=written(gift.amount, gift.currency, locale),
        currency=gift.currency,
        kind=gift.kind,
        method=gift.method,
        status=gift.status,
        funds=", ".join(funds.get(gift.id, [])),
        campaign=campaigns.get(gift.campaign_id or 0, ""),
        thanks=gift.thanks,
        reference=gift.reference,
    )


def totals(work: Work, constituent_id: int) -> Totals:
    """What somebody gave: what was paid less what went back, in the organization's currency; others are named beside."""
    work.require(Permission.GIVING_READ)
    us = queries.organization(work.session)
    family = queries.household_of(work.session, constituent_id)
    rows = queries.sums(work.session, family)
    ours = [(row, row.paid) for row in rows if row.currency == us.currency]
    made = _summed([pair for pair in ours if pair[0].constituent_id == constituent_id], us.currency)
    made.household_total = sum(amount for _, amount in ours)
    made.soft_total = queries.soft_sum(work.session, constituent_id, us.currency)
    made.other_currencies = _others(rows, constituent_id, us.currency, us.locale)
    _years(made, ours, constituent_id, work.now.date(), us.fiscal_year_start)
    return made


def _summed(own: list[tuple[Any, int]], currency: str) -> Totals:
    if not own:
        return Totals(currency=currency)
    return Totals(
        currency=currency,
        count=len(own),
        total=sum(amount for _, amount in own),
        first_on=own[0][0].given_on,
        last_on=own[-1][0].given_on,
        last_amount=own[-1][1],
        largest=max(amount for _, amount in own),
    )


def _others(rows: Sequence[Any], constituent_id: int, currency: str, locale: str) -> str:
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.constituent_id == constituent_id and row.currency != currency:
            sums[row.currency] += row.paid
    return ", ".join(written(amount, code, locale) for code, amount in sorted(sums.items()))


def _years(made: Totals, ours: list[tuple[Any, int]], constituent_id: int, today: date, start: int) -> None:
    sums: dict[int, int] = defaultdict(int)
    for row, amount in ours:
        if row.constituent_id == constituent_id:
            sums[fiscal_year(row.given_on, start)] += amount
    this = fiscal_year(today, start)
    made.this_year, made.last_year = sums.get(this, 0), sums.get(this - 1, 0)
    if sums:
        made.by_year = [(year, sums.get(year, 0)) for year in range(min(sums), max(this, *sums) + 1)]
