"""Tables: the plain one for a screenful, the long one that scrolls through everybody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from crm_app.ui.inline import inline
from crm_app.ui.menu import menu, tick
from crm_app.ui.words import Words

ROWS = 60
"""Rows of a window: two screenfuls, so that a small move needs no answer from the server."""


@dataclass(frozen=True)
class Column:
    """A column: its key (sort and chooser call it so), its words, and what a row shows in it."""

    key: str
    label: str
    cell: Callable[[Any], Any]
    width: str = "minmax(110px, 1fr)"
    right: bool = False
    sorts: bool = False
    lead: bool = False
    phone: bool = True


class _WindowButton(rx.el.Button):
    """Pressed by parts/scroller.js; says from which row on it needs rows."""

    on_click: rx.EventHandler[lambda e: [rx.Var("Number(_e.currentTarget.dataset.first)", _var_type=int)]]


def long_table(
    rows: Any,
    columns: Sequence[Column],
    *,
    label: str,
    total: Any,
    first: Any = 0,
    on_window: Any = None,
    query: Any = "",
    sort: Any = None,
    descending: Any = False,
    on_sort: Any = None,
    shown: Any = None,
    selected: str = "",
    on_select: Any = None,
    name_of: Callable[[Any], Any] | None = None,
    foot: Any = None,
    empty: rx.Component | None = None,
    busy: Any = None,
) -> rx.Component:
    """A table of any length of which the server sends a window of `ROWS` rows.

    `on_window(first: int)` loads rows from there; `query` is any text that changes when the list is another one
    (search, filter, sort): the table then goes to its top. `selected` names the row's field that says it is ticked,
    `on_select(row)` the event of ticking it, `name_of(row)` its name for screen readers. `shown` is a var with the keys
    of the columns to show. Rows need an `id`. Put it into `fill(…)`: it takes the height that is left.
    """
    ticks = [_ticks(selected, on_select, name_of)] if on_select is not None else []
    wide, narrow = _template([*ticks, *columns], shown), _template([c for c in [*ticks, *columns] if c.phone], shown)
    start = rx.Var.create(first).to(int)
    body = rx.foreach(rows, lambda row, n: _row(row, n, start, [*ticks, *columns], shown, selected))
    view = rx.el.div(
        rx.el.div(rx.el.div(*[_head(c, shown, sort, descending, on_sort) for c in [*ticks, *columns]], class_name="grid-head", role="row"), role="rowgroup", style={"display": "contents"}),
        rx.el.div(
            rx.el.div(body, class_name="grid-window", role="rowgroup", custom_attrs={"data-first": start.to_string()}),
            class_name="grid-space",
        ),
        class_name="grid-view", role="grid", tab_index=0, aria_label=label, aria_rowcount=rx.Var.create(total).to(int) + 1,
        custom_attrs={"data-scroller": "", "data-total": rx.Var.create(total).to_string(), "data-query": query},
    )  # fmt: skip
    ask = (
        _WindowButton.create(
            type="button", hidden=True, on_click=on_window, data_window="", aria_label="Load rows", tab_index=-1
        )
        if on_window is not None
        else rx.fragment()
    )
    inside = [rx.cond(rx.Var.create(total).to(int) > 0, view, empty) if empty is not None else view, ask]
    if foot is not None:
        inside.append(rx.el.div(*(foot if isinstance(foot, list | tuple) else [foot]), class_name="grid-foot"))
    more = {} if busy is None else {"aria_busy": rx.cond(busy, "true", "false")}
    return rx.el.div(*inside, class_name="grid", custom_attrs=inline(__cols=wide, __cols_phone=narrow), **more)


def column_chooser(columns: Sequence[Column], *, shown: Any, on_change: Callable[[str], Any]) -> rx.Component:
    """A menu of all columns with a tick on those in sight."""
    return menu(
        "",
        *[tick(c.label, on=shown.contains(c.key), on_change=on_change(c.key)) for c in columns],
        icon="columns",
        label="Choose columns",
    )


def table(
    rows: Any, columns: Sequence[Column], *, label: Words, total: Any = None, stacked: bool = False
) -> rx.Component:
    """A plain table of a screenful of rows; `stacked` turns each row into a small card on a phone."""
    head = rx.el.tr(*[rx.el.th(c.label, scope="col", class_name=_look(c)) for c in columns])
    body = rx.foreach(
        rows,
        lambda row: rx.el.tr(
            *[rx.el.td(c.cell(row), class_name=_look(c), custom_attrs={"data-label": c.label}) for c in columns]
        ),
    )
    foot = [total] if total is not None else []
    made = rx.el.table(
        rx.el.caption(label, class_name="for-ears"),
        rx.el.thead(head),
        rx.el.tbody(body, *foot),
        class_name="table stacked" if stacked else "table",
    )
    return rx.el.div(made, class_name="scroll-x", role="region", aria_label=label, tab_index=0)


def _ticks(selected: str, on_select: Any, name_of: Callable[[Any], Any] | None) -> Column:
    def box(row: Any) -> rx.Component:
        name = rx.Var.create("Select ") + rx.Var.create(name_of(row) if name_of else "this row").to(str)
        return rx.el.input(
            type="checkbox", checked=row[selected], on_change=on_select(row), aria_label=name, tab_index=-1
        )

    return Column("", "", box, width="32px")


def _template(columns: Sequence[Column], shown: Any) -> Any:
    """The CSS grid's columns, of those in sight."""
    if shown is None:
        return " ".join(c.width for c in columns)
    found: Any = rx.Var.create("").to(str)
    for column in columns:
        width = column.width + " "
        found = found + (rx.cond(shown.contains(column.key), width, "").to(str) if column.key else width)
    return found


def _head(column: Column, shown: Any, sort: Any, descending: Any, on_sort: Any) -> Any:
    if not column.key:
        return rx.el.div(rx.el.span("Select", class_name="for-ears"), role="columnheader", class_name="grid-th tick")
    more: dict[str, Any] = {}
    inside: Any = rx.el.span(column.label, class_name="cut")
    if column.sorts and on_sort is not None:
        order = (
            rx.cond(descending, "descending", "ascending")
            if isinstance(descending, rx.Var)
            else "descending"
            if descending
            else "ascending"
        )
        more["aria_sort"] = rx.cond(rx.Var.create(sort) == column.key, order, "none")
        inside = rx.el.button(column.label, type="button", on_click=on_sort(column.key))
    made = rx.el.div(inside, role="columnheader", class_name=f"grid-th {_look(column)}".strip(), **more)
    return made if shown is None else rx.cond(shown.contains(column.key), made)


def _row(row: Any, n: Any, first: Any, columns: Sequence[Column], shown: Any, selected: str) -> rx.Component:
    index = first + n.to(int)
    cells = []
    for column in columns:
        made = rx.el.div(column.cell(row), role="gridcell", class_name=f"grid-td {_look(column)}".strip())
        cells.append(made if shown is None or not column.key else rx.cond(shown.contains(column.key), made))
    more = {"aria_selected": rx.cond(row[selected], "true", "false")} if selected else {}
    return rx.el.div(
        *cells, class_name="grid-row", role="row", id=rx.Var.create("row-") + row["id"].to_string(), key=row["id"].to_string(), aria_rowindex=index + 2,
        custom_attrs={"data-index": index.to_string()}, **more,
    )  # fmt: skip


def _look(column: Column) -> str:
    return " ".join(
        w
        for w, on in (
            ("r", column.right),
            ("who", column.lead),
            ("tick", not column.key),
            ("hide-phone", not column.phone),
        )
        if on
    )
