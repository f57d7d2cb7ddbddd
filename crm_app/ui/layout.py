"""The page: a head, text and its margin, facts, lines of a timeline. Return `rx.fragment` of these from a page."""

from typing import Any

import reflex as rx

from crm_app.ui.words import Words, link


def head(title: Words, *acts: Any, aside: Words | rx.Component = "", meta: Any = None) -> rx.Component:
    """The title of the page, a word beside it, a line below, and what can be done on the right."""
    return rx.fragment(
        rx.el.header(
            rx.el.h1(title),
            rx.el.span(aside, class_name="aside") if not isinstance(aside, str) or aside else rx.fragment(),
            rx.el.div(*acts, class_name="acts") if acts else rx.fragment(),
            class_name="page-head",
        ),
        rx.el.div(*(meta if isinstance(meta, list | tuple) else [meta]), class_name="meta")
        if meta is not None
        else rx.el.div(class_name="meta"),
    )


def text(*children: Any, open: bool = True) -> rx.Component:
    """The text column; what belongs beside it goes into `margin`."""
    return rx.el.div(*children, class_name="text open" if open else "text cell")


def margin(*children: Any, open: bool = False, early: bool = False) -> rx.Component:
    """The margin column: how many, how it changed, who it is. `early`: a phone shows it before the text."""
    look = "margin" + (" open" if open else "") + (" early" if early else "")
    return rx.el.div(*children, class_name=look, role="group", aria_label="In the margin")


def cell(
    *children: Any, name: Words = "", kind: Words = "", acts: Any = None, chosen: Any = False, stale: Any = False
) -> rx.Component:
    """A cell of a notebook or any page that borrows its look: a name, a result. Its `margin` follows it."""
    top = [named(name, kind, acts=acts)] if isinstance(name, rx.Var) or name else []
    return rx.el.section(*top, *children, class_name=_classes("cell", sel=chosen, stale=stale))


def named(words: Words, kind: Words = "", *, acts: Any = None, level: int = 2) -> rx.Component:
    """The small heading of a cell, a section or a block in the margin."""
    heading = rx.el.h2(words) if level == 2 else rx.el.h3(words)
    more = [rx.el.span(kind)] if isinstance(kind, rx.Var) or kind else []
    if acts is not None:
        more.append(rx.el.span(*(acts if isinstance(acts, list | tuple) else [acts]), class_name="acts"))
    return rx.el.div(heading, *more, class_name="name")


def section(title: Words, *children: Any, acts: Any = None) -> rx.Component:
    """A part of the page under a hairline with its small heading."""
    return rx.el.section(named(title, acts=acts), *children, class_name="section")


def count(number: Words, words: Words = "", *, to: Words = "", change: Any = None) -> rx.Component:
    """A number and what it counts. Every number is a link to its rows: give `to`."""
    figure = (
        link(number, to=to, class_name="count")
        if isinstance(to, rx.Var) or to
        else rx.el.span(number, class_name="count")
    )
    below = [rx.el.div(words, class_name="delta")] if isinstance(words, rx.Var) or words else []
    if change is not None:
        below.append(rx.el.div(change, class_name="delta"))
    return rx.el.div(figure, *below)


def facts(*children: Any) -> rx.Component:
    """A row of figures in the serif."""
    return rx.el.div(*children, class_name="facts")


def fact(figure: Words, words: Words, *, to: Words = "") -> rx.Component:
    inside = (rx.el.b(figure), rx.el.span(words))
    return link(*inside, to=to) if isinstance(to, rx.Var) or to else rx.el.div(*inside)


def key_values(*pairs: tuple[Words, Any], one: bool = False) -> rx.Component:
    """Names and values: a definition list."""
    inside = [part for name, value in pairs for part in (rx.el.dt(name), rx.el.dd(value))]
    return rx.el.dl(*inside, class_name="kv one" if one else "kv")


def moment(when: Words, *what: Any, amount: Words = "", more: Any = None) -> rx.Component:
    """One line of a timeline: when, what, how much, and a quieter second line."""
    return rx.el.li(
        rx.el.span(when, class_name="when"),
        rx.el.span(*what),
        rx.el.span(amount, class_name="amt"),
        rx.el.span(more, class_name="more") if more is not None else rx.fragment(),
        class_name="tl",
    )


def timeline(*children: Any, label: str = "Timeline") -> rx.Component:
    return rx.el.ul(*children, aria_label=label)


def row(*children: Any, apart: bool = False, top: bool = False, tight: bool = False) -> rx.Component:
    return rx.el.div(*children, class_name=_classes("row", apart=apart, top=top, tight=tight))


def stack(*children: Any, tight: bool = False, loose: bool = False) -> rx.Component:
    return rx.el.div(*children, class_name=_classes("stack", tight=tight, loose=loose))


def columns(*children: Any) -> rx.Component:
    """Blocks side by side while there is room."""
    return rx.el.div(*children, class_name="columns")


def fold(title: Words, *children: Any, open: bool = False) -> rx.Component:
    """What only some want to see, behind a word."""
    return rx.el.details(rx.el.summary(title), *children, class_name="fold", open=open)


def fill(*children: Any) -> rx.Component:
    """A page that fills the window and scrolls inside: one long table under its head and tools."""
    return rx.el.div(*children, class_name="fill")


def toolbar(*children: Any) -> rx.Component:
    """Search, filters and choices above a list."""
    return rx.el.div(*children, class_name="toolbar")


def _classes(first: str, **flags: Any) -> Any:
    """Class names, where a flag may be known only in the browser."""
    fixed = " ".join([first, *[name for name, flag in flags.items() if flag is True]])
    found: Any = fixed
    for name, flag in flags.items():
        if isinstance(flag, rx.Var):
            found = rx.Var.create(found).to(str) + rx.cond(flag, f" {name}", "").to(str)
    return found
