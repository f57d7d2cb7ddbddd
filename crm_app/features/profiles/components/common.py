"""What several parts of the profile use."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.ui import parts as ui
from crm_app.ui.signed_in import SignedIn

READ, EDIT = Permission.PEOPLE_READ, Permission.PEOPLE_EDIT


def may(permission: Permission, *children: Any) -> rx.Component:
    """Shown to those who may; the service decides."""
    return rx.cond(SignedIn.permissions.contains(permission.name), rx.fragment(*children))


def add(words: str, on_click: Any, permission: Permission = EDIT) -> rx.Component:
    """The small + of a block."""
    return may(permission, ui.icon_button("plus", words, small=True, on_click=on_click))


def block(title: str, *children: Any, acts: Any = None) -> rx.Component:
    """A block of the margin."""
    return rx.el.section(ui.named(title, level=2, acts=acts), *children, class_name="section")
