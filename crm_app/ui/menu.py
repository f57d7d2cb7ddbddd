"""Menus behind a button, tabs, filters."""

from typing import Any

import reflex as rx

from crm_app.ui.icons import icon as draw
from crm_app.ui.words import Words, _truth, kbd, link


def menu(
    words: Words, *items: Any, icon: str = "", label: Words = "", small: bool = False, quiet: bool = False
) -> rx.Component:
    """A button that opens a list of things to do. Only an icon? Then give its `label`."""
    only_icon = not isinstance(words, rx.Var) and not words
    look = "btn" + (" i" if only_icon else "") + (" q" if quiet or only_icon else "") + (" s" if small else "")
    inside = [draw(icon)] if icon else []
    if not only_icon:
        inside += [words, draw("down")]
    named = {"aria_label": label, "title": label} if isinstance(label, rx.Var) or label else {}
    return rx.el.span(
        rx.el.button(
            *inside, type="button", class_name=look, aria_haspopup="true", aria_expanded="false", data_menu="", **named
        ),
        rx.el.div(*items, class_name="menu", custom_attrs={"popover": "auto"}),
        class_name="menu-box",
    )


def item(
    words: Words, *, on_click: Any = None, to: Words = "", icon: str = "", key: str = "", danger: bool = False
) -> rx.Component:
    """One thing to do in a menu, or a place to go."""
    inside: list[Any] = [draw(icon)] if icon else []
    inside.append(rx.el.span(words))
    if key:
        inside.append(kbd(key.upper()))
    look = "d" if danger else ""
    if isinstance(to, rx.Var) or to:
        return link(*inside, to=to, class_name=look)
    return rx.el.button(*inside, type="button", class_name=look, on_click=on_click)


def line() -> rx.Component:
    """A hairline between groups of a menu."""
    return rx.el.hr()


def tick(words: Words, *, on: Any, on_change: Any) -> rx.Component:
    """A line of a menu that is on or off; the menu stays open."""
    return rx.el.label(
        rx.el.input(type="checkbox", checked=on, on_change=on_change), rx.el.span(words), class_name="item check"
    )


def tabs(
    *entries: tuple[Words, Any, Any], label: str = "Sections", counts: dict[int, Words] | None = None
) -> rx.Component:
    """Sections of one page: (words, is it this one, what a press does) each."""
    made = []
    for n, (words, on, press) in enumerate(entries):
        more = [rx.el.span(counts[n], class_name="n")] if counts and n in counts else []
        made.append(rx.el.button(words, *more, type="button", aria_pressed=_truth(on), on_click=press))
    return rx.el.div(*made, class_name="tabs", role="group", aria_label=label)


def link_tabs(*entries: tuple[Words, Any, Words], label: str = "Sections") -> rx.Component:
    """Sections that have their own address: (words, is it this one, address) each."""
    made = [
        link(
            words,
            to=to,
            aria_current=rx.cond(on, "page", "false") if isinstance(on, rx.Var) else "page" if on else "false",
        )
        for words, on, to in entries
    ]
    return rx.el.nav(*made, class_name="tabs", aria_label=label)


def filters(*entries: tuple[Words, Any, Any], label: str = "Show") -> rx.Component:
    """Small words of which one is on: everything · gifts · events."""
    made = [rx.el.button(words, type="button", aria_pressed=_truth(on), on_click=press) for words, on, press in entries]
    return rx.el.div(*made, class_name="filters", role="group", aria_label=label)
