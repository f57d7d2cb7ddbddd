"""Giving follows a death: what would still be asked for ends, what was given stays; and it speaks on the profile."""

from datetime import UTC, datetime, time

from sqlmodel import select

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.engine.money import written
from crm_app.features.constituents.models import Constituent
from crm_app.features.constituents.service import follow
from crm_app.features.constituents.showing import Entry, Figure, figures, timeline
from crm_app.features.giving.models import Pledge, RecurringGift
from crm_app.features.giving.schemas.person import GiftRow
from crm_app.features.giving.service.person import gifts, totals
from crm_app.features.settings.service import organization


@follow
def end_promises(work: Work, constituent_id: int, fields: frozenset[str]) -> None:
    if "deceased" not in fields or not work.get(Constituent, constituent_id).deceased:
        return
    for table, over in ((RecurringGift, "ended"), (Pledge, "cancelled")):
        running = select(table).where(table.constituent_id == constituent_id, table.status.not_in([over, "completed"]))
        for row in work.session.execute(running).scalars():
            before, row.status = row.status, over
            if isinstance(row, RecurringGift):
                row.status_reason, row.ends_on, row.next_on = "deceased", work.now.date(), None
            kind = table.__tablename__
            after = {"status": over}
            history.record(
                work, kind, row.id, over, before={"status": before}, after=after, constituent_id=constituent_id,
                note="has died",
            )  # fmt: skip


@timeline("gifts", Permission.GIVING_READ)
def gift_lines(work: Work, constituent_id: int, most: int) -> list[Entry]:
    return [_line(work, row) for row in gifts(work, constituent_id, most)]


def _line(work: Work, row: GiftRow) -> Entry:
    at = datetime.combine(row.given_on, time(12), UTC)
    to = f"/giving/gifts/{row.id}"
    if row.soft:
        words = f"Credited as {row.role.replace('_', ' ')} for the gift of "
        return Entry(
            at, "gifts", words, row.giver, f"/people/{row.giver_id}", amount=row.shown, more="Not their own gift"
        )
    waits = (work.now.date() - row.given_on).days
    warn = ""
    if row.thanks == "due" and row.status == "received":
        warn = "not thanked" if waits < 1 else f"not thanked, {waits} day{'s' if waits > 1 else ''}"
    if row.status not in ("received", "part_paid"):
        warn = row.status.replace("_", " ")
    after = f" · {row.campaign}" if row.campaign else ""
    kind = "Gift to " if row.kind == "donation" else f"{row.kind.replace('_', ' ').capitalize()} for "
    return Entry(at, "gifts", kind, row.funds or "no fund", to, after, warn, row.shown, id=row.id)


@figures(10, Permission.GIVING_READ)
def giving_figures(work: Work, constituent_id: int) -> list[Figure]:
    made = totals(work, constituent_id)
    us = organization(work)
    here = f"/people/{constituent_id}?show=gifts"
    shown = []
    if made.count:
        words = f"given, {made.count} gift{'s' if made.count > 1 else ''}"
        shown.append(Figure(whole(made.total, made.currency, us.locale), words, here))
        last = made.last_on
        if last:
            day = f"{last:%-d %b}" if last.year == work.now.year else f"{last:%b %Y}"
            shown.append(Figure(day, f"last gift, {whole(made.last_amount, made.currency, us.locale)}", here))
    if made.household_total > made.total:
        shown.append(Figure(whole(made.household_total, made.currency, us.locale), "from the household", here))
    if made.soft_total:
        shown.append(Figure(whole(made.soft_total, made.currency, us.locale), "credited to them", here))
    return shown


def whole(amount: int, currency: str, locale: str) -> str:
    """Without cents where there are none."""
    said = written(amount, currency, locale)
    return said[:-3] if said.endswith((".00", ",00")) else said
