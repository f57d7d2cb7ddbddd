"""Ctrl/⌘-K: people, pages and actions from one line. Features add what they can find with `provider`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.ui.handlers import action
from crm_app.ui.page import MAP
from crm_app.ui.session import ask
from crm_app.ui.words import for_ears, link

MOST = 8


@dataclass(frozen=True)
class Hit:
    """Something found: its name, a word that tells it from others, and where it opens."""

    title: str
    href: str
    detail: str = ""


class Line(TypedDict):
    """A hit as the palette shows it; the first of each group carries the group's name."""

    group: str
    title: str
    detail: str
    href: str


Find = Callable[[Work, str], list[Hit]]


@dataclass(frozen=True)
class Deed:
    """Something to do that has an address: add a person, bring in a file."""

    words: str
    href: str
    needs: Permission | None = None


PROVIDERS: dict[str, tuple[Find, Permission | None]] = {}
DEEDS: list[Deed] = []


def provider(name: str, find: Find, needs: Permission | None = None) -> None:
    """Let the palette find a feature's records: `find(work, text)` gives the best few, asked at each pause in typing."""
    PROVIDERS[name] = (find, needs)


def deed(words: str, href: str, needs: Permission | None = None) -> None:
    """Let the palette offer something to do."""
    DEEDS.append(Deed(words, href, needs))


def find(work: Work, text: str) -> list[Line]:
    """What fits the text, by group, as far as the actor may see it. Nothing typed: the pages and what to do."""
    asked = text.strip()
    lines: list[Line] = []
    if len(asked) >= 2:
        for name, (search, needs) in PROVIDERS.items():
            if needs is None or work.may(needs):
                lines += _lines(name, search(work, asked)[:MOST])
    lines += _lines("Pages", [hit for hit in _pages(work) if _fits(asked, hit.title)][:MOST])
    lines += _lines("Do", [hit for hit in _deeds(work) if _fits(asked, hit.title)][:MOST])
    return lines


def _lines(group: str, hits: list[Hit]) -> list[Line]:
    return [
        {"group": "" if n else group, "title": hit.title, "detail": hit.detail, "href": hit.href}
        for n, hit in enumerate(hits)
    ]


def _pages(work: Work) -> list[Hit]:
    seen = [page for page in MAP.values() if page.menu and (page.needs is None or work.may(page.needs))]
    return [Hit(page.title, page.route) for page in sorted(seen, key=lambda page: page.menu[1] if page.menu else 0)]


def _deeds(work: Work) -> list[Hit]:
    return [Hit(one.words, one.href) for one in DEEDS if one.needs is None or work.may(one.needs)]


def _fits(asked: str, title: str) -> bool:
    return all(word in title.lower() for word in asked.lower().split())


class Palette(rx.State):
    """What the palette shows."""

    lines: list[Line] = []
    text: str = ""

    @action()
    async def start(self) -> None:
        if not self.lines:
            self.lines = await ask(self, find, self.text)

    @action(supersedes=True)
    async def look(self, text: str) -> None:
        self.text = text[:80]
        self.lines = await ask(self, find, self.text)


def palette() -> rx.Component:
    """The dialog itself; part of the frame, opened by keys.js."""
    asked = rx.el.input(
        type="text", class_name="palette-in", placeholder="Find people, pages, things to do", aria_label="Find people, pages, things to do",
        role="combobox", aria_controls="palette-list", aria_expanded="true", aria_autocomplete="list", auto_complete="off", spell_check=False,
        data_choose="", on_focus=Palette.start, on_change=Palette.look.debounce(110),
    )  # fmt: skip
    listed = rx.el.div(
        rx.foreach(Palette.lines, _line),
        rx.cond((Palette.lines.length() == 0) & (Palette.text != ""), rx.el.p("Nothing by that name.", class_name="soft", style={"padding": "14px"})),
        id="palette-list", class_name="palette-list", role="listbox", aria_label="Found", data_likely="", tab_index=-1,
    )  # fmt: skip
    foot = rx.el.div(
        "↑ ↓ move", rx.el.span("Enter opens"), rx.el.span("Esc closes"), class_name="palette-foot", aria_hidden="true"
    )
    return rx.el.dialog(
        for_ears("Find"), asked, listed, foot, id="palette", class_name="dialog palette", aria_label="Find"
    )


def _line(line: Any) -> rx.Component:
    return rx.fragment(
        rx.cond(line["group"] != "", rx.el.h3(line["group"], role="presentation")),
        link(
            rx.el.b(line["title"]),
            rx.el.small(line["detail"]),
            to=line["href"],
            class_name="option",
            role="option",
            aria_selected="false",
            tab_index=-1,
        ),
    )
