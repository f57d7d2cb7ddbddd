"""Records as duplicates are looked for: one select per table, read as a frame for all or as plain dicts for a few."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from crm_app.engine.match import records as cleaning
from crm_app.engine.match.records import Record

PERSON, BODY = "person", "organization"  # households are compared like organisations: by name and address
Rows = list[dict[str, Any]]


def table(name: str) -> sa.Table:
    return SQLModel.metadata.tables[name]


def ladder_kind(kind: str) -> str:
    return PERSON if kind == PERSON else BODY


def _selects(kind: str | None, ids: Iterable[int] | None) -> dict[str, sa.Select]:
    c = table("constituent")
    born = sa.func.coalesce(c.c.birth_year, 0) * 10000
    born += sa.case((c.c.birth_day.is_not(None), sa.func.coalesce(c.c.birth_month, 0) * 100 + c.c.birth_day), else_=0)
    nick = sa.func.coalesce(sa.func.nullif(c.c.nickname, ""), c.c.preferred_name)
    named = ("middle_name", "last_name", "suffix", "gender", "name")
    base = sa.select(
        c.c.id, c.c.kind, c.c.first_name, nick.label("nickname"), *(c.c[n] for n in named), born.label("dob")
    )
    base = base.where(c.c.deleted_at.is_(None), c.c.merged_into_id.is_(None))
    columns = {
        "email": ("folded",),
        "phone": ("number",),
        "address": ("line1", "city", "region", "postal_code"),
        "website": ("url",),
        "other_name": ("first_name", "last_name", "name"),
    }
    found = {"constituent": base}
    for name, wanted in columns.items():
        t = table(name)
        first = (t.c.is_primary.desc(),) if "is_primary" in t.c else ()
        found[name] = sa.select(t.c.constituent_id, *(t.c[w] for w in wanted)).order_by(
            t.c.constituent_id, *first, t.c.id
        )
    if ids is not None:
        few = list(ids)
        found = {
            n: s.where(table(n).c["id" if n == "constituent" else "constituent_id"].in_(few)) for n, s in found.items()
        }
    elif kind is not None:
        found["constituent"] = base.where(c.c.kind == kind)
    return found


def _raw(person: Mapping[str, Any], of: dict[str, Rows]) -> dict[str, Any]:
    """One record under the names the engine reads."""
    raw = {name: value for name, value in person.items() if value not in (None, "", 0)}
    for at, mail in enumerate(of["email"][:2]):
        raw["email" if at == 0 else "email_2"] = mail["folded"]
    for at, phone in enumerate(of["phone"][:2]):
        raw["phone" if at == 0 else "phone_2"] = phone["number"]
    for home in of["address"][:1]:
        raw |= {"street": home["line1"], "city": home["city"], "state": home["region"], "zip": home["postal_code"]}
    for other in of["other_name"][:1]:
        raw |= {"former_name": other["last_name"] or other["name"]}
        raw.setdefault("nickname", other["first_name"])
    for site in of["website"][:1]:
        raw["website"] = site["url"]
    return raw


def few(session: Session, ids: Iterable[int]) -> dict[int, tuple[str, Record]]:
    """id -> kind and cleaned record, for records that stand."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    selects = _selects(None, wanted)
    people = session.execute(selects.pop("constituent")).mappings().all()
    of: dict[int, dict[str, Rows]] = defaultdict(lambda: defaultdict(list))
    for name, select in selects.items():
        for row in session.execute(select).mappings():
            of[row["constituent_id"]][name].append(dict(row))
    return {p["id"]: (p["kind"], cleaning.one(_raw(p, of[p["id"]]), ladder_kind(p["kind"]))) for p in people}


def everyone(session: Session, kind: str) -> pl.DataFrame:
    """All standing records of a kind: `id` and the raw columns the engine reads."""
    selects = _selects(kind, None)
    frame = _frame(session, selects["constituent"])
    if frame.is_empty():
        return frame
    for name, columns in (("email", ("email", "email_2")), ("phone", ("phone", "phone_2"))):
        points = _frame(session, selects[name])
        if points.height:
            value = points.columns[1]
            both = points.group_by("constituent_id", maintain_order=True).agg(
                pl.col(value).first().alias(columns[0]), pl.col(value).slice(1, 1).first().alias(columns[1])
            )
            frame = frame.join(both, left_on="id", right_on="constituent_id", how="left", maintain_order="left")
    renamed = {
        "address": {"line1": "street", "region": "state", "postal_code": "zip", "city": "city"},
        "website": {"url": "website"},
        "other_name": {"last_name": "former_name", "first_name": "former_first", "name": "former_whole"},
    }
    for name, columns in renamed.items():
        points = _frame(session, selects[name])
        if points.height:
            first = points.unique("constituent_id", keep="first", maintain_order=True).rename(columns)
            frame = frame.join(first, left_on="id", right_on="constituent_id", how="left", maintain_order="left")
    return _tidy(frame)


def _tidy(frame: pl.DataFrame) -> pl.DataFrame:
    if "former_name" not in frame.columns:
        return frame
    blank = (pl.col(name) == "" for name in ("former_name", "nickname"))
    former, nick = (pl.when(b).then(None).otherwise(n) for b, n in zip(blank, ("former_name", "nickname"), strict=True))
    return frame.with_columns(
        former_name=pl.coalesce(former, "former_whole"), nickname=pl.coalesce(nick, "former_first")
    ).drop("former_whole", "former_first")


def _frame(session: Session, select: sa.Select) -> pl.DataFrame:
    """Column by column: a million rows never exist as a million dicts."""
    found = session.execute(select)
    names = list(found.keys())
    parts = []
    for rows in found.partitions(100_000):
        columns = dict(zip(names, zip(*rows, strict=True), strict=True))
        parts.append(pl.DataFrame({n: pl.Series(n, list(v), strict=False) for n, v in columns.items()}, strict=False))
    if not parts:
        return pl.DataFrame({name: [] for name in names})
    return pl.concat(parts, how="vertical_relaxed")
