"""Databases for tests: SQLite always, PostgreSQL where a server answers."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from crm_app import tables  # noqa: F401
from crm_app.core.access import Actor
from crm_app.core.config import settings
from crm_app.core.database import Database
from crm_app.core.migrations import migrate
from crm_app.core.work import Work, open_work
from tests.browsing import Server, new_server

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
POSTGRES = os.environ.get("CRM_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


def postgres_answers() -> bool:
    try:
        psycopg.connect(POSTGRES, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


KINDS = ["sqlite", "postgresql"] if postgres_answers() else ["sqlite"]


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test keeps its files in a folder of its own."""
    monkeypatch.setenv("CRM_DATA", str(tmp_path / "data"))
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared folder with real input files is not here")
    return SHARED


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    base = Database(f"sqlite:///{path}")
    migrate(base)
    with base.engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.dispose()
    return path


@pytest.fixture(scope="session")
def _migrated_postgres() -> Iterator[str]:
    name = f"crm_template_{uuid.uuid4().hex[:10]}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    base = Database(POSTGRES.rsplit("/", 1)[0] + f"/{name}")
    migrate(base)
    base.dispose()
    yield name
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(params=KINDS)
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated, empty database of each kind."""
    if request.param == "sqlite":
        template = request.getfixturevalue("_migrated_sqlite")
        shutil.copy(template, tmp_path / "test.db")
        base = Database(f"sqlite:///{tmp_path / 'test.db'}")
        yield base
        base.dispose()
        return
    template = request.getfixturevalue("_migrated_postgres")
    name = f"crm_test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    base = Database(POSTGRES.rsplit("/", 1)[0] + f"/{name}?options=-c%20synchronous_commit%3Doff")
    yield base
    base.dispose()
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def admin() -> Actor:
    return Actor.system("Ada Administrator")


@pytest.fixture
def work(db: Database, admin: Actor) -> Iterator[Work]:
    """An open write transaction as administrator."""
    with open_work(db, admin) as opened:
        yield opened


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One real server for all tests of a run; what a test needs in it, it makes itself."""
    made = new_server(tmp_path_factory.mktemp("server"))
    yield made
    made.stop()
