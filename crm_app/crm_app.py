"""The map: every page in menu order, and the app made of it."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from importlib import import_module
from pkgutil import iter_modules

import reflex as rx
from starlette.applications import Starlette

from crm_app import features, tables  # noqa: F401
from crm_app.core import live
from crm_app.core.access import Actor
from crm_app.core.config import settings
from crm_app.core.database import database
from crm_app.core.jobs import Runner
from crm_app.core.work import open_work
from crm_app.demo import jobs as demo_jobs  # noqa: F401  the button on an empty home page
from crm_app.features.accounts import service as accounts
from crm_app.server import entrance
from crm_app.server.build import script_hashes
from crm_app.server.schedule import Schedule
from crm_app.server.shield import App, Shield
from crm_app.ui import route, session
from crm_app.ui.around import around, waiting
from crm_app.ui.guard import Guard, strip_setters
from crm_app.ui.live import hub
from crm_app.ui.page import MAP, Page
from crm_app.ui.shell import head_parts, shell
from crm_app.ui.signed_in import SignedIn

log = logging.getLogger("crm_app")


def _open_rooms() -> None:
    """Import each feature's pages, routes and jobs: a new feature is on the map by existing."""
    for feature in iter_modules(features.__path__):
        package = import_module(f"crm_app.features.{feature.name}")
        for room in iter_modules(package.__path__):
            if room.name in ("page", "routes", "jobs"):
                import_module(f"crm_app.features.{feature.name}.{room.name}")


def _who(session_hash: str) -> Actor:
    with open_work(database(), entrance.DOORKEEPER, write=False) as work:
        return accounts.who(work, session_hash)


def _place(app: rx.App, page: Page) -> None:
    def framed() -> rx.Component:
        settled = rx.cond(SignedIn.here, "yes", "no")
        return rx.fragment(shell(page), rx.el.span(hidden=True, custom_attrs={"data-here": settled}))

    framed.__name__ = "page_" + page.content.__name__
    app.add_page(
        framed,
        route=page.route,
        title=f"{page.title} · Commonplace",
        on_load=[SignedIn.arrive, *page.on_load, SignedIn.settle],
    )


def _shielded(inner: App) -> App:
    return Shield(inner, settings().origins, script_hashes, settings().secure)


@contextlib.asynccontextmanager
async def _house() -> AsyncIterator[None]:
    """What lives as long as the server: the live hub, the runners of jobs, the schedule."""
    hub.start(app)
    live.follow()
    runner, schedule = Runner(database()), Schedule(database())
    await asyncio.to_thread(runner.start)
    schedule.start()
    yield
    schedule.stop()
    runner.stop()


def _unexpected(exception: Exception) -> rx.event.EventSpec:
    """Say that it went wrong without saying what: details are in the server's log."""
    log.error("a handler failed", exc_info=exception)
    return rx.toast.error("Something unexpected happened.", description="Nothing half-done was kept. Please try again.")


session.resolve_with(_who)
_open_rooms()
app = rx.App(
    stylesheets=["/commonplace.css"],
    head_components=head_parts(),
    html_lang="en",
    app_wraps=around(),
    hydrate_fallback=waiting(),
    api_transformer=[Starlette(routes=[*entrance.ROUTES, *route.ROUTES]), _shielded],
    backend_exception_handler=_unexpected,
)
for _page in MAP.values():
    _place(app, _page)
app.add_middleware(Guard())
app.register_lifespan_task(_house)
strip_setters()
