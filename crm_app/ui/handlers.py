"""`@action`: the only way to declare a handler a browser may call."""

import functools
import inspect
from collections.abc import AsyncIterator, Callable
from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.errors import CrmError, Invalid, NotSignedIn

TO_SIGN_IN = "window.location.assign('/sign-in?next=' + encodeURIComponent(location.pathname + location.search))"


def action(*needs: Permission, **event: Any) -> Callable[[Callable[..., Any]], Any]:
    """Declare a handler: who may call it, and what its errors become (a toast, or words at the fields).

    `event` goes to `rx.event`: background, supersedes, throttle, debounce, prevent_default, stop_propagation.
    """

    def declare(handler: Callable[..., Any]) -> Any:
        guarded = _guarded_stream(handler) if inspect.isasyncgenfunction(handler) else _guarded(handler)
        guarded.__needs__ = frozenset(needs)
        return rx.event(guarded, **event) if event else rx.event(guarded)

    return declare


def _guarded(handler: Callable[..., Any]) -> Any:
    if not inspect.iscoroutinefunction(handler):
        raise TypeError(f"{handler.__qualname__} must be async: it would keep everybody else waiting")

    @functools.wraps(handler)
    async def guarded(self: rx.State, *args: Any, **named: Any) -> Any:
        try:
            return await handler(self, *args, **named)
        except CrmError as error:
            return await _said(self, error)

    return guarded


def _guarded_stream(handler: Callable[..., AsyncIterator[Any]]) -> Any:
    @functools.wraps(handler)
    async def guarded(self: rx.State, *args: Any, **named: Any) -> AsyncIterator[Any]:
        try:
            async for step in handler(self, *args, **named):
                yield step
        except CrmError as error:
            yield await _said(self, error)

    return guarded


async def _said(state: rx.State, error: CrmError) -> Any:
    if isinstance(error, NotSignedIn):
        return rx.call_script(TO_SIGN_IN)
    if isinstance(error, Invalid) and error.fields and "errors" in type(state).vars:
        if hasattr(state, "__aenter__") and type(state).__name__ == "StateProxy":
            async with state:
                state.errors = error.fields
        else:
            state.errors = error.fields
        return None
    return rx.toast.error(error.message, description=error.hint or None)
