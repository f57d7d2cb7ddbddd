"""In the margin: how to reach them, with whom they live, to whom they belong."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.profiles.components.common import EDIT, add, block, may
from crm_app.features.profiles.state import DeedState, ProfileState
from crm_app.ui import parts as ui

P, D = ProfileState, DeedState
WIDE, HIGH = 220, 132


def reach() -> rx.Component:
    acts = may(
        EDIT,
        ui.menu(
            "",
            *[ui.item(words, on_click=D.begin_point(kind, 0)) for kind, words in (("email", "An e-mail"), ("phone", "A phone"), ("address", "An address"), ("website", "A website"))],
            icon="plus", label="Add a way to reach them", small=True, quiet=True,
        ),
    )  # fmt: skip
    nothing = rx.el.p("No e-mail, phone or address yet.", class_name="small soft")
    return block(
        "Reach them",
        rx.cond(P.reach.length() > 0, rx.el.ul(rx.foreach(P.reach, _point), class_name="bare"), nothing),
        _consents(),
        acts=acts,
    )


def _point(one: Any) -> rx.Component:
    words = rx.cond(one["to"] != "", rx.el.a(one["words"], href=one["to"]), rx.el.span(one["words"]))
    edit = may(
        EDIT,
        ui.icon_button(
            "edit", "Change " + one["words"].to(str), small=True, on_click=D.begin_point(one["kind"], one["id"])
        ),
    )
    return rx.el.li(
        rx.el.div(rx.el.span(words, style={"overflowWrap": "anywhere"}), rx.el.span(edit, class_name="push"), class_name="row still base"),
        rx.el.div(
            rx.cond(one["good"] != "", rx.el.span("✓ ", one["good"], class_name="ok")),
            rx.cond((one["good"] != "") & (one["bad"] != ""), " · ", ""),
            rx.cond(one["bad"] != "", rx.el.span(one["bad"], class_name="no")),
            rx.cond((one["good"] == "") & (one["bad"] == ""), rx.el.span(one["note"], class_name="soft")),
            class_name="small",
        ),
        key=one["key"],
    )  # fmt: skip


def _consents() -> rx.Component:
    """What they said, purpose by purpose; folded, because the answer already stands beside each address."""
    heads = ["For", "E-mail", "Phone", "Text", "Post"]
    row = lambda one: rx.el.tr(  # noqa: E731
        rx.el.th(one["purpose"], scope="row"),
        *[rx.el.td(one[channel], class_name=rx.match(one[channel], ("yes", "ok"), ("not asked", "soft"), "no")) for channel in ("email", "phone", "text", "post")],
    )  # fmt: skip
    made = rx.el.table(
        rx.el.caption("What they said about being contacted", class_name="for-ears"),
        rx.el.thead(rx.el.tr(*[rx.el.th(words, scope="col") for words in heads])),
        rx.el.tbody(rx.foreach(P.consents, row)),
        class_name="table small",
    )
    return ui.fold(
        "Consent, word by word",
        rx.el.div(made, class_name="scroll-x", role="region", aria_label="Consent", tab_index=0),
        may(Permission.CONSENT_EDIT, ui.text_button("write down what they said", on_click=D.begin("consent"))),
    )


def homes() -> rx.Component:
    def one(home: Any) -> rx.Component:
        return rx.el.div(
            ui.link(home["name"], to=home["to"], class_name="person"),
            rx.cond(home["members"] != "", rx.el.div("with ", home["members"], class_name="soft small")),
            rx.cond(home["greeting"] != "", rx.el.div("“", home["greeting"], "”", class_name="soft small")),
            rx.cond(
                home["id"] != P.head["id"],
                may(
                    EDIT, rx.el.div(ui.text_button("moved out", on_click=D.leave_home(home["id"])), class_name="small")
                ),
            ),
        )

    return rx.cond(
        P.homes.length() > 0,
        block("Household", rx.foreach(P.homes, one), acts=add("Add to the household", D.begin("relate"))),
    )


def relations() -> rx.Component:
    return block(
        "People around",
        rx.cond(P.nodes.length() > 0, _graph()),
        rx.cond(
            P.relations.length() > 0,
            rx.el.ul(rx.foreach(P.relations, _relation), class_name="bare"),
            rx.cond(P.nodes.length() == 0, rx.el.p("No relationships yet.", class_name="small soft")),
        ),
        acts=add("Relate to somebody", D.begin("relate")),
    )


def _relation(one: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                ui.link(one["name"], to=one["to"]),
                rx.el.span(" ", one["what"], class_name="soft small"),
                class_name=rx.cond(one["past"], "soft", ""),
            ),
            rx.cond(
                one["past"],
                rx.fragment(),
                rx.el.span(
                    may(EDIT, ui.icon_button("close", "This ended: " + one["name"].to(str), small=True, on_click=D.end_relation(one["id"]))),
                    class_name="push",
                ),
            ),
            class_name="row still base",
        ),
        key=one["id"].to_string(),
    )  # fmt: skip


def _graph() -> rx.Component:
    """Who stands around, drawn; the same in words is below and in the household."""

    def line(one: Any) -> rx.Component:
        look = rx.cond(one["household"], "var(--accent)", "var(--edge)")
        return rx.el.svg.line(x1="110", y1="66", x2=one["x"], y2=one["y"], stroke=look, stroke_width="1")

    def dot(one: Any) -> rx.Component:
        fill = rx.cond(one["household"], "var(--accent)", "var(--soft)")
        return rx.fragment(
            rx.el.svg.circle(cx=one["x"], cy=one["y"], r="4", fill=fill),
            rx.el.svg.text(one["label"], x=one["tx"], y=one["ty"], custom_attrs={"textAnchor": one["anchor"]}, fill="var(--ink)", font_size="11"),
        )  # fmt: skip

    return rx.el.svg(
        rx.foreach(P.nodes, line),
        rx.foreach(P.nodes, dot),
        rx.el.svg.circle(cx="110", cy="66", r="6", fill="var(--ink)"),
        view_box=f"0 0 {WIDE} {HIGH}",
        width="100%",
        height=str(HIGH),
        class_name="graph",
        aria_hidden="true",
    )


def alike() -> rx.Component:
    """Records that may be the same person."""

    def one(record: Any) -> rx.Component:
        return rx.el.li(
            ui.link(record["name"], to=record["to"]),
            rx.el.div(record["what"], class_name="small soft"),
            key=record["id"].to_string(),
        )

    return rx.cond(
        P.alike.length() > 0,
        block("May be the same", rx.el.ul(rx.foreach(P.alike, one), class_name="bare")),
    )
