"""Who may one record be the same as? Candidates by keys in one query, scored while somebody types."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel
from sqlmodel import Session

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.engine.match import Model, Verdict, rank, untaught
from crm_app.engine.match.explain import HOUSEHOLD, POSSIBLE
from crm_app.engine.match.keys import of_one
from crm_app.engine.match.records import Record, one
from crm_app.features.duplicates import queries
from crm_app.features.duplicates.schemas import Likely, Reason
from crm_app.features.duplicates.service import keys
from crm_app.store import matching

SHOWN = 8
_models: dict[tuple[str, str], tuple[str, Model]] = {}


def model_of(session: Session, kind: str) -> Model:
    """The learned weights of this base, or the sober ones to begin with."""
    ladder = matching.ladder_kind(kind)
    kept = queries.model(session, ladder)
    if kept is None:
        return untaught(ladder, max(queries.count_of_kind(session, kind), 200))
    place = (str(session.get_bind().engine.url), ladder)
    stamp = kept.learned_at.isoformat()
    if _models.get(place, ("",))[0] != stamp:
        _models[place] = (stamp, Model.loads(kept.body))
    return _models[place][1]


def likely(work: Work, draft: BaseModel | Mapping[str, Any], but: int | None = None) -> list[Likely]:
    """Records that may be the person being typed or imported, likeliest first.

    `draft` is a ConstituentDraft or a plain mapping of our field names (first_name, last_name, email, phone, …).
    """
    work.require(Permission.PEOPLE_READ)
    raw = as_raw(draft)
    kind = str(raw.get("kind") or "person")
    record = one(raw, matching.ladder_kind(kind))
    found = judged(work.session, kind, record, but)
    return shown(work, found)


def likely_of(work: Work, constituent_id: int) -> list[Likely]:
    """Records that may be the same as one we have."""
    work.require(Permission.PEOPLE_READ)
    keys.settle(work.session)
    mine = matching.few(work.session, [constituent_id]).get(constituent_id)
    if mine is None:
        return []
    told_apart = apart_from(work.session, constituent_id)
    found = judged(work.session, mine[0], mine[1], constituent_id)
    return shown(work, [(number, said) for number, said in found if number not in told_apart])


def judged(session: Session, kind: str, record: Record, but: int | None = None) -> list[tuple[int, Verdict]]:
    ladder = matching.ladder_kind(kind)
    if session.info.get(keys.PENDING):
        session.flush()
        keys.settle(session)
    others = matching.few(session, queries.sharing(session, list(of_one(record, ladder)), but))
    same_kind = {number: other for number, (its, other) in others.items() if its == kind}
    return rank(record, same_kind, model_of(session, kind))


def apart_from(session: Session, constituent_id: int) -> set[int]:
    """Whom a steward told apart from this record, followed through all merges."""
    family = queries.family(session, constituent_id)
    others = {v.high_id if v.low_id in family else v.low_id for v in queries.verdicts_about(session, family)}
    into = queries.merged_into(session) if others else {}
    return {canonical(number, into) for number in others}


def canonical(number: int, into: Mapping[int, int]) -> int:
    seen = set()
    while number in into and number not in seen:
        seen.add(number)
        number = into[number]
    return number


def shown(work: Work, found: Sequence[tuple[int, Verdict]]) -> list[Likely]:
    top = [(number, said) for number, said in found if said.score >= POSSIBLE or said.household >= HOUSEHOLD][:SHOWN]
    people = queries.people(work.session, [number for number, _ in top])
    details = queries.details(work.session, [number for number, _ in top])
    born = work.may(Permission.BIRTHDATES_READ)
    return [
        Likely(
            id=number,
            name=people[number].display_name,
            detail=details.get(number, ""),
            score=round(said.score, 4),
            household=round(said.household, 4),
            band=said.band,
            words=said.words,
            sentence=sentence(said, born),
            reasons=reasons(said, born),
        )
        for number, said in top
        if number in people
    ]


def reasons(said: Verdict, born: bool = True) -> list[Reason]:
    """Strongest first; who may not see birth dates is not told about them either."""
    kept = [e for e in said.evidence if born or e.field != "birth date"]
    return [Reason(field=e.field, words=e.words, points=e.points) for e in sorted(kept, key=lambda e: -abs(e.points))]


def sentence(said: Verdict, born: bool) -> str:
    """The strongest reasons and how likely it is, without what the reader may not see."""
    kept = tuple(e for e in said.evidence if born or e.field != "birth date")
    return replace(said, evidence=kept).sentence()


def as_raw(draft: BaseModel | Mapping[str, Any]) -> dict[str, Any]:
    """Our field names from a draft of a constituent or any mapping."""
    said = draft.model_dump() if isinstance(draft, BaseModel) else dict(draft)
    raw = {name: value for name, value in said.items() if isinstance(value, str | int) and value not in ("", 0)}
    year, month, day = (said.get(f"birth_{part}") or 0 for part in ("year", "month", "day"))
    if year:
        raw["dob"] = year * 10000 + (month * 100 + day if month and day else 0)
    raw.setdefault("nickname", said.get("nickname") or said.get("preferred_name") or None)
    _points(raw, said.get("emails"), "email", "address")
    _points(raw, said.get("phones"), "phone", "number")
    for home in (said.get("addresses") or [])[:1]:
        raw |= {"street": home["line1"], "city": home["city"], "state": home["region"], "zip": home["postal_code"]}
    for other in (said.get("other_names") or [])[:1]:
        raw["former_name"] = other["last_name"] or other["name"]
    for site in (said.get("websites") or [])[:1]:
        raw["website"] = site["url"]
    return {name: value for name, value in raw.items() if value is not None}


def _points(raw: dict[str, Any], points: Sequence[Mapping[str, Any]] | None, name: str, value: str) -> None:
    ordered = sorted(points or (), key=lambda each: not each.get("primary"))
    for at, point in enumerate(ordered[:2]):
        raw[name if at == 0 else f"{name}_2"] = point[value]
