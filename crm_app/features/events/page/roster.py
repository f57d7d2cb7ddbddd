"""`/events/[event_id]/roster`: everybody, live."""

from typing import Any

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.events.components import event_head, may
from crm_app.features.events.page.register import register_window
from crm_app.features.events.state import RegisterState, RosterState
from crm_app.ui import parts as ui
from crm_app.ui.page import page

READ, EDIT, DOOR, EXPORT = Permission.EVENTS_READ, Permission.EVENTS_EDIT, Permission.DOOR, Permission.EXPORT
counts = RosterState.counts
METHODS = [("cash", "cash"), ("card_terminal", "card terminal"), ("transfer", "bank transfer"), ("cheque", "cheque"), ("online", "online")]  # fmt: skip


@page("/events/[event_id]/roster", title="Roster", needs=READ, on_load=RosterState.load, wide=True)
def roster() -> rx.Component:
    return rx.fragment(
        ui.fill(
            event_head("roster", *_acts()),
            _toolbar(),
            _bulk(),
            _list(),
        ),
        _card(),
        register_window(),
    )


def _acts() -> list[rx.Component]:
    base = RosterState.base
    query = "?show=" + RosterState.show + "&group=" + RosterState.group
    return [
        may(EDIT, ui.button("Register", kind="main", key="n", on_click=RegisterState.start)),
        ui.menu(
            "Print",
            _paper("Sign-in list", base + "/roster.pdf" + query),
            _paper("Badges with codes", base + "/badges.pdf"),
            _paper("Table cards", base + "/tables.pdf"),
        ),
        may(
            EXPORT,
            ui.menu(
                "",
                _paper("Spreadsheet (XLSX)", base + "/roster.xlsx" + query),
                _paper("Text file (CSV)", base + "/roster.csv" + query),
                icon="download",
                label="Download the roster",
            ),
        ),
    ]


def _paper(words: str, href: Any) -> rx.Component:
    """A file, not a page: the browser fetches it itself."""
    return rx.el.a(rx.el.span(words), href=href, target="_blank", rel="noopener")


def _toolbar() -> rx.Component:
    shows: list[tuple[str, str, Any]] = [
        ("everybody", "everybody", counts.seats),
        ("to_come", "to come", counts.to_come),
        ("in", "came", counts.arrived),
        ("waiting", "waiting", counts.off_list),
        ("due", "owe", counts.owing),
        ("needs", "needs", counts.needs),
        ("to_tell", "to tell", counts.to_tell),
        ("gone", "cancelled", counts.gone),
    ]
    entries = [
        (_worded(words, number), RosterState.show == show, RosterState.choose_show(show))
        for show, words, number in shows
    ]
    groups = [("", "in order of names"), ("table", "by table"), ("ticket", "by ticket"), ("letter", "by letter"), ("diet", "by diet")]  # fmt: skip
    return ui.toolbar(
        ui.search(
            "Search the roster", value=RosterState.text, on_change=RosterState.find, placeholder="Name, phone, code"
        ),
        ui.filters(*entries),
        rx.el.span(
            ui.select(
                groups, look="s", value=RosterState.group, on_change=RosterState.choose_group, aria_label="Group by"
            ),
            class_name="push",
        ),
    )


def _worded(words: str, number: rx.Var) -> rx.Var:
    return rx.Var.create(words + " ") + number.to_string()


def _list() -> rx.Component:
    columns = [
        ui.Column("name", "Name", _name, "minmax(140px, 2.2fr)", lead=True),
        ui.Column("ticket", "Ticket", lambda row: rx.el.span(row.ticket, class_name="soft"), "minmax(80px, .9fr)", phone=False),
        ui.Column("table", "Table", lambda row: row.table, "92px", phone=False),
        ui.Column("needs", "Needs", lambda row: rx.el.span(row.needs, class_name="no"), "minmax(90px, 1.4fr)", phone=False),
        ui.Column("money", "Money", lambda row: rx.el.span(row.money, class_name=rx.cond(row.owes, "no", "soft")), "108px", right=True, phone=False),
        ui.Column("state", "Door", _state, "112px", right=True),
    ]  # fmt: skip
    return ui.long_table(
        RosterState.lines,
        columns,
        label="Roster",
        total=RosterState.total,
        first=RosterState.first,
        on_window=RosterState.show_from,
        query=RosterState.query,
        selected="ticked",
        on_select=lambda row: RosterState.tick(row.id),
        name_of=lambda row: row.name,
        foot=[
            rx.el.span(RosterState.people.to_string(), " in this list"),
            rx.el.span(
                counts.arrived.to_string(),
                " came, ",
                counts.inside.to_string(),
                " inside, ",
                counts.to_come.to_string(),
                " to come",
            ),
        ],
        empty=_nobody(),
    )


