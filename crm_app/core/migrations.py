"""Bringing a database to today's tables, and checking that the tables are what the models say."""

from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from alembic import command
from crm_app.core.database import Database

ROOT = Path(__file__).resolve().parents[2]


def config(database: Database) -> Config:
    made = Config()
    made.set_main_option("script_location", str(ROOT / "alembic"))
    made.attributes["database"] = database
    return made


def migrate(database: Database, revision: str = "head") -> None:
    """Move forward (or, with a named earlier revision, back)."""
    current = version(database)
    if revision == "head" or current is None:
        command.upgrade(config(database), revision)
    else:
        command.downgrade(config(database), revision)


def version(database: Database) -> str | None:
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def differences(database: Database) -> list[str]:
    """What the models say and the tables do not; empty when they agree."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": models_only, "target_metadata": SQLModel.metadata}
        )
        return [str(difference) for difference in compare_metadata(context, SQLModel.metadata)]


def models_only(_object: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """Search tables and feed tables are made by hand in migrations; no model describes them."""
    return not (reflected and compare_to is None and (name or "").startswith(("search_", "feed_", "ft_")))


def faults(connection: sa.Connection) -> list[str]:
    """Foreign keys of a SQLite database that point nowhere."""
    return [str(tuple(row)) for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5)]
