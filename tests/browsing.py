"""A real server and a real browser for tests."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import select

from crm_app import tables  # noqa: F401
from crm_app.core.access import Actor, Role
from crm_app.core.database import Database
from crm_app.core.migrations import migrate
from crm_app.core.work import Work, open_work
from crm_app.features.accounts.models import User
from crm_app.features.accounts.service import entering, people

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60_000
"""Milliseconds a step in the browser may take on a machine that is busy with other things."""


def chromium() -> str | None:
    """Debian's Chromium, or what the machine offers; on Debian as root it is installed."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None and shutil.which("apt-get") and os.geteuid() == 0:
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
            subprocess.run(command, capture_output=True, check=False)
        found = shutil.which("chromium")
    return found


@dataclass
class Server:
    """A server of its own, with a data folder of its own."""

    data: Path
    port: int
    database: Database
    process: subprocess.Popen[bytes] | None = None
    cookies: dict[Role, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        environment = dict(os.environ, CRM_DATA=str(self.data), CRM_PORT=str(self.port), PYTHONPATH=str(ROOT))
        environment["CRM_DATABASE_URL"] = "" if self.database.sqlite else self.database.url
        command = [sys.executable, "-c", "from crm_app.cli import main; main()", "serve", *self.arguments]
        log = (self.data / "server.log").open("ab")
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        wait_for(self._answers, 240, lambda: (self.data / "server.log").read_text()[-3000:])

    def _answers(self) -> bool:
        if self.process and self.process.poll() is not None:
            raise RuntimeError((self.data / "server.log").read_text()[-3000:])
        try:
            with urllib.request.urlopen(self.url + "/health", timeout=5) as answer:
                return bool(json.load(answer)["ok"])
        except (OSError, urllib.error.URLError):
            return False

    def stop(self, *, hard: bool = False) -> None:
        if self.process:
            (self.process.kill if hard else self.process.terminate)()
            self.process.wait(30)
            self.process = None

    def work(self, call: Callable[[Work], object], actor: Actor | None = None) -> object:
        """Run something in the server's own database, as administrator."""
        with open_work(self.database, actor or Actor.system()) as work:
            return call(work)

    def cookie(self, role: Role) -> str:
        """The session cookie of a user of this role."""
        if role not in self.cookies:
            self.cookies[role] = str(self.work(lambda work: _enter(work, role)))
        return self.cookies[role]


def _enter(work: Work, role: Role) -> str:
    email = f"{role.name.lower()}@example.org"
    user = work.session.execute(select(User).where(User.email == email)).scalars().first()
    user = user or people.make(work, email, f"Robin {role.value.title()}", role)
    work.session.flush()
    return entering.open_session(work, user).cookie


def new_server(data: Path, *, demo: bool = False) -> Server:
    """A server on a new embedded database, with the demo world in it if wanted."""
    data.mkdir(parents=True, exist_ok=True)
    base = Database(f"sqlite:///{data / 'commonplace.db'}")
    migrate(base)
    if demo:
        environment = dict(os.environ, CRM_DATA=str(data), PYTHONPATH=str(ROOT))
        subprocess.run(
            [sys.executable, "-c", "from crm_app.cli import main; main()", "demo"],
            cwd=ROOT,
            env=environment,
            check=True,
        )
    server = Server(data, free_port(), base)
    server.start()
    return server


def free_port(*, any_one: bool = False) -> int:
    """The same port each time if it can be had: the pages are built for a port."""
    for port in (0,) if any_one else (8765, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise RuntimeError("no port is free")


def wait_for(true: Callable[[], bool], seconds: float, words: Callable[[], str] = str) -> None:
    """Wait until something is so; there is no fixed pause anywhere in the tests."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(words())
        time.sleep(0.05)
