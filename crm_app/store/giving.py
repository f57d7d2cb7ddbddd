"""The frame of counted gifts that reports read: loaded once, kept while nothing about giving has changed."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import sqlalchemy as sa
from sqlmodel import Session

from crm_app.core.work import Work

SCHEMA = {
    "household": pl.Int64,
    "person": pl.Int64,
    "gift": pl.Int64,
    "on": pl.Date,
    "amount": pl.Int64,
    "currency": pl.String,
    "pledged": pl.Int8,
}
GIFTS = """
SELECT COALESCE(m.household_id, g.constituent_id), g.constituent_id, g.id, g.given_on, g.paid, g.currency,
       CASE WHEN g.pledge_id IS NULL THEN 0 ELSE 1 END
FROM gift g
LEFT JOIN household_member m ON m.person_id = g.constituent_id AND {primary} AND m.ended_on IS NULL
WHERE g.paid > 0 AND g.kind <> 'in_kind'
"""
PLEDGES = """
SELECT COALESCE(m.household_id, p.constituent_id), p.constituent_id, -p.id, p.pledged_on,
       CAST(p.amount - COALESCE((SELECT SUM(i.written_off) FROM pledge_installment i WHERE i.pledge_id = p.id), 0)
            AS BIGINT),
       p.currency, 2
FROM pledge p
LEFT JOIN household_member m ON m.person_id = p.constituent_id AND {primary} AND m.ended_on IS NULL
WHERE p.status <> 'cancelled'
"""
STAMP = """
SELECT (SELECT MAX(id) FROM gift), (SELECT MAX(id) FROM payment), (SELECT MAX(id) FROM change),
       (SELECT MAX(id) FROM household_member), (SELECT MAX(id) FROM pledge_installment)
"""
ROWS = 200_000


@dataclass
class _Kept:
    stamp: tuple[Any, ...]
    frame: pl.DataFrame


_kept: dict[str, _Kept] = {}
_lock = threading.Lock()


def gifts(work: Work, currency: str, *, household: bool = True, commitment: bool = False) -> pl.DataFrame:
    """Counted gifts: unit, gift, on, amount (minor units of `currency`).

    Cash basis counts what was paid. Commitment counts pledges on the day they were made, less what was written
    off, and leaves their payments out: the two are never mixed. Gifts in kind are not money and are in neither.
    """
    frame = everything(work).filter(pl.col("currency") == currency)
    frame = frame.filter(pl.col("pledged") != 1) if commitment else frame.filter(pl.col("pledged") != 2)
    unit = pl.col("household" if household else "person").alias("unit")
    return frame.filter(pl.col("amount") > 0).select(unit, "gift", "on", "amount")


def everything(work: Work) -> pl.DataFrame:
    """All counted gifts and pledges: household, person, gift, on, amount, currency, pledged (1 payment, 2 pledge)."""
    key, only_reads = work.database.url, _only_reads(work)
    stamp = tuple(work.session.execute(sa.text(STAMP)).one())
    with _lock:
        kept = _kept.get(key)
    if kept is not None and kept.stamp == stamp and only_reads:
        return kept.frame
    frame = _read(work.session, work.database.sqlite)
    if only_reads:
        with _lock:
            if len(_kept) > 4:
                _kept.clear()
            _kept[key] = _Kept(stamp, frame)
    return frame


def _only_reads(work: Work) -> bool:
    """What an open write transaction sees may be rolled back: it is not kept for others."""
    return work.session.connection().get_execution_options().get("crm_mode") == "read"


def _read(session: Session, sqlite: bool) -> pl.DataFrame:
    primary = "m.is_primary = 1" if sqlite else "m.is_primary"
    pieces = [pl.DataFrame(schema=SCHEMA)]
    for sql in (GIFTS, PLEDGES):
        result = session.execute(sa.text(sql.format(primary=primary)))
        while rows := result.fetchmany(ROWS):
            pieces.append(_frame(rows))
    return pl.concat(pieces)


def _frame(rows: Sequence[Any]) -> pl.DataFrame:
    columns = zip(SCHEMA.items(), zip(*rows, strict=True), strict=True)
    return pl.DataFrame([_column(name, dtype, list(values)) for (name, dtype), values in columns])


def _column(name: str, dtype: Any, values: list[Any]) -> pl.Series:
    """SQLite keeps days as text."""
    if dtype == pl.Date and isinstance(values[0], str):
        return pl.Series(name, values, dtype=pl.String).str.to_date("%Y-%m-%d")
    return pl.Series(name, values, dtype=dtype)
