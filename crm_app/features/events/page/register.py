"""The dialog in which somebody is put on the list."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.features.events.components import may
from crm_app.features.events.state import RegisterState
from crm_app.ui import parts as ui


def register_window() -> rx.Component:
    errors = RegisterState.errors
    return ui.dialog(
        "Register",
        ui.form(
            ui.combo(
                "Who",
                "name",
                text=RegisterState.name,
                key=RegisterState.turn.to_string(),
                on_text=RegisterState.find,
                found=RegisterState.found,
                on_choose=RegisterState.choose,
                on_leave=RegisterState.leave,
                placeholder="One of your people, or a new name",
                id="register-name",
            ),
            rx.cond(errors.contains("name"), rx.el.p(errors["name"], class_name="no small", role="alert")),
            rx.cond(RegisterState.person_words != "", rx.el.p(RegisterState.person_words, class_name="ok small")),
            ui.fields(
                ui.choice("Ticket", "ticket", RegisterState.tickets, id="register-ticket"),
                ui.number("Seats", "seats", value="1", errors=errors, id="register-seats"),
                ui.email("E-mail", "email", id="register-email"),
                ui.text_field("Phone", "phone", id="register-phone"),
            ),
            ui.fold(
                "Guests, food, needs",
                ui.stack(
                    ui.area("Names of the others, one a line", "guests", id="register-guests"),
                    ui.fields(
                        ui.text_field("Eats", "diet", id="register-diet"),
                        ui.text_field("Needs", "access", id="register-access"),
                    ),
                    ui.text_field("The door should know", "attention", id="register-attention"),
                    ui.text_field("Registered already, and meant so: why?", "again_reason", id="register-again"),
                    may(
                        Permission.EVENTS_OVERBOOK,
                        ui.text_field("Over capacity: why?", "over_reason", id="register-over"),
                    ),
                ),
            ),
            ui.check("And another one after this", "another"),
            on_submit=RegisterState.save,
            foot=[
                ui.button("Register", kind="main", submit=True),
                ui.button("Cancel", on_click=RegisterState.close),
            ],
        ),
        open=RegisterState.is_open,
        on_close=RegisterState.close,
    )
