"""How the house tells: toasts, banners, empty places, progress, waiting."""

from typing import Any

import reflex as rx
from reflex_components_sonner.toast import ToastAction

from crm_app.ui.words import Words


def said(words: str, more: str = "") -> rx.event.EventSpec:
    """Return it from a handler: it worked, in a few words."""
    return rx.toast.success(words, description=more or None)


def warned(words: str, hint: str = "") -> rx.event.EventSpec:
    """Return it from a handler: it did not work, and what to do."""
    return rx.toast.error(words, description=hint or None, duration=9000)


def said_with_undo(words: str, undo: Any, *, seconds: int = 12) -> rx.event.EventSpec:
    """It worked, and one press takes it back."""
    return rx.toast.success(words, action=ToastAction(label="Undo", on_click=undo), duration=seconds * 1000)


def banner(*words: Any, warn: bool = False, plain: bool = False, acts: Any = None) -> rx.Component:
    """A line above the page: something to know while working here."""
    more = (
        [rx.el.span(*(acts if isinstance(acts, list | tuple) else [acts]), class_name="acts")]
        if acts is not None
        else []
    )
    look = "banner w" if warn else "banner plain" if plain else "banner"
    return rx.el.div(rx.el.span(*words), *more, class_name=look, role="status")


def empty(title: Words, words: Words, act: rx.Component | None = None, *, small: bool = False) -> rx.Component:
    """Nothing here yet: what this place is for, and the one next step."""
    heading = rx.el.p(title, class_name="strong") if small else rx.el.h2(title)
    return rx.el.div(heading, rx.el.p(words), act or rx.fragment(), class_name="empty small" if small else "empty")


def progress(percent: Any, words: Words = "", *, label: str = "Progress", warn: bool = False) -> rx.Component:
    """How far something is, 0 to 100; below it in words what is left."""
    bar = rx.el.div(
        rx.el.i(style={"width": rx.Var.create(percent).to(str) + "%"}),
        class_name="progress w" if warn else "progress",
        role="progressbar",
        aria_label=label,
        aria_valuemin="0",
        aria_valuemax="100",
        aria_valuenow=percent,
    )
    below = [rx.el.div(words, class_name="small soft")] if isinstance(words, rx.Var) or words else []
    return rx.el.div(bar, *below, class_name="stack tight")


def working(words: Words = "Working …") -> rx.Component:
    """Something runs and nobody knows for how long."""
    bar = rx.el.div(rx.el.i(), class_name="progress run", role="progressbar", aria_label=words)
    return rx.el.div(bar, rx.el.div(words, class_name="small soft"), class_name="stack tight")


def skeleton(lines: int = 4) -> rx.Component:
    """The shape of what is coming."""
    widths = ("92%", "78%", "85%", "60%", "88%", "70%")
    bars = [rx.el.span(class_name="skeleton", style={"width": widths[n % len(widths)]}) for n in range(lines)]
    return rx.el.div(*bars, role="status", aria_label="Loading", aria_busy="true")


def here(words: Words) -> rx.Component:
    """Somebody else is looking at this too."""
    return rx.el.span(rx.el.span(class_name="dot", aria_hidden="true"), words, class_name="here")
