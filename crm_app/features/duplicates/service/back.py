"""Take back what a merge did to rows, the last step first."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from crm_app.features.duplicates import queries
from crm_app.features.duplicates.service.links import all_links, policy
from crm_app.features.duplicates.service.moving import ADD, COMBINE, Row, at, pk_of, step_back, twin_of


def go_back(session: Session, steps: Iterable[tuple[str, Row, str, Row, Row]], heirs: set[int]) -> list[str]:
    """Take back steps, the last first. What was changed since stays as it is and is told."""
    stayed: list[str] = []
    for name, key, step, before, after in steps:
        table = SQLModel.metadata.tables.get(name)
        if table is None:
            stayed.append(f"{name} is no longer kept.")
            continue
        _back(
            session, table, restored(table, key), step, restored(table, before), restored(table, after), heirs, stayed
        )
    return stayed


def _back(
    session: Session, table: sa.Table, pk: Row, step: str, before: Row, after: Row, heirs: set[int], stayed: list[str]
) -> None:
    words = policy(table.name).words[0]
    now = next(iter(queries.any_rows(session, table, at(table, pk))), None)
    if step == COMBINE:
        if now is None and _fits(session, table, before):
            session.execute(sa.insert(table).values(**before))
        elif now is None or pk_of(table, now) != pk_of(table, before):
            stayed.append(f"One {words} could not be brought back: another took its place.")
    elif step == ADD:
        if now is not None:
            session.execute(sa.delete(table).where(at(table, pk)))
    elif now is None:
        stayed.append(f"One {words} was deleted since.")
    else:
        changed = _still(table, now, before, after, heirs)
        if len(changed) < len(before):
            stayed.append(f"One {words} was changed since and stays.")
        changed = _without_clash(session, table, {**now, **changed}, now, changed)
        if changed:
            session.execute(sa.update(table).where(at(table, pk)).values(**changed))


def _still(table: sa.Table, now: Row, before: Row, after: Row, heirs: set[int]) -> Row:
    """The columns that still are as the merge left them; a link may have moved on to whoever the kept one became."""
    ends = {link.column.name for link in all_links() if link.table is table}
    return {
        name: value
        for name, value in before.items()
        if now[name] == after[name] or (name in ends and now[name] in heirs)
    }


def _without_clash(session: Session, table: sa.Table, row: Row, now: Row, changed: Row) -> Row:
    back = step_back(session, table, row, now)
    return {name: back[name] for name in changed}


def _fits(session: Session, table: sa.Table, row: Row) -> bool:
    return twin_of(session, table, row, None, ()) is None


def restored(table: sa.Table, row: Mapping[str, Any]) -> Row:
    """A row from JSON with the types its table has."""
    return {name: _typed(table.c[name], value) for name, value in row.items() if name in table.c}


def _typed(column: sa.Column, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    kind = column.type
    if isinstance(kind, sa.DateTime) or isinstance(getattr(kind, "impl", None), sa.DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, sa.Date) else value
