"""Fields of a form: a label, the control, a hint, and what is wrong said at the field."""

from collections.abc import Sequence
from typing import Any, TypedDict

import reflex as rx

from crm_app.ui.icons import icon
from crm_app.ui.words import Words, _is


class Option(TypedDict):
    """One choice: what is kept and what is read."""

    value: str
    label: str


Options = Sequence[tuple[str, str]] | rx.Var


def text(
    label: Words,
    name: str,
    *,
    value: Any = None,
    on_change: Any = None,
    errors: Any = None,
    hint: Words = "",
    must: bool = False,
    kind: str = "text",
    look: str = "",
    **props: Any,
) -> rx.Component:
    """A line of text. With `on_change` the value lives in the state; without it the form reads it when sent."""
    control = rx.el.input(
        type=kind, class_name=f"input {look}".strip(), **_bound(name, value, on_change, errors, hint, must, props)
    )
    return _field(label, name, control, errors, hint, must, props)


def number(label: Words, name: str, **props: Any) -> rx.Component:
    """A whole number, set to the right."""
    return text(label, name, look="n", input_mode="numeric", **props)


def date(label: Words, name: str, **props: Any) -> rx.Component:
    """A day; the browser's own calendar helps."""
    return text(label, name, kind="date", **props)


def email(label: Words, name: str, **props: Any) -> rx.Component:
    return text(label, name, kind="email", auto_complete="off", spell_check=False, **props)


def money(
    label: Words,
    name: str,
    *,
    unit: Words,
    value: Any = None,
    on_change: Any = None,
    errors: Any = None,
    hint: Words = "",
    must: bool = False,
    **props: Any,
) -> rx.Component:
    """An amount with its currency in front."""
    bound = _bound(name, value, on_change, errors, hint, must, props)
    control = rx.el.div(
        rx.el.span(unit, class_name="unit"),
        rx.el.input(type="text", input_mode="decimal", class_name="input n", **bound),
        class_name="money",
    )
    return _field(label, name, control, errors, hint, must, props)


def area(
    label: Words,
    name: str,
    *,
    value: Any = None,
    on_change: Any = None,
    errors: Any = None,
    hint: Words = "",
    must: bool = False,
    prose: bool = False,
    **props: Any,
) -> rx.Component:
    """Several lines; `prose` is set in the serif, for notes and letters."""
    control = rx.el.textarea(
        class_name="input prose" if prose else "input", **_bound(name, value, on_change, errors, hint, must, props)
    )
    return _field(label, name, control, errors, hint, must, props)


def choice(
    label: Words,
    name: str,
    options: Options,
    *,
    value: Any = None,
    on_change: Any = None,
    errors: Any = None,
    hint: Words = "",
    must: bool = False,
    none: Words = "",
    **props: Any,
) -> rx.Component:
    """One of a list. `options` are (value, words) pairs, or a var of `Option`s; `none` words the empty choice."""
    bound = _bound(name, value, on_change, errors, hint, must, props)
    return _field(label, name, select(options, none=none, **bound), errors, hint, must, props)


def select(options: Options, *, none: Words = "", look: str = "", **props: Any) -> rx.Component:
    """The control of `choice` alone, for toolbars: give it an `aria_label`."""
    made = [rx.el.option(none, value="")] if _is(none) else []
    if isinstance(options, rx.Var):
        made.append(rx.foreach(options, lambda option: rx.el.option(option["label"], value=option["value"])))
    else:
        made += [rx.el.option(words, value=value) for value, words in options]
    return rx.el.select(*made, class_name=f"input {look}".strip(), **props)


def check(
    label: Words,
    name: str,
    *,
    value: Any = None,
    on_change: Any = None,
    hint: Words = "",
    switch: bool = False,
    **props: Any,
) -> rx.Component:
    """Yes or no; as a switch when it takes effect at once."""
    state: dict[str, Any] = {"on_change": on_change, "checked": value} if on_change is not None else {}
    if on_change is None and value is not None:
        state = {"default_checked": value, "key": _keyed(name, value)}
    box = rx.el.input(type="checkbox", name=name, class_name="switch" if switch else "", **state, **props)
    words = rx.el.span(label, rx.el.small(hint)) if _is(hint) else rx.el.span(label)
    return rx.el.label(box, words, class_name="check")


