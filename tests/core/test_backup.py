"""Backups come back as they were, or say what is wrong."""

from pathlib import Path

import psycopg
import pytest

from crm_app.core import backup, files, history
from crm_app.core.access import Actor
from crm_app.core.checks import check
from crm_app.core.config import settings
from crm_app.core.database import Database
from crm_app.core.migrations import migrate
from crm_app.core.moving import move
from crm_app.core.work import open_work
from tests.conftest import KINDS, POSTGRES


def fill(db: Database, admin: Actor) -> None:
    with open_work(db, admin) as work:
        files.keep(work, "letter.txt", b"Dear Ada", "attachment")
        for n in range(20):
            history.record(work, "thing", n, "made", after={"name": "Łódź"})
        work.session.flush()
        history.seal(work.session)


@pytest.fixture
def empty(db: Database, tmp_path: Path):
    """A place to restore into, of the same kind."""
    if db.sqlite:
        base = Database(f"sqlite:///{tmp_path / 'new' / 'restored.db'}")
        yield base
        base.dispose()
        return
    name = f"crm_restored_{tmp_path.name[-20:]}".replace("-", "_").lower()
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
    base = Database(POSTGRES.rsplit("/", 1)[0] + f"/{name}")
    yield base
    base.dispose()
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.mark.parametrize("passphrase", ["", "three grey herons"])
def test_a_backup_comes_back_whole(
    db: Database, admin: Actor, empty: Database, tmp_path: Path, passphrase: str, monkeypatch: pytest.MonkeyPatch
):
    fill(db, admin)
    made = backup.back_up(db, tmp_path / "b.crm", passphrase=passphrase)
    assert made.rows["change"] == 20
    assert made.files == 1
    monkeypatch.setenv("CRM_DATA", str(tmp_path / "elsewhere"))
    settings.cache_clear()
    backup.restore(tmp_path / "b.crm", empty, passphrase=passphrase)
    assert [answer.question for answer in check(empty) if answer.faults] == []


def test_a_wrong_passphrase_and_a_cut_file_are_refused(db: Database, admin: Actor, empty: Database, tmp_path: Path):
    fill(db, admin)
    path = tmp_path / "b.crm"
    backup.back_up(db, path, passphrase="three grey herons")
    with pytest.raises(backup.WrongPassphrase):
        backup.restore(path, empty, passphrase="three grey storks")
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises((backup.NotABackup, backup.WrongPassphrase)):
        backup.restore(path, empty, passphrase="three grey herons")


def test_a_backup_never_overwrites(db: Database, admin: Actor, tmp_path: Path):
    backup.back_up(db, tmp_path / "b.crm")
    with pytest.raises(backup.NotEmpty):
        backup.restore(tmp_path / "b.crm", db)


def test_rubbish_is_not_a_backup(empty: Database, tmp_path: Path):
    (tmp_path / "b.crm").write_bytes(b"hello")
    with pytest.raises(backup.NotABackup):
        backup.restore(tmp_path / "b.crm", empty)


def test_everything_moves_to_postgresql(admin: Actor, tmp_path: Path):
    if "postgresql" not in KINDS:
        pytest.skip("no PostgreSQL here")
    source = Database(f"sqlite:///{tmp_path / 'small.db'}")
    migrate(source)
    fill(source, admin)
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS crm_moved WITH (FORCE)")
        server.execute("CREATE DATABASE crm_moved")
    target = Database(POSTGRES.rsplit("/", 1)[0] + "/crm_moved")
    migrate(target)
    move(source, target)
    was, now = backup.describe(source), backup.describe(target)
    assert (was.rows, was.money, was.last_seal) == (now.rows, now.money, now.last_seal)
    fill(target, admin)  # the counters go on where they were
    target.dispose()
    source.dispose()
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS crm_moved WITH (FORCE)")
