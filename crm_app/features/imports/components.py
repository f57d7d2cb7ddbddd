"""Parts of the page of one import."""

import reflex as rx

from crm_app.engine.tabular.meanings import MEANINGS
from crm_app.engine.tabular.values.choices import LISTS
from crm_app.features.imports.state import ImportColumn, ImportRows, ImportState
from crm_app.ui import parts as ui

FIRST = ("ignore", "custom", "tag")
OPTIONS = [(key, MEANINGS[key].label) for key in FIRST] + sorted(
    ((m.key, f"{m.group}: {m.label}") for m in MEANINGS.values() if m.key not in FIRST), key=lambda pair: pair[1]
)
SHARED = [
    (key, MEANINGS[key].label)
    for key in (
        "gift_date",
        "event",
        "event_date",
        "fund",
        "campaign",
        "appeal",
        "method",
        "currency",
        "source",
        "membership",
    )
]
EXISTING = (
    ("fill", "fill what is blank"),
    ("update", "let the file win"),
    ("add", "leave them as they are"),
    ("ask", "ask me about each"),
)
FLAGS = (
    ("by_external_id", "Number in the other system"),
    ("by_email", "E-mail, if the name can be theirs"),
    ("by_phone", "Phone and name"),
    ("by_name", "Name with the same address or birth date"),
    ("by_our_id", "Our own number"),
    ("households", "Two people in a row make one household"),
)


def rows() -> rx.Component:
    """The grid of rows: what becomes of each, why, and a way to put it right."""
    return ui.section(
        "Rows",
        ui.toolbar(
            _filters(),
            ui.search("Search rows", value="", on_change=ImportRows.seek, placeholder="Name or reason"),
        ),
        rx.cond(
            ImportRows.total > 0,
            rx.fragment(
                ui.table(
                    ImportRows.rows,
                    [
                        ui.Column("row", "Row", lambda row: row.row.to_string(), right=True),
                        ui.Column("who", "Who", _who, lead=True),
                        ui.Column("what", "Becomes", _badge),
                        ui.Column("why", "Why", _why),
                        ui.Column("", "", lambda row: ui.icon_button("edit", "Look at row " + row.row.to_string(), on_click=ImportRows.open(row.row), small=True)),
                    ],
                    label="Rows of the file",
                    stacked=True,
                ),
                rx.cond(ImportRows.total > 50, ui.row(
                    ui.soft(ImportRows.span),
                    ui.button("Earlier", on_click=ImportRows.turn(-1), small=True, disabled=ImportRows.first == 0),
                    ui.button("Later", on_click=ImportRows.turn(1), small=True, disabled=ImportRows.first + 50 >= ImportRows.total),
                )),
            ),
            ui.empty("No such rows", "Nothing in this file has that outcome.", small=True),
        ),
    )  # fmt: skip


def _filters() -> rx.Component:
    def one(count: rx.Var) -> rx.Component:
        pressed = rx.cond(ImportRows.outcome == count.key, "true", "false")
        return rx.el.button(
            count.label, " ", rx.el.span(count.count.to_string(), class_name="n"), type="button",
            aria_pressed=pressed, on_click=ImportRows.show(count.key), key=count.key,
        )  # fmt: skip

    every = rx.el.button(
        "All ", rx.el.span(ImportState.one.rows.to_string(), class_name="n"), type="button",
        aria_pressed=rx.cond(ImportRows.outcome == "", "true", "false"), on_click=ImportRows.show(""),
    )  # fmt: skip
    shown = rx.foreach(ImportState.one.counts, lambda count: rx.cond(count.count > 0, one(count)))
    return rx.el.div(every, shown, class_name="filters", role="group", aria_label="Rows by what becomes of them")


def _who(row: rx.Var) -> rx.Component:
    person = ui.link(row.summary, to="/people/" + row.constituent_id.to_string())
    return rx.cond(
        row.done & (row.constituent_id > 0), person, rx.el.span(rx.cond(row.summary == "", "—", row.summary))
    )


def _badge(row: rx.Var) -> rx.Component:
    plain = rx.cond(
        (row.outcome == "new") | (row.outcome == "update"), ui.badge(row.words, good=True), ui.badge(row.words)
    )
    return rx.fragment(
        rx.cond(row.outcome == "ask", ui.badge(row.words, warn=True), plain),
        rx.cond(
            row.done & ((row.outcome == "new") | (row.outcome == "update")), rx.el.span(" in", class_name="small soft")
        ),
    )


def _why(row: rx.Var) -> rx.Component:
    return rx.fragment(
        rx.cond(row.evidence != "", rx.el.span(row.evidence, " ", class_name="small soft")),
        rx.el.span(row.reason, class_name="small"),
    )


def row_drawer() -> rx.Component:
    """One row cell by cell: put it right, or say who it is."""
    row = ImportRows.chosen
    form = ui.form(
        rx.foreach(ImportRows.cells, _cell),
        on_submit=ImportRows.mend,
        foot=[
            ui.button("Somebody new", on_click=ImportRows.decide("new")),
            ui.button("Leave it out", on_click=ImportRows.decide("skip")),
            ui.button("Save", kind="main", submit=True),
        ],
    )
    reading = rx.el.dl(
        rx.foreach(ImportRows.cells, lambda cell: rx.fragment(rx.el.dt(cell.header), rx.el.dd(cell.text))),
        class_name="kv",
    )
    return ui.drawer(
        "Row " + ImportRows.row.to_string(),
        rx.cond(row.reason != "", ui.banner(row.reason, plain=True)),
        rx.cond(row.done, reading, form),
        open=ImportRows.row > 0,
        on_close=ImportRows.close,
        wide=True,
    )


