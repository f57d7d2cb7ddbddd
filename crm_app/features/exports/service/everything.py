"""Everything as one zip of CSV with a JSON schema and the files; and back again into an empty database.

Empty cells are nothing; an apostrophe in front of a cell is not part of it (it keeps spreadsheets from running the text).
"""

import csv
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm_app.core import files
from crm_app.core.access import Actor, Permission
from crm_app.core.database import Database
from crm_app.core.errors import CrmError
from crm_app.core.migrations import migrate
from crm_app.core.moving import NotEmpty, move
from crm_app.core.tables import Moment
from crm_app.core.work import Work, open_work
from crm_app.features.constituents import service as constituents
from crm_app.features.exports import queries

SECRET = {"user_session", "one_time_link", "sign_in_attempt", "recovery_code", "job", "export"}
DERIVED = {"search_term"}
HIDDEN = {("user_account", "password_hash"), ("user_account", "totp_secret")}
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "|", "%")
PART = 5_000


class NotOurs(CrmError):
    message = "This is not a whole Commonplace."


def tables() -> list[sa.Table]:
    return [table for table in SQLModel.metadata.sorted_tables if table.name not in SECRET | DERIVED]


def write_everything(work: Work, path: Path) -> int:
    """One moment of the whole database. Passwords, sessions and what can be worked out again stay behind."""
    work.require(Permission.EXPORT, Permission.BACKUP)
    total = 0
    described: dict[str, Any] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for table in tables():
            rows = _write_table(work, table, pack)
            described[table.name] = {"rows": rows, "columns": [_described(column) for column in table.columns]}
            total += rows
        for digest in _digests(work):
            kept = files.of_hash(digest)
            if kept.exists():
                pack.write(kept, f"files/{digest}")
        schema = {"format": "commonplace", "version": 1, "tables": described}
        pack.writestr("schema.json", json.dumps(schema, indent=1, ensure_ascii=False))
    return total


def _described(column: sa.Column[Any]) -> dict[str, Any]:
    links = [f"{link.column.table.name}.{link.column.name}" for link in column.foreign_keys]
    return {
        "name": column.name,
        "type": _kind(column),
        "nullable": bool(column.nullable),
        "key": column.primary_key,
        "links": links,
    }


def _kind(column: sa.Column[Any]) -> str:
    kind = column.type
    names = ((Moment, "moment"), (sa.DateTime, "moment"), (sa.Date, "date"), (sa.Boolean, "yes_no"), (sa.JSON, "json"), (sa.Integer, "whole"), (sa.Float, "number"))  # fmt: skip
    return next((name for python, name in names if isinstance(kind, python)), "text")


