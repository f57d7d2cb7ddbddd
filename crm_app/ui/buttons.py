"""Buttons. A filled one is rare: it is the one thing to do next."""

from typing import Any, Literal

import reflex as rx

from crm_app.ui.icons import icon as draw
from crm_app.ui.words import Words, kbd, link

Kind = Literal["", "main", "danger", "final", "quiet"]
LOOKS: dict[str, str] = {"": "btn", "main": "btn p", "danger": "btn d", "final": "btn d p", "quiet": "btn q"}


def button(
    words: Words,
    *,
    on_click: Any = None,
    kind: Kind = "",
    icon: str = "",
    key: str = "",
    small: bool = False,
    big: bool = False,
    busy: Any = None,
    disabled: Any = None,
    submit: bool = False,
    **props: Any,
) -> rx.Component:
    """A button. `key` presses it from the keyboard and shows itself; `busy` spins and stops a second press."""
    look = LOOKS[kind] + (" s" if small else "") + (" big" if big else "")
    inside: list[Any] = [draw(icon)] if icon else []
    inside.append(words)
    if key:
        inside.append(kbd(key.upper() if len(key) == 1 else key.replace("mod+", "⌘ ").replace("enter", "Enter")))
        props["data_key"] = key
    if on_click is not None:
        props["on_click"] = on_click
    if busy is not None:
        props["aria_busy"] = rx.cond(busy, "true", "false")
    if busy is not None or disabled is not None:
        props["disabled"] = _either(busy, disabled)
    return rx.el.button(*inside, type="submit" if submit else "button", class_name=look, **props)


def icon_button(
    name: str, label: Words, *, on_click: Any = None, small: bool = False, quiet: bool = True, **props: Any
) -> rx.Component:
    """A button that is only an icon: the label is its name for screen readers and its tooltip."""
    look = "btn i" + (" q" if quiet else "") + (" s" if small else "")
    if on_click is not None:
        props["on_click"] = on_click
    return rx.el.button(draw(name), type="button", class_name=look, aria_label=label, title=label, **props)


def link_button(
    words: Words,
    to: Words,
    *,
    kind: Kind = "",
    icon: str = "",
    key: str = "",
    small: bool = False,
    download: bool = False,
) -> rx.Component:
    """A link that looks like a button: it goes somewhere. Downloads leave the app's own paging alone."""
    inside: list[Any] = [draw(icon)] if icon else []
    inside.append(words)
    props: dict[str, Any] = {"class_name": LOOKS[kind] + (" s" if small else "")}
    if key:
        inside.append(kbd(key.upper()))
        props["data_key"] = key
    if download:
        return rx.el.a(*inside, href=to, custom_attrs={"download": ""}, **props)
    return link(*inside, to=to, **props)


def text_button(words: Words, *, on_click: Any, warn: bool = False, **props: Any) -> rx.Component:
    """A button inside a sentence: undo, show all, change."""
    return rx.el.button(words, type="button", class_name="link w" if warn else "link", on_click=on_click, **props)


def _either(busy: Any, disabled: Any) -> Any:
    if busy is None or disabled is None:
        return disabled if busy is None else busy
    return rx.Var.create(busy).to(bool) | rx.Var.create(disabled).to(bool)
