"""States of the pages about users and about oneself."""

import base64
import io
from typing import Any

import reflex as rx
import segno

from crm_app.core.access import Permission, Role
from crm_app.core.config import settings
from crm_app.core.work import Work
from crm_app.features.accounts import service
from crm_app.features.accounts.schemas import UserRow
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do

USERS = Permission.USERS_EDIT


class UsersState(rx.State):
    """Who may sign in, and with which role."""

    users: list[UserRow] = []
    link: str = ""
    link_words: str = ""
    inviting: bool = False
    errors: dict[str, str] = {}

    @action(USERS)
    async def load(self):
        await listen(self, "users", UsersState.refresh)
        self.link, self.inviting, self.errors = "", False, {}
        self.users = await ask(self, service.everyone)

    @action(USERS)
    async def refresh(self):
        self.users = await ask(self, service.everyone)

    @action(USERS)
    async def open_invitation(self):
        self.inviting, self.errors = True, {}

    @action(USERS)
    async def close_invitation(self):
        self.inviting = False

    @action(USERS)
    async def invite(self, form: dict[str, Any]):
        self.errors = {}
        role = Role(str(form.get("role") or Role.VIEWER))
        made = await do(self, service.invite, str(form.get("email", "")), str(form.get("name", "")), role)
        self.inviting = False
        self.link = f"{settings().address}/join/{made.token}"
        self.link_words = f"Send this link to {made.email}. It works once, within seven days."
        self.users = await ask(self, service.everyone)

    @action(USERS)
    async def new_link(self, user_id: int):
        self.link = f"{settings().address}/join/{await do(self, service.reset_link, user_id)}"
        self.link_words = "With this link they choose a new password. It works once, within four hours."

    @action(USERS)
    async def close_link(self):
        self.link = ""

    @action(USERS)
    async def set_role(self, user_id: int, role: str):
        await do(self, service.set_role, user_id, Role(role))
        self.users = await ask(self, service.everyone)
        return ui.said("The role is changed; it counts at once.")

    @action(USERS)
    async def let_in(self, user_id: int, active: bool):
        await do(self, service.set_active, user_id, active)
        self.users = await ask(self, service.everyone)

    @action(USERS)
    async def end_sessions(self, user_id: int):
        await do(self, service.leave_everywhere, user_id)
        return ui.said("They are signed out everywhere.")


class AccountState(rx.State):
    """One's own name, password and second factor."""

    me: UserRow | None = None
    errors: dict[str, str] = {}
    secret: str = ""
    picture: str = ""
    codes: list[str] = []

    @action()
    async def load(self):
        self.errors, self.secret, self.picture, self.codes = {}, "", "", []
        self.me = await ask(self, service.me)

    @action()
    async def rename(self, form: dict[str, Any]):
        self.errors = {}
        await do(self, service.rename, str(form.get("name", "")))
        self.me = await ask(self, service.me)
        return ui.said("Saved.")

    @action()
    async def change_password(self, form: dict[str, Any]):
        self.errors = {}
        await do(self, service.change_password, str(form.get("old", "")), str(form.get("password", "")))
        return rx.call_script("window.location.assign('/sign-in')")

    @action()
    async def begin_factor(self):
        self.secret, address = await ask(self, service.begin_factor)
        drawn = io.BytesIO()
        segno.make(address).save(drawn, kind="svg", scale=5, border=2, dark="#1d1b16", light="#ffffff")
        self.picture = "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode()

    @action()
    async def confirm_factor(self, form: dict[str, Any]):
        self.errors = {}
        self.codes = await do(self, service.confirm_factor, self.secret, str(form.get("code", "")))
        self.secret, self.picture = "", ""
        self.me = await ask(self, service.me)

    @action()
    async def drop_factor(self, form: dict[str, Any]):
        self.errors = {}
        await do(self, service.drop_factor, str(form.get("password", "")))
        self.codes = []
        self.me = await ask(self, service.me)
        return ui.said("The second factor is off.")

    @action()
    async def leave_everywhere(self):
        await do(self, _leave_all)
        return rx.call_script("window.location.assign('/sign-in')")


def _leave_all(work: Work) -> None:
    service.leave_everywhere(work, work.actor.user_id or 0)
