"""Rows by the thousand: collected by table, written in the order foreign keys allow."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from pydantic_core import PydanticUndefined
from sqlmodel import Session, SQLModel

ENOUGH = 20_000


class Shelf:
    """The rows of one table that wait to be written."""

    def __init__(self, model: type[SQLModel], session: Session):
        self.table: sa.Table = model.__table__  # type: ignore[attr-defined]
        self.names = [column.name for column in self.table.columns]
        self.at = {name: place for place, name in enumerate(self.names)}
        self.factories: list[tuple[int, Callable[[], Any]]] = []
        self.template = [self._default(model, name) for name in self.names]
        self.rows: list[list[Any]] = []
        self.written = 0
        self.next_id = 0
        if "id" in self.at:
            self.next_id = (session.execute(sa.select(sa.func.max(self.table.c.id))).scalar() or 0) + 1

    def _default(self, model: type[SQLModel], name: str) -> Any:
        field = model.model_fields[name]
        if field.default_factory is not None:
            self.factories.append((self.at[name], field.default_factory))  # type: ignore[arg-type]
            return None
        return None if field.default is PydanticUndefined else getattr(field.default, "value", field.default)

    def put(self, values: dict[str, Any]) -> int:
        row = self.template.copy()
        for place, factory in self.factories:
            row[place] = factory()
        for name, value in values.items():
            row[self.at[name]] = value
        number = 0
        if self.next_id:
            number = row[self.at["id"]] = self.next_id
            self.next_id += 1
        self.rows.append(row)
        return number


class Loader:
    """Writes shelves; on an empty, large load it leaves the indexes for the end."""

    def __init__(self, session: Session, large: bool = False):
        self.session = session
        self.large = large
        self.shelves: dict[type[SQLModel], Shelf] = {}
        self.waiting = 0
        self.put_aside: list[sa.Index] = []
        self.sqlite = session.get_bind().dialect.name == "sqlite"
        if self.sqlite:
            session.execute(sa.text("PRAGMA defer_foreign_keys=ON"))
        elif large and session.execute(sa.text("SELECT current_setting('is_superuser')")).scalar() == "on":
            session.execute(sa.text("SET LOCAL session_replication_role = replica"))

    def put(self, model: type[SQLModel], **values: Any) -> int:
        """Add a row; returns its id, which is known before it is written."""
        shelf = self.shelves.get(model) or self._open(model)
        self.waiting += 1
        if self.waiting > ENOUGH:
            self.write()
        return shelf.put(values)

    def _open(self, model: type[SQLModel]) -> Shelf:
        self.shelves[model] = Shelf(model, self.session)
        if self.large:
            for index in [index for index in self.shelves[model].table.indexes if not index.unique]:
                index.drop(self.session.connection(), checkfirst=True)
                self.put_aside.append(index)
        return self.shelves[model]

    def write(self) -> None:
        """Write what waits, parents before children."""
        order = {table: place for place, table in enumerate(SQLModel.metadata.sorted_tables)}
        for shelf in sorted(self.shelves.values(), key=lambda shelf: order[shelf.table]):
            if shelf.rows:
                write_rows(self.session, shelf.table, shelf.names, shelf.rows)
                shelf.written += len(shelf.rows)
                shelf.rows = []
        self.waiting = 0

    def finish(self) -> dict[str, int]:
        """Write the rest, make the indexes, tell PostgreSQL which ids are taken; how many rows by table."""
        self.write()
        for index in self.put_aside:
            index.create(self.session.connection())
        for shelf in self.shelves.values():
            if not self.sqlite and shelf.next_id:
                query = "SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"
                self.session.execute(sa.text(query), {"name": shelf.table.name, "last": max(1, shelf.next_id - 1)})
        return {shelf.table.name: shelf.written for shelf in self.shelves.values()}


def write_rows(session: Session, table: sa.Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Straight to the driver: executemany on SQLite, COPY on PostgreSQL."""
    connection = session.connection()
    prepared = _prepared(table, names, rows, connection.dialect)
    columns = ", ".join(f'"{name}"' for name in names)
    raw = connection.connection.dbapi_connection
    cursor = raw.cursor()
    if connection.dialect.name == "sqlite":
        cursor.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({", ".join("?" * len(names))})', prepared)
    else:
        with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for row in prepared:
                copy.write_row(row)
    cursor.close()


def _prepared(
    table: sa.Table, names: Sequence[str], rows: Iterable[Sequence[Any]], dialect: sa.Dialect
) -> Iterable[Sequence[Any]]:
    """Values as the driver wants them: dates as text on SQLite, JSON as text on both."""
    changes: list[tuple[int, Callable[[Any], Any]]] = []
    for place, name in enumerate(names):
        kind = table.c[name].type
        if isinstance(kind, sa.JSON):
            changes.append((place, json.dumps))
        elif dialect.name == "sqlite" and not isinstance(kind, sa.Boolean):
            processor = kind.dialect_impl(dialect).bind_processor(dialect)
            if processor:
                changes.append((place, processor))
    for row in rows:
        for place, change in changes:
            if row[place] is not None:
                row[place] = change(row[place])  # type: ignore[index]
        yield row