def _cell(cell: rx.Var) -> rx.Component:
    name = "cell-" + cell.place.to_string()
    at = "field-" + name
    return rx.el.div(
        rx.el.label(cell.header, rx.cond(cell.meaning != "", rx.el.span(" → ", cell.meaning, class_name="soft small")), html_for=at),
        rx.el.input(
            type="text", id=at, name=name, default_value=cell.text, class_name="input",
            aria_invalid=rx.cond(cell.wrong != "", "true", "false"),
        ),
        rx.cond(cell.wrong != "", rx.el.span(cell.wrong, class_name="error", role="alert")),
        class_name="field",
        key=name + ImportRows.row.to_string(),
    )  # fmt: skip


def columns() -> rx.Component:
    """What each column means, how sure that is, and questions about it."""
    return ui.section(
        "Columns",
        ui.table(
            ImportState.shown,
            [
                ui.Column("header", "In the file", lambda c: rx.el.span(c.header), lead=True),
                ui.Column("sample", "For example", lambda c: rx.el.span(c.sample, class_name="small soft cut")),
                ui.Column("meaning", "Means", _meaning),
                ui.Column("sure", "Sure", lambda c: rx.el.span(c.sure.to_string(), "\u00a0%", class_name="small soft", title=c.why), right=True),
                ui.Column("", "", lambda c: ui.icon_button("edit", "Change what " + c.header + " means", on_click=ImportColumn.show(c.place), small=True)),
            ],
            label="Columns of the file",
            stacked=True,
        ),
        rx.cond(
            ImportState.one.columns.length() != ImportState.shown.length(),
            ui.text_button(rx.Var.create("Show all ") + ImportState.one.columns.length().to_string() + " columns", on_click=ImportState.show_all_columns),
        ),
        acts=ui.text_button("Propose anew", on_click=ImportState.remap),
    )  # fmt: skip


def _meaning(column: rx.Var) -> rx.Component:
    return rx.fragment(
        rx.el.span(column.label, class_name=rx.cond(column.meaning == "ignore", "soft", "")),
        rx.cond(column.question != "", rx.fragment(rx.el.br(), rx.el.span(column.question, class_name="error"))),
    )


def order_question() -> rx.Component:
    return ui.banner(
        "Dates in this file can be read both ways. Is 03/04 the 3rd of April, or March the 4th?",
        warn=True,
        acts=[
            ui.button("Day first", on_click=ImportState.order_all("dmy"), small=True),
            ui.button("Month first", on_click=ImportState.order_all("mdy"), small=True),
        ],
    )


def column_dialog() -> rx.Component:
    column = ImportColumn.column
    return ui.dialog(
        rx.Var.create("What is “") + column.header + "”?",
        rx.el.p(column.sample, class_name="soft"),
        ui.form(
            ui.choice("Means", "meaning", OPTIONS, value=column.meaning, hint=column.why),
            ui.fields(
                ui.choice("Dates are written", "order", (("dmy", "day first"), ("mdy", "month first")), value=column.order, none="as they tell themselves"),
                ui.choice("Decimal mark", "mark", ((".", "dot: 1,234.50"), (",", "comma: 1.234,50")), value=column.mark, none="as they tell themselves"),
                ui.choice("A blank cell", "blank", (("keep", "changes nothing"), ("clear", "clears what is there")), value=column.blank),
            ),
            on_submit=ImportColumn.save,
            foot=[ui.button("Cancel", on_click=ImportColumn.close), ui.button("Save", kind="main", submit=True)],
        ),
        open=ImportColumn.open,
        on_close=ImportColumn.close,
    )  # fmt: skip


def words() -> rx.Component:
    """Words of the file that are nearly ours: taken as proposed unless somebody says otherwise."""
    kinds = {kind: [(value, value.replace("_", " ")) for value in choices] for kind, choices in LISTS.items()}

    def line(word: rx.Var) -> rx.Component:
        selects = rx.match(
            word.kind,
            *[(kind, ui.select(options, none="not known", value=word.value, on_change=lambda value: ImportState.word(word.kind, word.word, value), aria_label="What " + word.word + " means")) for kind, options in kinds.items()],
            rx.fragment(),
        )  # fmt: skip
        return rx.el.div(rx.el.span("“", word.word, "” means "), selects, class_name="row", key=word.kind + word.word)

    return rx.cond(
        ImportState.one.unknown.length() > 0,
        ui.section("Words of the file", ui.stack(rx.foreach(ImportState.one.unknown, line), tight=True)),
    )


def policy() -> rx.Component:
    """How rows find the people who are here, and what may happen to those."""
    chosen = ImportState.one.policy
    return ui.section(
        "Who is who",
        ui.columns(
            ui.stack(
                rx.el.p("Somebody is known by", class_name="label"),
                *[ui.check(words, name, value=getattr(chosen, name), on_change=lambda value, name=name: ImportState.set_flag(name, value)) for name, words in FLAGS],
                tight=True,
            ),
            ui.stack(
                ui.choice("People who are here already", "existing", EXISTING, value=chosen.existing, on_change=ImportState.set_existing),
                ui.form(ui.text_field("Tag everyone of this file", "tag", value=chosen.tag), on_submit=ImportState.set_tag, foot=ui.button("Set the tag", submit=True, small=True)),
                ui.form(
                    ui.fields(ui.choice("Every row shares", "shared", SHARED), ui.text_field("namely", "value")),
                    on_submit=ImportState.set_shared, foot=ui.button("Set for all rows", submit=True, small=True),
                ),
            ),
        ),
    )  # fmt: skip
