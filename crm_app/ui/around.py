"""What stands around everything: the wait before the first page, the lost connection, the page that broke."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex_base.vars.function import ArgsFunctionOperation
from reflex_components_core.base.error_boundary import ErrorBoundary
from reflex_components_core.core.banner import has_connection_errors

from crm_app.ui.telling import skeleton

Wraps = dict[tuple[int, str], Callable[[bool], rx.Component | None]]


def around() -> Wraps:
    """For `rx.App(app_wraps=…)`, instead of Reflex's own."""
    return {
        (55, "ErrorBoundary"): lambda _stateful: ErrorBoundary.create(on_error=rx.noop(), fallback_render=_broken()),
        (5, "Overlay"): lambda stateful: rx.fragment(_offline()) if stateful else None,
    }


def waiting() -> rx.Component:
    """The first moment: the frame without anything in it yet."""
    return rx.el.div(
        rx.el.div(rx.el.span("Commonplace", class_name="brand"), class_name="nav"),
        rx.el.main(rx.el.div(skeleton(7), class_name="page"), class_name="main"),
        class_name="app waiting",
    )


def _offline() -> rx.Component:
    said = "Not connected. What you change now is not kept; the page goes on by itself when the connection is back."
    return rx.cond(has_connection_errors, rx.el.div(said, class_name="offline", role="alert"))


def _broken() -> Any:
    shown = rx.el.div(
        rx.el.div(
            rx.el.h1("This page broke"),
            rx.el.p("Something in it could not be shown. What was saved before is safe."),
            rx.el.a("Load it again", href="", class_name="btn p"),
            rx.el.p(rx.el.a("Go to Home", href="/"), class_name="alone"),
            class_name="gate-box",
        ),
        class_name="gate",
    )
    return ArgsFunctionOperation.create(("event_args",), rx.Var.create(shown))
