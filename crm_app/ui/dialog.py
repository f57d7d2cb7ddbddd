"""Windows over the page: dialog, drawer, a question before something is done."""

from typing import Any

import reflex as rx

from crm_app.ui.buttons import button
from crm_app.ui.icons import icon
from crm_app.ui.words import Words


def dialog(
    title: Words, *children: Any, open: Any, on_close: Any, foot: Any = None, wide: bool = False, name: str = ""
) -> rx.Component:
    """A dialog that is open while `open` is true. Escape, a press beside it and × call `on_close`.

    What is inside is built when it opens, so fields start with the values they have then.
    """
    return _window("dialog wide" if wide else "dialog", title, children, open, on_close, foot, name)


def drawer(
    title: Words, *children: Any, open: Any, on_close: Any, foot: Any = None, wide: bool = False, name: str = ""
) -> rx.Component:
    """A dialog at the right edge, for looking at one thing without leaving the list."""
    return _window("drawer wide" if wide else "drawer", title, children, open, on_close, foot, name)


def confirm(
    title: Words,
    words: Any,
    *,
    open: Any,
    on_yes: Any,
    on_close: Any,
    yes: Words,
    danger: bool = False,
    busy: Any = None,
) -> rx.Component:
    """Ask before something that cannot easily be taken back; the button says what it does."""
    foot = [
        button("Cancel", on_click=on_close),
        button(yes, on_click=on_yes, kind="final" if danger else "main", busy=busy, data_focus=""),
    ]
    return dialog(
        title,
        rx.el.p(words, class_name="soft") if isinstance(words, str | rx.Var) else words,
        open=open,
        on_close=on_close,
        foot=foot,
    )


def _window(look: str, title: Words, children: Any, open: Any, on_close: Any, foot: Any, name: str) -> rx.Component:
    head = rx.el.div(
        rx.el.h2(title),
        rx.el.button(
            icon("close"), type="button", class_name="btn i q s", aria_label="Close", on_click=on_close, data_close=""
        ),
        class_name="dialog-head",
    )
    inside = [head, rx.el.div(*children, class_name="dialog-body")]
    if foot is not None:
        inside.append(rx.el.div(*(foot if isinstance(foot, list | tuple) else [foot]), class_name="dialog-foot"))
    is_open = rx.Var.create(open).to(bool)
    more = {"id": name} if name else {}
    return rx.el.dialog(
        rx.cond(is_open, rx.fragment(*inside)),
        class_name=look,
        aria_label=title,
        custom_attrs={"data-open": rx.cond(is_open, "true", "false")},
        **more,
    )
