"""Money in whole minor units: divided without losing a cent, read from what people type, written for them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale
from babel.numbers import format_currency, get_currency_precision

WHOLE = re.compile(r"-?(\d+|\d{1,3}([.,]\d{2,3})*[.,]\d{3}|)")


@dataclass(frozen=True)
class Part:
    """One part of a sum: a fixed amount, a percentage, or (neither) a share of what is left."""

    amount: int | None = None
    percent: Decimal | None = None


class DoesNotSum(ValueError):
    """The parts do not come to the whole; `left` is what is missing (above zero) or too much."""

    def __init__(self, left: int):
        self.left = left
        super().__init__(f"{left} left over")


def divide(total: int, weights: Sequence[Decimal | int]) -> list[int]:
    """`total` in proportion to `weights`, summing exactly: the largest remainders get the odd cents, earlier first."""
    whole = sum(Decimal(weight) for weight in weights)
    if not weights or whole <= 0:
        raise ValueError("weights must be above zero")
    sign, size = (-1, -total) if total < 0 else (1, total)
    exact = [Decimal(weight) * size / whole for weight in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda at: (-(exact[at] - parts[at]), at))
    for at in by_remainder[: size - sum(parts)]:
        parts[at] += 1
    return [sign * part for part in parts]


def parts_of(total: int, asked: Sequence[Part]) -> list[int]:
    """The amount of every part; they sum to `total` or `DoesNotSum` says by how much they do not."""
    fixed = sum(part.amount or 0 for part in asked if part.amount is not None)
    percents = [part.percent for part in asked if part.percent is not None]
    open_parts = sum(part.amount is None and part.percent is None for part in asked)
    by_percent = _by_percent(total, percents)
    left = total - fixed - sum(by_percent)
    if (left != 0 and not open_parts) or (left < 0 <= total):
        raise DoesNotSum(left)
    rest = divide(left, [1] * open_parts) if open_parts else []
    shares, rests = iter(by_percent), iter(rest)
    return [
        part.amount if part.amount is not None else next(shares) if part.percent is not None else next(rests)
        for part in asked
    ]


def _by_percent(total: int, percents: list[Decimal]) -> list[int]:
    left = 100 - sum(percents, Decimal(0))
    if left < 0:
        raise DoesNotSum(int(total * left / 100))
    return divide(total, [*percents, left] if left else percents)[: len(percents)] if percents else []


@lru_cache(maxsize=256)
def digits(currency: str) -> int:
    """Decimals of a currency: 2 for USD, 0 for JPY, 3 for KWD."""
    return get_currency_precision(currency) if currency else 2


def major(amount: int, currency: str) -> Decimal:
    return Decimal(amount).scaleb(-digits(currency))


def written(amount: int, currency: str, locale: str = "en_US", *, cents: bool = True) -> str:
    """As people write it in their country: $1,234.50; without cents where they do not matter."""
    number = major(amount, currency)
    if cents:
        return format_currency(number, currency, locale=_locale(locale))
    pattern = _locale(locale).currency_formats["standard"].pattern.split(";")[0].replace("0.00", "0")
    return format_currency(number, currency, format=pattern, locale=_locale(locale), currency_digits=False)


@lru_cache(maxsize=32)
def _locale(name: str) -> Locale:
    return Locale.parse(name or "en_US")


def read(text: str, currency: str) -> int:
    """What a person typed ("1,234.50", "$ 50", "1.234,50") in minor units; ValueError when it is no amount."""
    kept = "".join(sign for sign in text if sign.isdigit() or sign in ".,-")
    point, comma = kept.rfind("."), kept.rfind(",")
    last = max(point, comma)
    places = len(kept) - last - 1
    decimal_sign = last >= 0 and (places != 3 or (point >= 0 and comma >= 0) or digits(currency) == 3)
    head, tail = (kept[:last], kept[last + 1 :]) if decimal_sign else (kept, "")
    if not WHOLE.fullmatch(head) or (decimal_sign and kept[last] in head):
        raise ValueError(f"{text!r} is not an amount")
    number = head.replace(".", "").replace(",", "") + ("." + tail if tail else "")
    try:
        amount = Decimal(number).scaleb(digits(currency))
    except InvalidOperation:
        raise ValueError(f"{text!r} is not an amount") from None
    if amount != int(amount):
        raise ValueError(f"{text!r} has more decimals than {currency} has")
    return int(amount)
