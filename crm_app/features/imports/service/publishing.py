"""The publication: part by part, each in one transaction with the mark that it is done, so that no crash doubles a row."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import polars as pl
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from crm_app.core import history, jobs
from crm_app.core.access import Actor, Permission
from crm_app.core.database import Database
from crm_app.core.errors import Conflict, CrmError, Invalid
from crm_app.core.work import Work, open_work
from crm_app.engine.tabular import kept
from crm_app.engine.tabular.mapping import Mapping
from crm_app.engine.tabular.meanings import CUSTOM
from crm_app.features.constituents import service as constituents
from crm_app.features.constituents.schemas import CustomFieldDraft
from crm_app.features.imports import queries
from crm_app.features.imports.models import (
    ASK,
    CHECKED,
    NEW,
    PUBLISHED,
    PUBLISHING,
    SAME,
    UPDATE,
    Import,
    ImportRow,
    Publication,
)
from crm_app.features.imports.schemas import Policy
from crm_app.features.imports.service.matching import Index
from crm_app.features.imports.service.planning import Plan, digests_of, plan_part
from crm_app.features.imports.service.receiving import read, settle, told
from crm_app.features.imports.service.writing import write_part

PART = 2_000
GOING = (NEW, UPDATE)


def publish(work: Work, import_id: int) -> int:
    """Start letting the checked rows in; rows that need somebody stay where they are."""
    work.require(Permission.IMPORT, Permission.PEOPLE_EDIT)
    imported = work.get(Import, import_id)
    imported.status = settle(work, imported)
    if imported.status not in (CHECKED, PUBLISHED):
        raise Conflict("This import cannot be published now.", hint="It is being checked or taken back.")
    mapping = Mapping.from_dict(imported.mapping)
    if mapping.questions():
        raise Invalid("Please answer the questions about its columns first.")
    open_rows = sum(
        count for outcome, done, count in queries.counts(work.session, import_id) if outcome in GOING and not done
    )
    if not open_rows:
        raise Invalid("There is nothing left to publish.", hint="Rows that need you are listed below.")
    if queries.publication(work.session, import_id) is None:
        work.add(Publication(import_id=import_id, by=work.actor.name, started_at=work.now))
    _define_fields(work, imported, mapping)
    imported.status = PUBLISHING
    work.session.flush()
    imported.job_id = jobs.enqueue(
        work, "imports.publish", {"import_id": import_id}, title=f"Bringing in {imported.name}"
    )
    history.record(work, "import", import_id, "published", note=f"{open_rows} rows")
    told(work, import_id)
    return imported.job_id


def _define_fields(work: Work, imported: Import, mapping: Mapping) -> None:
    """Columns kept as fields of their own become custom fields, where the role may add them."""
    wanted = [column.header for column in mapping.columns if column.meaning == CUSTOM]
    known = {field.label.casefold(): field.code for field in constituents.fields.defined(work)}
    codes = {}
    for header in wanted:
        code = known.get(header.casefold())
        if code is None and work.may(Permission.SETTINGS_EDIT):
            constituents.fields.define(work, CustomFieldDraft(label=header[:80], section="Imported"))
            code = next((f.code for f in constituents.fields.defined(work) if f.label == header[:80]), None)
        if code:
            codes[header] = code
    imported.policy = {**imported.policy, "codes": codes}


def run(database: Database, actor: Actor, import_id: int, progress: Callable[[int, int, str], None]) -> dict[str, Any]:
    """Publish until nothing is left; safe to start again after a crash at any moment."""
    with open_work(database, actor) as work:
        imported = work.get(Import, import_id)
        frame = read(work, imported)
        if frame is None:
            return {"words": imported.words}
        mapping, policy = Mapping.from_dict(imported.mapping), Policy(**imported.policy)
        codes = imported.policy.get("codes", {})
        digests = digests_of(frame, imported.header_key)
    total = frame.height
    after = 0
    while True:
        done = _part(database, actor, import_id, frame, digests, mapping, policy, codes, after)
        if not done:
            break
        after = done
        progress(min(after, total), total, "Bringing in")
    with open_work(database, actor) as work:
        return _end(work, import_id)


def _part(
    database: Database, actor: Actor, import_id: int, frame: pl.DataFrame, digests: list[int], mapping: Mapping, policy: Policy, codes: dict[str, str], after: int,
) -> int:  # fmt: skip
    """The next part; when one of its rows cannot be kept, each row by itself. Returns the last row looked at."""
    with database.read() as session:
        waiting = [row.row for row in queries.waiting(session, import_id, GOING, after, PART)]
    if not waiting:
        return 0
    try:
        _write(database, actor, import_id, frame, digests, mapping, policy, codes, waiting)
    except (CrmError, IntegrityError, ValueError):
        for row in waiting:
            _write_one(database, actor, import_id, frame, digests, mapping, policy, codes, row)
    return waiting[-1]


def _write_one(
    database: Database, actor: Actor, import_id: int, frame: pl.DataFrame, digests: list[int], mapping: Mapping, policy: Policy, codes: dict[str, str], row: int,
) -> None:  # fmt: skip
    try:
        _write(database, actor, import_id, frame, digests, mapping, policy, codes, [row])
    except (CrmError, IntegrityError, ValueError) as problem:
        words = problem.words if isinstance(problem, CrmError) else "Something in this row cannot be kept as it is."
        with open_work(database, actor) as work:
            failed = sa.update(ImportRow).where(ImportRow.import_id == import_id, ImportRow.row == row)
            work.session.execute(failed.values(outcome=ASK, reason=words[:1000]))


def _write(
    database: Database, actor: Actor, import_id: int, frame: pl.DataFrame, digests: list[int], mapping: Mapping, policy: Policy, codes: dict[str, str], rows: list[int],
) -> None:  # fmt: skip
    part = frame.filter(pl.col(kept.ROW).is_in(rows))
    own = [digests[row - 1] for row in part[kept.ROW].to_list()]
    with open_work(database, actor) as work:
        imported = work.get(Import, import_id)
        still = _still(work, import_id, rows)
        if len(still) != len(rows):
            return  # another runner was here first
        plans = plan_part(
            work.session, part, mapping, policy, Index(policy), queries.decided(work.session, import_id), own, import_id
        )
        _own_fields(plans, codes)
        journal = write_part(work, imported, plans, mapping, policy)
        _mark(work, plans, still)
        publication = queries.publication(work.session, import_id)
        if publication:
            publication.counts = dict(Counter(publication.counts) + Counter(journal.counts))
        told(work, import_id)


def _still(work: Work, import_id: int, rows: list[int]) -> dict[int, int]:
    query = sa.select(ImportRow.row, ImportRow.id).where(
        ImportRow.import_id == import_id, ImportRow.row.in_(rows), ImportRow.done.is_(False)
    )
    if not work.database.sqlite:
        query = query.with_for_update()
    return dict(work.session.execute(query).all())


def _own_fields(plans: list[Plan], codes: dict[str, str]) -> None:
    """Columns are known by their names in the file, fields by their codes; what has no field goes into the note."""
    for plan in plans:
        for one in plan.people:
            homeless = [f"{header}: {value}" for header, value in one.custom.items() if header not in codes]
            one.custom = {codes[header]: value for header, value in one.custom.items() if header in codes}
            if homeless:
                one.note = "\n".join(part for part in (one.note, *homeless) if part)


def _mark(work: Work, plans: list[Plan], numbers: dict[int, int]) -> None:
    """The outcome each row has, in the same transaction as what it did."""
    rows = [
        {
            "id": numbers[plan.row], "outcome": plan.outcome, "reason": plan.reason[:1000], "evidence": plan.evidence[:300], "done": plan.outcome != ASK,
            "constituent_id": next((i for i in plan.ids[:1] if i > 0), None), "gift_id": plan.gift_id or None, "digest": plan.digest if plan.outcome != ASK else None,
        }
        for plan in plans
    ]  # fmt: skip
    work.session.execute(sa.update(ImportRow), rows)


def _end(work: Work, import_id: int) -> dict[str, Any]:
    imported = work.get(Import, import_id)
    settled = sa.update(ImportRow).where(ImportRow.import_id == import_id, ImportRow.outcome.in_((SAME, "skip")))
    work.session.execute(settled.values(done=True))
    imported.status = PUBLISHED
    publication = queries.publication(work.session, import_id)
    counts = publication.counts if publication else {}
    if publication:
        publication.ended_at = work.now
    needs = sum(count for outcome, done, count in queries.counts(work.session, import_id) if outcome == ASK)
    imported.words = result(counts, needs)
    told(work, import_id)
    work.tell("people", "giving")
    return {"words": imported.words, **counts, "needs": needs}


def result(counts: dict[str, int], needs: int) -> str:
    """“4,812 people in, 37 rows need you.”"""
    names = (("people", "person", "people"), ("organizations", "organization", "organizations"), ("households", "household", "households"), ("gifts", "gift", "gifts"), ("refunds", "refund", "refunds"),
             ("pledges", "pledge", "pledges"), ("recurring", "recurring gift", "recurring gifts"), ("interactions", "conversation", "conversations"), ("memberships", "membership", "memberships"), ("campaigns", "campaign", "campaigns"), ("funds", "fund", "funds"), ("soft_credits", "soft credit", "soft credits"), ("splits", "fund share", "fund shares"), ("relationships", "relationship", "relationships"), ("tags", "tag", "tags"), ("changed", "record added to", "records added to"))  # fmt: skip
    said = [f"{counts[key]:,} {one if counts[key] == 1 else many}" for key, one, many in names if counts.get(key)]
    ending = "" if not needs else ", 1 row needs you" if needs == 1 else f", {needs:,} rows need you"
    return (", ".join(said) + " in" if said else "Nothing new") + ending + "."
