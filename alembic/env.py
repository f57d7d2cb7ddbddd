"""Migrations run through crm_app.core.migrations; this loads every feature's tables and opens the connection."""

from sqlmodel import SQLModel

from alembic import context
from crm_app import tables  # noqa: F401  every table of every feature
from crm_app.core.database import database
from crm_app.core.migrations import faults, models_only


def render_item(kind, item, autogen_context):
    if kind == "type" and type(item).__name__ == "AutoString":
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    if kind == "type" and type(item).__name__ == "Moment":
        return "sa.DateTime(timezone=True)"
    return False


def drop_feed(connection) -> None:
    """Triggers that speak of another table stop it from being copied; the store makes them again on first use."""
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'feed\\_%' ESCAPE '\\'"
    raw = connection.connection.dbapi_connection
    for (name,) in raw.execute(triggers).fetchall():
        raw.execute(f"DROP TRIGGER {name}")


def run() -> None:
    base = context.config.attributes.get("database") or database()
    with base.engine.connect().execution_options(crm_mode="write") as connection:
        if base.sqlite:
            # Batch operations copy tables; with foreign keys on, dropping the old copy would delete its children.
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
            drop_feed(connection)
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=base.sqlite,
            compare_type=True,
            render_item=render_item,
            include_object=models_only,
            transaction_per_migration=False,
        )
        try:
            with context.begin_transaction():
                context.run_migrations()
                if base.sqlite and (bad := faults(connection)):
                    raise RuntimeError(f"foreign keys point nowhere: {bad}")
        finally:
            if base.sqlite:
                connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")


run()
