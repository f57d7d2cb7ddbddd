"""The state of the frame around every page: who is signed in."""

import reflex as rx

from crm_app.ui import session
from crm_app.ui.handlers import action
from crm_app.ui.live import arrived


class SignedIn(rx.State):
    """Who is here, for menus and greetings; what they may do is checked elsewhere, every time."""

    name: str = ""
    initials: str = ""
    role: str = ""
    permissions: list[str] = []
    here: bool = False

    @action()
    async def arrive(self):
        """The first thing every page does."""
        arrived(self)
        actor = session.actor(session.session_of(self))
        self.name, self.role = actor.name, actor.role
        self.initials = "".join(word[0] for word in actor.name.split()[:2]).upper()
        self.permissions = sorted(permission.name for permission in actor.permissions)
        self.here = False

    @action()
    async def settle(self):
        """The last thing: what the page loads is there."""
        self.here = True
