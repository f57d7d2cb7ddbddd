"""One gift: what it is, where it went, its ledger, its receipt."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.giving.components import donor_field, places, status
from crm_app.features.giving.state.choosing import PurposeState
from crm_app.features.giving.state.gift import GiftState
from crm_app.features.giving.state.words import METHOD, options
from crm_app.ui import parts as ui
from crm_app.ui.page import page

S, P = GiftState, PurposeState


@page("/giving/gifts/[gift]", title="Gift", needs=Permission.GIVING_READ, on_load=S.load)
def gift() -> rx.Component:
    return rx.fragment(
        ui.head(
            S.head["title"],
            rx.cond(S.head["thanks_due"], ui.button("Thanked", key="t", on_click=S.thank)),
            ui.menu(
                "Change",
                ui.item("Edit campaign, reference, note", on_click=S.begin("edit")),
                ui.item("Correct the amount, day or donor", on_click=S.begin("correct")),
                ui.item("Add a payment", on_click=S.begin("pay")),
                ui.item("Refund or chargeback", on_click=S.begin("refund")),
                ui.line(),
                ui.item("Reverse the gift", danger=True, on_click=S.begin("remove")),
            ),
            aside=status(S.head["status"], S.head["good"]),
            meta=ui.link(S.head["donor"], to="/people/" + S.head["person"].to_string()),
        ),
        places("gifts"),
        rx.cond(S.loaded, _content(), ui.skeleton(6)),
        _windows(),
    )  # fmt: skip


def _content() -> rx.Component:
    return rx.fragment(
        _warnings(),
        ui.cell(rx.el.dl(rx.foreach(S.facts, _fact), class_name="kv"), name="The gift"),
        ui.margin(ui.count(S.head["paid"], S.head["counts_words"]), rx.el.div(S.head["net"], " after fees", class_name="delta"), rx.el.div(S.head["receiptable"], " may be receipted", class_name="delta")),
        ui.cell(_pairs(S.splits), name="Funds"),
        ui.margin(ui.soft("The parts sum to the gift.")),
        rx.cond(S.credits.length() > 0, rx.fragment(ui.cell(_pairs(S.credits), name="Also credited", kind="soft credits, counted apart"), ui.margin())),
        ui.cell(
            ui.table(
                S.ledger,
                [
                    ui.Column("day", "Day", lambda row: row["day"]),
                    ui.Column("what", "What", lambda row: row["what"]),
                    ui.Column("note", "Reference, note, by", lambda row: ui.soft(row["note"])),
                    ui.Column("amount", "Amount", lambda row: row["amount"], right=True),
                    ui.Column("balance", "Then", lambda row: ui.soft(row["balance"]), right=True),
                ],
                label="Ledger of the gift",
            ),
            name="Ledger", kind="rows are added, never changed",
        ),
        ui.margin(),
        _receipt(),
    )  # fmt: skip


def _warnings() -> rx.Component:
    return rx.fragment(
        rx.cond(S.head["replaced"] != "", ui.banner("This gift was corrected: ", S.head["reason"], " ", ui.link("Open the one that took its place", to=S.head["replaced"]), warn=True)),
        rx.cond(S.head["replaces"] != "", ui.banner("This gift corrects ", ui.link("an earlier one", to=S.head["replaces"]), ".", plain=True)),
        rx.cond(S.twins.length() > 0, ui.banner("Looks like another gift: ", rx.foreach(S.twins, _twin), warn=True)),
    )  # fmt: skip


def _twin(one: Any) -> rx.Component:
    return rx.el.span(ui.link(one["name"], to=one["to"]), " (", one["value"], ") ")


def _fact(one: Any) -> rx.Component:
    return rx.fragment(rx.el.dt(one["name"]), rx.el.dd(rx.cond(one["to"] != "", ui.link(one["value"], to=one["to"]), one["value"])))  # fmt: skip


def _pairs(pairs: Any) -> rx.Component:
    return rx.el.dl(rx.foreach(pairs, _fact), class_name="kv")


def _receipt() -> rx.Component:
    issued = ui.row(rx.el.span("Receipt ", rx.el.b(S.head["receipt"])), rx.el.a("Open the PDF", href=S.head["receipt_to"], target="_blank", class_name="btn s"), ui.link("In the register", to="/giving/receipts?text=" + S.head["receipt"].to(str)))  # fmt: skip
    open_ = rx.fragment(
        rx.foreach(S.problems, lambda words: rx.el.p(words, class_name="small no")),
        rx.cond(
            S.problems.length() == 0,
            ui.row(
                ui.button("Issue the receipt", on_click=S.receipt, kind="main"),
                rx.el.a("See it first", href="/giving/gifts/" + S.at.to_string() + "/receipt-preview.pdf", target="_blank", class_name="btn"),
            ),
        ),
    )  # fmt: skip
    return rx.fragment(ui.cell(rx.cond(S.head["receipt"] != "", issued, open_), name="Receipt"), ui.margin())


def _windows() -> rx.Component:
    reason = ui.text_field("Why", "reason", errors=S.errors, must=True, hint="The auditor will ask.")
    return rx.fragment(
        _window("edit", "Edit", S.edit, ui.choice("Campaign", "campaign", P.campaigns, none="None", value=S.head["campaign"]), ui.text_field("Reference", "reference", value=S.head["reference"]), ui.area("Note", "note", value=S.head["note"], prose=True)),
        _window(
            "correct", "Correct the gift", S.correct,
            rx.el.p("The old gift is reversed and a right one recorded; both stay to be seen.", class_name="small soft"),
            donor_field(),
            ui.fields(
                ui.money("Amount", "amount", unit=P.symbol, value=S.head["amount"], errors=S.errors),
                ui.date("Given on", "given_on", value=S.head["day"], errors=S.errors),
                ui.choice("Way", "method", options(METHOD), value=S.head["method"]),
                ui.choice("Fund", "fund", P.funds, none="As it was split", value=S.head["fund"]),
            ),
            reason, yes="Correct",
        ),
        _window("pay", "Add a payment", S.pay, ui.fields(ui.money("Amount", "amount", unit=P.symbol, errors=S.errors, must=True), ui.date("Came on", "on", value=P.today, errors=S.errors)), ui.text_field("Reference", "reference")),
        _window(
            "refund", "Give money back", S.refund,
            ui.radios("What happened", "kind", [("refund", "We refund it"), ("chargeback", "The bank took it back")], value="refund"),
            ui.fields(ui.money("Amount", "amount", unit=P.symbol, value=S.head["amount"], errors=S.errors, must=True), ui.date("On", "on", value=P.today, errors=S.errors)),
            ui.text_field("Why", "reason"), yes="Write it down",
        ),
        _window("remove", "Reverse the gift", S.remove, rx.el.p("It will count nowhere. Its number and history stay.", class_name="soft"), reason, yes="Reverse"),
    )  # fmt: skip


def _window(doing: str, title: str, on_submit: Any, *inside: Any, yes: str = "Save") -> rx.Component:
    foot = [ui.button("Cancel", on_click=S.stop), ui.button(yes, kind="main", submit=True)]
    return ui.dialog(title, ui.form(*inside, on_submit=on_submit, foot=foot), open=S.doing == doing, on_close=S.stop)
