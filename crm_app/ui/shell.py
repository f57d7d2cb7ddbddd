"""The frame around every page: menu, finding, keys, light and dark, who is here, long work."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex_components_core.el.element import Element

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.ui.buttons import icon_button
from crm_app.ui.handlers import action
from crm_app.ui.icons import icon
from crm_app.ui.live import listen
from crm_app.ui.page import MAP, Page
from crm_app.ui.palette import palette
from crm_app.ui.session import ask
from crm_app.ui.signed_in import SignedIn
from crm_app.ui.tray import tray
from crm_app.ui.words import avatar, kbd, link

HOUSEKEEPING = 85
"""Entries of the menu from this order on stand under a heading of their own."""
SCRIPTS = ("dialog", "menu", "choose", "form", "upload", "keys", "nav", "scroller", "door")
KEYS = (("mod+k", "Find anything"), ("/", "Search on this page"), ("?", "These keys"), ("↑ ↓", "Move in a list"), ("Enter", "Open"), ("Space", "Select"), ("Esc", "Close"))  # fmt: skip


@dataclass(frozen=True)
class Count:
    """A number beside an entry of the menu."""

    count: Callable[[Work], int]
    needs: Permission | None
    topic: str


COUNTS: dict[str, Count] = {}


def count_in_menu(
    route: str, count: Callable[[Work], int], *, needs: Permission | None = None, topic: str = ""
) -> None:
    """Show a number beside a page's entry: pairs to review, people in all. It is read often, so it must be quick."""
    COUNTS[route] = Count(count, needs, topic)


class Frame(rx.State):
    """What the frame shows that changes: the numbers of the menu."""

    counts: dict[str, str] = {}

    @action()
    async def load(self) -> None:
        topics = sorted({one.topic for one in COUNTS.values() if one.topic})
        if topics:
            await listen(self, topics, Frame.recount, shell=True)
        self.counts = await ask(self, _counts)

    @action()
    async def recount(self) -> None:
        self.counts = await ask(self, _counts)


def _counts(work: Work) -> dict[str, str]:
    mine = {route: one.count(work) for route, one in COUNTS.items() if one.needs is None or work.may(one.needs)}
    return {route: f"{number:,}" for route, number in mine.items() if number}


def head_parts() -> list[rx.Component]:
    """What every page's head needs: the theme before the first paint, the small scripts after it."""
    return [
        rx.el.meta(name="viewport", content="width=device-width, initial-scale=1"),
        rx.el.meta(name="color-scheme", content="light dark"),
        rx.el.link(rel="icon", href="/favicon.ico", sizes="48x48"),
        rx.el.link(rel="icon", href="/logo.svg", type="image/svg+xml"),
        rx.el.link(rel="apple-touch-icon", href="/icon-180.png"),
        *[rx.el.link(rel="preload", href=f"/fonts/{name}.woff2", type="font/woff2", custom_attrs={"as": "font", "crossOrigin": "anonymous"}) for name in ("inter", "newsreader")],
        rx.el.script(src="/parts/theme.js"),
        *[rx.el.script(src=f"/parts/{name}.js", defer=True) for name in SCRIPTS],
    ]  # fmt: skip


def shell(page: Page) -> rx.Component:
    """A page in its frame. The content stands in `.page`, a text column with a margin: return `rx.fragment` of parts."""
    return rx.el.div(
        rx.el.a("Go to the content", href="#content", class_name="skip"),
        _topbar(),
        _nav(page),
        rx.el.div(class_name="scrim", aria_hidden="true"),
        rx.el.main(
            rx.el.div(page.content(), class_name="page wide" if page.wide else "page"),
            id="content",
            class_name="main",
            tab_index=-1,
        ),
        palette(),
        _keys(),
        tray(),
        class_name="app",
        on_mount=Frame.load,
    )


def _topbar() -> rx.Component:
    """What a phone shows instead of the menu."""
    return rx.el.header(
        icon_button("menu", "Menu", aria_expanded="false", aria_controls="menu", data_nav_toggle=""),
        link("Commonplace", to="/", class_name="brand"),
        icon_button("search", "Find people, pages, things to do", data_palette=""),
        class_name="topbar",
    )


def _nav(page: Page) -> rx.Component:
    entries = sorted((one for one in MAP.values() if one.menu), key=_order)
    letters = _letters(entries)
    return rx.el.nav(
        link("Commonplace", to="/", class_name="brand hide-phone"),
        rx.el.button(
            rx.el.span("Find"),
            kbd("⌘K"),
            type="button",
            class_name="find",
            data_palette="",
            aria_label="Find people, pages, things to do",
        ),
        rx.el.ul(*[_entry(one, page, letters.get(one.route, "")) for one in entries if _order(one) < HOUSEKEEPING]),
        _housekeeping([one for one in entries if _order(one) >= HOUSEKEEPING], page, letters),
        _foot(),
        class_name="nav",
        id="menu",
        aria_label="Main",
    )


