"""Who is here: the one place a state gets a work from."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

import reflex as rx

from crm_app.core.access import Actor
from crm_app.core.database import database
from crm_app.core.errors import NotSignedIn
from crm_app.core.work import open_work

HEADER = "x-crm-session"
KNOWN_FOR = 2.0
"""Seconds a look-up is trusted: so long may somebody who was kept out still act."""

Resolve = Callable[[str], Actor]
T = TypeVar("T")
_known: dict[str, tuple[float, Actor]] = {}


def _nobody(_session: str) -> Actor:
    raise NotSignedIn


_resolve: list[Resolve] = [_nobody]


def resolve_with(resolve: Resolve) -> None:
    """Say how a session's hash becomes an actor; the app does this once, at start."""
    _resolve[0] = resolve


def forget() -> None:
    _known.clear()


def actor(session: str) -> Actor:
    """The actor of a session's hash, from the last two seconds' look-up or the database."""
    found = _known.get(session)
    if found and time.monotonic() - found[0] < KNOWN_FOR:
        return found[1]
    resolved = _resolve[0](session)
    if len(_known) > 10_000:
        _known.clear()
    _known[session] = (time.monotonic(), resolved)
    return resolved


def session_of(state: rx.State) -> str:
    """The hash of the session the tab belongs to: the shield put it there, a client cannot."""
    return state.router_data.get("headers", {}).get(HEADER, "")


async def ask(state: rx.State, call: Callable[..., T], *args: Any, **named: Any) -> T:
    """Run a reading service function in a thread, in a read transaction, in the name of who is here."""
    return await asyncio.to_thread(_run, session_of(state), False, call, args, named)


async def do(state: rx.State, call: Callable[..., T], *args: Any, **named: Any) -> T:
    """Run a changing service function in a thread, in one write transaction."""
    return await asyncio.to_thread(_run, session_of(state), True, call, args, named)


def _run(session: str, write: bool, call: Callable[..., T], args: tuple[Any, ...], named: dict[str, Any]) -> T:
    with open_work(database(), actor(session), write=write) as work:
        return call(work, *args, **named)
