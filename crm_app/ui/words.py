"""Small words on a page: links, chips, hats, badges, keys, initials."""

from typing import Any

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

Words = str | rx.Var


def link(*children: Any, to: Words, **props: Any) -> rx.Component:
    """A link to one of our own pages; it opens without loading the app again."""
    return ReactRouterLink.create(*children, to=to, **props)


def chip(
    words: Words,
    *,
    warn: bool = False,
    good: bool = False,
    swatch: Words = "",
    to: Words = "",
    on_click: Any = None,
    on_remove: Any = None,
    pressed: Any = None,
) -> rx.Component:
    """A rounded word: a tag (with its colour), a filter that is on, a suggestion. `on_remove` adds a small ×."""
    look = "chip" + (" w" if warn else "") + (" g" if good else "")
    inside = [rx.el.span(class_name="swatch", style={"--c": swatch})] if _is(swatch) else []
    inside.append(rx.el.span(words, class_name="cut"))
    if on_remove is not None:
        label = "Remove " + words if isinstance(words, str) else rx.Var.create("Remove ") + words.to(str)
        inside.append(rx.el.button("×", type="button", class_name="x", aria_label=label, on_click=on_remove))
    if _is(to):
        return link(*inside, to=to, class_name=look)
    if on_click is not None:
        more = {} if pressed is None else {"aria_pressed": _truth(pressed)}
        return rx.el.button(*inside, type="button", class_name=look, on_click=on_click, **more)
    return rx.el.span(*inside, class_name=look)


def chips(*children: Any) -> rx.Component:
    return rx.el.div(*children, class_name="chips")


def hat(words: Words, *, past: Any = False) -> rx.Component:
    """What somebody is to the organization: donor, volunteer, board 2019–22."""
    return rx.el.span(
        words,
        class_name=rx.cond(past, "hat past", "hat") if isinstance(past, rx.Var) else "hat past" if past else "hat",
    )


def hats(words: rx.Var | list[str]) -> rx.Component:
    """All hats of one person, side by side."""
    if isinstance(words, list):
        return rx.el.span(*[hat(word) for word in words], class_name="hats")
    return rx.el.span(rx.foreach(words, lambda word: hat(word)), class_name="hats")


def badge(words: Words, *, warn: bool = False, good: bool = False) -> rx.Component:
    """A count or a status in one word."""
    return rx.el.span(words, class_name="badge" + (" w" if warn else "") + (" g" if good else ""))


def kbd(key: Words) -> rx.Component:
    return rx.el.kbd(key)


def avatar(initials: Words, *, picture: Words = "", big: bool = False) -> rx.Component:
    """Initials in a circle, or the picture; the name stands beside it, so it is silent."""
    look = "avatar big" if big else "avatar"
    inside = rx.el.img(src=picture, alt="") if _is(picture) else initials
    return rx.el.span(inside, class_name=look, aria_hidden="true")


def soft(words: Words) -> rx.Component:
    return rx.el.span(words, class_name="soft")


def for_ears(words: Words) -> rx.Component:
    """Said to screen readers, not shown."""
    return rx.el.span(words, class_name="for-ears")


def _is(words: Any) -> bool:
    return isinstance(words, rx.Var) or bool(words)


def _truth(value: Any) -> Any:
    """true or false as ARIA wants them: words."""
    return rx.cond(value, "true", "false") if isinstance(value, rx.Var) else "true" if value else "false"
