"""Reading everything about somebody, in a few statements."""

import math
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.accounts.queries import users
from crm_app.features.constituents import service as constituents
from crm_app.features.constituents import showing
from crm_app.features.constituents.models import (
    Address,
    Consent,
    Constituent,
    Email,
    ExternalId,
    OtherName,
    Phone,
    Website,
)
from crm_app.features.constituents.queries import about
from crm_app.features.constituents.schemas import PersonFacts
from crm_app.features.constituents.schemas.drafts import CHANNELS, PURPOSES
from crm_app.features.constituents.service.consent import answer, consent_row, newest
from crm_app.features.constituents.service.editing import shown_name
from crm_app.features.constituents.service.marks import may_read
from crm_app.features.constituents.service.reaching import address_row
from crm_app.features.duplicates.service import likely_of
from crm_app.features.giving import service as giving
from crm_app.features.interactions import service as interactions
from crm_app.features.profiles.schemas import (
    ConsentLine,
    FileLine,
    Head,
    Home,
    Node,
    NoteLine,
    OwnField,
    Pair,
    Profile,
    Reach,
    Relation,
    TimeLine,
)
from crm_app.features.relationships import service as relationships
from crm_app.features.relationships.schemas import HouseholdRow, RelationRow
from crm_app.features.settings.service import organization

FORM = (
    "prefix", "first_name", "middle_name", "last_name", "suffix", "nickname", "preferred_name", "pronouns", "name",
    "gender", "birth_year", "birth_month", "birth_day", "deceased", "deceased_on", "language", "job_title", "owner_id",
    "alert", "alert_until", "anonymous", "greeting", "formal_greeting", "addressee", "names_locked",
)  # fmt: skip
STATES = {"granted": "yes", "refused": "no", "withdrawn": "stopped", "expired": "ran out", "not_asked": "not asked"}
MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def profile(work: Work, number: int) -> Profile:
    """All but the timeline; a record that was merged leads to the one it is part of."""
    facts = constituents.facts(work, number)
    here = facts.id
    row = work.get(Constituent, here)
    people = {user.id: user.name for user in work.session.execute(users()).scalars()}
    said = about.consents(work.session, here)
    relations = relationships.of(work, here)
    homes = relationships.households(work, here)
    years, years_said = _years(work, here)
    return {
        "head": _head(work, facts, people),
        "hats": _hats(work, here),
        "tags": _tags(work, here),
        "reach": _reach(work, row, said),
        "relations": [_relation(one) for one in relations],
        "nodes": _nodes(here, relations, homes),
        "homes": [_home(one, here) for one in homes],
        "about": _about(work, facts, people),
        "fields": _fields(work, here, facts.kind),
        "notes": _notes(work, here),
        "tasks": _tasks(work, here),
        "files": _files(work, here),
        "figures": [
            {"figure": one.figure, "words": one.words, "to": one.to} for one in showing.all_figures(work, here)
        ],
        "consents": _consents(said, work.now.date()),
        "years": years,
        "years_said": years_said,
        "edit": {name: getattr(facts, name) for name in FORM},
    }


def _head(work: Work, facts: PersonFacts, people: dict[int | None, str]) -> Head:
    called = facts.preferred_name or facts.nickname
    aside = [called if called != facts.first_name else "", facts.pronouns]
    if facts.kind != "person":
        aside = [facts.kind.capitalize()]
    over = facts.alert_until is not None and facts.alert_until < work.now.date()
    died = "" if not facts.deceased else f"Died {facts.deceased_on:%-d %B %Y}" if facts.deceased_on else "Has died"
    letters = [word[0] for word in facts.display_name.replace("The ", "").split()[:2]]
    return {
        "id": facts.id, "kind": facts.kind, "name": facts.display_name, "aside": " · ".join(part for part in aside if part),
        "initials": "".join(letters).upper(), "owner": people.get(facts.owner_id, ""), "alert": "" if over else facts.alert,
        "deceased": died, "trash": facts.deleted, "version": facts.version, "greeting": facts.greeting,
        "formal_greeting": facts.formal_greeting, "addressee": facts.addressee, "locked": facts.names_locked,
        "photo": f"/people/{facts.id}/photo?v={facts.photo_id}" if facts.photo_id else "",
    }  # fmt: skip


def _hats(work: Work, here: int) -> list[Any]:
    lines = []
    for hat, name in about.hats(work.session, here):
        since = f" since {hat.started_on.year}" if hat.started_on and not hat.ended_on else ""
        span = f" {hat.started_on.year if hat.started_on else ''}–{hat.ended_on:%y}" if hat.ended_on else since
        lines.append({"id": hat.id, "words": f"{name.capitalize()}{span}", "past": hat.ended_on is not None})
    return lines


def _tags(work: Work, here: int) -> list[Any]:
    return [
        {"id": tag.id, "name": tag.name, "colour": tag.colour, "said": f"{put.by}, {put.created_at:%-d %b %Y}"}
        for tag, put in about.tags(work.session, here)
    ]


