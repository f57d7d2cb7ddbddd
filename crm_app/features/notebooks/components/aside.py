"""The drawer beside a notebook: people, why, versions, snapshots, sending."""

import reflex as rx

from crm_app.features.notebooks.schemas import BecauseView, Person, SnapshotRow, VersionRow
from crm_app.features.notebooks.state.aside import AsideState
from crm_app.features.notebooks.state.notebook import NotebookState
from crm_app.ui import parts as ui


def aside() -> rx.Component:
    inside = rx.match(
        AsideState.showing,
        ("people", _people()),
        ("why", _why()),
        ("versions", _versions()),
        ("snapshots", _snapshots()),
        ("send", _send()),
        rx.fragment(),
    )
    return ui.drawer(AsideState.title, inside, open=AsideState.showing != "", on_close=AsideState.close)


def _person(one: Person) -> rx.Component:
    return rx.el.li(
        ui.link(one.name, to="/people/" + one.id.to(str), class_name="person"),
        rx.el.span(one.detail, class_name="soft push"),
    )


def _people() -> rx.Component:
    return rx.fragment(
        rx.el.ul(rx.foreach(AsideState.people, _person), class_name="lines"),
        rx.cond(
            AsideState.people.length() == 0,
            rx.el.p(rx.cond(AsideState.more != "", AsideState.more, "Nobody."), class_name="soft"),
        ),
    )


def _why() -> rx.Component:
    def line(one: BecauseView) -> rx.Component:
        mark = rx.match(one.passed, ("yes", rx.el.span("yes", class_name="badge g")), ("no", rx.el.span("no", class_name="badge w")), rx.el.span("?", class_name="badge"))  # fmt: skip
        return rx.el.li(mark, rx.el.span(one.needs), rx.el.span(one.has, class_name="strong push num"))

    return rx.fragment(
        ui.combo(
            "Who", "person", text="", on_text=AsideState.seek, found=AsideState.found, on_choose=AsideState.explain,
            on_leave=AsideState.leave, placeholder="Two letters of a name",
        ),
        rx.cond(
            AsideState.why.constituent_id > 0,
            rx.el.div(
                rx.el.p(AsideState.why.words, class_name="sentence"),
                rx.el.ul(rx.foreach(AsideState.why.because, line), class_name="lines"),
                ui.link("Open the profile", to="/people/" + AsideState.why.constituent_id.to(str)),
                class_name="stack", role="status",
            ),
            rx.el.p("Choose somebody: each clause is answered with what is known about that person.", class_name="soft"),
        ),
    )  # fmt: skip


def _versions() -> rx.Component:
    def line(one: VersionRow) -> rx.Component:
        back = rx.cond(NotebookState.may_edit, ui.text_button("go back to this", on_click=AsideState.go_back(one.number), aria_label="Go back to version " + one.number.to(str)))  # fmt: skip
        return rx.el.li(rx.el.span(one.at, class_name="faint"), rx.el.span(one.words + " · " + one.by), rx.el.span(back, class_name="push"))  # fmt: skip

    return rx.el.ul(rx.foreach(AsideState.versions, line), class_name="lines")


def _snapshots() -> rx.Component:
    def line(one: SnapshotRow) -> rx.Component:
        return rx.el.li(
            rx.el.span(one.at, class_name="faint"),
            rx.el.span(one.cell + " · " + one.people.to(str) + " · " + one.reason),
            rx.el.span(ui.text_button("who joined, who left?", on_click=AsideState.compare(one.id), aria_label="Compare " + one.cell + " of " + one.at), class_name="push"),
        )  # fmt: skip

    compared = rx.el.div(
        rx.el.p(AsideState.compared.snapshot.cell + " since " + AsideState.compared.snapshot.at, class_name="sentence"),
        ui.named("Joined", AsideState.compared.joined.to(str), level=3),
        rx.el.ul(rx.foreach(AsideState.compared.joined_people, _person), class_name="lines"),
        ui.named("Left", AsideState.compared.left.to(str), level=3),
        rx.el.ul(rx.foreach(AsideState.compared.left_people, _person), class_name="lines"),
        role="status",
    )
    none = rx.el.p("None yet. “Keep a snapshot” in the menu of a cell freezes who is in it today.", class_name="soft")
    return rx.fragment(
        rx.cond(AsideState.comparing, compared),
        rx.el.ul(rx.foreach(AsideState.snapshots, line), class_name="lines"),
        rx.cond(AsideState.snapshots.length() == 0, none),
    )


def _send() -> rx.Component:
    at = "?cell=" + rx.Var.create(AsideState.cell).to(str)
    base = "/notebooks/" + NotebookState.number.to(str)
    ready = rx.el.div(
        rx.cond(~AsideState.suppressed, ui.banner("Nobody is left out of this list: consent and deaths are not looked at. Add a “left out” cell above it.", warn=True)),
        ui.row(
            ui.link_button("Labels · Avery 5160", base + "/labels.pdf" + at, icon="print", download=True),
            ui.link_button("Download as a file", base + "/list.csv" + at, icon="download", download=True),
        ),
        ui.form(ui.text_field("Put a tag on them", "tag", placeholder="Spring appeal 2026"), on_submit=AsideState.put_tag, foot=[ui.button("Put the tag on", submit=True)]),
        ui.form(ui.text_field("Make tasks for me", "title", placeholder="Call and say thank you"), on_submit=AsideState.make_tasks, foot=[ui.button("Make the tasks", submit=True)]),
        rx.el.p("Who is in the list now is kept as a snapshot, with those left out and why.", class_name="soft small"),
        class_name="stack",
    )  # fmt: skip
    differ = rx.el.ul(rx.foreach(AsideState.verified.differing, _person), class_name="lines")
    return rx.cond(
        AsideState.has_verified,
        rx.el.div(
            ui.banner(AsideState.verified.words, plain=True),
            rx.cond(AsideState.verified.agree, ready, differ),
            class_name="stack",
        ),
        ui.working("Reading the database a second time …"),
    )
