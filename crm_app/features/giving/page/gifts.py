"""All gifts, and the form for a single one."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.giving.components import donor_field, places
from crm_app.features.giving.state.choosing import PurposeState
from crm_app.features.giving.state.gifts import YEARS, GiftsState
from crm_app.features.giving.state.words import KIND, METHOD, STATUS, options
from crm_app.ui import parts as ui
from crm_app.ui.page import page

READ = Permission.GIVING_READ
S, P = GiftsState, PurposeState
COLUMNS = [
    ui.Column("given_on", "Day", lambda row: ui.link(row["day"], to="/giving/gifts/" + row["id"].to_string(), data_open_row=""), "112px", sorts=True),
    ui.Column("name", "Donor", lambda row: ui.link(row["name"], to="/people/" + row["person"].to_string()), "minmax(104px, 2fr)", lead=True),
    ui.Column("amount", "Amount", lambda row: ui.link(row["amount"], to="/giving/gifts/" + row["id"].to_string()), "96px", right=True, sorts=True),
    ui.Column("paid", "Counts", lambda row: ui.soft(row["paid"]), "92px", right=True, phone=False),
    ui.Column("soft", "Credited", lambda row: ui.soft(row["soft"]), "92px", right=True, phone=False),
    ui.Column("fund", "Fund", lambda row: row["fund"], "minmax(90px, 1fr)", phone=False),
    ui.Column("campaign", "Campaign", lambda row: row["campaign"], "minmax(90px, 1fr)", phone=False),
    ui.Column("status", "State", lambda row: rx.cond(row["good"], ui.soft(row["status"]), ui.badge(row["status"], warn=True)), "112px", phone=False),
]  # fmt: skip


@page("/giving/gifts", title="Gifts", needs=READ, on_load=S.load)
def gifts() -> rx.Component:
    return ui.fill(
        ui.head("Gifts", ui.button("Record a gift", kind="main", icon="plus", key="n", on_click=S.enter)),
        places("gifts"),
        ui.toolbar(
            ui.search("Search by donor or reference", value=S.text, on_change=S.seek),
            ui.select(options(KIND), none="Any kind", aria_label="Kind", look="auto", value=S.kind, on_change=lambda value: S.narrow("kind", value)),
            ui.select(options(STATUS), none="Any state", aria_label="State", look="auto", value=S.status, on_change=lambda value: S.narrow("status", value)),
            ui.select(P.funds, none="Any fund", aria_label="Fund", look="auto", value=S.fund, on_change=lambda value: S.narrow("fund", value)),
            ui.select(P.campaigns, none="Any campaign", aria_label="Campaign", look="auto", value=S.campaign, on_change=lambda value: S.narrow("campaign", value)),
            ui.select(options(YEARS), aria_label="Year", look="auto", value=S.year, on_change=lambda value: S.narrow("year", value)),
            rx.cond(S.span != "", ui.chip(S.span, on_remove=S.any_day)),
        ),
        ui.long_table(
            S.rows, COLUMNS, label="Gifts", total=S.total, first=S.first, on_window=S.show_from, query=S.query, sort=S.sort,
            descending=S.descending, on_sort=S.sort_by,
            foot=[rx.el.span(S.count, " gifts"), rx.el.span(S.sum)],
            empty=ui.empty("No gift fits", "Try fewer words or another year."),
        ),
        _form(),
    )  # fmt: skip


def _form() -> rx.Component:
    return ui.dialog(
        "Record a gift",
        ui.form(
            rx.cond(S.twins.length() > 0, ui.banner(rx.foreach(S.twins, _twin), warn=True)),
            donor_field(),
            ui.fields(
                ui.money("Amount", "amount", unit=P.symbol, errors=S.errors, must=True),
                ui.date("Given on", "given_on", value=P.today, errors=S.errors),
                ui.choice("Way", "method", options(METHOD), value="cheque"),
                ui.choice("Fund", "fund", P.funds, none="General fund"),
                ui.text_field("Reference", "reference", hint="Cheque number, transaction."),
            ),
            ui.fold(
                "More",
                ui.fields(
                    ui.choice("Kind", "kind", options(KIND), value="donation", errors=S.errors),
                    ui.choice("Campaign", "campaign", P.campaigns, none="None"),
                    ui.money("Value of what they got", "benefit", unit=P.symbol, errors=S.errors, hint="A dinner, a place: not receipted."),
                    ui.text_field("What was given", "description", hint="For goods and services."),
                    ui.choice("Tribute", "tribute", [("honour", "In honour of"), ("memory", "In memory of")], none="None"),
                    ui.text_field("Of whom", "tribute_name"),
                ),
                ui.check("Do not name the donor in public", "anonymous"),
            ),
            on_submit=S.save,
            foot=[ui.button("Cancel", on_click=S.shut), ui.button(rx.cond(S.twins.length() > 0, "Save anyway", "Save"), kind="main", submit=True)],
        ),
        open=S.entering, on_close=S.shut,
    )  # fmt: skip


def _twin(words: Any) -> rx.Component:
    return rx.el.div(words)
