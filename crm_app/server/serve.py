"""Start: bring the database to today's tables, build the pages if needed, open the one port."""

import os
import sys

from crm_app.core.access import Actor
from crm_app.core.config import settings
from crm_app.core.database import database
from crm_app.core.migrations import migrate
from crm_app.core.work import open_work
from crm_app.features.accounts import service as accounts
from crm_app.server.build import ROOT, STAMP, build, fingerprint, prepare


def serve(*, workers: int = 1, rebuild: bool = False, build_pages: bool = True) -> None:
    chosen = settings()
    chosen.data.mkdir(parents=True, exist_ok=True)
    os.environ["CRM_DATA"] = str(chosen.data.resolve())
    os.environ["CRM_PORT"] = str(chosen.port)
    settings.cache_clear()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    prepare()
    migrate(database())
    if build_pages:
        _build(rebuild)
    _say_where()
    database().dispose()
    _run(workers)


def _build(rebuild: bool) -> None:
    port = settings().port
    if rebuild or not STAMP.exists() or STAMP.read_text() != fingerprint(port):
        print("Building the pages (once; a minute at most) …", flush=True)
    build(port, rebuild)


def _say_where() -> None:
    with open_work(database(), Actor.system()) as work:
        token = accounts.first_link(work)
    address = settings().address
    if token:
        print("\nCommonplace is ready. This link makes you the administrator; it works once, within a day:\n")
        print(f"    {address}/join/{token}\n", flush=True)
    else:
        print(f"\nCommonplace is ready:  {address}\n", flush=True)


def _run(workers: int) -> None:
    port = str(settings().port)
    os.environ.update(REFLEX_BACKEND_PORT=port, REFLEX_FRONTEND_PORT=port)
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server
    from reflex_base import constants
    from reflex_base.environment import environment

    environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    Server(
        "crm_app.crm_app:app",
        factory=True,
        interface=Interfaces.ASGI,
        address=settings().host,
        port=settings().port,
        workers=workers if settings().redis_url else 1,
        log_level=LogLevels.warning,
        respawn_failed_workers=bool(settings().redis_url),
    ).serve()
