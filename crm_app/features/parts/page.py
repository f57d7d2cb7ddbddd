"""`/dev/parts`: every part of the ui kit, in every state."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.parts.state import LongState, PartsState, PlayState
from crm_app.ui import parts as ui
from crm_app.ui.icons import PATHS
from crm_app.ui.page import page

NEEDS = Permission.SETTINGS_EDIT
COLUMNS = [
    ui.Column("name", "Name", lambda row: ui.link(row["name"], to="/dev/parts", data_open_row=""), "minmax(180px, 2fr)", sorts=True, lead=True),
    ui.Column("town", "Town", lambda row: row["town"], sorts=True, phone=False),
    ui.Column("given", "Given", lambda row: row["given"], "110px", right=True, sorts=True),
    ui.Column("last", "Last gift", lambda row: row["last"], "110px", right=True, phone=False),
]  # fmt: skip


@page("/dev/parts", title="Parts", needs=NEEDS)
def parts() -> rx.Component:
    return rx.fragment(
        ui.head("Parts", ui.button("Add a person", kind="main", key="n", on_click=PlayState.say("ok")), ui.menu("More", *_things()),
                aside="every one, in every state", meta=[ui.here("Live · data of a moment ago"), ui.link("the long table", to="/dev/long")]),
        _sentences(),
        _words(),
        _buttons(),
        _fields(),
        _lists(),
        _drawn(),
        _telling(),
        _windows(),
    )  # fmt: skip


@page("/dev/long", title="A million rows", needs=NEEDS, on_load=LongState.load)
def long() -> rx.Component:
    return ui.fill(
        ui.head("A million rows", aside="sixty of them are here"),
        ui.toolbar(ui.search("Search people", value="", on_change=PlayState.seek), ui.column_chooser(COLUMNS, shown=LongState.shown, on_change=LongState.show_column)),
        ui.long_table(
            LongState.rows, COLUMNS, label="People", total=LongState.total, first=LongState.first, on_window=LongState.show_from, query=LongState.query,
            sort=LongState.sort, descending=LongState.descending, on_sort=LongState.sort_by, shown=LongState.shown, selected="ticked",
            on_select=lambda row: LongState.tick(row["id"]), name_of=lambda row: row["name"],
            foot=[rx.el.span("1,000,000 people"), rx.el.span(LongState.ticked.length(), " selected")],
        ),
    )  # fmt: skip


def _things() -> list[rx.Component]:
    return [
        ui.item("Print", icon="print", on_click=PlayState.say("ok")),
        ui.item("Long table", to="/dev/long", icon="right"),
        ui.line(),
        ui.item("Move to the trash", icon="trash", danger=True, on_click=PlayState.say("undo")),
    ]


def _sentences() -> rx.Component:
    tokens = [
        rx.el.button(words, class_name=look, type="button")
        for words, look in (("gave in the last fiscal year", "tok"), ("has not given in this one", "tok g"))
    ]
    return rx.fragment(
        ui.cell(
            rx.el.p("Everyone who ", tokens[0], " but ", tokens[1], ", and may be written to by post.", class_name="sentence"),
            rx.el.div(
                rx.el.div(rx.el.span("", class_name="op"), rx.el.span("gave in ", rx.el.b("FY 2025")), rx.el.span("6,904 · without it 41,210", class_name="n"), class_name="clause"),
                rx.el.div(rx.el.span("and", class_name="op"), rx.el.span("not in ", rx.el.b("FY 2026 to date")), rx.el.span("2,877 · without it 6,904", class_name="n"), class_name="clause"),
                style={"marginTop": "10px"},
            ),
            ui.chips(ui.chip("Add a clause", on_click=PlayState.say("ok")), ui.chip("125 left out: 88 said no", warn=True)),
            name="Lapsing", kind="people", chosen=True, acts=[ui.icon_button("more", "More about Lapsing", small=True)],
        ),
        ui.margin(
            ui.count("2,306", "of 48,112 constituents", to="/dev/long", change=rx.fragment(rx.el.span("+41", class_name="up"), " ", rx.el.span("−17", class_name="down"), " since 14 Nov")),
            ui.spark(PartsState.line, "Rising from 18 to 40 since last autumn"),
        ),
        ui.cell(rx.el.div(rx.el.p("One letter per household. People who gave last year but not yet this year, without major donors: Rosa calls those herself."), class_name="note"), name="Why", kind="note", stale=True),
        ui.margin(ui.named("Giving", level=3), ui.spark_columns(PartsState.small, "Giving by year, 2017 to 2025"), rx.el.div("2017–26", class_name="delta")),
        ui.facts(ui.fact("$4,310", "given, 23 gifts", to="/dev/long"), ui.fact("12 Mar", "last gift, $120"), ui.fact("64 h", "volunteered"), ui.fact("9 of 11", "events attended")),
    )  # fmt: skip


def _words() -> rx.Component:
    return ui.section(
        "Words",
        ui.stack(
            ui.row(
                ui.hat("Donor since 2017"),
                ui.hat("Volunteer"),
                ui.hat("Board 2019–22", past=True),
                ui.badge("12"),
                ui.badge("new", good=True),
                ui.badge("late", warn=True),
                ui.kbd("M"),
            ),
            ui.chips(
                ui.chip("Plain"),
                ui.chip("A tag", swatch="#c2702b", on_remove=PlayState.say("ok")),
                ui.chip("Good", good=True),
                ui.chip("Careful", warn=True),
                ui.chip("On", on_click=PlayState.say("ok"), pressed=True),
            ),
            ui.row(
                ui.avatar("MO"),
                ui.avatar("MO", big=True),
                rx.el.span("Maria Fernanda Okonkwo", class_name="person"),
                ui.soft("she/her"),
                rx.el.mark("South E"),
            ),
            ui.row(*[ui.icon(name) for name in PATHS]),
        ),
    )


def _buttons() -> rx.Component:
    return ui.section(
        "Buttons",
        ui.row(
            ui.button("Merge", kind="main", key="m", on_click=PlayState.say("ok")),
            ui.button("Not the same", key="x", on_click=PlayState.say("ok")),
            ui.button("Quiet", kind="quiet", icon="plus"),
            ui.button("Delete", kind="danger", icon="trash", on_click=PlayState.flip("is_confirm")),
            ui.button("Small", small=True),
            ui.button("Saving", kind="main", busy=True),
            ui.button("Not now", disabled=True),
            ui.icon_button("more", "More"),
            ui.link_button("Open", "/dev/long", icon="right"),
            ui.text_button("undo", on_click=PlayState.say("undo")),
        ),
        ui.row(
            ui.segmented("View", [("list", "List"), ("board", "Board"), ("map", "Map")], value=PartsState.view, on_choose=PlayState.choose_view),
            ui.filters(("everything", PartsState.tab == "one", PlayState.choose_tab("one")), ("gifts", PartsState.tab == "two", PlayState.choose_tab("two")), ("events", PartsState.tab == "three", PlayState.choose_tab("three"))),
        ),
    )  # fmt: skip


def _fields() -> rx.Component:
    return ui.section(
        "Fields",
        ui.form(
            ui.fields(
                ui.text_field("Name", "name", must=True, errors=PartsState.errors, hint="As they would sign a letter."),
                ui.email("E-mail", "email", placeholder="maria@example.org"),
                ui.date("Born", "wrong", errors=PartsState.errors),
                ui.money("Amount", "amount", unit="$", value="120.00"),
                ui.number("Seats", "seats", value="4"),
                ui.choice("Fund", "fund", [("k", "Kitchen"), ("g", "Garden")], none="Any fund"),
                ui.text_field("Cannot be changed", "fixed", value="A-1042", read_only=True),
                ui.combo("Who", "who", text=PartsState.chosen, on_text=PlayState.seek, found=PartsState.found, on_choose=PlayState.choose, on_leave=PlayState.leave, placeholder="Two letters are enough"),
            ),
            ui.area("Note", "note", prose=True, value="She brings her sister to the supper."),
            ui.radios("May we write?", "write", [("yes", "Yes"), ("no", "No"), ("asked", "Not asked")], value="yes", down=False),
            ui.check("Thank-you letter", "thanks", value=True, hint="Within two days."),
            ui.check("Live", "live", value=PartsState.switch, on_change=PlayState.flip("switch"), switch=True),
            on_submit=PlayState.send,
            foot=[ui.button("Save", kind="main", submit=True), ui.button("Cancel")],
        ),
        rx.el.p("Heard: ", PartsState.heard, class_name="small soft"),
    )  # fmt: skip


def _lists() -> rx.Component:
    return rx.fragment(
        ui.section(
            "Lists",
            ui.tabs(("Timeline", PartsState.tab == "one", PlayState.choose_tab("one")), ("Gifts", PartsState.tab == "two", PlayState.choose_tab("two")), ("Mail", PartsState.tab == "three", PlayState.choose_tab("three")), counts={1: "23"}),
            ui.timeline(
                ui.moment("12 Mar 26", "Gift to ", ui.link("Kitchen fund", to="/dev/long"), " · ", rx.el.span("not thanked, 31 h", class_name="no"), amount="$120.00"),
                ui.moment("2 Mar 26", "Rosa called: will come to the supper, brings her sister", more="follow up 20 Mar"),
                ui.moment("9 Jan 26", "Merged with Fernanda Okonkwo by Jake · 14 gifts moved · ", ui.text_button("undo", on_click=PlayState.say("undo"))),
            ),
            ui.key_values(("E-mail", "mafe@okonkwo.example"), ("Phone", rx.fragment("+1 503 555 0142 ", rx.el.span("no calls after 6 pm", class_name="no"))), ("Address", "212 SE Alder St, Portland")),
        ),
        ui.section("A table", ui.table(PartsState.shares, [ui.Column("label", "Largest gift", lambda row: row["label"]), ui.Column("words", "Households", lambda row: row["words"], right=True)], label="Largest gift")),
    )  # fmt: skip


def _drawn() -> rx.Component:
    return ui.section(
        "Drawn",
        ui.columns(
            ui.bars(PartsState.shares, "Households by largest gift"),
            ui.stack(
                ui.evidence(62, "same e-mail, 3 people share it"),
                ui.evidence(14, "a sister lives there too", against=True),
                tight=True,
            ),
            ui.stack(
                ui.progress(PartsState.percent, "3,120 of 5,000 rows, about a minute", label="Importing"),
                ui.working("Counting …"),
            ),
        ),
        ui.columns_chart(PartsState.years, "Given by year, 2017 to 2026, rising to $31,000 in 2025"),
    )


def _telling() -> rx.Component:
    return ui.section(
        "Telling",
        ui.banner("Somebody else changed the address meanwhile.", acts=[ui.text_button("Show both", on_click=PlayState.say("ok"))], warn=True),
        ui.banner("The import is done: 4,812 people in, 37 rows need you.", acts=[ui.link("Look at the rows", to="/dev/long")]),
        ui.row(ui.button("Say it worked", on_click=PlayState.say("ok")), ui.button("Say it did not", on_click=PlayState.say("bad")), ui.button("With undo", on_click=PlayState.say("undo"))),
        ui.columns(
            ui.empty("No events yet", "Plan a supper, a march or a class; the roster and the door come with it.", ui.button("Plan an event", kind="main")),
            ui.skeleton(5),
        ),
        ui.empty("No tasks", "Tasks you are given stand here.", small=True),
        ui.fold("What is left out", rx.el.p("88 said no, 29 have a bad address, 8 have died.", class_name="soft")),
    )  # fmt: skip


def _windows() -> rx.Component:
    return ui.section(
        "Windows",
        ui.row(ui.button("Dialog", on_click=PlayState.flip("is_dialog")), ui.button("Drawer", on_click=PlayState.flip("is_drawer")), ui.button("Question", on_click=PlayState.flip("is_confirm"))),
        ui.dialog(
            "Record a call", ui.form(ui.text_field("With", "with", id="call-with"), ui.area("What was said", "said", id="call-said", prose=True), on_submit=PlayState.send),
            open=PartsState.is_dialog, on_close=PlayState.flip("is_dialog"), foot=[ui.button("Cancel", on_click=PlayState.flip("is_dialog")), ui.button("Save", kind="main")],
        ),
        ui.drawer("Maria Fernanda Okonkwo", ui.facts(ui.fact("$4,310", "given"), ui.fact("64 h", "volunteered")), open=PartsState.is_drawer, on_close=PlayState.flip("is_drawer")),
        ui.confirm(
            "Move Maria Okonkwo to the trash?", "Her gifts stay in the books. You can bring her back for 30 days.", open=PartsState.is_confirm,
            on_yes=PlayState.flip("is_confirm"), on_close=PlayState.flip("is_confirm"), yes="Move to the trash", danger=True,
        ),
    )  # fmt: skip
