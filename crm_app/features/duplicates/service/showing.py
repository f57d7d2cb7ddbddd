"""A case as a page shows it: differences marked inside the text, evidence beside its line, a preview in words."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.engine.money import written
from crm_app.features.duplicates.schemas import (
    Case,
    CaseShown,
    Cell,
    Column,
    DoneRow,
    Line,
    MovedKind,
    PairRow,
    Part,
    Reason,
    Say,
)
from crm_app.features.duplicates.service import deciding, merging, queueing
from crm_app.features.settings.service import organization

# Where the engine's reasons stand in the comparison.
PLACES = {
    "first name": "first_name", "last name": "last_name", "middle name": "middle_name", "suffix": "suffix",
    "birth date": "born", "gender": "gender", "name": "name", "e-mail": "E-mail", "phone": "Phone", "address": "Address",
    "website": "Website",
}  # fmt: skip
CONTACTS = ("E-mail", "Phone", "Address")
PIXELS_A_POINT, LONGEST = 5, 72
TITLES = {"person": "The same person?", "organization": "The same organization?", "household": "The same household?"}


def open_next(work: Work, bands: Sequence[str]) -> CaseShown | None:
    """Take the best free pair and show it; None when all is done."""
    pair = queueing.take_next(work, bands)
    return show(work, pair) if pair else None


def open_pair(work: Work, pair_id: int) -> CaseShown:
    """Take the pair a steward chose from the list."""
    return show(work, queueing.take(work, pair_id))


def show(
    work: Work,
    pair_id: int,
    chosen: Mapping[str, int] | None = None,
    keep: int | None = None,
    without: Sequence[int] = (),
) -> CaseShown:
    seen = queueing.case(work, pair_id, chosen, keep, without)
    here, gifts = organization(work), sum(side.gifts for side in seen.sides)
    given = sum(side.given for side in seen.sides)
    same = sum(row.same and not _reasons(seen, row.field) for row in seen.fields)
    money = written(given, here.currency) if work.may(Permission.GIVING_READ) else ""
    return CaseShown(
        pair_id=seen.pair_id,
        title=TITLES[seen.kind] if seen.band != "household" else "One household?",
        words=seen.words,
        columns=_columns(seen),
        lines=_lines(seen),
        same="" if not same else "One more field is the same." if same == 1 else f"{same} more fields are the same.",
        gifts=str(gifts),
        given=("gift together" if gifts == 1 else "gifts together") + (f", {money}" if gifts and money else ""),
        moves=[in_words(kind) for kind in seen.preview.kinds],
        warnings=seen.preview.warnings,
        people=seen.kind == "person",
        several=len(seen.sides) > 2,
    )


def _columns(seen: Case) -> list[Column]:
    return [
        Column(
            id=side.id,
            name=side.name,
            words=" · ".join(["Kept" if n == 0 else "Joins it", f"since {side.since}", _gifts(side.gifts)]),
            kept=n == 0,
            key=str(n + 1),
        )
        for n, side in enumerate(seen.sides)
    ]


def _gifts(count: int) -> str:
    return "no gifts" if count == 0 else "1 gift" if count == 1 else f"{count:,} gifts"


def _lines(seen: Case) -> list[Line]:
    ids, lines = [side.id for side in seen.sides], []
    for row in seen.fields:
        says = _reasons(seen, row.field)
        if not row.same or says:
            cells = [
                _cell(row.label, row.field, ids[n], value, row.values[0], n, chosen=n == row.chosen and not row.same)
                for n, value in enumerate(row.values)
            ]
            lines.append(Line(label=row.label, cells=cells, says=says))
    for label in CONTACTS:
        values = [side.values.get(label, "") for side in seen.sides]
        if any(values):
            cells = [_cell(label, "", ids[n], value, values[0], n) for n, value in enumerate(values)]
            lines.append(Line(label=label, cells=cells, says=_reasons(seen, label)))
    return lines


def _cell(label: str, field: str, record: int, value: str, first: str, n: int, *, chosen: bool = False) -> Cell:
    return Cell(
        field=field,
        record=record,
        parts=[Part(text=value)] if n == 0 or not value or not first else differing(first, value),
        empty=not value,
        chosen=chosen,
        pickable=bool(field and value),
        words=f"Keep {label.lower()} {value}",
    )


def differing(one: str, other: str) -> list[Part]:
    """`other`, marked where it differs from `one`; case and accents of what is the same are not marked."""
    found: list[Part] = []
    for step, _, _, start, end in SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).get_opcodes():
        if end > start:
            found.append(Part(text=other[start:end], mark=step != "equal"))
    plain = sum(len(part.text) for part in found if not part.mark)
    return found if plain * 2 >= len(other) else [Part(text=other, mark=True)]


def _reasons(seen: Case, place: str) -> list[Say]:
    return [_say(reason) for reason in seen.reasons if PLACES.get(reason.field) == place]


def _say(reason: Reason) -> Say:
    pixels = min(max(round(abs(reason.points) * PIXELS_A_POINT), 2), LONGEST)
    return Say(words=reason.words, pixels=pixels, against=reason.points < 0)


def in_words(kind: MovedKind) -> str:
    """'2 gifts move', '1 tag is combined'."""
    if kind.combines and kind.moves:
        return f"{kind.moves + kind.combines} {kind.words}: {kind.moves} moved, {kind.combines} combined"
    if kind.combines:
        return f"{kind.combines} {kind.words} {'is' if kind.combines == 1 else 'are'} in both, combined"
    return f"{kind.moves} {kind.words} {'moves' if kind.moves == 1 else 'move'}"


def decided(work: Work, limit: int = 40) -> list[DoneRow]:
    """Merges and verdicts, the latest first."""
    rows = [
        (
            one.at,
            DoneRow(
                id=one.id, kind="merge", when=f"{one.at:%d %b %y}", words=f"{one.dropped_name} became part of {one.kept_name}",
                more=_more(one.by, one.rows, one.undone_at is not None, one.stayed), undone=one.undone_at is not None,
            ),
        )
        for one in queueing.done(work, limit)
    ]  # fmt: skip
    for said in queueing.told_apart(work, limit):
        words = "live together" if said["verdict"] == "household" else "are not the same"
        row = DoneRow(
            id=said["id"],
            kind="verdict",
            when=f"{said['at']:%d %b %y}",
            words=f"{said['names']}: {words}",
            more=said["by"],
        )
        rows.append((said["at"], row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0], reverse=True)[:limit]]


def _more(by: str, rows: int, undone: bool, stayed: Sequence[str]) -> str:
    return " · ".join([by, "1 row" if rows == 1 else f"{rows:,} rows", *(["undone"] if undone else []), *stayed])


def merge_shown(
    work: Work, pair_id: int, chosen: Mapping[str, int], keep: int | None, without: Sequence[int]
) -> tuple[list[int], str]:
    """Merge what the steward sees; returns the merges and what to say."""
    seen = queueing.case(work, pair_id, chosen, keep, without)
    kept, *joined = seen.sides
    made = merging.merge(work, kept.id, [side.id for side in joined], seen.preview.fields, score=seen.score)
    names = joined[0].name if len(joined) == 1 else f"{len(joined)} records"
    return made, f"{names} became part of {kept.name}."


def apart_shown(work: Work, pair_id: int, without: Sequence[int] = ()) -> None:
    """None of those shown are the same: a verdict for every two of them."""
    seen = queueing.case(work, pair_id, without=without)
    ids = [side.id for side in seen.sides]
    for n, one in enumerate(ids):
        for other in ids[n + 1 :]:
            deciding.different(work, one, other)


def household_shown(work: Work, pair_id: int) -> None:
    seen = queueing.case(work, pair_id)
    first, *others = [side.id for side in seen.sides]
    for other in others:
        deciding.household(work, first, other)


def listed(work: Work, bands: Sequence[str], size: int = 30) -> list[PairRow]:
    rows = [row for band in bands for row in queueing.page(work, band, 0, size)]
    return rows[:size]
