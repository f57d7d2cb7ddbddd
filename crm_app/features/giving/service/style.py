"""How money and days are written here."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import get_currency_symbol

from crm_app.core.work import Work
from crm_app.engine.money import read, written
from crm_app.features.giving import queries
from crm_app.features.giving.service.receipts import today


@dataclass(frozen=True)
class Style:
    """The organization's currency, its language and the day it is there."""

    currency: str
    locale: str
    today: date

    @property
    def symbol(self) -> str:
        return get_currency_symbol(self.currency, locale=self.locale)

    def money(self, amount: int | None, currency: str = "", *, cents: bool = True) -> str:
        return "–" if amount is None else written(amount, currency or self.currency, self.locale, cents=cents)

    def day(self, day: date | None) -> str:
        return _day(day, self.locale) if day else ""

    def read(self, text: str) -> int:
        return read(text, self.currency)


@lru_cache(maxsize=4_096)
def _day(day: date, locale: str) -> str:
    return format_date(day, "medium", locale=locale)


def style(work: Work) -> Style:
    us = queries.organization(work.session)
    return Style(us.currency, us.locale, today(work))
