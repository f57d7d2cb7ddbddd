"""`@page`: places a page on the map, in the shell, behind the guard."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from crm_app.core.access import Permission


@dataclass(frozen=True)
class Page:
    """A page on the map. `menu` is the entry's words and its order; None keeps it out of the menu."""

    route: str
    title: str
    content: Callable[[], rx.Component]
    needs: Permission | None
    on_load: tuple[Any, ...]
    menu: tuple[str, int] | None
    wide: bool


MAP: dict[str, Page] = {}


def page(
    route: str,
    *,
    title: str,
    needs: Permission | None = None,
    on_load: Any = (),
    menu: tuple[str, int] | None = None,
    wide: bool = False,
) -> Callable[[Callable[[], rx.Component]], Callable[[], rx.Component]]:
    """Declare a page: its address, its name, who may see it, what it loads, where it stands in the menu."""

    def declare(content: Callable[[], rx.Component]) -> Callable[[], rx.Component]:
        loads = tuple(on_load) if isinstance(on_load, list | tuple) else (on_load,)
        MAP[route] = Page(route, title, content, needs, loads, menu, wide)
        return content

    return declare