def _write_table(work: Work, table: sa.Table, pack: zipfile.ZipFile) -> int:
    count = 0
    keys = list(table.primary_key.columns)
    with (
        pack.open(f"{table.name}.csv", "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, "utf-8", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow([column.name for column in table.columns])
        for row in work.session.execute(sa.select(table).order_by(*keys).execution_options(yield_per=PART)):
            writer.writerow([_cell(column, value) for column, value in zip(table.columns, row, strict=True)])
            count += 1
    return count


def _cell(column: sa.Column[Any], value: Any) -> str:
    if value is None or (column.table.name, column.name) in HIDDEN:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if _kind(column) == "json":
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    text = str(value)
    if isinstance(value, str) and (text.startswith(STARTS) or (text == "" and column.nullable)):
        return f"'{text}"
    return text


def _digests(work: Work) -> list[str]:
    table = SQLModel.metadata.tables["stored_file"]
    query = sa.select(table.c.sha256).where(table.c.kind != "export").distinct().order_by(table.c.sha256)
    return list(work.session.execute(query).scalars())


def bring_back(path: Path, target: Database, told: Callable[[str, int], None] = lambda name, rows: None) -> int:
    """Read a whole Commonplace into an empty database, all of it or nothing; returns the number of its rows."""
    with _opened(path) as pack:
        total = _straight(pack, target) if target.sqlite else _moved(pack, target, told)
        _read_files(pack)
    _index(target)
    return total


def _straight(pack: zipfile.ZipFile, target: Database) -> int:
    with target.write() as session:
        if session.execute(sa.select(sa.func.count()).select_from(SQLModel.metadata.tables["constituent"])).scalar():
            raise NotEmpty
        # Links inside one table and between tables are looked at when all rows are there.
        session.execute(sa.text("PRAGMA defer_foreign_keys=ON"))
        return _read_tables(pack, session.connection())


def _moved(pack: zipfile.ZipFile, target: Database, told: Callable[[str, int], None]) -> int:
    """PostgreSQL: first into a plain database beside, then moved over in one piece."""
    with tempfile.TemporaryDirectory(prefix="whole-") as folder:
        beside = Database(f"sqlite:///{folder}/beside.db")
        migrate(beside)
        _straight(pack, beside)
        total = move(beside, target, told)
        beside.dispose()
    return total


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        pack = zipfile.ZipFile(path)
        schema = json.loads(pack.read("schema.json"))
    except (zipfile.BadZipFile, KeyError, ValueError) as problem:
        raise NotOurs from problem
    if schema.get("format") != "commonplace" or schema.get("version") != 1:
        raise NotOurs(hint="It was written by another kind or a newer version.")
    missing = set(schema["tables"]) - set(SQLModel.metadata.tables)
    if missing:
        raise NotOurs(
            f"It has a table we do not know: {sorted(missing)[0]}.", hint="It was written by a newer version."
        )
    return pack


def _read_tables(pack: zipfile.ZipFile, connection: sa.Connection) -> int:
    """The rows of the file take the place of the seeds of a new database."""
    total = 0
    for table in reversed(SQLModel.metadata.sorted_tables):
        connection.execute(table.delete())
    for table in tables():
        for part in _parts(pack, table) if f"{table.name}.csv" in pack.namelist() else ():
            connection.execute(table.insert(), part)
            total += len(part)
    return total


def _parts(pack: zipfile.ZipFile, table: sa.Table) -> Iterator[list[dict[str, Any]]]:
    csv.field_size_limit(1 << 27)
    with pack.open(f"{table.name}.csv") as raw, io.TextIOWrapper(raw, "utf-8", newline="") as file:
        reader = csv.reader(file)
        columns = [table.c[name] for name in next(reader) if name in table.c]
        part: list[dict[str, Any]] = []
        for cells in reader:
            part.append({column.name: _value(column, cell) for column, cell in zip(columns, cells, strict=True)})
            if len(part) == PART:
                yield part
                part = []
        if part:
            yield part


def _value(column: sa.Column[Any], cell: str) -> Any:
    kind = _kind(column)
    if cell == "":
        return None if column.nullable else "" if kind == "text" else [] if kind == "json" else None
    if kind == "text":
        return cell[1:] if cell.startswith("'") else cell
    readers: dict[str, Callable[[str], Any]] = {
        "moment": datetime.fromisoformat, "date": date.fromisoformat, "yes_no": lambda text: text == "true",
        "json": json.loads, "whole": int, "number": float,
    }  # fmt: skip
    return readers[kind](cell)


def _read_files(pack: zipfile.ZipFile) -> None:
    for name in pack.namelist():
        digest = name.removeprefix("files/")
        if name.startswith("files/") and len(digest) == 64 and digest.isalnum():
            target = files.of_hash(digest)
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_suffix(".part")
            with pack.open(name) as source, draft.open("wb") as out:
                while chunk := source.read(1 << 20):
                    out.write(chunk)
            os.replace(draft, target)


def _index(target: Database) -> None:
    """The words people are found by are worked out anew."""
    with target.read() as session:
        ids = queries.everybody(session)
    for start in range(0, len(ids), PART):
        with open_work(target, Actor.system()) as work:
            constituents.reindex(work, ids[start : start + PART])
