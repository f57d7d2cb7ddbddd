"""Live screens: a commit anywhere makes the tabs that show it read again, each with its own rights."""

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import reflex as rx
from reflex_base.event import Event

from crm_app.core import live

APART = 0.5
"""Seconds between two re-reads of one screen: a burst of commits costs one."""


@dataclass
class Hub:
    """Which tab listens to what; lives on the event loop."""

    app: rx.App | None = None
    loop: asyncio.AbstractEventLoop | None = None
    topics: dict[str, dict[tuple[str, str], Any]] = field(default_factory=lambda: defaultdict(dict))
    last: dict[tuple[str, str], float] = field(default_factory=dict)
    due: set[tuple[str, str]] = field(default_factory=set)

    def start(self, app: rx.App) -> None:
        self.app, self.loop = app, asyncio.get_running_loop()
        live.subscribe(self.heard)

    def heard(self, topics: set[str]) -> None:
        """Called in whichever thread committed."""
        if self.loop and not self.loop.is_closed() and any(topic in self.topics for topic in topics):
            self.loop.call_soon_threadsafe(self._spread, topics)

    def _spread(self, topics: set[str]) -> None:
        for topic in topics:
            for place, handler in list(self.topics.get(topic, {}).items()):
                self._plan(place, handler)

    def _plan(self, place: tuple[str, str], handler: Any) -> None:
        if place in self.due or self.loop is None:
            return
        self.due.add(place)
        wait = max(0.0, self.last.get(place, 0.0) + APART - time.monotonic())
        self.loop.call_later(wait, lambda: asyncio.ensure_future(self._poke(place, handler)))

    async def _poke(self, place: tuple[str, str], handler: Any) -> None:
        self.due.discard(place)
        token = place[0]
        if self.app is None or token not in self.app.event_namespace.token_to_sid:
            return self.leave(token)
        self.last[place] = time.monotonic()
        for event in Event.from_event_type(handler()):
            await self.app.event_processor.enqueue(token, event)

    def leave(self, token: str, keep: str = "") -> None:
        """Forget what this tab listens to, except for the handlers whose name begins with `keep`."""
        for topic, places in list(self.topics.items()):
            for place in [p for p in places if p[0] == token and not (keep and p[1].startswith(keep))]:
                del places[place]
                self.last.pop(place, None)
            if not places:
                del self.topics[topic]


hub = Hub()
SHELL = "shell:"


async def listen(state: rx.State, topic: str | list[str], handler: Any, *, shell: bool = False) -> None:
    """From now on this tab runs `handler` (an action without arguments) when the topic is told.

    It lasts until the tab opens another page; what belongs to the frame around the pages says `shell=True`.
    """
    token = state.router.session.client_token
    name = (SHELL if shell else "") + getattr(handler, "fn", handler).__qualname__
    for one in [topic] if isinstance(topic, str) else topic:
        hub.topics[one][(token, name)] = handler


def arrived(state: rx.State) -> None:
    """A tab opened a page: what it listened to on the page before is forgotten."""
    hub.leave(state.router.session.client_token, keep=SHELL)


def listening(topic: str) -> list[str]:
    """The tabs that listen to a topic and are still open: who else is looking."""
    if hub.app is None:
        return []
    open_tabs = hub.app.event_namespace.token_to_sid
    return sorted({token for token, _ in hub.topics.get(topic, {}) if token in open_tabs})
