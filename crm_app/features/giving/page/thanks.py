"""The thank-you board: nobody waits longer than two days."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.giving.components import person, places
from crm_app.features.giving.state.thanks import ThanksState
from crm_app.features.giving.state.words import WAY, options
from crm_app.ui import parts as ui
from crm_app.ui.page import page

S = ThanksState


@page("/giving/thanks", title="Thank-yous", needs=Permission.GIVING_READ, on_load=S.load)
def thanks() -> rx.Component:
    return rx.fragment(
        ui.head("Thank-yous", aside=rx.cond(S.late > 0, ui.badge(S.late.to_string() + " late", warn=True), "all within two days")),
        places("thanks"),
        ui.toolbar(
            ui.filters(("all", S.way == "", S.choose("")), *[(words, S.way == way, S.choose(way)) for way, words in WAY.items()], label="Way"),
            ui.check("Only mine", "mine", value=S.mine, on_change=S.only_mine, switch=True),
        ),
        rx.cond(
            S.loaded,
            rx.cond(S.rows.length() > 0, _board(), ui.empty("Everybody is thanked", "New gifts appear here. A gift should be thanked for within two days.", ui.link_button("To the gifts", "/giving/gifts"))),
            ui.skeleton(6),
        ),
        _words(),
        _waive(),
    )  # fmt: skip


def _board() -> rx.Component:
    return ui.table(
        S.rows,
        [
            ui.Column("waits", "Waits", lambda row: rx.cond(row["late"], ui.badge(row["waits"], warn=True), ui.soft(row["waits"]))),
            ui.Column("name", "Donor", lambda row: rx.fragment(person(row["name"], row["person"]), rx.el.div(row["marks"], class_name="small soft"))),
            ui.Column("amount", "Gift", lambda row: rx.fragment(ui.link(row["amount"], to="/giving/gifts/" + row["id"].to_string()), rx.el.div(row["day"], class_name="small soft")), right=True),
            ui.Column("way", "How", _way),
            ui.Column("by", "Who", _who),
            ui.Column("acts", "", _acts),
        ],
        label="Gifts that wait for thanks", stacked=True,
    )  # fmt: skip


def _way(row: Any) -> rx.Component:
    return rx.fragment(
        ui.select(options(WAY), value=row["way"], on_change=lambda value: S.say_by(row["id"], value), aria_label="How to thank " + row["name"].to(str)),
        rx.el.div(row["reach"], class_name="small soft"),
    )  # fmt: skip


def _who(row: Any) -> rx.Component:
    name = row["name"].to(str)
    mine = rx.fragment(
        row["by"], " ", ui.text_button("hand back", on_click=S.hand_back(row["id"]), aria_label="Hand back " + name)
    )
    return rx.cond(
        row["taken"],
        mine,
        ui.button("Take it", small=True, on_click=S.take(row["id"]), aria_label="Take the thanks for " + name),
    )


def _acts(row: Any) -> rx.Component:
    name = row["name"].to(str)
    return ui.row(
        ui.button(rx.cond(row["drafted"], "Draft", "Words"), small=True, on_click=S.write(row["id"]), aria_label="Words of thanks for " + name),
        ui.button("Done", small=True, icon="check", on_click=S.done(row["id"]), aria_label="Thanked " + name),
        ui.text_button("Waive", on_click=S.begin_waive(row["id"]), aria_label="No thanks for " + name),
        tight=True,
    )  # fmt: skip


def _words() -> rx.Component:
    mail = "mailto:" + S.to.to(str) + "?subject=" + S.subject.to(str)
    return ui.drawer(
        "Thanks to " + S.name.to(str),
        ui.form(
            rx.cond(S.draft_way == "call", rx.el.p("A call: these words may help.", class_name="soft")),
            ui.area("Words", "text", value=S.text, prose=True, rows="14"),
            on_submit=S.keep,
            foot=[ui.button("Keep the draft", submit=True), rx.cond(S.to != "", rx.el.a("Open in my mail", href=mail, class_name="btn")), ui.button("Done", kind="main", on_click=S.done(S.at))],
            full=True,
        ),
        open=(S.at > 0) & ~S.waiving, on_close=S.shut, wide=True,
    )  # fmt: skip


def _waive() -> rx.Component:
    return ui.dialog(
        "No thanks for " + S.name.to(str),
        ui.form(
            ui.text_field("Why", "reason", errors=S.errors, must=True, placeholder="Asked for no letters"),
            on_submit=S.waive,
            foot=[ui.button("Cancel", on_click=S.shut), ui.button("Waive", kind="main", submit=True)],
        ),
        open=(S.at > 0) & S.waiving,
        on_close=S.shut,
    )
