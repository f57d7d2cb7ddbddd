"""Plan and carry out what a merge does to rows: move, combine, change; every step knows how to go back."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from crm_app.core import history
from crm_app.features.duplicates import queries
from crm_app.features.duplicates.service.links import Link, all_links, children_of, policy, uniques
from crm_app.features.duplicates.service.totals import Totals

Row = dict[str, Any]
MOVE, CHANGE, COMBINE, ADD = "move", "change", "combine", "add"


@dataclass
class Steps:
    """What was done, in order; each step is a row of `merge_row`."""

    done: list[tuple[str, Row, str, Row, Row]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(self, table: sa.Table, pk: Row, step: str, before: Row, after: Row) -> None:
        self.done.append((table.name, plain(pk), step, plain(before), plain(after)))

    def counts(self) -> dict[str, dict[str, int]]:
        seen: dict[str, Counter[str]] = {}
        for table, _, step, _, _ in self.done:
            seen.setdefault(table, Counter())[step] += 1
        return {table: dict(steps) for table, steps in seen.items()}


def plain(row: Mapping[str, Any]) -> Row:
    return history.plain(dict(row))


def pk_of(table: sa.Table, row: Mapping[str, Any]) -> Row:
    return {column.name: row[column.name] for column in table.primary_key.columns}


def at(table: sa.Table, pk: Mapping[str, Any]) -> sa.ColumnElement[bool]:
    return sa.and_(*(table.c[name] == value for name, value in pk.items()))


def move_all(session: Session, kept: int, dropped: int) -> Steps:
    """Point everything of `dropped` at `kept`. Aborts when a row or a cent would go missing."""
    steps, links = Steps(), all_links()
    before = Totals.of(session, links, kept, dropped)
    for link in links:
        for row in queries.any_rows(session, link.table, link.column == dropped):
            _move(session, link, row, kept, dropped, steps)
    Totals.of(session, links, kept, dropped).agree(before, [(s[0], s[3]) for s in steps.done if s[2] == COMBINE])
    return steps


def _move(session: Session, link: Link, row: Row, kept: int, dropped: int, steps: Steps) -> None:
    table, after = link.table, {**row, link.column.name: kept}
    own = policy(table.name)
    if own.lone and _links_itself(table, after, kept):
        steps.warnings.append(f"The two had a {own.words[0]} with each other; it is taken away.")
        return _take(session, table, row, steps)
    if (twin := twin_of(session, table, after, row, own.same)) is not None:
        return _combine(session, table, row, twin, steps)
    after = step_back(session, table, after, row)
    pk, changed = pk_of(table, row), {name: value for name, value in after.items() if value != row[name]}
    session.execute(sa.update(table).where(at(table, pk)).values(**changed))
    steps.add(table, pk_of(table, after), MOVE, {name: row[name] for name in changed}, changed)


def _links_itself(table: sa.Table, row: Row, kept: int) -> bool:
    ends = [link.column.name for link in all_links() if link.table is table]
    return len(ends) > 1 and all(row[name] == kept for name in ends)


def twin_of(session: Session, table: sa.Table, after: Row, row: Row | None, same: tuple[str, ...]) -> Row | None:
    """The row that already says the same, by the schema's unique keys or by the table's own idea of same."""
    mine = pk_of(table, row) if row is not None else {}
    for unique in uniques(table):
        values = {name: after[name] for name in unique.columns}
        if unique.flag or values == mine or None in values.values() or not unique.holds(after):
            continue
        for other in queries.any_rows(session, table, *(table.c[name] == value for name, value in values.items())):
            if pk_of(table, other) != mine and unique.holds(other):
                return other
    if same and any(after[name] not in (None, "") for name in same):
        owners = {link.column.name for link in all_links() if link.table is table}
        where = [_equals(table.c[name], after[name]) for name in sorted({*owners, *same})]
        return next((other for other in queries.any_rows(session, table, *where) if pk_of(table, other) != mine), None)
    return None


def _equals(column: sa.Column, value: Any) -> sa.ColumnElement[bool]:
    return column.is_(None) if value is None else column == value


def step_back(session: Session, table: sa.Table, after: Row, row: Row) -> Row:
    """Only one may be primary: where the kept record has one, the moved row becomes an ordinary one."""
    for unique in uniques(table):
        if unique.flag and after[unique.flag]:
            where = [table.c[name] == after[name] for name in unique.columns] + [table.c[unique.flag].is_(True)]
            if any(pk_of(table, o) != pk_of(table, row) for o in queries.any_rows(session, table, *where)):
                after = {**after, unique.flag: False}
    return after


def _combine(session: Session, table: sa.Table, row: Row, twin: Row, steps: Steps) -> None:
    """Two rows that say the same become one: what the kept one lacks is filled in, nothing else points nowhere."""
    fills = {name: row[name] for name in row if twin[name] in (None, "") and row[name] not in (None, "")}
    fills = {
        name: value for name, value in fills.items() if not table.c[name].primary_key and not table.c[name].foreign_keys
    }
    if fills and not _breaks(table, fills):
        pk = pk_of(table, twin)
        session.execute(sa.update(table).where(at(table, pk)).values(**fills))
        steps.add(table, pk, CHANGE, {name: twin[name] for name in fills}, fills)
    _hand_over(session, table, row, twin, steps)
    _take(session, table, row, steps)


def _breaks(table: sa.Table, fills: Row) -> bool:
    return any(name in fills for unique in uniques(table) for name, _, _ in unique.where)


def _hand_over(session: Session, table: sa.Table, row: Row, twin: Row, steps: Steps) -> None:
    """What points at the row that goes points at the one that stays from now on."""
    for link in children_of(table):
        target = target_of(link)
        for child in queries.any_rows(session, link.table, link.column == row[target]):
            after = {**child, link.column.name: twin[target]}
            if (other := twin_of(session, link.table, after, child, ())) is not None:
                _combine(session, link.table, child, other, steps)
            else:
                _point(session, link, child, twin[target], steps)


def _take(session: Session, table: sa.Table, row: Row, steps: Steps) -> None:
    """Take a row away, with what belongs to it; all of it is kept in the steps."""
    for link in children_of(table):
        for child in queries.any_rows(session, link.table, link.column == row[target_of(link)]):
            if link.column.nullable:
                _point(session, link, child, None, steps)
            else:
                _take(session, link.table, child, steps)
    session.execute(sa.delete(table).where(at(table, pk_of(table, row))))
    steps.add(table, pk_of(table, row), COMBINE, row, {})


def _point(session: Session, link: Link, child: Row, value: Any, steps: Steps) -> None:
    name, pk = link.column.name, pk_of(link.table, child)
    session.execute(sa.update(link.table).where(at(link.table, pk)).values({name: value}))
    steps.add(link.table, pk_of(link.table, {**child, name: value}), MOVE, {name: child[name]}, {name: value})


def target_of(link: Link) -> str:
    return next(iter(link.column.foreign_keys)).column.name
