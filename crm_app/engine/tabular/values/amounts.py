"""Money in any notation to integer minor units and a currency."""

import re
from collections.abc import Iterable
from functools import lru_cache

NO_MINOR = frozenset(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ]
)
THREE_MINOR = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
SIGNS = {"US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD",
         "R$": "BRL", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₪": "ILS", "₽": "RUB", "zł": "PLN",
         "Kč": "CZK", "kr": "", "Fr.": "CHF", "$": ""}  # fmt: skip
_SIGN = "|".join(sorted(map(re.escape, SIGNS), key=len, reverse=True))
SHAPE = re.compile(
    rf"^(?P<open>\()?\s*(?P<minus1>-)?\s*(?P<before>{_SIGN}|[A-Za-z]{{3}})?\s*(?P<minus2>-)?\s*"
    rf"(?P<digits>\d[\d.,' ]*|[.,]\d+)\s*(?P<after>{_SIGN}|[A-Za-z]{{3}})?\s*(?P<minus3>-|DR|CR)?\s*(?P<close>\))?$"
)
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "−": "-", "–": "-", "’": "'", "٬": ",", "٫": "."})


class NotAnAmount(ValueError):
    """The cell holds no amount; the message says what is wrong with it."""


def exponent(currency: str) -> int:
    return 0 if currency in NO_MINOR else 3 if currency in THREE_MINOR else 2


@lru_cache(maxsize=50_000)
def amount(text: str, currency: str = "USD", mark: str = "") -> tuple[int, str]:
    """`1.234,50 €` → (123450, "EUR"). MARK is the decimal mark of the column for cells that could be read both ways."""
    found = SHAPE.match(text.strip().translate(SPACES))
    if not found or bool(found["open"]) != bool(found["close"]):
        raise NotAnAmount(f"“{text.strip()[:40]}” is not an amount.")
    currency = _currency(found["before"]) or _currency(found["after"]) or currency
    whole, part = _split(found["digits"].replace(" ", "").replace("'", ""), mark, text)
    minus = any((found["minus1"], found["minus2"], found["minus3"] == "-", found["open"]))
    return (-1 if minus else 1) * _minor(whole, part, exponent(currency), text), currency


def _currency(sign: str | None) -> str:
    if not sign:
        return ""
    known = SIGNS.get(sign)
    if known is not None:
        return known
    if sign.isalpha() and len(sign) == 3:
        return sign.upper()
    raise NotAnAmount(f"“{sign}” is not a currency.")


def _split(digits: str, mark: str, text: str) -> tuple[str, str]:
    dot, comma = digits.rfind("."), digits.rfind(",")
    if dot >= 0 and comma >= 0:
        last = "." if dot > comma else ","
        whole, _, part = digits.rpartition(last)
        if last in whole:
            raise NotAnAmount(f"“{text.strip()[:40]}” is not an amount.")
        return whole.replace(",", "").replace(".", ""), part
    only = "." if dot >= 0 else "," if comma >= 0 else ""
    if not only:
        return digits, ""
    if digits.count(only) > 1:
        if not re.fullmatch(rf"\d{{1,3}}({re.escape(only)}\d{{2,3}})*{re.escape(only)}\d{{3}}", digits):
            raise NotAnAmount(f"“{text.strip()[:40]}” is not an amount.")
        return digits.replace(only, ""), ""
    whole, _, part = digits.partition(only)
    if len(part) != 3 or whole in ("", "0") or len(whole) > 3:
        return whole, part
    if mark:
        return (whole, part) if only == mark else (whole + part, "")
    raise NotAnAmount(f"“{text.strip()[:40]}” can be read as {whole}{part} or as {whole}.{part}.")


def _minor(whole: str, part: str, digits: int, text: str) -> int:
    if len(part.rstrip("0")) > digits:
        raise NotAnAmount(f"“{text.strip()[:40]}” has more decimals than the currency.")
    return int((whole or "0") + part[:digits].ljust(digits, "0"))


def decimal_mark(values: Iterable[str]) -> str:
    """The decimal mark a column uses: "." or ",", "ask" when its cells can be read both ways, "" when none matters."""
    votes = {".": 0, ",": 0}
    unclear = 0
    for value in values:
        digits = re.sub(r"[^\d.,]", "", value)
        dot, comma = digits.rfind("."), digits.rfind(",")
        if dot >= 0 and comma >= 0:
            votes["." if dot > comma else ","] += 1
        elif dot >= 0 or comma >= 0:
            only = "." if dot >= 0 else ","
            whole, _, part = digits.rpartition(only)
            if digits.count(only) > 1:
                votes["," if only == "." else "."] += 1
            elif len(part) == 3 and 0 < len(whole) <= 3 and whole != "0":
                unclear += 1
            else:
                votes[only] += 1
    if votes["."] == votes[","]:
        return "ask" if unclear else ""
    if unclear and min(votes.values()):
        return "ask"
    return max(votes, key=lambda key: votes[key])
