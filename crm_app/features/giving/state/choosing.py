"""What forms choose from: a donor found as one types, funds, campaigns, appeals."""

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.giving import service
from crm_app.ui import parts as ui
from crm_app.ui.handlers import action
from crm_app.ui.session import ask

READ = Permission.GIVING_READ


class DonorState(rx.State):
    """The donor of the form that is open."""

    chosen: int = 0
    name: str = ""
    fresh: int = 0
    found: list[ui.Found] = []
    _after: str = ""

    @action(READ, supersedes=True)
    async def find(self, text: str):
        if text != self.name:
            self.chosen = 0
        rows = await ask(self, service.find_donors, text[:80])
        self.found = [{"value": str(row.id), "label": row.name, "detail": row.detail} for row in rows]

    @action(READ)
    async def choose(self, value: str):
        row = next((one for one in self.found if one["value"] == value), None)
        if row is None:
            return None
        self._set(int(value), row["label"])
        return rx.set_focus("field-amount")

    @action(READ)
    async def leave(self):
        self.found = []

    def _set(self, donor: int = 0, name: str = "") -> None:
        """Begin with this donor, or with none."""
        self.chosen, self.name, self.found, self.fresh = donor, name, [], self.fresh + 1


class PurposeState(rx.State):
    """Funds, campaigns and appeals to choose from, and the sign of our money."""

    funds: list[ui.Option] = []
    campaigns: list[ui.Option] = []
    appeals: list[ui.Option] = []
    symbol: str = "$"
    today: str = ""

    @action(READ)
    async def load(self):
        self.funds, self.campaigns, self.appeals, style = await ask(self, _purposes)
        self.symbol, self.today = style.symbol, style.today.isoformat()


def _purposes(work: Work) -> tuple[list[ui.Option], list[ui.Option], list[ui.Option], service.Style]:
    funds, campaigns, appeals = (
        [{"value": str(row.id), "label": row.name} for row in rows if not row.retired]
        for rows in (service.list_funds(work), service.list_campaigns(work), service.list_appeals(work))
    )
    return funds, campaigns, appeals, service.style(work)
