"""`/people` and `/people/new`."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.constituents.state import EDIT, READ, NewState, PeopleState
from crm_app.ui import parts as ui
from crm_app.ui.page import page
from crm_app.ui.signed_in import SignedIn

COLUMNS = [
    ui.Column("name", "Name", lambda row: _name(row), "minmax(190px, 2fr)", sorts=True, lead=True),
    ui.Column(
        "email", "E-mail", lambda row: rx.el.span(row["email"], class_name="cut"), "minmax(150px, 1.5fr)", phone=False
    ),
    ui.Column("phone", "Phone", lambda row: row["phone"], "130px", phone=False),
    ui.Column("city", "Town", lambda row: row["city"], "110px"),
    ui.Column("hats", "Hats", lambda row: rx.el.span(row["hats"], class_name="cut"), "minmax(110px, 1fr)", phone=False),
    ui.Column("tags", "Tags", lambda row: rx.el.span(row["tags"], class_name="cut"), "minmax(110px, 1fr)", phone=False),
    ui.Column("given", "Given", lambda row: row["given"], "110px", right=True, phone=False),
    ui.Column("last", "Last gift", lambda row: row["last"], "105px", right=True, phone=False),
    ui.Column("owner", "Looked after by", lambda row: row["owner"], "130px", phone=False),
    ui.Column("added", "Added", lambda row: row["added"], "105px", right=True, sorts=True, phone=False),
    ui.Column("changed", "Changed", lambda row: row["changed"], "105px", right=True, sorts=True, phone=False),
]
KINDS = [("person", "People"), ("household", "Households"), ("organization", "Organizations")]
REACH = [
    ("email", "with an e-mail"),
    ("no_email", "without an e-mail"),
    ("phone", "with a phone"),
    ("no_phone", "without a phone"),
]
REACH += [("address", "with an address"), ("no_address", "without an address")]


def may(permission: Permission, *children: Any) -> rx.Component:
    """Shown to those who may; the service decides."""
    return rx.cond(SignedIn.permissions.contains(permission.name), rx.fragment(*children))


@page("/people", title="Constituents", needs=READ, on_load=PeopleState.load, menu=("Constituents", 10), wide=True)
def people() -> rx.Component:
    return ui.fill(
        ui.head(
            "Constituents",
            may(EDIT, ui.link_button("Add a person", "/people/new", kind="main", key="n")),
            ui.menu("", *_more(), icon="more", label="More"),
            aside=PeopleState.words,
        ),
        _tools(),
        rx.cond(PeopleState.chosen > 0, _deeds()),
        ui.long_table(
            PeopleState.rows, COLUMNS, label="Constituents", total=PeopleState.total, first=PeopleState.first,
            on_window=PeopleState.show_from, query=PeopleState.query, sort=PeopleState.sort, descending=PeopleState.descending,
            on_sort=PeopleState.sort_by, shown=PeopleState.shown, selected="ticked",
            on_select=lambda row: PeopleState.tick(row["id"]), name_of=lambda row: row["name"], empty=_nobody(),
        ),
        _dialogs(),
    )  # fmt: skip


def _name(row: Any) -> rx.Component:
    return rx.fragment(
        ui.link(row["name"], to=row["to"], class_name="cut", data_open_row=""),
        rx.cond(row["kind"] != "", rx.el.span(row["kind"], class_name="soft small", style={"marginLeft": "7px"})),
    )


def _more() -> list[rx.Component]:
    return [
        may(EDIT, ui.item("Add an organization", to="/people/new?kind=organization")),
        may(EDIT, ui.item("Add a household", to="/people/new?kind=household")),
        ui.line(),
        ui.item("Keep this list …", on_click=PeopleState.ask_for("list")),
        may(
            Permission.EXPORT,
            rx.el.a("Take this list out (CSV)", href=PeopleState.export_to, custom_attrs={"download": ""}),
        ),
        ui.line(),
        ui.item("The trash", on_click=PeopleState.choose("trash", "yes")),
    ]


def _tools() -> rx.Component:
    narrow = PeopleState.narrow

    def choice(name: str, label: str, none: str, options: Any) -> rx.Component:
        value = rx.cond(narrow.contains(name), narrow[name], "")
        return ui.select(
            options,
            look="" if name == "kind" else "hide-phone",
            none=none,
            value=value,
            on_change=lambda said: PeopleState.choose(name, said),
            aria_label=label,
        )

    choices = PeopleState.choices
    return ui.toolbar(
        ui.search(
            "Search people", value=rx.cond(narrow.contains("q"), narrow["q"], ""), on_change=PeopleState.seek, wait=90,
            placeholder="Name, e-mail, phone: two letters are enough", key=PeopleState.fresh.to_string(),
        ),
        choice("kind", "Kind", "Everyone", KINDS),
        choice("hat", "Hat", "Any hat", choices["hats"]),
        choice("tag", "Tag", "Any tag", choices["tags"]),
        choice("owner", "Looked after by", "Any owner", choices["owners"]),
        choice("reach", "Can be reached", "However reached", REACH),
        rx.cond(choices["lists"].length() > 0, ui.select(choices["lists"], none="Lists", value="", on_change=PeopleState.open_list, aria_label="Kept lists")),
        ui.column_chooser(COLUMNS, shown=PeopleState.shown, on_change=PeopleState.show_column),
        rx.cond(narrow.length() > 0, ui.text_button("show everyone", on_click=PeopleState.clear)),
        rx.cond(narrow.contains("trash"), ui.badge("in the trash", warn=True)),
    )  # fmt: skip


def _deeds() -> rx.Component:
    trash = PeopleState.narrow.contains("trash")
    count = rx.el.span(rx.el.b(PeopleState.chosen.to_string()), " chosen")
    return ui.toolbar(
        count,
        rx.cond(
            ~PeopleState.all_chosen & (PeopleState.chosen < PeopleState.total),
            ui.text_button("choose all of this list", on_click=PeopleState.tick_all),
        ),
        ui.text_button("choose nobody", on_click=PeopleState.tick_none),
        may(EDIT, ui.button("Tag", small=True, key="t", on_click=PeopleState.ask_for("tag"))),
        may(EDIT, ui.button("Give to …", small=True, on_click=PeopleState.ask_for("owner"))),
        may(Permission.EXPORT, ui.link_button("Take out (CSV)", PeopleState.export_to, small=True, download=True)),
        may(
            Permission.PEOPLE_DELETE,
            rx.cond(
                trash,
                ui.button("Bring back", small=True, on_click=PeopleState.restore_chosen),
                ui.button("Move to the trash", small=True, kind="danger", on_click=PeopleState.discard_chosen),
            ),
        ),
    )


def _nobody() -> rx.Component:
    return rx.cond(
        PeopleState.narrow.length() > 0,
        ui.empty(
            "Nobody fits",
            "Try fewer letters, or take a filter away.",
            ui.button("Show everyone", on_click=PeopleState.clear),
        ),
        ui.empty(
            "Nobody here yet",
            "Bring in a spreadsheet, or add the first person by hand.",
            ui.link_button("Add a person", "/people/new", kind="main"),
        ),
    )


def _dialogs() -> rx.Component:
    shut = PeopleState.ask_for("")
    cancel = ui.button("Cancel", on_click=shut)
    return rx.fragment(
        ui.dialog(
            "Tag everyone chosen",
            ui.form(
                ui.text_field("Tag", "tag", must=True, errors=PeopleState.errors, list="known-tags", id="bulk-tag", hint="A new word makes a new tag."),
                rx.el.datalist(rx.foreach(PeopleState.choices["tags"], lambda one: rx.el.option(value=one["label"])), id="known-tags"),
                on_submit=PeopleState.tag_chosen, foot=[cancel, ui.button("Tag", kind="main", submit=True)],
            ),
            open=PeopleState.dialog == "tag", on_close=shut,
        ),
        ui.dialog(
            "Who looks after them?",
            ui.form(
                ui.choice("Person", "owner", PeopleState.choices["owners"], none="Nobody", id="bulk-owner"),
                on_submit=PeopleState.assign_chosen, foot=[cancel, ui.button("Give", kind="main", submit=True)],
            ),
            open=PeopleState.dialog == "owner", on_close=shut,
        ),
        ui.dialog(
            "Keep this list",
            ui.form(
                ui.text_field("Name", "name", must=True, errors=PeopleState.errors, id="list-name"),
                ui.check("Everyone may open it", "shared"),
                on_submit=PeopleState.save_list, foot=[cancel, ui.button("Keep", kind="main", submit=True)],
            ),
            open=PeopleState.dialog == "list", on_close=shut,
        ),
    )  # fmt: skip


@page("/people/new", title="Somebody new", needs=EDIT, on_load=NewState.load)
def new() -> rx.Component:
    kinds = [("person", "A person"), ("organization", "An organization"), ("household", "A household")]
    return rx.fragment(
        ui.head("Somebody new", aside="only a name, an e-mail or a phone is needed"),
        ui.text(
            ui.segmented("Kind", kinds, value=NewState.kind, on_choose=NewState.be),
            rx.el.div(style={"height": "14px"}),
            ui.form(
                rx.cond(NewState.kind == "person", _person_fields(), _body_fields()),
                _reach_fields(),
                on_submit=NewState.save,
                foot=[ui.button("Add", kind="main", submit=True), ui.link_button("Cancel", "/people")],
            ),
        ),
        ui.margin(_likely()),
    )


TYPED = {
    "first_name": NewState.typed_first_name,
    "last_name": NewState.typed_last_name,
    "name": NewState.typed_name,
    "email": NewState.typed_email,
    "phone": NewState.typed_phone,
}


def _watched(label: str, name: str, **more: Any) -> rx.Component:
    """A field that looks for likely people while it is typed in."""
    at, said = f"field-{name}", rx.cond(NewState.errors.contains(name), NewState.errors[name], "")
    also = rx.cond(NewState.errors.contains(f"{name}_0"), NewState.errors[f"{name}_0"], "")
    typed = rx.el.input(
        id=at, name=name, class_name="input", on_change=TYPED[name].debounce(220),
        aria_invalid=rx.cond((said != "") | (also != ""), "true", "false"), **{"type": "text", **more},
    )  # fmt: skip
    line = rx.cond((said != "") | (also != ""), rx.el.span(said, also, class_name="error", role="alert"))
    return rx.el.div(rx.el.label(label, html_for=at), typed, line, class_name="field")


def _person_fields() -> rx.Component:
    errors = NewState.errors
    return rx.fragment(
        ui.fields(
            _watched("First name", "first_name", auto_focus=True),
            _watched("Last name", "last_name"),
            ui.text_field("Called", "nickname", errors=errors, hint="If they go by another name."),
            ui.text_field("Title", "prefix", errors=errors, placeholder="Dr."),
        ),
        ui.fold(
            "More about them",
            ui.fields(
                ui.text_field("Middle name", "middle_name"),
                ui.text_field("Suffix", "suffix", placeholder="Jr."),
                ui.text_field("Pronouns", "pronouns"),
                ui.number("Born in", "birth_year", errors=errors, placeholder="Year"),
                ui.number("Month", "birth_month", placeholder="1 to 12"),
                ui.number("Day", "birth_day"),
            ),
            rx.cond(errors.contains("birth"), rx.el.p(errors["birth"], class_name="error", role="alert")),
        ),
    )


def _body_fields() -> rx.Component:
    return ui.fields(_watched("Name", "name", auto_focus=True))


def _reach_fields() -> rx.Component:
    return rx.fragment(
        ui.fields(_watched("E-mail", "email"), _watched("Phone", "phone")),
        ui.fields(
            ui.text_field("Street and number", "line1"),
            ui.text_field("Town", "city"),
            ui.text_field("State or region", "region"),
            ui.text_field("Postal code", "postal_code"),
        ),
        ui.fields(
            ui.choice("Hat", "hat", NewState.hats, none="None yet"),
            ui.text_field("Tags", "tags", hint="With commas between them."),
        ),
    )


def _likely() -> rx.Component:
    line = lambda one: rx.el.li(  # noqa: E731
        ui.link(one["name"], to=one["to"], class_name="person"),
        rx.el.div(one["why"], class_name="small no"),
        rx.el.div(one["detail"], class_name="small soft"),
        style={"marginBottom": "10px"},
    )
    return rx.cond(
        NewState.known.length() > 0,
        rx.el.div(
            ui.named("Is it one of these?", level=2),
            rx.el.ul(rx.foreach(NewState.known, line), style={"listStyle": "none", "padding": "0"}),
            role="status",
        ),
        rx.el.p("While you type, people who may be the same appear here.", class_name="small soft"),
    )
