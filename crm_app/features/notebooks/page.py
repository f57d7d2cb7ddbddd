"""The shelf of notebooks, and a notebook."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.notebooks.components.aside import aside
from crm_app.features.notebooks.components.cells import cell
from crm_app.features.notebooks.schemas import OnShelf
from crm_app.features.notebooks.service.keeping import SHARING
from crm_app.features.notebooks.state.aside import AsideState
from crm_app.features.notebooks.state.notebook import NotebookState, ShelfState
from crm_app.ui import parts as ui
from crm_app.ui.page import page
from crm_app.ui.signed_in import SignedIn

READ = Permission.NOTEBOOKS_READ
MAY_WRITE = SignedIn.permissions.contains("NOTEBOOKS_EDIT")
KINDS = [
    ("note", "note"), ("people", "people"), ("combine", "combine"), ("suppress", "left out"), ("household", "one per household"),
    ("measure", "measure"), ("table", "table"), ("chart", "chart"), ("top", "ranking"), ("sample", "sample"), ("split", "split"),
    ("snapshot", "snapshot"), ("send to", "send to"),
]  # fmt: skip


@page("/notebooks", title="Notebooks", needs=READ, on_load=ShelfState.load, menu=("Notebooks", 40))
def shelf() -> rx.Component:
    def line(one: OnShelf) -> rx.Component:
        return rx.fragment(
            rx.el.section(
                rx.el.div(rx.el.h2(ui.link(one.title, to="/notebooks/" + one.id.to(str), class_name="shelf-title")), class_name="name shelf-name"),
                rx.cond(one.summary != "", rx.el.p(one.summary, class_name="lead")),
                class_name="cell", key=one.id.to(str),
            ),
            rx.el.div(
                rx.el.div(one.changed, class_name="delta"),
                rx.el.div(one.owner + " · " + one.sharing, class_name="delta"),
                rx.cond(one.pinned, rx.el.div("pinned", class_name="delta")),
                class_name="margin", role="group", aria_label="About " + one.title, key="m" + one.id.to(str),
            ),
        )  # fmt: skip

    nothing = ui.empty(
        "No notebooks yet",
        "A notebook is a list that keeps itself: say who belongs in it, and watch the number.",
        rx.cond(MAY_WRITE, ui.button("Start a notebook", kind="main", on_click=ShelfState.start)),
    )
    start = rx.cond(MAY_WRITE, ui.button("New notebook", kind="main", key="n", on_click=ShelfState.start))
    return rx.fragment(
        ui.head("Notebooks", start, meta="Every list is a live page: it counts while you think."),
        rx.cond(ShelfState.loaded, rx.cond(ShelfState.rows.length() > 0, rx.foreach(ShelfState.rows, line), nothing), ui.skeleton(5)),
        rx.cond(
            MAY_WRITE & ShelfState.loaded,
            ui.fold("Bring in a notebook from a file", ui.form(ui.area("The text of the file (YAML)", "text"), on_submit=ShelfState.read_file, foot=[ui.button("Bring it in", submit=True)])),
        ),
    )  # fmt: skip


@page("/notebooks/[notebook_id]", title="Notebook", needs=READ, on_load=NotebookState.load)
def notebook() -> rx.Component:
    title = rx.cond(
        NotebookState.may_edit,
        rx.el.input(default_value=NotebookState.title, key=NotebookState.title, class_name="input title", aria_label="Title of the notebook", on_blur=NotebookState.retitle),
        NotebookState.heading,
    )  # fmt: skip
    return rx.fragment(
        rx.el.header(
            rx.el.h1(rx.cond(NotebookState.may_edit, ui.for_ears(NotebookState.heading)), title, class_name="grow"),
            rx.el.div(*_acts(), class_name="acts"),
            class_name="page-head",
        ),
        rx.el.div(*_meta(), class_name="meta"),
        rx.cond(
            NotebookState.loaded,
            rx.fragment(rx.foreach(NotebookState.cells, cell), rx.cond(NotebookState.may_edit, _add())),
            ui.skeleton(6),
        ),
        aside(),
    )


def _acts() -> list[rx.Component]:
    share = [
        ui.item(words.capitalize(), on_click=NotebookState.share(key), icon="person") for key, words in SHARING.items()
    ]
    return [
        rx.cond(
            NotebookState.may_edit,
            rx.fragment(
                ui.icon_button("undo", "Undo", on_click=NotebookState.undo, disabled=~NotebookState.can_undo),
                ui.icon_button("undo", "Redo", on_click=NotebookState.redo, disabled=~NotebookState.can_redo),
                ui.menu("Share", *share),
            ),
        ),
        ui.menu(
            "",
            ui.item("Make a copy", icon="plus", on_click=NotebookState.copy),
            ui.item("Versions", icon="clock", on_click=AsideState.list_versions),
            ui.item("Snapshots", icon="calendar", on_click=AsideState.list_snapshots),
            ui.item("Pin or unpin", icon="pin", on_click=NotebookState.pin),
            ui.line(),
            ui.item("Take off the shelf", icon="trash", danger=True, on_click=NotebookState.throw_away),
            icon="more",
            label="More about this notebook",
        ),
    ]


def _meta() -> list[rx.Component]:
    day = rx.el.label(
        "as of ",
        rx.el.input(type="date", value=NotebookState.as_of, on_change=NotebookState.re_date, class_name="input s as-of", aria_label="Count windows from this day"),
        title="Windows count from this day. What is known about people stays what is known today.",
    )  # fmt: skip
    return [
        ui.here("Live"),
        rx.el.span("· " + NotebookState.owner + " · shared with " + NotebookState.shared_with + " · " + NotebookState.changed_words),
        ui.text_button(NotebookState.snapshots.to(str) + " snapshots", on_click=AsideState.list_snapshots),
        rx.el.a("as a file", href="/notebooks/" + NotebookState.number.to(str) + "/notebook.yaml", custom_attrs={"download": ""}),
        rx.cond(NotebookState.may_edit, day),
    ]  # fmt: skip


def _add() -> rx.Component:
    made = [ui.button(words, small=True, kind="quiet", on_click=NotebookState.add(kind)) for kind, words in KINDS]
    return rx.el.div(rx.el.span("+ add", class_name="faint small"), *made, class_name="row tight add-cell text", role="group", aria_label="Add a cell")  # fmt: skip
