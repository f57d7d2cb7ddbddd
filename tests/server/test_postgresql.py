"""The same server on PostgreSQL; and the command line against the same place."""

import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from crm_app.core.access import Role
from crm_app.core.database import Database
from crm_app.core.migrations import migrate
from crm_app.ui.signed_in import SignedIn
from tests.browsing import ROOT, Server, free_port
from tests.conftest import KINDS, POSTGRES
from tests.server.conftest import Raw


@pytest.fixture
def on_postgresql(tmp_path: Path, server: Server) -> Iterator[Server]:
    """A second server with the pages the first one built."""
    if "postgresql" not in KINDS:
        pytest.skip("no PostgreSQL here")
    name = f"crm_server_{uuid.uuid4().hex[:10]}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    base = Database(POSTGRES.rsplit("/", 1)[0] + f"/{name}")
    migrate(base)
    made = Server(tmp_path, free_port(any_one=True), base, arguments=("--no-build",))
    made.start()
    yield made
    made.stop()
    base.dispose()
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


async def test_a_page_opens_on_postgresql(on_postgresql: Server):
    raw = await Raw(on_postgresql.url).connect(cookie=on_postgresql.cookie(Role.STEWARD))
    await raw.call(f"{SignedIn.get_full_name()}.arrive")
    heard = json.dumps(await raw.answers())
    await raw.close()
    assert "data steward" in heard


def crm(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from crm_app.cli import main; main()", *arguments]
    environment = {"CRM_DATA": str(data), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_command_line_invites_backs_up_restores_and_checks(tmp_path: Path):
    old, new = tmp_path / "old", tmp_path / "new"
    assert crm("migrate", data=old).returncode == 0
    assert "/join/" in crm("user", "invite", "vera@example.org", "Vera", data=old).stdout
    assert json.loads(crm("user", "list", "--json", data=old).stdout)[0]["email"] == "vera@example.org"
    made = json.loads(crm("backup", "--json", data=old).stdout)
    assert made["rows"]["user_account"] == 1
    again = crm("restore", made["file"], data=old)
    assert again.returncode == 1
    assert "empty place" in again.stdout
    assert crm("restore", made["file"], data=new).returncode == 0
    assert crm("check", data=new).returncode == 0
    assert "Vera" in crm("user", "list", data=new).stdout
