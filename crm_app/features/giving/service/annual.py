"""One receipt a year for everybody: a few donors per transaction, so a run that stops goes on where it was."""

from collections import Counter, defaultdict
from datetime import date

from crm_app.core import jobs
from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.engine import receipting
from crm_app.features.giving import queries
from crm_app.features.giving.schemas import AnnualOutcome, NotIssued
from crm_app.features.giving.service.receipts import ANNUAL, Blocked, donor_of, issue, issuer_of, line_of

AT_ONCE = 50


def start_annual(work: Work, year: int) -> int:
    """Queue the run for a calendar year; running it twice issues nothing twice."""
    work.require(Permission.GIVING_EDIT)
    return jobs.enqueue(work, "giving.annual_receipts", {"year": year}, title=f"Annual receipts {year}")


def donors_without(work: Work, year: int) -> list[int]:
    """Everybody who has gifts of that year on no living receipt."""
    work.require(Permission.GIVING_READ)
    return [row[0] for row in queries.unreceipted_donors(work.session, span_of(year))]


def issue_for(work: Work, year: int, constituent_ids: list[int]) -> AnnualOutcome:
    """Annual receipts for some donors; who may not get one is counted with the reason."""
    outcome, reasons = AnnualOutcome(), Counter()
    for gift_ids in _gifts_by_donor(work, year, constituent_ids).values():
        try:
            issue(work, gift_ids, ANNUAL)
            outcome.issued += 1
        except Blocked as why:
            outcome.skipped += 1
            reasons[why.message] += 1
    outcome.reasons = dict(reasons)
    return outcome


def not_issued(work: Work, year: int, limit: int = 200) -> list[NotIssued]:
    """Who has no receipt for a year's gifts, and why."""
    work.require(Permission.GIVING_READ)
    rows = queries.unreceipted_donors(work.session, span_of(year))[:limit]
    names = queries.names(work.session, [row[0] for row in rows])
    gifts = _gifts_by_donor(work, year, [row[0] for row in rows], rows_too=True)
    pack, issuer = receipting.pack_for(queries.organization(work.session).country), issuer_of(work)
    found = []
    for constituent_id, count, amount in rows:
        lines = [line_of(gift) for gift in gifts[constituent_id]]
        drawn = receipting.draw_up(pack, issuer, donor_of(work, constituent_id), lines)
        why = drawn.problems[0].words if drawn.problems else "not issued yet"
        name = names[constituent_id].display_name
        found.append(NotIssued(constituent_id=constituent_id, name=name, gifts=count, amount=amount, why=why))
    return found


def span_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _gifts_by_donor(work: Work, year: int, ids: list[int], *, rows_too: bool = False) -> dict:
    found = defaultdict(list)
    for gift in queries.unreceipted(work.session, span_of(year), ids):
        found[gift.constituent_id].append(gift if rows_too else gift.id)
    return found


def what_is_missing(work: Work) -> str:
    """What the settings lack for any receipt under the rules of this country."""
    pack = receipting.pack_for(queries.organization(work.session).country)
    somebody = receipting.Party("x", "x", "x")
    drawn = receipting.draw_up(pack, issuer_of(work), somebody, [])
    return " ".join(problem.words for problem in drawn.problems)