def _reach(work: Work, row: Constituent, said: Sequence[Consent]) -> list[Reach]:
    """Contact points, primary ones first; beside the primary ones what they may be used for."""
    session, today = work.session, work.now.date()
    emails, phones = about.of(session, Email, row.id), about.of(session, Phone, row.id)
    addresses = about.of(session, Address, row.id)
    lines = [_point("email", one, one.address, f"mailto:{one.address}") for one in emails]
    lines += [
        _point("phone", one, one.shown + (f" ext. {one.extension}" if one.extension else ""), f"tel:{one.number}")
        for one in phones
    ]
    lines += [_point("address", one, address_row(one).one_line, "") for one in addresses]
    lines += [
        _point("website", one, one.url.removeprefix("https://"), one.url) for one in about.of(session, Website, row.id)
    ]
    points = {"email": ("email", emails), "phone": ("phone", phones), "address": ("post", addresses)}
    for line in lines:
        if line["primary"] and line["kind"] in points and not line["bad"]:
            channel, own = points[line["kind"]]
            line["good"], line["bad"] = _may(row, said, own, channel, today)
    return lines


def _point(kind: str, one: Any, words: str, to: str) -> Reach:
    bad = one.status_reason or one.status.replace("_", " ") if one.status != "ok" else ""
    note = " · ".join(
        part
        for part in (
            one.label,
            "with the household" if getattr(one, "shared_from_id", None) else "",
            f"{one.season_from} to {one.season_to}" if getattr(one, "season_from", "") else "",
        )
        if part
    )
    return {
        "key": f"{kind}-{one.id}", "id": one.id, "kind": kind, "words": words, "to": to, "label": one.label,
        "primary": one.is_primary, "good": "", "bad": bad, "note": note,
    }  # fmt: skip


def _may(
    row: Constituent, said: Sequence[Consent], points: Sequence[Any], channel: str, today: date
) -> tuple[str, str]:
    """The purposes this channel may be used for, and a refusal where there is one."""
    answers = {purpose: answer(row, said, points, channel, purpose, today) for purpose in PURPOSES[:-1]}
    good = ", ".join(purpose for purpose, one in answers.items() if one.allowed)
    no = [purpose for purpose, one in answers.items() if one.state in ("refused", "withdrawn", "expired")]
    return good, "" if not no else f"no {'contact' if len(no) == len(answers) else ', '.join(no)}"


def _relation(one: RelationRow) -> Relation:
    years = f" until {one.ended_on.year}" if one.ended_on else ""
    what = ", ".join(part for part in (one.is_to_me, one.title) if part)
    return {"id": one.id, "name": one.other, "to": f"/people/{one.other_id}", "what": what + years, "past": bool(years)}


def _nodes(here: int, relations: list[RelationRow], homes: list[HouseholdRow]) -> list[Node]:
    """Up to eight others on a circle around the one in the middle."""
    others: dict[int, tuple[str, str, bool]] = {}
    for home in homes:
        for member in home.members:
            if member.person_id != here:
                others[member.person_id] = (member.informal, member.role, True)
    for one in relations:
        known = others.get(one.other_id)
        if not one.ended_on and (known is None or known[1] in ("adult", "head", "child")):
            label = known[0] if known else one.other.split(" ")[0] if one.other_kind == "person" else one.other
            others[one.other_id] = (label, one.is_to_me, known is not None)
    return [_node(n, number, others[number], len(others)) for n, number in enumerate(list(others)[:8])]


def _node(n: int, number: int, said: tuple[str, str, bool], count: int) -> Node:
    angle = 2 * math.pi * n / min(count, 8) - math.pi / 2
    x, y = 110 + 52 * math.cos(angle), 66 + 40 * math.sin(angle)
    side = "middle" if abs(x - 110) < 12 else "start" if x > 110 else "end"
    label = f"{said[0][:13]}…" if len(said[0]) > 14 else said[0]
    return {
        "id": number, "x": f"{x:.0f}", "y": f"{y:.0f}", "tx": f"{x + (8 if side == 'start' else -8 if side == 'end' else 0):.0f}",
        "ty": f"{y + (4 if side != 'middle' else 16 if y > 66 else -8):.0f}", "anchor": side, "label": label, "what": said[1],
        "household": said[2],
    }  # fmt: skip


def _home(home: HouseholdRow, here: int) -> Home:
    members = [
        f"{one.informal}{' (child)' if one.role == 'child' else ''}" for one in home.members if one.person_id != here
    ]
    return {
        "id": home.id,
        "name": home.name,
        "to": f"/people/{home.id}",
        "members": ", ".join(members),
        "greeting": home.greeting,
    }


def born(facts: PersonFacts, today: date) -> str:
    """As much of the birth date as is known, and the age where it can be told."""
    day = " ".join(
        str(part) for part in (facts.birth_day or "", MONTHS[facts.birth_month or 0], facts.birth_year or "") if part
    )
    if not facts.birth_year or facts.deceased:
        return day
    late = (today.month, today.day) < (facts.birth_month or 1, facts.birth_day or 1)
    age = today.year - facts.birth_year - late
    return f"{day} ({age if facts.birth_month else f'about {age}'})"


