"""Merge records into one: everything moves, nothing is lost, all of it is written down for undo."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.constituents.models import Constituent, OtherName
from crm_app.features.constituents.service import editing, finding
from crm_app.features.duplicates import queries
from crm_app.features.duplicates.models import Merge, MergeRow
from crm_app.features.duplicates.schemas import MovedKind, Preview
from crm_app.features.duplicates.service import fields, keys, looking
from crm_app.features.duplicates.service.links import HOME, policy
from crm_app.features.duplicates.service.moving import ADD, CHANGE, COMBINE, MOVE, Steps, move_all, plain
from crm_app.features.relationships import service as relationships

MOST = 20
Chosen = Mapping[str, int]


def merge(
    work: Work,
    keep: int,
    drop: Sequence[int],
    chosen: Chosen | None = None,
    *,
    mode: str = "hand",
    score: float | None = None,
    batch: str = "",
) -> list[int]:
    """Merge `drop` into `keep`; returns the numbers of the merges, one for each dropped record.

    `chosen` says for a field whose value survives (an id); what it does not name follows the rules.
    """
    work.require(Permission.MERGE)
    rows = _rows(work, [keep, *drop])
    chosen = fields.proposal(rows, fields.rules(work)) | dict(chosen or {})
    batch = batch or uuid.uuid4().hex
    made = [_one(work, rows[0], row, chosen, mode, batch, score).id for row in rows[1:]]
    work.session.flush()
    editing.settle(work, rows[0], frozenset(editing.EDITABLE - editing.COMPUTED - {"names_locked"}))
    finding.reindex(work, [row.id for row in rows])
    keys.touch(work.session, [row.id for row in rows])
    work.tell("people", "duplicates", *(f"person:{row.id}" for row in rows))
    return made


def _rows(work: Work, ids: Sequence[int]) -> list[Constituent]:
    if len(set(ids)) != len(ids) or len(ids) < 2:
        raise Invalid("Choose two different records to merge.")
    if len(ids) > MOST:
        raise Invalid(f"At most {MOST} records can be merged at once.")
    found = queries.people(work.session, ids)
    rows = [found[number] for number in ids if number in found]
    if len(rows) < len(ids):
        raise Invalid("One of these records is not there any more.")
    for row in rows:
        if row.merged_into_id:
            raise Invalid(f"{row.display_name} is already part of another record.", "Somebody merged it a moment ago.")
        if row.deleted_at:
            raise Invalid(f"{row.display_name} is in the trash.", "Bring it back first.")
    if len({row.kind for row in rows}) > 1:
        raise Invalid("A person, a household and an organization cannot be the same.")
    return rows


def _one(
    work: Work, kept: Constituent, dropped: Constituent, chosen: Chosen, mode: str, batch: str, score: float | None
) -> Merge:
    record = work.add(
        Merge(
            kept_id=kept.id, dropped_id=dropped.id, kept_name=kept.display_name, dropped_name=dropped.display_name,
            mode=mode, batch=batch, score=score, user_id=work.actor.user_id, by=work.actor.name, at=work.now,
        )
    )  # fmt: skip
    work.session.flush()
    steps = move_all(work.session, kept.id, dropped.id)
    work.session.expire_all()
    before, after = fields.apply(kept, dropped, chosen)
    steps.done.append((HOME, {"id": kept.id}, CHANGE, plain(before), plain(after)))
    _remember_name(work, kept, dropped, before, steps)
    dropped.merged_into_id, dropped.deleted_at = kept.id, work.now
    dropped.version, dropped.updated_at = dropped.version + 1, work.now
    record.counts = steps.counts()
    _write_down(work, record, steps)
    _close(work, kept.id, dropped.id)
    for household in queries.households_of(work.session, kept.id):
        relationships.rename(work, household)
    said = {"merged": dropped.display_name, "number": dropped.id}
    history.record(
        work, "constituent", kept.id, "merged", before=before, after={**after, **said}, note=f"merge {record.id}"
    )
    history.record(work, "constituent", dropped.id, "merged into", after={"into": kept.display_name, "number": kept.id})
    return record


def _remember_name(
    work: Work, kept: Constituent, dropped: Constituent, before: Mapping[str, Any], steps: Steps
) -> None:
    """A name that is nowhere on the kept record any more still finds it."""
    names = [(dropped.first_name, dropped.last_name), (before.get("first_name"), before.get("last_name"))]
    first, last = next(
        (
            n
            for n in names
            if any(n) and (n[0] or kept.first_name, n[1] or kept.last_name) != (kept.first_name, kept.last_name)
        ),
        ("", ""),
    )
    whole = dropped.name if dropped.name != kept.name else before.get("name") or ""
    if not (first or last or whole):
        return
    other = work.add(
        OtherName(
            constituent_id=kept.id,
            kind="alias",
            first_name=first or "",
            last_name=last or "",
            name=whole,
            created_at=work.now,
        )
    )
    steps.done.append(("other_name", {"id": other.id}, ADD, {}, plain({"constituent_id": kept.id})))


def _write_down(work: Work, record: Merge, steps: Steps) -> None:
    for table, row, step, before, after in steps.done:
        work.session.add(MergeRow(merge_id=record.id, table=table, row=row, step=step, before=before, after=after))


def _close(work: Work, kept: int, dropped: int) -> None:
    """The pair leaves the queue; other open pairs of the dropped record are looked at anew for the kept one."""
    for old in queries.suggestions_about(work.session, [dropped]):
        other = old.high_id if old.low_id == dropped else old.low_id
        low, high = sorted((kept, other))
        if (
            other != kept
            and queries.suggestion(work.session, low, high) is None
            and other not in looking.apart_from(work.session, kept)
        ):
            old.low_id, old.high_id = low, high
        else:
            work.session.delete(old)
    work.session.flush()


def preview(work: Work, keep: int, drop: Sequence[int], chosen: Chosen | None = None) -> Preview:
    """What a merge would do, found by doing it and taking it back at once."""
    work.require(Permission.MERGE)
    rows = _rows(work, [keep, *drop])
    chosen = fields.proposal(rows, fields.rules(work)) | dict(chosen or {})
    ids, names = [row.id for row in rows], [row.display_name for row in rows]
    trial, done, warnings = work.session.begin_nested(), Steps(), warnings_about(work, rows)
    try:
        for number in ids[1:]:
            steps = move_all(work.session, keep, number)
            done.done += steps.done
            warnings += steps.warnings
    finally:
        trial.rollback()
    gifts = queries.gifts(work.session, ids)
    money = {name: gifts.get(number, (0, 0))[1] for number, name in zip(ids, names, strict=True)}
    return Preview(
        kept_id=keep, dropped_ids=list(drop), kinds=kinds(done), warnings=list(dict.fromkeys(warnings)), money=money,
        fields=dict(chosen),
    )  # fmt: skip


def kinds(steps: Steps) -> list[MovedKind]:
    """'14 gifts move, 2 tags combine': for people."""
    found = []
    for table, counts in sorted(steps.counts().items()):
        one, many = policy(table).words
        moves, combines, changes = counts.get(MOVE, 0), counts.get(COMBINE, 0), counts.get(CHANGE, 0)
        if moves or combines:
            words = one if moves + combines == 1 else many
            found.append(MovedKind(table=table, words=words, moves=moves, combines=combines, changes=changes))
    return found


def warnings_about(work: Work, rows: Sequence[Constituent]) -> list[str]:
    """What a steward should look at before the button."""
    said = []
    for field, words in (("suffix", "Their suffixes differ: father and son?"), ("born", "Their birth dates differ.")):
        known = {fields.value(row, field) for row in rows} - {None, ""}
        if len(known) > 1:
            said.append(words)
    if len({row.deceased for row in rows}) > 1:
        said.append("One of them is marked as deceased; the merged record will be too.")
    homes = queries.household_of(work.session, [row.id for row in rows])
    if len(set(homes.values())) > 1:
        said.append("They belong to different households; the kept record's stays the main one.")
    return said