def _nobody() -> rx.Component:
    return ui.empty(
        "Nobody here",
        "Register people by hand, open the public page, or invite a notebook's people.",
        may(EDIT, ui.button("Register somebody", kind="main", on_click=RegisterState.start)),
    )


def _name(row: Any) -> rx.Component:
    person = rx.fragment(
        rx.el.button(row.name, type="button", class_name=rx.cond(row.named, "link quiet", "link quiet faint"), on_click=RosterState.open_card(row.id), data_open_row=""),
        rx.cond(row.with_ != "", rx.el.span(" " + row.with_, class_name="soft small sans")),
        rx.cond(row.tell != "", rx.el.span(" " + row.tell, class_name="badge w")),
    )  # fmt: skip
    group = rx.el.span(
        row.heading, " ", rx.el.span(row.count, class_name="faint small sans"), class_name="roster-group"
    )
    return rx.cond(row.heading != "", group, person)


def _state(row: Any) -> rx.Component:
    return rx.match(
        row.state,
        ("", rx.fragment()),
        ("unknown", may(DOOR, ui.button("Check in", small=True, on_click=RosterState.tap(row.id), aria_label="Check in " + row.name))),
        ("in", rx.el.span(row.says, class_name="ok")),
        ("waits", rx.el.span(row.says, class_name="soft")),
        rx.el.span(row.says, class_name="soft"),
    )  # fmt: skip


def _bulk() -> rx.Component:
    tables = rx.foreach(RosterState.tables, lambda one: rx.el.option(one["label"], value=one["value"]))
    sit = rx.el.select(
        rx.el.option("Sit at …", value="choose"),
        tables,
        rx.el.option("no table", value=""),
        class_name="input s",
        value="choose",
        on_change=RosterState.bulk_seat,
        aria_label="Sit the chosen at a table",
    )
    return rx.cond(
        RosterState.ticked.length() > 0,
        rx.el.div(
            rx.el.span(RosterState.ticked.length().to_string(), " chosen", class_name="strong"),
            may(DOOR, ui.button("Check in", small=True, on_click=RosterState.bulk_tap)),
            may(EDIT, sit),
            may(EDIT, ui.button("They have been told", small=True, on_click=RosterState.bulk_told)),
            ui.button("None", small=True, kind="quiet", on_click=RosterState.tick_none),
            class_name="bulk roster-bulk",
            role="region",
            aria_label="What to do with the chosen",
        ),
    )


def _card() -> rx.Component:
    card = RosterState.card
    title = rx.cond(card.name != "", card.name, "Guest of " + card.host)
    return ui.drawer(
        title,
        ui.stack(
        rx.el.p(
            card.status_words,
            rx.cond(card.seats > 1, " · party of " + card.seats.to_string() + ", " + card.host, ""),
            " · code ",
            rx.el.span(card.code, class_name="num"),
            class_name="soft",
        ),
        rx.cond(
            card.constituent_id > 0,
            rx.el.p(ui.link("Everything we know about them", to="/people/" + card.constituent_id.to_string()), class_name="small"),
            may(EDIT, _who(card)),
        ),
        ui.row(*_moves(card)),
        may(EDIT, _edit(card)),
        _money(card),
        ui.section(
            "History",
            ui.timeline(rx.foreach(card.moments, lambda one: ui.moment(one.when, one.what, more=one.by)), label="History"),
        ),
        ),
        open=RosterState.is_open,
        on_close=RosterState.close_card,
    )  # fmt: skip