def _order(entry: Page) -> int:
    return entry.menu[1] if entry.menu else 0


def _housekeeping(entries: list[Page], page: Page, letters: dict[str, str]) -> rx.Component:
    """What few need and nobody needs daily, under a heading of its own, for those who see any of it."""
    names = sorted({one.needs.name for one in entries if one.needs})
    if not names:
        return rx.fragment()
    listed = rx.fragment(
        rx.el.h2("Housekeeping"), rx.el.ul(*[_entry(one, page, letters.get(one.route, "")) for one in entries])
    )
    return _if_any(names, listed)


def _if_any(names: list[str], listed: rx.Component) -> rx.Component:
    shown: Any = SignedIn.permissions.contains(names[0])
    for name in names[1:]:
        shown = shown | SignedIn.permissions.contains(name)
    return rx.cond(shown, listed)


def _entry(entry: Page, page: Page, letter: str) -> rx.Component:
    here = entry.route == _nearest(page.route)
    more: dict[str, Any] = {"aria_current": "page"} if here else {}
    if letter:
        more["data_go"] = letter
    count = rx.cond(Frame.counts.contains(entry.route), rx.el.span(Frame.counts[entry.route], class_name="n"))
    made = rx.el.li(link(rx.el.span(entry.menu[0] if entry.menu else entry.title), count, to=entry.route, **more))
    return made if entry.needs is None else rx.cond(SignedIn.permissions.contains(entry.needs.name), made)


def _nearest(route: str) -> str:
    """The menu's entry a page belongs to: the longest address its own begins with."""
    above = [
        one.route
        for one in MAP.values()
        if one.menu and (route == one.route or route.startswith(one.route.rstrip("/") + "/"))
    ]
    return max((one for one in above if one != "/" or route == "/"), key=len, default="")


def _letters(entries: list[Page]) -> dict[str, str]:
    """The letter after `g` that goes to each page: the first of its name that is free."""
    taken: dict[str, str] = {}
    for entry in entries:
        for letter in (entry.menu[0] if entry.menu else entry.title).lower():
            if letter.isalpha() and letter not in taken.values():
                taken[entry.route] = letter
                break
    return taken


def _foot() -> rx.Component:
    who = rx.el.button(
        avatar(SignedIn.initials),
        rx.el.span(SignedIn.name),
        type="button",
        class_name="who",
        aria_haspopup="true",
        aria_expanded="false",
        data_menu="",
    )
    return rx.el.div(
        who,
        rx.el.div(_account(), class_name="menu", custom_attrs={"popover": "auto"}),
        icon_button("keys", "Keys", data_keys="", small=True),
        class_name="nav-foot",
    )


def _account() -> rx.Component:
    themes = (("light", "Light"), ("dark", "Dark"), ("system", "Device"))
    mine = [link("Your account", to="/account")] if "/account" in MAP else []
    return rx.fragment(
        rx.el.div(SignedIn.name, ", ", SignedIn.role, class_name="say"),
        *mine,
        rx.el.hr(),
        rx.el.div(
            *[
                rx.el.button(words, type="button", data_theme_set=key, data_stay="", aria_pressed="false")
                for key, words in themes
            ],
            class_name="segmented",
            role="group",
            aria_label="Light or dark",
            style={"margin": "4px 8px"},
        ),
        rx.el.hr(),
        _PostForm.create(
            rx.el.button("Sign out", type="submit", class_name="item"),
            custom_attrs={"method": "post", "action": "/sign-out"},
        ),
    )


class _PostForm(Element):
    """A form the browser sends itself; Reflex's own would keep it."""

    tag = "form"


def _keys() -> rx.Component:
    """The sheet of keys; keys.js adds those of the page in sight."""
    common = [rx.el.div(rx.el.span(words), kbd(key.replace("mod+k", "Ctrl K")), class_name="") for key, words in KEYS]
    return rx.el.dialog(
        rx.el.div(
            rx.el.h2("Keys"),
            rx.el.button(icon("close"), type="button", class_name="btn i q s", aria_label="Close", data_shut=""),
            class_name="dialog-head",
        ),
        rx.el.div(
            rx.el.div(*common, class_name="keys"),
            rx.el.section(
                rx.el.h3("On this page, and g to go places"),
                rx.el.div(class_name="keys", data_keys_here=""),
                style={"marginTop": "18px"},
            ),
            class_name="dialog-body",
        ),
        id="keys",
        class_name="dialog",
        aria_label="Keys",
    )
