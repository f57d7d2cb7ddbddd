"""Imports: drop a file, see what becomes of it, let it in, take it out again."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.imports import components as parts
from crm_app.features.imports.state import ImportsState, ImportState
from crm_app.ui import parts as ui
from crm_app.ui.page import page

WORKING = ("checking", "publishing", "undoing", "uploaded")
TOOLS = (
    "Eventbrite, pretix, Luma, Hi.Events, Google Forms, Mailchimp, Action Network, ActBlue, PayPal, Stripe, CanadaHelps, Givebutter, "
    "Classy, Salsa, DonorPerfect, Bloomerang, Neon, Raiser’s Edge, CiviCRM and Salesforce NPSP are known by their files alone; any other list "
    "is read by its column names."
)


@page("/imports", title="Imports", needs=Permission.IMPORT, on_load=ImportsState.load, menu=("Imports", 80))
def imports() -> rx.Component:
    return rx.fragment(
        ui.head("Imports", meta="Nothing is touched before you have seen what would happen, and everything can be taken out again."),
        ui.text(drop()),
        ui.margin(rx.el.p(TOOLS, class_name="small soft"), open=True),
        rx.cond(
            ImportsState.imports.length() > 0,
            ui.section(
                "Brought in before",
                ui.table(
                    ImportsState.imports,
                    [
                        ui.Column("name", "File", lambda one: ui.link(one.name, to="/imports/" + one.id.to_string()), lead=True),
                        ui.Column("tool", "From", lambda one: one.tool),
                        ui.Column("rows", "Rows", lambda one: one.rows.to_string(), right=True),
                        ui.Column("status", "", lambda one: ui.badge(one.status)),
                        ui.Column("words", "What came of it", lambda one: rx.el.span(one.words, class_name="small")),
                        ui.Column("when", "When", lambda one: rx.el.span(one.when, " · ", one.by, class_name="small soft")),
                    ],
                    label="Imports",
                    stacked=True,
                ),
            ),
        ),
    )  # fmt: skip


def drop() -> rx.Component:
    """A place to drop a file; parts/upload.js sends it and goes where the answer says."""
    return rx.el.label(
        rx.el.b("Drop a file here, or choose one"),
        rx.el.span("CSV, Excel, LibreOffice or address cards, up to 512 MB"),
        rx.el.input(type="file", aria_label="Choose a file to bring in", class_name="for-ears",
                    accept=".csv,.tsv,.txt,.xlsx,.xls,.xlsb,.ods,.vcf,.json"),
        rx.el.span("", role="status", aria_live="polite", class_name="small", custom_attrs={"data-says": ""}),
        class_name="drop",
        custom_attrs={"data-upload": "/upload/import"},
    )  # fmt: skip


@page("/imports/[import_id]", title="Import", needs=Permission.IMPORT, on_load=ImportState.load)
def one_import() -> rx.Component:
    one = ImportState.one
    return rx.fragment(
        ui.head(one.name, *_acts(), aside=one.tool, meta=[rx.foreach(one.facts, lambda fact: rx.el.span(fact)), ui.link("All imports", to="/imports")]),
        rx.cond(one.again != "", ui.banner(one.again, " Rows that came in then change nothing.", plain=True)),
        ui.text(
            rx.cond(_is(one.status, *WORKING), _progress(), _sentence()),
            rx.cond((one.questions > 0) & ~_is(one.status, *WORKING), parts.order_question()),
            rx.foreach(one.notes, lambda note: rx.el.p(note, class_name="small soft")),
            rx.cond(one.sheets.length() > 0, _sheets()),
            rx.cond(one.kept.length() > 0, _kept()),
        ),
        ui.margin(rx.foreach(ImportState.will, lambda count: ui.count(count.count.to_string(), count.label)), open=True),
        rx.cond(
            one.columns.length() > 0,
            rx.fragment(parts.rows(), parts.columns(), parts.words(), parts.policy()),
        ),
        parts.row_drawer(),
        parts.column_dialog(),
        ui.confirm(
            "Take this import out again?",
            "Everything it added goes, and what it changed goes back. What somebody changed since stays, and you get a list of it.",
            open=ImportState.asking_undo, on_yes=ImportState.undo, on_close=ImportState.keep_it, yes="Take it out", danger=True,
        ),
    )  # fmt: skip


def _acts() -> list[rx.Component]:
    one = ImportState.one
    more = ui.menu(
        "",
        rx.el.a(ui.icon("download"), rx.el.span("Rows to mend, as CSV"), href="/imports/" + one.id.to_string() + "/rows-to-mend.csv", custom_attrs={"download": ""}),
        ui.item("Propose the columns anew", icon="undo", on_click=ImportState.remap),
        ui.item("Take off the list", icon="trash", danger=True, on_click=ImportState.forget),
        icon="more", label="More about this import",
    )  # fmt: skip
    publish = ui.button(
        rx.cond(one.status == "published", "Bring in the rest", rx.Var.create("Bring in ") + one.publish.to_string() + " rows"),
        kind="main", on_click=ImportState.publish, disabled=one.questions > 0,
    )  # fmt: skip
    return [
        rx.cond((one.publish > 0) & _is(one.status, "checked", "published"), publish),
        rx.cond(one.status == "published", ui.button("Take it out", on_click=ImportState.ask_undo)),
        rx.cond(one.status == "undone", ui.button("Look at it again", on_click=ImportState.again)),
        more,
    ]


def _is(value: rx.Var, *words: str) -> rx.Var:
    found = value == words[0]
    for word in words[1:]:
        found = found | (value == word)
    return found


def _progress() -> rx.Component:
    one = ImportState.one
    percent = rx.cond(one.total > 0, (one.done * 100 / rx.cond(one.total > 0, one.total, 1)).to(int), 2)
    words = rx.match(one.status, ("publishing", "Coming in"), ("undoing", "Going out"), "Being read and checked")
    said = rx.cond(one.total > 0, words.to(str) + " · " + one.done.to_string() + " of " + one.total.to_string(), words)
    return ui.stack(
        ui.progress(percent, said, label="How far it is"),
        ui.row(ui.button("Stop", on_click=ImportState.stop, small=True)),
    )


def _sentence() -> rx.Component:
    one = ImportState.one
    ready = rx.cond(
        one.publish > 0,
        rx.fragment(rx.el.span(one.publish.to_string(), class_name="tok"), " rows are ready to come in",
                    rx.cond(one.needs > 0, rx.fragment(", ", rx.el.span(one.needs.to_string(), class_name="tok"), " need you"), ""), ". Nothing is touched yet."),
        rx.cond(one.needs > 0, rx.fragment(rx.el.span(one.needs.to_string(), class_name="tok"), " rows need you."), "Nothing in this file is new."),
    )  # fmt: skip
    said = rx.cond(one.status == "checked", ready, rx.fragment(one.words))
    asked = rx.cond(
        (one.status == "checked") & (one.words != "") & (one.questions == 0), rx.el.p(one.words, class_name="soft")
    )
    return rx.fragment(rx.el.p(said, class_name="sentence", role="status"), asked)


def _sheets() -> rx.Component:
    return ui.row(
        rx.el.span("Sheet ", class_name="soft"),
        rx.el.select(
            rx.foreach(ImportState.one.sheets, lambda name: rx.el.option(name, value=name)),
            value=ImportState.one.sheet, on_change=ImportState.choose_sheet, class_name="input", aria_label="Sheet of the workbook",
        ),
    )  # fmt: skip


def _kept() -> rx.Component:
    def line(row: rx.Var) -> rx.Component:
        where = rx.match(row["kind"], ("constituent", "/people/"), ("gift", "/giving/"), "")
        what = row["kind"].to(str) + " " + row["id"].to_string()
        named = rx.cond(where != "", ui.link(what, to=where.to(str) + row["id"].to_string()), rx.el.span(what))
        return rx.el.li(named, ": ", row["why"].to(str))

    return ui.fold(
        "What stayed, and why", rx.el.ul(rx.foreach(ImportState.one.kept, line), class_name="small"), open=True
    )
