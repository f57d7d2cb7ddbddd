"""Moving everything from one database to another: from the embedded one to PostgreSQL when a team grows."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_app.core.database import Database
from crm_app.core.errors import CrmError

BATCH = 5_000


class NotEmpty(CrmError):
    message = "The database to move into already holds people's data."


def move(source: Database, target: Database, told: Callable[[str, int], None] = lambda name, rows: None) -> int:
    """Copy every row of every table; both have today's tables. Returns the number of rows.

    Rows are written in the order of their foreign keys; links inside one table wait until all its rows are there.
    """
    total = 0
    with source.read() as reading, target.write() as writing:
        out = writing.connection()
        if not target.sqlite:
            out.exec_driver_sql("SET session_replication_role = replica")
        _refuse_people(out)
        for table in SQLModel.metadata.sorted_tables:
            _empty_seeds(out, table)
        for table in SQLModel.metadata.sorted_tables:
            rows = _copy(reading.connection(), out, table)
            told(table.name, rows)
            total += rows
        if not target.sqlite:
            _set_sequences(out)
            out.exec_driver_sql("SET session_replication_role = origin")
    return total


def _refuse_people(out: sa.Connection) -> None:
    """Before anything is touched: emptying one table empties those that point to it."""
    there = SQLModel.metadata.tables.get("constituent")
    if there is not None and out.execute(sa.select(there.c.id).limit(1)).first():
        raise NotEmpty


def _empty_seeds(out: sa.Connection, table: sa.Table) -> None:
    """A new database has the seeds of its migrations; those of the source come instead."""
    if out.dialect.name == "postgresql":
        out.execute(sa.text(f'TRUNCATE TABLE "{table.name}" CASCADE'))


def _copy(reading: sa.Connection, out: sa.Connection, table: sa.Table) -> int:
    count = 0
    key = list(table.primary_key.columns)
    for rows in reading.execute(sa.select(table).order_by(*key)).mappings().partitions(BATCH):
        out.execute(table.insert(), [dict(row) for row in rows])
        count += len(rows)
    return count


def _set_sequences(out: sa.Connection) -> None:
    for table in SQLModel.metadata.sorted_tables:
        if "id" in table.c and isinstance(table.c.id.type, sa.Integer):
            out.execute(
                sa.text(
                    f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), "
                    f'(SELECT coalesce(max(id), 0) + 1 FROM "{table.name}"), false)'
                )
            )