def _about(work: Work, facts: PersonFacts, people: dict[int | None, str]) -> list[Pair]:
    other = [f"{shown_name(one)} ({one.kind})" for one in about.of(work.session, OtherName, facts.id)]
    elsewhere = [
        f"{one.system} {one.value}" for one in about.of(work.session, ExternalId, facts.id) if one.system != "demo_twin"
    ]
    whole = " ".join(
        part for part in (facts.prefix, facts.first_name, facts.middle_name, facts.last_name, facts.suffix) if part
    )
    pairs = [
        ("Full name", whole if facts.kind == "person" and whole != facts.display_name else ""),
        ("Other names", ", ".join(other)),
        ("Born", born(facts, work.now.date())),
        ("Work", facts.job_title),
        ("Language", facts.language),
        ("Looked after by", people.get(facts.owner_id, "")),
        ("Letters begin", f"Dear {facts.greeting}" if facts.greeting else ""),
        ("Envelope", facts.addressee),
        ("Giving", "Never named in public" if facts.anonymous else ""),
        ("Came from", facts.source),
        ("Elsewhere", ", ".join(elsewhere)),
        ("Here since", f"{facts.created_at:%-d %b %Y}"),
    ]
    return [{"name": name, "value": value} for name, value in pairs if value]


def _fields(work: Work, here: int, kind: str) -> list[OwnField]:
    return [
        {
            "code": one.code,
            "label": one.label,
            "kind": one.kind,
            "shown": one.shown,
            "raw": one.raw,
            "options": one.options,
        }
        for one in constituents.fields.values(work, here, kind)
    ]


def _notes(work: Work, here: int) -> list[NoteLine]:
    return [
        {"id": one.id, "body": one.body, "by": f"{one.by}, {one.created_at:%-d %b %Y}", "private": one.privacy != "everyone", "pinned": one.pinned}
        for one in about.notes(work.session, here)
        if may_read(work, one.privacy, one.user_id)
    ]  # fmt: skip


def _tasks(work: Work, here: int) -> list[Any]:
    return [
        {"id": one.id, "title": one.title, "due": one.due, "late": one.late, "owner": one.owner_name}
        for one in interactions.tasks_about(work, here)
    ]


def _files(work: Work, here: int) -> list[FileLine]:
    return [
        {"id": one.id, "title": one.title, "to": f"/people/files/{one.id}", "said": f"{max(1, file.size // 1024):,} kB, {one.by}, {one.created_at:%-d %b %Y}"}
        for one, file in about.attachments(work.session, here)
        if may_read(work, one.privacy, None)
    ]  # fmt: skip


def _consents(said: Sequence[Consent], today: date) -> list[ConsentLine]:
    lines: list[ConsentLine] = []
    for purpose in PURPOSES[:-1]:
        known = {
            channel: consent_row(channel, purpose, newest(said, channel, purpose), today).state for channel in CHANNELS
        }
        words = {channel: STATES[state] for channel, state in known.items()}
        lines.append({"purpose": purpose, **words})  # type: ignore[typeddict-item]
    return lines


def _years(work: Work, here: int) -> tuple[list[tuple[str, float, str]], str]:
    """Giving by fiscal year as columns, and the same in words for those who do not see it."""
    if not work.may(Permission.GIVING_READ):
        return [], ""
    made = giving.totals(work, here)
    if not made.by_year:
        return [], ""
    years = [(str(year), float(amount), "") for year, amount in made.by_year[-12:]]
    start = organization(work).fiscal_year_start
    what = "calendar years" if start == 1 else "fiscal years"
    return years, f"{years[0][0]}–{years[-1][0][2:]}, {what}, this one to date"


def timeline(work: Work, number: int, kind: str = "", most: int = 60) -> list[TimeLine]:
    """The lines of everything that happened, newest first."""
    work.require(Permission.PEOPLE_READ)
    here = constituents.standing(work, number).id or number
    today = work.now
    return [
        {
            "key": f"{place}-{entry.kind}-{entry.id}", "when": _when(entry.at, today), "kind": entry.kind, "words": entry.words,
            "link": entry.link, "to": entry.to, "after": entry.after, "warn": entry.warn, "amount": entry.amount, "more": entry.more,
        }
        for place, entry in enumerate(showing.entries(work, here, kind, most))
    ]  # fmt: skip


def _when(at: datetime, now: datetime) -> str:
    return f"{at:%-d %b}" if at.year == now.year else f"{at:%-d %b %y}"


def alike(work: Work, number: int) -> list[Relation]:
    """Records that may be the same one, likeliest first, with the words for how sure that is."""
    return [
        {"id": one.id, "name": one.name, "to": f"/people/{one.id}", "what": f"{one.words}. {one.detail}", "past": False}
        for one in likely_of(work, number)[:4]
    ]
