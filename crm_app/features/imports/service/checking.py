"""The check: every row gets its one outcome, and nothing of anybody is touched."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import polars as pl
import sqlalchemy as sa

from crm_app.core import bulk
from crm_app.core.access import Actor
from crm_app.core.database import Database
from crm_app.core.work import Work, open_work
from crm_app.engine.tabular import kept
from crm_app.engine.tabular.mapping import Mapping
from crm_app.features.imports import queries
from crm_app.features.imports.models import ASK, CHECKED, CHECKING, PUBLISHED, REFUSED, Import, ImportRow
from crm_app.features.imports.schemas import Policy
from crm_app.features.imports.service.matching import Index
from crm_app.features.imports.service.planning import Plan, digests_of, plan_part
from crm_app.features.imports.service.receiving import give_mapping, read, told

PART = 5_000


def check(
    database: Database, actor: Actor, import_id: int, progress: Callable[[int, int, str], None]
) -> dict[str, Any]:
    """Read, map, and plan every row. The rows are written when all of them are known."""
    with open_work(database, actor) as work:
        imported = work.get(Import, import_id)
        frame = read(work, imported)
        if frame is None:
            told(work, import_id)
            return {"words": imported.words}
        mapping = give_mapping(work, imported, frame)
        if mapping.form.refuse:
            imported.status, imported.words = REFUSED, mapping.form.refuse
            told(work, import_id)
            return {"words": imported.words}
        policy, salt = Policy(**imported.policy), imported.header_key
        told(work, import_id)
    counts: Counter[str] = Counter()
    rows: list[dict[str, Any]] = []
    index = Index(policy)
    digests = digests_of(frame, salt)
    with database.read() as session:
        decided, finished = queries.decided(session, import_id), queries.finished(session, import_id)
    for start in range(0, frame.height, PART):
        part = frame.slice(start, PART)
        with database.read() as session:
            plans = plan_part(session, part, mapping, policy, index, decided, digests[start : start + PART], import_id)
        for plan in plans:
            if plan.row not in finished:
                rows.append(as_row(import_id, plan, decided))
                _count(counts, plan)
        progress(min(start + PART, frame.height), frame.height, "Checking")
    with open_work(database, actor) as work:
        _keep(work, import_id, rows, counts, mapping, len(finished))
    return {"rows": frame.height}


def as_row(import_id: int, plan: Plan, decided: dict[int, tuple[str, dict[str, str] | None]]) -> dict[str, Any]:
    choice, edits = decided.get(plan.row, ("", None))
    return {
        "import_id": import_id, "row": plan.row, "line": plan.line, "outcome": plan.outcome, "reason": plan.reason[:1000], "evidence": plan.evidence[:300],
        "summary": plan.summary, "constituent_id": next((i for i in plan.ids[:1] if i > 0), None), "gift_id": plan.gift_id or None, "done": False,
        "choice": choice, "edits": edits or None, "digest": None,
    }  # fmt: skip


def _count(counts: Counter[str], plan: Plan) -> None:
    counts[plan.outcome] += 1
    if plan.outcome not in ("new", "update"):
        return
    for one, fresh in zip(plan.people, plan.fresh, strict=False):
        if fresh:
            counts[{"person": "people", "organization": "organizations"}.get(one.kind, "households")] += 1
    if plan.money:
        counts["refunds" if plan.money.refund_of else "pledges" if plan.money.promise else "gifts"] += 1
        counts["amount"] += 0 if plan.money.refund_of else plan.money.amount
    elif plan.extra:
        counts[plan.extra.kind] += 1


def _keep(
    work: Work, import_id: int, rows: list[dict[str, Any]], counts: Counter[str], mapping: Mapping, finished: int
) -> None:
    session = work.session
    session.execute(sa.delete(ImportRow).where(ImportRow.import_id == import_id, ImportRow.done.is_(False)))
    for start in range(0, len(rows), 20_000):
        bulk.insert(session, ImportRow, rows[start : start + 20_000])
    imported = work.get(Import, import_id)
    imported.counts = dict(counts)
    imported.checked_at = work.now
    if imported.status == CHECKING:
        imported.status = PUBLISHED if finished else CHECKED
    questions = len(mapping.questions())
    if questions:
        imported.words = "Please say how the dates or amounts of a column are to be read."
    elif counts[ASK] and not finished:
        imported.words = ""
    told(work, import_id)


def rows_of(frame: pl.DataFrame, first: int, last: int) -> pl.DataFrame:
    """The rows from FIRST to LAST by their number."""
    return frame.filter((pl.col(kept.ROW) >= first) & (pl.col(kept.ROW) <= last))
