"""The register of receipts: issued, void, replaced, and who has none yet."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.giving.components import person, places
from crm_app.features.giving.state.receipts import ReceiptsState
from crm_app.ui import parts as ui
from crm_app.ui.page import page

S = ReceiptsState
COLUMNS = [
    ui.Column("label", "Number", lambda row: rx.el.a(row["label"], href=row["pdf"], target="_blank"), "140px"),
    ui.Column("donor", "Donor", lambda row: ui.link(row["donor"], to="/people/" + row["person"].to_string()), "minmax(130px, 2fr)", lead=True),
    ui.Column("day", "Issued", lambda row: row["day"], "110px", phone=False),
    ui.Column("kind", "For", lambda row: rx.cond(row["kind"] == "annual", "a year", "one gift"), "84px", phone=False),
    ui.Column("amount", "Received", lambda row: ui.soft(row["amount"]), "100px", right=True, phone=False),
    ui.Column("receiptable", "Receipted", lambda row: row["receiptable"], "100px", right=True),
    ui.Column("state", "State", lambda row: rx.cond(row["void"], ui.badge(row["state"], warn=True), ui.soft(row["state"])), "minmax(120px, 2fr)", phone=False),
    ui.Column("acts", "", lambda row: rx.cond(row["void"], rx.fragment(), ui.row(
        ui.text_button("Replace", on_click=S.begin(row["id"], row["label"], True), aria_label="Replace receipt " + row["label"].to(str)),
        ui.text_button("Void", on_click=S.begin(row["id"], row["label"], False), aria_label="Void receipt " + row["label"].to(str)), tight=True)), "120px", phone=False),
]  # fmt: skip


@page("/giving/receipts", title="Receipts", needs=Permission.GIVING_READ, on_load=S.load)
def receipts() -> rx.Component:
    return rx.fragment(
        ui.fill(
            ui.head("Receipts", ui.button("Who waits?", on_click=S.who_waits), ui.button("Annual receipts " + S.last_year, kind="main", on_click=S.run), aside="numbered without gaps, never deleted"),
            places("receipts"),
            rx.cond(S.missing != "", ui.banner(S.missing, warn=True, acts=ui.link("Settings", to="/settings"))),
            ui.toolbar(
                ui.search("Search by number or donor", value=S.text, on_change=S.seek),
                ui.filters(("all", S.status == "", S.choose("")), ("in force", S.status == "issued", S.choose("issued")), ("void", S.status == "voided", S.choose("voided"))),
            ),
            rx.cond(S.waiting.length() > 0, _waiting()),
            ui.long_table(
                S.rows, COLUMNS, label="Receipts", total=S.total, first=S.first, on_window=S.show_from, query=S.query,
                foot=[rx.el.span(S.total.to_string(), " receipts")],
                empty=ui.empty("No receipts yet", "Issue one from the page of a gift, or one a year for everybody."),
            ),
        ),
        _void(),
    )  # fmt: skip


def _waiting() -> rx.Component:
    return ui.fold(
        "Without a receipt for " + S.last_year.to(str),
        ui.table(
            S.waiting,
            [
                ui.Column("name", "Donor", lambda row: person(row["name"], row["person"])),
                ui.Column("gifts", "Gifts", lambda row: row["gifts"], right=True),
                ui.Column("amount", "Received", lambda row: row["amount"], right=True),
                ui.Column("why", "Why", lambda row: ui.soft(row["why"])),
            ],
            label="Donors without a receipt",
        ),
        open=True,
    )


def _void() -> rx.Component:
    return ui.dialog(
        rx.cond(S.replacing, "Void and replace " + S.label.to(str), "Void " + S.label.to(str)),
        ui.form(
            rx.el.p(rx.cond(S.replacing, "A new receipt says that it cancels and replaces this one.", "The number stays in the register; the gifts can be receipted again."), class_name="soft"),
            ui.text_field("Why", "reason", errors=S.errors, must=True),
            on_submit=S.save,
            foot=[ui.button("Cancel", on_click=S.shut), ui.button(rx.cond(S.replacing, "Void and replace", "Void"), kind="danger", submit=True)],
        ),
        open=S.at > 0, on_close=S.shut,
    )  # fmt: skip
