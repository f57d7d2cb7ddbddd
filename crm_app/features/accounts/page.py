"""People and roles, and one's own account."""

import reflex as rx

from crm_app.core.access import MATRIX, Permission, Role
from crm_app.features.accounts.state import AccountState, UsersState
from crm_app.ui import parts as ui
from crm_app.ui.page import page

ROLES = [(role.value, role.value.capitalize()) for role in Role]


@page("/users", title="People and roles", needs=Permission.USERS_EDIT, on_load=UsersState.load, menu=("Users", 95))
def users() -> rx.Component:
    return rx.fragment(
        ui.head(
            "People and roles",
            ui.button("Invite somebody", kind="main", on_click=UsersState.open_invitation),
            meta="Who may sign in, and what each role may do. A change counts at once.",
        ),
        rx.cond(UsersState.link != "", _link()),
        ui.text(rx.el.div(_table(), class_name="scroll-x")),
        ui.margin(ui.count(UsersState.users.length().to_string(), "people"), open=True),
        ui.section("What each role may do", _matrix()),
        _invitation(),
    )


def _link() -> rx.Component:
    return ui.banner(
        rx.el.span(UsersState.link_words, " "),
        rx.el.code(UsersState.link, id="made-link", style={"overflowWrap": "anywhere"}),
        acts=[ui.button("Done", small=True, on_click=UsersState.close_link)],
    )


def _table() -> rx.Component:
    heads = ("Name", "Role", "Second factor", "")
    return rx.el.table(
        rx.el.thead(rx.el.tr(*[rx.el.th(words or ui.for_ears("Actions"), scope="col") for words in heads])),
        rx.el.tbody(rx.foreach(UsersState.users, _user)),
        class_name="table cards",
    )


def _user(user: rx.Var) -> rx.Component:
    state = rx.cond(~user.active, ui.badge("kept out", warn=True), rx.cond(user.joined, "", ui.badge("invited")))
    return rx.el.tr(
        rx.el.td(rx.el.b(user.name), " ", state, rx.el.div(user.email, class_name="small soft")),
        rx.el.td(
            ui.select(
                ROLES,
                value=user.role,
                on_change=lambda role: UsersState.set_role(user.id, role),
                aria_label="Role of " + user.name.to(str),
            )
        ),
        rx.el.td(rx.cond(user.second_factor, "on", ui.soft("off")), class_name="hide-phone"),
        rx.el.td(
            ui.menu(
                "More",
                ui.item("Link for a new password", on_click=UsersState.new_link(user.id)),
                ui.item("Sign out everywhere", on_click=UsersState.end_sessions(user.id)),
                rx.cond(
                    user.active,
                    ui.item("Keep out", danger=True, on_click=UsersState.let_in(user.id, False)),
                    ui.item("Let in again", on_click=UsersState.let_in(user.id, True)),
                ),
            )
        ),
    )


def _matrix() -> rx.Component:
    heads = [rx.el.th("May", scope="col"), *[rx.el.th(role.value, scope="col") for role in Role]]
    rows = [
        rx.el.tr(
            rx.el.th(permission.value, scope="row"),
            *[
                rx.el.td(rx.fragment("✓", ui.for_ears("yes")) if permission in MATRIX[role] else ui.for_ears("no"))
                for role in Role
            ],
        )
        for permission in Permission
    ]
    table = rx.el.table(rx.el.thead(rx.el.tr(*heads)), rx.el.tbody(*rows), class_name="table small")
    return rx.el.div(table, class_name="scroll-x", tab_index=0, role="region", aria_label="What each role may do")


def _invitation() -> rx.Component:
    return ui.dialog(
        "Invite somebody",
        ui.form(
            ui.text_field("Name", "name", errors=UsersState.errors, must=True),
            ui.email("E-mail", "email", errors=UsersState.errors, must=True),
            ui.choice("Role", "role", ROLES, value=Role.VIEWER.value),
            on_submit=UsersState.invite,
            foot=ui.button("Make the link", kind="main", submit=True),
        ),
        open=UsersState.inviting,
        on_close=UsersState.close_invitation,
    )


@page("/account", title="Your account", on_load=AccountState.load)
def account() -> rx.Component:
    return rx.fragment(
        ui.head("Your account", meta=rx.cond(AccountState.me, AccountState.me.email, "")),
        ui.section("Name", _name()),
        ui.section("Password", _password()),
        ui.section("Second factor", rx.cond(AccountState.me.second_factor, _factor_on(), _factor_off())),
        ui.section(
            "Sessions",
            ui.button("Sign out everywhere", on_click=AccountState.leave_everywhere),
        ),
    )


def _name() -> rx.Component:
    return ui.form(
        ui.text_field(
            "Your name", "name", value=rx.cond(AccountState.me, AccountState.me.name, ""), errors=AccountState.errors
        ),
        on_submit=AccountState.rename,
        foot=ui.button("Save", submit=True),
    )


def _password() -> rx.Component:
    return ui.form(
        ui.text_field(
            "The one you have", "old", kind="password", errors=AccountState.errors, auto_complete="current-password"
        ),
        ui.text_field(
            "The new one",
            "password",
            kind="password",
            errors=AccountState.errors,
            auto_complete="new-password",
            hint="At least 10 characters. You then sign in again, everywhere.",
        ),
        on_submit=AccountState.change_password,
        foot=ui.button("Change it", submit=True),
    )


def _factor_off() -> rx.Component:
    scan = ui.form(
        rx.el.img(src=AccountState.picture, alt="Scan this with an authenticator app", width="220", height="220"),
        rx.el.p("Or type this into the app: ", rx.el.code(AccountState.secret), class_name="small soft"),
        ui.text_field("Six digits the app shows", "code", errors=AccountState.errors, input_mode="numeric"),
        on_submit=AccountState.confirm_factor,
        foot=ui.button("Switch it on", kind="main", submit=True),
    )
    return rx.cond(
        AccountState.secret != "",
        scan,
        ui.stack(
            rx.el.p("Six digits from an app on your phone, besides the password.", class_name="soft"),
            ui.button("Set it up", on_click=AccountState.begin_factor),
        ),
    )


def _factor_on() -> rx.Component:
    codes = ui.banner(
        "Keep these for the day the phone is lost; each works once and they are not shown again: ",
        rx.foreach(AccountState.codes, lambda code: rx.el.code(code, " ", style={"marginRight": "10px"})),
    )
    return ui.stack(
        rx.cond(AccountState.codes.length() > 0, codes),
        ui.form(
            ui.text_field(
                "Your password, to switch it off",
                "password",
                kind="password",
                errors=AccountState.errors,
                id="drop-password",
            ),
            on_submit=AccountState.drop_factor,
            foot=ui.button("Switch it off", submit=True),
        ),
    )
