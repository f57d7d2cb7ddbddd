"""Measures that are known only in the browser, as inline style: a class for each value would pile up."""

from typing import Any

import reflex as rx


def inline(**measures: Any) -> dict[str, Any]:
    """`custom_attrs` with a style: `inline(width=S.share + "%")`; a name with `__` in front is a CSS variable."""
    named = {
        ("--" + name[2:].replace("_", "-") if name.startswith("__") else name): value
        for name, value in measures.items()
    }
    return {"style": rx.Var.create(named)}
