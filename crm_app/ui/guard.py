"""Between the socket and every handler: who is it, may they, are the arguments what the handler says."""

import inspect
import logging
import time
import typing
from typing import Any

import reflex as rx
from pydantic import ConfigDict, ValidationError, create_model
from reflex.middleware import Middleware
from reflex.state import StateUpdate
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext

from crm_app.core.errors import NotSignedIn
from crm_app.ui import session
from crm_app.ui.handlers import TO_SIGN_IN

log = logging.getLogger("crm_app.guard")
BURST, PER_SECOND = 60.0, 30.0
FRAMEWORK = ("reflex.", "reflex_base.", "reflex_components")
Arguments = type[Any]


class Guard(Middleware):
    """Deny by default: a handler without `@action` is nobody's."""

    def __init__(self) -> None:
        self._arguments: dict[str, Arguments] = {}
        self._buckets: dict[str, tuple[float, float]] = {}

    async def preprocess(self, app: Any, state: Any, event: Event) -> StateUpdate | None:
        root = state._get_root_state()
        try:
            actor = session.actor(session.session_of(root))
        except NotSignedIn:
            return _answer(rx.call_script(TO_SIGN_IN))
        if not self._room(root.router_data.get("token", "")):
            return _answer()
        registered = RegistrationContext.get().event_handlers.get(event.name)
        if registered is None:
            return _answer()
        handler = registered.handler.fn
        needs = getattr(handler, "__needs__", None)
        if needs is None:
            return None if handler.__module__.startswith(FRAMEWORK) else self._refuse(event, actor.role)
        if not needs <= actor.permissions:
            return self._refuse(event, actor.role)
        return self._fits(event, handler)

    def _room(self, token: str) -> bool:
        """A token bucket for each tab: a flood is dropped, a quick hand is not."""
        now = time.monotonic()
        level, last = self._buckets.get(token, (BURST, now))
        level = min(BURST, level + (now - last) * PER_SECOND)
        if len(self._buckets) > 20_000:
            self._buckets.clear()
        self._buckets[token] = (max(0.0, level - 1), now)
        return level >= 1

    def _refuse(self, event: Event, role: str) -> StateUpdate:
        log.warning("refused: a %s called %s", role, event.name.rsplit(".", 1)[-1][:60])
        return _answer(rx.toast.error(f"Your role ({role}) does not allow this."))

    def _fits(self, event: Event, handler: Any) -> StateUpdate | None:
        if event.name not in self._arguments:
            self._arguments[event.name] = _arguments(handler)
        given = {name: value for name, value in event.payload.items() if not _is_upload(value)}
        try:
            self._arguments[event.name](**given)
        except (ValidationError, TypeError):
            log.warning("refused: arguments of %s do not fit", event.name.rsplit(".", 1)[-1][:60])
            return _answer()
        return None


def _answer(*events: Any) -> StateUpdate:
    return StateUpdate(events=[made for event in events for made in Event.from_event_type(event)])


def _is_upload(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and type(value[0]).__name__ == "UploadFile"


def _arguments(handler: Any) -> Arguments:
    hints = typing.get_type_hints(handler)
    parameters = list(inspect.signature(handler).parameters.values())[1:]
    fields: dict[str, Any] = {
        p.name: (hints.get(p.name, Any), ... if p.default is p.empty else p.default)
        for p in parameters
        if "UploadFile" not in str(hints.get(p.name))
    }
    return create_model("Arguments", __config__=ConfigDict(strict=True, extra="forbid"), **fields)


def strip_setters() -> None:
    """Reflex gives every state a `setvar` that calls any setter by name, and a log anybody can fill."""
    handlers = RegistrationContext.get().event_handlers
    for name in [n for n in handlers if n.endswith(".setvar") or "handle_frontend_exception" in n]:
        del handlers[name]
