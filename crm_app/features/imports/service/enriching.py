"""What a row adds to somebody who is here already: blanks filled, or the file believed, as the policy says."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.engine.tabular.mapping import Mapping
from crm_app.features.constituents import service as constituents
from crm_app.features.constituents.folding import fold
from crm_app.features.constituents.models import (
    Address,
    Consent,
    Constituent,
    CustomField,
    CustomValue,
    ExternalId,
    Note,
    Phone,
    Tag,
    Tagging,
)
from crm_app.features.constituents.schemas import AddressDraft, ConsentDraft, EmailDraft, HatDraft, PhoneDraft
from crm_app.features.imports import queries
from crm_app.features.imports.schemas import Policy
from crm_app.features.imports.service.planning import Plan
from crm_app.features.imports.service.someone import Someone

if TYPE_CHECKING:
    from crm_app.features.imports.service.writing import Journal

CHANGES = ("prefix", "first_name", "middle_name", "last_name", "suffix", "nickname", "pronouns", "name", "gender", "birth_year", "birth_month", "birth_day", "deceased", "deceased_on", "language", "job_title")  # fmt: skip
CLEARS = {"prefix": "prefix", "middle": "middle_name", "suffix": "suffix", "nickname": "nickname", "pronouns": "pronouns", "gender": "gender", "job_title": "job_title", "language": "language"}  # fmt: skip


@dataclass
class Held:
    """What is kept of the people of a part, fetched at once."""

    people: dict[int, Constituent]
    emails: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    phones: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    doors: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    tags: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    numbers: dict[int, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    said: dict[int, set[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(set))
    custom: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    notes: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


def enrich(work: Work, plans: Sequence[Plan], policy: Policy, mapping: Mapping, journal: "Journal") -> None:
    there = [
        (plan.row, number, one)
        for plan in plans
        for one, number, fresh in zip(plan.people, plan.ids, plan.fresh, strict=False)
        if not fresh and number > 0
    ]
    if not there:
        return
    held = _held(work, sorted({number for _, number, _ in there}))
    for row, number, one in there:
        if number in held.people and policy.existing != "add":
            before = len(journal.rows)
            _facts(work, row, held.people[number], one, policy, journal)
            _points(work, row, number, one, held, journal)
            _marks(work, row, number, one, held, journal)
            if len(journal.rows) > before:
                journal.count("changed")


def _held(work: Work, ids: list[int]) -> Held:
    session = work.session
    held = Held({person.id: person for person in queries.people(session, ids)})
    for number, address in queries.emails_of(session, ids):
        held.emails[number].add(address)
    wanted: list[tuple[Any, Any]] = [(Phone.number, held.phones), (Address.match_key, held.doors), (CustomValue.field_id, held.custom), (Note.body, held.notes)]  # fmt: skip
    for column, table in wanted:
        owner = column.class_.constituent_id
        for number, value in queries.pairs(session, ids, owner, (owner, column)):
            table[number].add(value)
    for number, system, value in queries.pairs(session, ids, ExternalId.constituent_id, (ExternalId.constituent_id, ExternalId.system, ExternalId.value)):  # fmt: skip
        held.numbers[number].add((system, value))
    for number, *said in queries.pairs(session, ids, Consent.constituent_id, (Consent.constituent_id, Consent.channel, Consent.purpose, Consent.state)):  # fmt: skip
        held.said[number].add(tuple(said))
    for part in queries.parts(ids):
        query = sa.select(Tagging.constituent_id, Tag.folded).join(Tag, Tag.id == Tagging.tag_id)
        for number, tag in session.execute(query.where(Tagging.constituent_id.in_(part))):
            held.tags[number].add(tag)
    return held


def _facts(work: Work, row: int, person: Constituent, one: Someone, policy: Policy, journal: "Journal") -> None:
    changes: dict[str, Any] = {}
    for name in CHANGES:
        value, has = one.facts.get(name), getattr(person, name)
        if value and value != has and (not has or (policy.existing == "update" and fold(str(value)) != fold(str(has)))):
            changes[name] = value
    for meaning in one.cleared:
        if (name := CLEARS.get(meaning)) and getattr(person, name):
            changes[name] = ""
    if not changes:
        return
    before = {name: getattr(person, name) for name in changes}
    constituents.edit(work, person.id or 0, changes)
    journal.changed(row, "constituent", person.id or 0, _plain(before), _plain(changes))


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def _points(work: Work, row: int, number: int, one: Someone, held: Held, journal: "Journal") -> None:
    add = constituents.reaching.add
    for address, label, _ in one.emails:
        if address.lower() not in held.emails[number]:
            held.emails[number].add(address.lower())
            journal.added(row, "email", add(work, number, EmailDraft(address=address, label=label)))
    for _, e164, label, _ in one.phones:
        if e164 and e164 not in held.phones[number]:
            held.phones[number].add(e164)
            journal.added(row, "phone", add(work, number, PhoneDraft(number=e164, label=label)))
    if one.address and one.door() not in held.doors[number] and (one.door() or not held.doors[number]):
        held.doors[number].add(one.door())
        journal.added(row, "address", add(work, number, AddressDraft(**one.address)))


def _marks(work: Work, row: int, number: int, one: Someone, held: Held, journal: "Journal") -> None:
    for tag in one.tags:
        if fold(tag) and fold(tag) not in held.tags[number]:
            held.tags[number].add(fold(tag))
            constituents.marks.tag(work, number, tag)
            journal.added(row, "tagging", number, {"tag": fold(tag)})
    for pair in one.external.items():
        if pair not in held.numbers[number]:
            held.numbers[number].add(pair)
            kept = work.add(ExternalId(constituent_id=number, system=pair[0], value=pair[1], created_at=work.now))
            journal.added(row, "external_id", kept.id)
    for said in one.consents:
        key = (said["channel"], said["purpose"], said["state"])
        if key not in held.said[number]:
            held.said[number].add(key)
            constituents.consent.say(work, number, ConsentDraft(**{k: v for k, v in said.items() if v}))
            journal.added(row, "consent", number, {"channel": key[0], "purpose": key[1], "state": key[2]})
    if one.note and one.note not in held.notes[number]:
        held.notes[number].add(one.note)
        journal.added(row, "note", constituents.marks.note(work, number, one.note))
    for hat in one.hats:
        _wear(work, row, number, HatDraft(**hat), journal)
    _custom(work, row, number, one, held, journal)


def _wear(work: Work, row: int, number: int, draft: HatDraft, journal: "Journal") -> None:
    from crm_app.features.constituents.models import Hat

    kind = constituents.marks.hat_types(work, [draft.hat])[fold(draft.hat)]
    there = sa.select(Hat.id).where(Hat.constituent_id == number, Hat.hat_type_id == kind, Hat.ended_on.is_(None))
    if not work.session.execute(there).first():
        journal.added(row, "hat", constituents.marks.wear(work, number, draft))


def _custom(work: Work, row: int, number: int, one: Someone, held: Held, journal: "Journal") -> None:
    if not one.custom:
        return
    fields = dict(work.session.execute(sa.select(CustomField.code, CustomField.id)).all())
    for code, value in one.custom.items():
        if code in fields and fields[code] not in held.custom[number]:
            try:
                constituents.fields.set_value(work, number, code, value)
            except Invalid:
                continue
            held.custom[number].add(fields[code])
            journal.added(row, "custom_value", number, {"field_id": fields[code]})
