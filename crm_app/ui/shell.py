"""The frame around every page."""

import reflex as rx

from crm_app.ui.page import MAP, Page


def shell(page: Page) -> rx.Component:
    """A page in its frame: menu, content."""
    entries = sorted((p for p in MAP.values() if p.menu), key=lambda p: p.menu[1] if p.menu else 0)
    return rx.el.div(
        rx.el.nav(*[rx.el.a(p.menu[0] if p.menu else p.title, href=p.route) for p in entries], aria_label="Main"),
        rx.el.main(page.content(), id="content"),
        class_name="app",
    )