def _who(card: Any) -> rx.Component:
    """A guest we do not know: one of our people, or a new one."""
    return ui.fold(
        "Who is this?",
        ui.stack(
            ui.combo(
                "One of your people",
                "person",
                text="",
                on_text=RosterState.find_person,
                found=RosterState.found,
                on_choose=RosterState.link_person,
                on_leave=RosterState.leave_person,
                placeholder="Two letters are enough",
            ),
            may(Permission.PEOPLE_EDIT, ui.button("Add as a new person", small=True, on_click=RosterState.make_person)),
        ),
    )


def _moves(card: Any) -> list[rx.Component]:
    """What can be done with the party, by what it is now."""

    def act(words: str, verb: str, kind: Any = "") -> rx.Component:
        return may(EDIT, ui.button(words, small=True, kind=kind, on_click=RosterState.move(verb)))

    more = may(EDIT, ui.button("One seat more", small=True, on_click=RosterState.resize(1)))
    less = rx.cond(card.seats > 1, may(EDIT, ui.button("Not coming", small=True, on_click=RosterState.drop_guest)))
    excuse = may(EDIT, ui.button(rx.cond(card.attendance == "excused", "Not excused", "Excused"), small=True, on_click=RosterState.excuse))  # fmt: skip
    here = rx.cond(
        card.attendance == "in",
        may(DOOR, ui.button("Undo check-in", small=True, icon="undo", on_click=RosterState.untap(card.seat_id))),
        excuse,
    )
    return [
        rx.match(
            card.status,
            ("registered", rx.fragment(here, more, less, act("Cancel the party", "cancelled", "danger"))),
            ("waitlisted", rx.fragment(act("Offer a seat now", "offered"), act("Cancel", "cancelled", "danger"))),
            ("offered", rx.fragment(act("They accept", "accepted", "main"), act("They decline", "passed on"))),
            ("awaiting_approval", rx.fragment(act("Approve", "approved", "main"), act("Decline", "declined"))),
            ("held", rx.fragment(act("Confirm", "confirmed", "main"), act("Let go", "cancelled"))),
            ("cancelled", act("Register again", "reinstated")),
            ("declined", act("Register again", "reinstated")),
            ("expired", act("Register again", "reinstated")),
            rx.fragment(),
        )
    ]


def _edit(card: Any) -> rx.Component:
    errors = RosterState.errors
    return ui.form(
        ui.text_field("Name", "name", value=card.name, errors=errors, placeholder="Not named yet", id="seat-name"),
        ui.fields(
            ui.text_field("Eats", "diet", value=card.diet, placeholder="vegan, no nuts …", id="seat-diet"),
            ui.text_field(
                "Needs", "access", value=card.access, placeholder="step-free, interpreter …", id="seat-access"
            ),
            ui.email("E-mail", "email", value=card.email, id="seat-email"),
            ui.text_field("Phone", "phone", value=card.phone, id="seat-phone"),
            ui.choice("Table", "table", RosterState.tables, value=card.table_id, none="No table", id="seat-table"),
        ),
        ui.text_field("The door should know", "attention", value=card.attention, id="seat-attention"),
        ui.area("Note", "note", value=card.note, id="seat-note"),
        on_submit=RosterState.save_card,
        foot=[ui.button("Save", kind="main", submit=True)],
    )


def _money(card: Any) -> rx.Component:
    pay = ui.form(
        ui.fields(
            ui.money("Amount", "amount", unit=RosterState.event.currency, value=card.due, id="pay-amount", errors=RosterState.errors),
            ui.choice("By", "method", METHODS, id="pay-method"),
        ),
        ui.text_field("Reference", "reference", hint="Never a card number.", id="pay-reference", errors=RosterState.errors),
        on_submit=RosterState.pay,
        foot=[ui.button("Write down", small=True, submit=True)],
    )  # fmt: skip
    said = rx.fragment(
        rx.cond(card.paid != "", card.paid + " paid. ", ""),
        rx.cond(
            card.due != "",
            rx.el.span(card.due, " due.", class_name="strong"),
            rx.cond(card.paid == "", "Nothing to pay.", ""),
        ),
        rx.cond(card.discount != "", rx.el.span(" " + card.discount, class_name="soft small")),
    )
    return ui.section("Money", rx.el.p(said), may(EDIT, ui.fold("A payment", pay)))
