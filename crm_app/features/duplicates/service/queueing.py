"""The stewards' queue: counts, pages, the next pair nobody else has, and a case side by side."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from crm_app.core.access import Permission
from crm_app.core.errors import NotFound
from crm_app.core.work import Work
from crm_app.engine.match import in_words, judge
from crm_app.features.constituents.models import Constituent
from crm_app.features.duplicates import queries
from crm_app.features.duplicates.models import Suggestion
from crm_app.features.duplicates.schemas import Case, Counts, FieldRow, MergeSeen, PairRow, Reason, Side
from crm_app.features.duplicates.service import contacts, fields, looking, merging
from crm_app.store import matching

LEASE = timedelta(minutes=5)
MOST_SIDES = 6
OPEN = ("certain", "review")


def counts(work: Work) -> Counts:
    work.require(Permission.MERGE)
    today = work.now.replace(hour=0, minute=0, second=0, microsecond=0)
    return Counts(
        **{band: number for band, number in queries.bands(work.session).items() if band in Counts.model_fields},
        decided_today=queries.decided_since(work.session, today),
        merged=queries.merged(work.session),
    )


def page(work: Work, band: str, first: int = 0, size: int = 30) -> list[PairRow]:
    work.require(Permission.MERGE)
    pairs = queries.queue(work.session, band, first, size)
    ids = [number for pair in pairs for number in (pair.low_id, pair.high_id)]
    people, details = queries.people(work.session, ids), queries.details(work.session, ids)
    return [_line(work, pair, people, details) for pair in pairs if pair.low_id in people and pair.high_id in people]


def _line(work: Work, pair: Suggestion, people: Mapping[int, Constituent], details: Mapping[int, str]) -> PairRow:
    low, high = people[pair.low_id].display_name, people[pair.high_id].display_name
    taken = pair.leased_until and pair.leased_until > work.now and pair.leased_by != work.actor.user_id
    return PairRow(
        id=pair.id, low_id=pair.low_id, high_id=pair.high_id, names=low if low == high else f"{low} · {high}",
        detail=details.get(pair.low_id) or details.get(pair.high_id) or "", band=pair.band, score=pair.score,
        words=in_words(pair.score, pair.household if pair.band == "household" else 0), worth=pair.worth,
        taken_by="a colleague" if taken else "",
    )  # fmt: skip


def take_next(work: Work, bands: Sequence[str] = OPEN) -> int | None:
    """Lease the best pair nobody else has in hand; None when all is done."""
    work.require(Permission.MERGE)
    while (pair := queries.next_free(work.session, bands, work.now, work.actor.user_id)) is not None:
        people = queries.people(work.session, [pair.low_id, pair.high_id])
        if len(people) == 2 and not any(row.deleted_at or row.merged_into_id for row in people.values()):
            _lease(work, pair)
            return pair.id
        work.session.delete(pair)
        work.session.flush()
    return None


def take(work: Work, pair_id: int) -> int:
    work.require(Permission.MERGE)
    pair = work.get(Suggestion, pair_id, "This pair was decided meanwhile.")
    _lease(work, pair)
    return pair.id


def _lease(work: Work, pair: Suggestion) -> None:
    pair.leased_by, pair.leased_until = work.actor.user_id, work.now + LEASE
    work.session.flush()


def stands(work: Work, pair_id: int) -> bool:
    """Is this pair still open?"""
    work.require(Permission.MERGE)
    return queries.suggestion_by(work.session, pair_id) is not None


def give_back(work: Work) -> None:
    """Leaving the page: what was in hand is free again."""
    work.require(Permission.MERGE)
    for pair in queries.leased_by(work.session, work.actor.user_id):
        pair.leased_by, pair.leased_until = None, None


def case(
    work: Work,
    pair_id: int,
    chosen: Mapping[str, int] | None = None,
    keep: int | None = None,
    without: Sequence[int] = (),
) -> Case:
    """Two records of a pair, and the others of its cluster, side by side with a preview of the merge."""
    work.require(Permission.MERGE)
    pair = queries.suggestion_by(work.session, pair_id)
    if pair is None:
        raise NotFound("This pair was decided meanwhile.")
    ids = [number for number in _members(work, pair) if number not in without]
    found = queries.people(work.session, ids)
    rows = fields.best_to_keep(work, [row for row in found.values() if not row.merged_into_id and not row.deleted_at])
    if len(rows) < 2:
        raise NotFound("This pair was decided meanwhile.")
    if keep in found:
        rows.sort(key=lambda row: row.id != keep)
    said = fields.proposal(rows, fields.rules(work)) | dict(chosen or {})
    preview = merging.preview(work, rows[0].id, [row.id for row in rows[1:]], said)
    score, home, reasons = _judged(work, pair)
    return Case(
        pair_id=pair.id, kind=pair.kind, band=pair.band, score=score, words=in_words(score, home),
        sides=_sides(work, rows), fields=_fields(work, rows, said), reasons=reasons, preview=preview,
    )  # fmt: skip


def _members(work: Work, pair: Suggestion) -> list[int]:
    ids = [pair.low_id, pair.high_id]
    if pair.band in OPEN:
        for other in queries.group(work.session, pair.group_id, OPEN):
            ids += [other.low_id, other.high_id]
    return list(dict.fromkeys(ids))[:MOST_SIDES]


def _judged(work: Work, pair: Suggestion) -> tuple[float, float, list[Reason]]:
    records = matching.few(work.session, [pair.low_id, pair.high_id])
    if len(records) < 2:
        return pair.score, pair.household, []
    kind, one = records[pair.low_id]
    said = judge(one, records[pair.high_id][1], looking.model_of(work.session, kind))
    return said.score, said.household, looking.reasons(said, work.may(Permission.BIRTHDATES_READ))


def _sides(work: Work, rows: Sequence[Constituent]) -> list[Side]:
    ids = [row.id for row in rows]
    gifts, reach = queries.gifts(work.session, ids), contacts.reach(work, ids)
    return [
        Side(
            id=row.id, name=row.display_name, since=f"{row.created_at:%d %b %Y}", gifts=gifts.get(row.id, (0, 0))[0],
            given=gifts.get(row.id, (0, 0))[1] if work.may(Permission.GIVING_READ) else 0, values=reach[row.id],
        )
        for row in rows
    ]  # fmt: skip


def _fields(work: Work, rows: Sequence[Constituent], said: Mapping[str, int]) -> list[FieldRow]:
    shown, at = [], {row.id: number for number, row in enumerate(rows)}
    for field, label in fields.LABELS.items():
        if field == "born" and not work.may(Permission.BIRTHDATES_READ):
            continue
        values = [contacts.in_words(field, fields.value(row, field)) for row in rows]
        if any(values):
            same = len({value.casefold() for value in values}) == 1
            shown.append(FieldRow(field=field, label=label, values=values, chosen=at.get(said[field], 0), same=same))
    return shown


def done(work: Work, limit: int = 30, about: int | None = None) -> list[MergeSeen]:
    """What was merged, the latest first."""
    work.require(Permission.PEOPLE_READ)
    family = queries.family(work.session, about) if about else None
    return [
        MergeSeen(rows=count, **record.model_dump(include=set(MergeSeen.model_fields) - {"rows"}))
        for record, count in queries.merges(work.session, limit, family)
    ]


def told_apart(work: Work, limit: int = 30) -> list[dict[str, Any]]:
    """The verdicts, the latest first: listed so that they can be taken back."""
    work.require(Permission.MERGE)
    said = queries.recent_verdicts(work.session, limit)
    people = queries.people(work.session, [n for v in said for n in (v.low_id, v.high_id)])
    named = {number: row.display_name for number, row in people.items()}
    return [
        {
            "id": v.id,
            "names": f"{named.get(v.low_id, '')} · {named.get(v.high_id, '')}",
            "verdict": v.verdict,
            "by": v.by,
            "at": v.at,
        }
        for v in said
    ]
