"""State of the overview and of the people behind its numbers."""

from typing import TypedDict
from urllib.parse import urlencode

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.giving import service
from crm_app.features.giving.schemas import Number, Overview
from crm_app.ui import parts as ui
from crm_app.ui.chart import Share
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask

READ = Permission.GIVING_READ
waiting = service.count_waiting
WIDE, TALL = 640, 180
STANDINGS = {
    "new": "first gift",
    "recaptured": "came back",
    "upgraded": "gave more",
    "same": "gave the same",
    "downgraded": "gave less",
    "lapsed_new": "lapsed after their first year",
    "lapsed_repeat": "lapsed",
    "away": "away for longer",
}


class NumberRow(TypedDict):
    key: str
    title: str
    now: str
    before: str
    words: str
    formula: str
    to: str


class MoveRow(TypedDict):
    words: str
    donors: str
    gain: str
    loss: bool
    to: str


class GoalShown(TypedDict):
    name: str
    share: int
    words: str
    to: str


class Shown(TypedDict):
    """The overview, ready to show."""

    raised: str
    before: str
    change: str
    up: bool
    now_words: str
    before_words: str
    line: str
    line_before: str
    chart_words: str
    year_before: str
    pledged: str
    overdue: str
    monthly: str
    sustainers: str
    unthanked: str
    gifts: str


NOTHING: Shown = {
    "raised": "", "before": "", "change": "", "up": True, "now_words": "", "before_words": "", "line": "",
    "line_before": "", "chart_words": "", "year_before": "", "pledged": "", "overdue": "", "monthly": "",
    "sustainers": "", "unthanked": "", "gifts": "/giving/gifts",
}  # fmt: skip


class OverviewState(rx.State):
    which: str = "to_date"
    unit: str = "household"
    basis: str = "cash"
    loaded: bool = False
    any_gift: bool = True
    shown: Shown = NOTHING
    numbers: list[NumberRow] = []
    moves: list[MoveRow] = []
    bands: list[Share] = []
    goals: list[GoalShown] = []

    async def _load(self) -> None:
        made = await ask(self, _overview, self.which, self.unit, self.basis)
        self.shown, self.numbers, self.moves, self.bands, self.goals, self.any_gift = made
        self.loaded = True

    @action(READ)
    async def load(self):
        await listen(self, "giving", OverviewState.refresh)
        await self._load()

    @action(READ)
    async def refresh(self):
        await self._load()

    @action(READ)
    async def choose_period(self, which: str):
        self.which = which
        await self._load()

    @action(READ)
    async def choose_unit(self, unit: str):
        self.unit = unit
        await self._load()

    @action(READ)
    async def choose_basis(self, basis: str):
        self.basis = basis
        await self._load()


def _overview(work: Work, which: str, unit: str, basis: str) -> tuple:
    made = service.overview(work, which, household=unit == "household", commitment=basis == "commitment")
    style = service.style(work)
    chosen = {"period": which, "unit": unit, "basis": basis}
    numbers: list[NumberRow] = [_number(one, style, chosen) for one in made.numbers]
    moves: list[MoveRow] = [
        {
            "words": move.words,
            "donors": f"{move.donors:,}",
            "gain": _signed(move.gain, style),
            "loss": move.gain < 0,
            "to": _people([move.standing], chosen, move.words),
        }
        for move in made.moves
    ]
    goals: list[GoalShown] = [
        {
            "name": goal.name,
            "share": min(100, round(100 * goal.raised / goal.goal)),
            "words": f"{style.money(goal.raised, cents=False)} of {style.money(goal.goal, cents=False)}",
            "to": f"/giving/gifts?campaign={goal.campaign_id}",
        }
        for goal in made.goals
    ]
    return _head(made, style), numbers, moves, _bands(made, style), goals, bool(made.raised or made.raised_before)


