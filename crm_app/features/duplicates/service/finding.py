"""Find all duplicates: frames from the store, the engine, and the queue renewed in one transaction."""

import math
from collections.abc import Callable
from typing import Any

import polars as pl
import sqlalchemy as sa

from crm_app.core import jobs
from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.engine.match import Found, Verdict, band, find
from crm_app.engine.match.explain import HOUSEHOLD, POSSIBLE
from crm_app.features.duplicates import queries
from crm_app.features.duplicates.models import MatchModel, Suggestion
from crm_app.features.duplicates.service import keys, looking
from crm_app.store import matching

Tell = Callable[[str, float], None]
JOB = "duplicates.find"
MOST = 200_000
FRESH = 3


def start(work: Work) -> int:
    """Queue the search; it tells how far it is."""
    work.require(Permission.MERGE)
    return jobs.enqueue(work, JOB, {}, title="Looking for duplicates")


def is_due(work: Work) -> bool:
    """Many people came since the last search, and none is under way."""
    return queries.fresh_people(work.session) > FRESH and not queries.searching(work.session, JOB)


def compute(work: Work, kind: str, tell: Tell) -> tuple[pl.DataFrame, Found] | None:
    """The reading half: needs no write transaction, so that others can work meanwhile."""
    frame = matching.everyone(work.session, kind)
    if frame.height < 2:
        return None
    into, rows = queries.merged_into(work.session), dict(zip(frame["id"].to_list(), range(frame.height), strict=True))
    apart = []
    for low, high, _ in queries.verdicts(work.session):
        a, b = rows.get(looking.canonical(low, into)), rows.get(looking.canonical(high, into))
        if a is not None and b is not None and a != b:
            apart.append((a, b))
    found = find(frame, matching.ladder_kind(kind), apart=apart, tell=tell)
    return frame, _without(found, apart)


def _without(found: Found, apart: list[tuple[int, int]]) -> Found:
    if not apart:
        return found
    told = pl.DataFrame([(min(p), max(p)) for p in apart], schema=["left", "right"], orient="row")
    pairs = found.pairs.join(told, on=["left", "right"], how="anti", maintain_order="left")
    return Found(pairs, found.groups, found.model, found.candidates)


def publish(work: Work, kind: str, frame: pl.DataFrame, found: Found) -> int:
    """The writing half: keep the model, renew the queue; pairs somebody put off or has in hand stay so."""
    work.require(Permission.MERGE)
    _keep_model(work, found)
    ids = frame["id"].to_list()
    group = {ids[row]: ids[cluster] for row, cluster in found.groups.iter_rows()}
    worth = queries.worth(work.session)
    known = housed(work) if kind == "person" else set()
    rows = {}
    for left, right, score, home, certain in (
        found.pairs.head(MOST).select("left", "right", "score", "household", "certain").iter_rows()
    ):
        low, high = sorted((ids[left], ids[right]))
        label = band(score, home, certain)
        if label == "unlikely" or (label == "household" and (low, high) in known):
            continue
        rows[low, high] = _row(work, kind, (low, high), (score, home, label), group.get(low, low), worth)
    _renew(work, kind, rows)
    work.tell("duplicates")
    return len(rows)


def housed(work: Work) -> set[tuple[int, int]]:
    return queries.housemates(work.session)


def _row(
    work: Work, kind: str, pair: tuple[int, int], said: tuple[float, float, str], group: int, worth: dict[int, int]
) -> dict[str, Any]:
    (low, high), (score, home, label) = pair, said
    stake = worth.get(low, 0) + worth.get(high, 0)
    sure = home if label == "household" else score
    return {
        "kind": kind, "low_id": low, "high_id": high, "score": score, "household": home, "band": label,
        "group_id": group, "worth": stake, "rank": rank(sure, stake), "found_at": work.now,
    }  # fmt: skip


def rank(sure: float, stake: int) -> float:
    """Certainty times worth, where ten times the money counts as one more."""
    return sure * (1 + math.log10(1 + max(stake, 0) / 100))


def _renew(work: Work, kind: str, rows: dict[tuple[int, int], dict[str, Any]]) -> None:
    old = work.session.execute(sa.select(Suggestion.__table__).where(Suggestion.kind == kind)).mappings()
    for was in old:
        if (fresh := rows.get((was["low_id"], was["high_id"]))) is not None:
            fresh |= {name: was[name] for name in ("leased_by", "leased_until", "skipped_until", "found_at")}
    for fresh in rows.values():
        for name in ("leased_by", "leased_until", "skipped_until"):
            fresh.setdefault(name, None)
    work.session.execute(sa.delete(Suggestion).where(Suggestion.kind == kind))
    if rows:
        work.session.execute(sa.insert(Suggestion.__table__), list(rows.values()))


def _keep_model(work: Work, found: Found) -> None:
    kept = queries.model(work.session, found.model.kind) or MatchModel(
        kind=found.model.kind, body="", rows=0, learned_at=work.now
    )
    if kept.id is None or found.model.rows >= kept.rows // 2:
        kept.body, kept.rows, kept.learned_at = found.model.dumps(), found.model.rows, work.now
    work.session.add(kept)


def look(work: Work, ids: list[int]) -> int:
    """Renew the queue for a few records that just changed: what a save brings. Pairs that stay keep their number."""
    records, fresh = matching.few(work.session, ids), 0
    for number in ids:
        rows = _rows_about(work, number, *records[number]) if number in records else {}
        for old in queries.suggestions_about(work.session, [number]):
            row = rows.pop((old.low_id, old.high_id), None)
            if row is None:
                work.session.delete(old)
            else:
                for name in ("score", "household", "band", "worth", "rank"):
                    setattr(old, name, row[name])
        work.session.add_all(Suggestion(**row) for row in rows.values())
        work.session.flush()
        fresh += len(rows)
    return fresh


def _rows_about(work: Work, number: int, kind: str, record: dict) -> dict[tuple[int, int], dict[str, Any]]:
    apart = looking.apart_from(work.session, number)
    judged = looking.judged(work.session, kind, record, number)
    found = [(other, said) for other, said in judged if other not in apart and _worth_asking(said)]
    everyone = [number, *(other for other, _ in found)] if found else []
    homes, worth = queries.household_of(work.session, everyone), queries.worth(work.session, everyone)
    rows = {}
    for other, said in found:
        low, high = sorted((number, other))
        together = homes.get(number) is not None and homes.get(number) == homes.get(other)
        if not (said.band == "household" and together):
            score = (said.score, said.household, said.band)
            rows[low, high] = _row(work, kind, (low, high), score, _group(work, low, high), worth)
    return rows


def _worth_asking(said: Verdict) -> bool:
    return said.score >= POSSIBLE or said.household >= HOUSEHOLD


def _group(work: Work, low: int, high: int) -> int:
    """The cluster the pair joins: that of a pair already open about one of them."""
    groups = [
        s.group_id for s in queries.suggestions_about(work.session, [low, high]) if s.band in ("certain", "review")
    ]
    return min([low, *groups])


def find_all(work: Work, tell: Tell = lambda words, part: None) -> dict[str, int]:
    """Both halves in one transaction: for the command line and small bases."""
    counts = {}
    keys.settle(work.session)
    for kind in keys.KINDS:
        done = compute(work, kind, tell)
        counts[kind] = publish(work, kind, *done) if done else 0
    return counts
