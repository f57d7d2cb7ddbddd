"""What is known: tasks, notes, the record's own fields, files, tags."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.profiles.components.common import EDIT, add, block, may
from crm_app.features.profiles.state import DeedState, ProfileState
from crm_app.ui import parts as ui
from crm_app.ui.signed_in import SignedIn

P, D = ProfileState, DeedState


def tasks() -> rx.Component:
    def one(task: Any) -> rx.Component:
        box = may(
            Permission.TASKS,
            rx.el.input(type="checkbox", checked=False, on_change=D.finish_task(task["id"]), aria_label="Done: " + task["title"].to(str)),
        )  # fmt: skip
        said = rx.el.span(
            rx.el.span(task["due"], class_name=rx.cond(task["late"], "no", "soft")),
            rx.cond((task["due"] != "") & (task["owner"] != ""), " · ", ""),
            rx.el.span(task["owner"], class_name="soft"),
            class_name="small push",
        )
        return rx.el.li(box, rx.el.span(task["title"]), said, class_name="row still base", key=task["id"].to_string())

    return rx.cond(
        P.tasks.length() > 0,
        ui.section("To do", rx.el.ul(rx.foreach(P.tasks, one), class_name="bare"), acts=add("Add a task", D.begin("task"), Permission.TASKS)),
    )  # fmt: skip


def notes() -> rx.Component:
    def one(note: Any) -> rx.Component:
        return rx.el.li(
            rx.el.p(note["body"], class_name="note", style={"whiteSpace": "pre-wrap"}),
            rx.el.div(
                rx.el.span(note["by"], class_name="small soft"),
                rx.cond(note["pinned"], ui.badge("pinned")),
                rx.cond(note["private"], ui.badge("private", warn=True)),
                may(
                    EDIT,
                    rx.el.span(ui.text_button("remove", on_click=D.drop_note(note["id"])), class_name="small push"),
                ),
                class_name="row still base",
            ),
            key=note["id"].to_string(),
        )

    return rx.cond(
        P.notes.length() > 0,
        ui.section(
            "Notes", rx.el.ul(rx.foreach(P.notes, one), class_name="bare"), acts=add("Add a note", D.begin("note"))
        ),
    )


def about() -> rx.Component:
    pair = lambda one: rx.fragment(rx.el.dt(one["name"]), rx.el.dd(one["value"]))  # noqa: E731
    return ui.section(
        "About",
        rx.el.dl(rx.foreach(P.about, pair), rx.foreach(P.fields, _field), class_name="kv"),
        acts=may(EDIT, ui.icon_button("edit", "Edit the record", small=True, on_click=D.begin("names"))),
    )


def _field(one: Any) -> rx.Component:
    """A field of our own: a press on its value turns it into a form."""
    shown = rx.cond(one["shown"] != "", one["shown"], "add")
    press = rx.el.button(
        shown,
        type="button",
        class_name=rx.cond(one["shown"] != "", "link as-text", "link soft"),
        on_click=D.begin_field(one),
        aria_label="Change " + one["label"].to(str),
    )
    reading = rx.cond(one["shown"] != "", one["shown"], "–")
    value = rx.cond(D.doing == "field-" + one["code"].to(str), _field_form(), may_or(press, reading))
    return rx.fragment(rx.el.dt(one["label"]), rx.el.dd(value))


def may_or(press: rx.Component, reading: Any) -> rx.Component:
    return rx.cond(SignedIn.permissions.contains(EDIT.name), press, rx.el.span(reading))


def _field_form() -> rx.Component:
    name, field = {"name": "value", "aria_label": D.field["label"], "auto_focus": True, "class_name": "input"}, D.field
    control = rx.match(
        field["kind"],
        ("choice", rx.el.select(rx.el.option("–", value=""), rx.foreach(field["options"], lambda word: rx.el.option(word, value=word)), default_value=field["raw"], **name)),
        ("yes_no", rx.el.select(rx.el.option("–", value=""), rx.el.option("yes", value="yes"), rx.el.option("no", value="no"), default_value=field["raw"], **name)),
        ("date", rx.el.input(type="date", default_value=field["raw"], **name)),
        ("number", rx.el.input(type="text", input_mode="decimal", default_value=field["raw"], **name)),
        ("long_text", rx.el.textarea(default_value=field["raw"], **name)),
        ("choices", rx.el.textarea(default_value=field["raw"], placeholder="One a line", **name)),
        rx.el.input(type="text", default_value=field["raw"], **name),
    )  # fmt: skip
    wrong = rx.cond(D.errors.contains("value"), rx.el.span(D.errors["value"], class_name="error", role="alert"))
    return rx.el.form(
        control,
        wrong,
        ui.row(
            ui.button("Save", kind="main", small=True, submit=True), ui.button("Cancel", small=True, on_click=D.shut)
        ),
        on_submit=D.save_field,
        class_name="stack tight",
    )


def files() -> rx.Component:
    def one(file: Any) -> rx.Component:
        return rx.el.li(
            rx.el.a(file["title"], href=file["to"], custom_attrs={"download": ""}),
            rx.el.span(file["said"], class_name="small soft push"),
            may(
                EDIT,
                ui.icon_button("trash", "Remove " + file["title"].to(str), small=True, on_click=D.detach(file["id"])),
            ),
            class_name="row still base",
            key=file["id"].to_string(),
        )

    return rx.cond(
        P.files.length() > 0,
        ui.section(
            "Files", rx.el.ul(rx.foreach(P.files, one), class_name="bare"), acts=add("Keep a file", D.begin("file"))
        ),
    )


def tags() -> rx.Component:
    def one(tag: Any) -> rx.Component:
        return rx.el.span(
            rx.el.span(class_name="swatch", style={"--c": f"var(--tag-{tag['colour']}, var(--soft))"}),
            rx.el.span(tag["name"], class_name="cut"),
            may(EDIT, rx.el.button("×", type="button", class_name="x", aria_label="Remove " + tag["name"].to(str), on_click=D.drop_tag(tag["id"]))),
            class_name="chip",
            title=tag["said"],
            key=tag["id"].to_string(),
        )  # fmt: skip

    nothing = rx.el.p("No tags.", class_name="small soft")
    return block(
        "Tags",
        rx.cond(P.tags.length() > 0, ui.chips(rx.foreach(P.tags, one)), nothing),
        acts=add("Add a tag", D.begin("tag")),
    )