def _head(made: Overview, style: service.Style) -> Shown:
    gain = made.raised - made.raised_before
    share = f" ({abs(gain) / made.raised_before:.0%})" if made.raised_before else ""
    top = max(made.line + made.line_whole_before + made.line_before + [1])
    weeks = max(len(made.line), len(made.line_whole_before), len(made.line_before), 2)
    return {
        "raised": style.money(made.raised, cents=False),
        "before": style.money(made.raised_before, cents=False),
        "change": f"{'+' if gain >= 0 else '−'}{style.money(abs(gain), cents=False)}{share}",
        "up": gain >= 0,
        "now_words": made.now_words,
        "before_words": made.before_words,
        "line": _line(made.line, top, weeks),
        "line_before": _line(made.line_whole_before, top, weeks),
        "chart_words": f"Raised so far {style.money(made.raised, cents=False)} in {made.now_words}, "
        f"{style.money(made.raised_before, cents=False)} in {made.before_words}.",
        "year_before": style.money(made.line_whole_before[-1] if made.line_whole_before else 0, cents=False),
        "pledged": style.money(made.pledged_left, cents=False),
        "overdue": style.money(made.pledged_overdue, cents=False) if made.pledged_overdue else "",
        "monthly": style.money(made.monthly, cents=False),
        "sustainers": f"{made.sustainers:,}",
        "unthanked": f"{made.unthanked:,}",
        "gifts": f"/giving/gifts?first={made.first}&last={made.last}",
    }


def _line(values: list[int], top: int, weeks: int) -> str:
    points = [(0.0, 0)] + [(WIDE * (nth + 1) / weeks, value) for nth, value in enumerate(values)]
    return "M" + " L".join(f"{x:.1f} {TALL - 3 - (TALL - 8) * value / top:.1f}" for x, value in points)


def _number(one: Number, style: service.Style, chosen: dict[str, str]) -> NumberRow:
    return {
        "key": one.key,
        "title": one.title,
        "now": _said(one.now, one.shows, style),
        "before": _said(one.before, one.shows, style),
        "words": one.words,
        "formula": f"{one.formula} · {one.source}",
        "to": _people(one.opens, chosen, one.title) if one.opens else "",
    }


def _said(value: float | int | None, shows: str, style: service.Style) -> str:
    if value is None:
        return "–"
    if shows == "share":
        return f"{value:.1%}"
    return style.money(int(value), cents=abs(value) < 100_000) if shows == "money" else f"{int(value):,}"


def _signed(amount: int, style: service.Style) -> str:
    return f"{'+' if amount >= 0 else '−'}{style.money(abs(amount), cents=False)}"


def _bands(made: Overview, style: service.Style) -> list[Share]:
    most = max((band.amount for band in made.bands), default=0) or 1
    bands: list[Share] = []
    for band in made.bands:
        if band.donors:
            words = f"{band.donors:,} · {style.money(band.amount, cents=False)}"
            label = f"{style.money(band.at_least, cents=False)} and up" if band.at_least else "less"
            bands.append({"label": label, "share": round(100 * band.amount / most, 1), "words": words, "to": ""})
    return bands


def _people(standings: list[str], chosen: dict[str, str], title: str) -> str:
    return "/giving/donors?" + urlencode(chosen | {"who": ",".join(standings), "title": title})


class MemberShown(TypedDict):
    id: int
    name: str
    standing: str
    before: str
    now: str
    last: str


class DonorsState(rx.State):
    """The people who add up to a number."""

    rows: list[MemberShown] = []
    first: int = 0
    total: int = 0
    title: str = ""
    sums: str = ""
    query: str = ""
    now_words: str = "Now"
    before_words: str = "Before"
    _asked: dict[str, str] = {}

    async def _load(self) -> None:
        made = await ask(self, _members, self._asked, self.first)
        self.rows, self.total, self.sums, self.now_words, self.before_words = made

    @action(READ)
    async def load(self):
        said = dict(self.router.url.query_parameters)
        self._asked = {name: said.get(name, "")[:200] for name in ("period", "unit", "basis", "who")}
        self.title, self.first = said.get("title", "Donors")[:60], 0
        self.query = str(self._asked)
        await self._load()

    @action(READ, supersedes=True)
    async def show_from(self, first: int):
        self.first = max(0, first)
        await self._load()


def _members(work: Work, asked: dict[str, str], first: int) -> tuple:
    which = asked.get("period") or "to_date"
    standings = [one for one in asked.get("who", "").split(",") if one in STANDINGS]
    kind = {"household": asked.get("unit") != "person", "commitment": asked.get("basis") == "commitment"}
    total, before, now, rows = service.members(work, which, standings, **kind, first=first, size=ui.ROWS)
    style, periods = service.style(work), service.period_words(work, which)
    shown: list[MemberShown] = [
        {
            "id": row.id,
            "name": row.name,
            "standing": STANDINGS[row.standing],
            "before": style.money(row.before) if row.before else "–",
            "now": style.money(row.now) if row.now else "–",
            "last": style.day(row.last_on),
        }
        for row in rows
    ]
    return shown, total, f"{style.money(now)} now, {style.money(before)} before", *periods