def radios(
    label: Words,
    name: str,
    options: Sequence[tuple[str, Words]],
    *,
    value: Any = None,
    on_change: Any = None,
    down: bool = True,
) -> rx.Component:
    """One of a few, all in sight."""

    def one(key: str, words: Words) -> rx.Component:
        more: dict[str, Any] = {"default_checked": rx.Var.create(value) == key} if value is not None else {}
        if on_change is not None:
            more = {"checked": rx.Var.create(value) == key, "on_change": on_change(key)}
        return rx.el.label(
            rx.el.input(type="radio", name=name, value=key, **more), rx.el.span(words), class_name="check"
        )

    return rx.el.fieldset(
        rx.el.legend(label, class_name="label"),
        rx.el.div(*[one(key, words) for key, words in options], class_name="choices down" if down else "choices"),
        class_name="field",
    )


def segmented(label: str, options: Sequence[tuple[str, Words]], *, value: Any, on_choose: Any) -> rx.Component:
    """One of two to four, as one strip: list or board, month or year."""
    made = [
        rx.el.button(
            words,
            type="button",
            aria_pressed=rx.cond(rx.Var.create(value) == key, "true", "false"),
            on_click=on_choose(key),
        )
        for key, words in options
    ]
    return rx.el.div(*made, class_name="segmented", role="group", aria_label=label)


def search(
    label: str, *, value: Any, on_change: Any, placeholder: Words = "", wait: int = 150, big: bool = False, **props: Any
) -> rx.Component:
    """The search of a page; `/` goes to it. `on_change` is called when typing pauses."""
    from_icon = "input big" if big else "input"
    return rx.el.div(
        icon("search"),
        rx.el.input(
            type="search", class_name=from_icon, default_value=value, on_change=_after(on_change, wait), aria_label=label,
            placeholder=placeholder or label, auto_complete="off", spell_check=False, data_search="", **props,
        ),
        rx.el.kbd("/", aria_hidden="true"),
        class_name="search",
    )  # fmt: skip


def form(*children: Any, on_submit: Any, foot: Any = None, full: bool = False, **props: Any) -> rx.Component:
    """A form: `on_submit` gets a dict of its fields by name. The first field that is wrong gets the focus."""
    inside = list(children)
    if foot is not None:
        inside.append(rx.el.div(*(foot if isinstance(foot, list | tuple) else [foot]), class_name="form-foot"))
    return rx.el.form(
        *inside, on_submit=on_submit, no_validate=True, class_name="form full" if full else "form", **props
    )


def fields(*children: Any) -> rx.Component:
    """Short fields side by side while there is room."""
    return rx.el.div(*children, class_name="fields")


def error_of(errors: Any, name: str) -> Any:
    """What is wrong with one field, from the state's `errors` dict."""
    if errors is None:
        return ""
    if isinstance(errors, rx.Var):
        return rx.cond(errors.contains(name), errors[name], "").to(str)
    return errors.get(name, "")


def _field(
    label: Words, name: str, control: rx.Component, errors: Any, hint: Words, must: bool, props: dict[str, Any]
) -> rx.Component:
    said, at = error_of(errors, name), _id(name, props)
    title = [label, rx.el.span(" needed", class_name="must")] if must else [label]
    inside = [rx.el.label(*title, html_for=at), control]
    if _is(hint):
        inside.append(rx.el.span(hint, class_name="hint", id=f"{at}-hint"))
    if _is(said):
        line = rx.el.span(said, class_name="error", id=f"{at}-error", role="alert")
        inside.append(rx.cond(said != "", line) if isinstance(said, rx.Var) else line)
    return rx.el.div(*inside, class_name="field")


def _bound(
    name: str, value: Any, on_change: Any, errors: Any, hint: Words, must: bool, props: dict[str, Any]
) -> dict[str, Any]:
    at, said = _id(name, props), error_of(errors, name)
    bound: dict[str, Any] = {**props, "id": at, "name": name}
    if on_change is not None:
        bound |= {"on_change": on_change, "value": value}
    elif value is not None:
        bound |= {"default_value": value, "key": _keyed(name, value)}
    described = [f"{at}-hint"] if _is(hint) else []
    if _is(said):
        described.append(f"{at}-error")
        bound["aria_invalid"] = rx.cond(said != "", "true", "false") if isinstance(said, rx.Var) else "true"
    if described:
        bound["aria_describedby"] = " ".join(described)
    if must:
        bound["aria_required"] = "true"
    return bound


def _id(name: str, props: dict[str, Any]) -> str:
    return props.get("id") or f"field-{name}"


def _keyed(name: str, value: Any) -> Any:
    """An unbound field starts again when the value it starts with changes."""
    return f"{name}-{value}" if isinstance(value, rx.Var) else name


def _after(handler: Any, wait: int) -> Any:
    return handler.debounce(wait) if hasattr(handler, "debounce") else handler
