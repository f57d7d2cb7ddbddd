"""Settings: the organization, and the lists it keeps itself."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.settings.editors import EDITORS, Ask, Editor
from crm_app.features.settings.state import SettingsState
from crm_app.ui import parts as ui
from crm_app.ui.page import page

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@page(
    "/settings",
    title="Settings",
    needs=Permission.SETTINGS_EDIT,
    on_load=SettingsState.load,
    menu=("Settings", 96),
)
def settings() -> rx.Component:
    shown = SettingsState.shown
    entries = [("Organization", shown == "", "/settings")]
    entries += [(one.title, shown == one.key, f"/settings?show={one.key}") for one in EDITORS]
    return rx.fragment(
        ui.head("Settings"),
        rx.el.div(ui.link_tabs(*entries), style={"gridColumn": "1 / -1", "minWidth": "0"}),
        rx.cond(shown == "", _organization()),
        *[rx.cond(shown == one.key, _list(one)) for one in EDITORS],
    )


def _organization() -> rx.Component:
    us, errors = SettingsState.us, SettingsState.errors
    return ui.text(
        ui.form(
            ui.text_field("Name", "name", value=us.name, errors=errors),
            ui.fields(
                ui.text_field("Legal name, for receipts", "legal_name", value=us.legal_name, errors=errors),
                ui.text_field("Tax number", "tax_number", value=us.tax_number, errors=errors),
            ),
            ui.area("Address", "address", value=us.address, errors=errors),
            ui.fields(
                ui.email("E-mail", "email", value=us.email, errors=errors),
                ui.text_field("Phone", "phone", value=us.phone, errors=errors),
                ui.text_field("Website", "website", value=us.website, errors=errors),
            ),
            ui.fields(
                ui.choice(
                    "The fiscal year begins in",
                    "fiscal_year_start",
                    [(str(n), month) for n, month in enumerate(MONTHS, 1)],
                    value=us.fiscal_year_start.to_string(),
                    errors=errors,
                ),
                ui.text_field("Currency", "currency", value=us.currency, errors=errors, hint="Three letters: USD, CAD, EUR"),
                ui.text_field("Country", "country", value=us.country, errors=errors, hint="Two letters: US, CA, GB"),
            ),
            ui.fields(
                ui.text_field("Language of dates and money", "locale", value=us.locale, errors=errors, hint="en_US, en_GB, fr_CA"),
                ui.text_field("Time zone", "time_zone", value=us.time_zone, errors=errors, hint="America/New_York"),
            ),
            on_submit=SettingsState.save_us,
            foot=ui.button("Save", kind="main", submit=True),
        ),
        open=True,
    )  # fmt: skip


def _list(editor: Editor) -> rx.Component:
    add = ui.button(f"Add a {editor.one}", kind="main", on_click=SettingsState.add)
    table = rx.el.table(
        rx.el.thead(rx.el.tr(*[rx.el.th(words or ui.for_ears("Actions"), scope="col") for words in ("Name", "", "Used", "")])),
        rx.el.tbody(rx.foreach(SettingsState.lines, _line)),
        class_name="table cards",
    )  # fmt: skip
    return rx.fragment(
        ui.text(
            ui.row(rx.el.p(editor.words, class_name="soft"), add, apart=True),
            rx.cond(
                SettingsState.lines.length() > 0,
                rx.el.div(table, class_name="scroll-x"),
                ui.empty(f"No {editor.one} yet", "Add the first one.", small=True),
            ),
        ),
        ui.margin(ui.count(SettingsState.lines.length().to_string(), editor.title.lower()), open=True),
        ui.dialog(
            f"A {editor.one}",
            ui.form(
                *[_ask(one) for one in editor.asks],
                on_submit=SettingsState.save,
                foot=ui.button("Save", kind="main", submit=True),
            ),
            open=SettingsState.editing,
            on_close=SettingsState.close,
            name=f"edit-{editor.key}",
        ),
    )


def _line(line: rx.Var) -> rx.Component:
    return rx.el.tr(
        rx.el.td(rx.el.b(line["title"]), " ", rx.cond(line["retired"], ui.badge("retired"))),
        rx.el.td(ui.soft(line["more"])),
        rx.el.td(line["used"], class_name="small soft"),
        rx.el.td(
            ui.row(
                ui.button("Change", small=True, on_click=SettingsState.change(line["id"]), aria_label="Change " + line["title"].to(str)),
                rx.cond(
                    line["retired"],
                    ui.button("Bring back", small=True, kind="quiet", on_click=SettingsState.retire(line["id"], False)),
                    ui.button("Retire", small=True, kind="quiet", on_click=SettingsState.retire(line["id"], True), aria_label="Retire " + line["title"].to(str)),
                ),
                tight=True,
            )
        ),
    )  # fmt: skip


def _ask(one: Ask) -> rx.Component:
    now = SettingsState.form.get(one.name, "").to(str)
    errors = SettingsState.errors
    if one.kind == "choice":
        return ui.choice(one.label, one.name, list(one.options), value=now, errors=errors, hint=one.hint)
    if one.kind == "yes_no":
        return ui.check(one.label, one.name, value=now != "")
    if one.kind == "area":
        return ui.area(one.label, one.name, value=now, errors=errors, hint=one.hint)
    if one.kind == "date":
        return ui.date(one.label, one.name, value=now, errors=errors)
    return ui.text_field(one.label, one.name, value=now, errors=errors, hint=one.hint)
