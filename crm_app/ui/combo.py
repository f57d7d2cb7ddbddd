"""A field that finds: type two letters, choose from what fits."""

from typing import Any, TypedDict

import reflex as rx

from crm_app.ui.words import Words, _is


class Found(TypedDict):
    """One thing that fits: what is kept, its name, and a word that tells two of the same name apart."""

    value: str
    label: str
    detail: str


def combo(
    label: Words,
    name: str,
    *,
    text: Any,
    on_text: Any,
    found: Any,
    on_choose: Any,
    on_leave: Any,
    hint: Words = "",
    placeholder: str = "",
    wait: int = 150,
    **props: Any,
) -> rx.Component:
    """An input with a list under it. `found` is a var of `Found`s; `on_choose` gets the chosen value.

    `on_text` gets what is typed when typing pauses; `on_leave` closes the list: set `found` to an empty list there.
    """
    at = props.pop("id", f"field-{name}")
    typed = rx.el.input(
        id=at, name=name, type="text", default_value=text, key=props.pop("key", None), on_change=on_text.debounce(wait), placeholder=placeholder,
        class_name="input", auto_complete="off", spell_check=False, role="combobox", data_choose="", aria_autocomplete="list",
        aria_controls=f"{at}-list", aria_expanded=rx.cond(found.length() > 0, "true", "false"), **props,
    )  # fmt: skip
    rows = rx.foreach(found, lambda one: _row(one, on_choose))
    listed = rx.el.div(
        rows,
        id=f"{at}-list",
        role="listbox",
        aria_label="Found",
        class_name="combo-list",
        data_likely="",
        hidden=found.length() == 0,
    )
    shut = rx.el.button(type="button", hidden=True, on_click=on_leave, data_combo_close="", aria_label="Close the list")
    below = [rx.el.span(hint, class_name="hint")] if _is(hint) else []
    return rx.el.div(
        rx.el.label(label, html_for=at), rx.el.div(typed, listed, shut, class_name="combo"), *below, class_name="field"
    )


def _row(one: Any, on_choose: Any) -> rx.Component:
    return rx.el.div(
        one["label"],
        rx.el.small(one["detail"]),
        role="option",
        class_name="option",
        aria_selected="false",
        on_click=on_choose(one["value"]),
    )
