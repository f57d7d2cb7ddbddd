"""A part of the file written in one transaction: people made or added to, households, gifts, and the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from crm_app.core import bulk
from crm_app.core.work import Work
from crm_app.engine.tabular.mapping import Mapping
from crm_app.features.constituents import service as constituents
from crm_app.features.constituents.models import Email
from crm_app.features.constituents.schemas import ConstituentDraft
from crm_app.features.imports.models import Import, ImportWrite
from crm_app.features.imports.schemas import Policy
from crm_app.features.imports.service import enriching, gifts, joining, moreover
from crm_app.features.imports.service.planning import Plan
from crm_app.features.imports.service.someone import Someone

FACTS = frozenset(ConstituentDraft.model_fields) - {"kind"}


@dataclass
class Journal:
    """What a part wrote besides new people and gifts, for the undo; and how much, for the result."""

    import_id: int
    rows: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def added(self, row: int, kind: str, record_id: int, after: dict[str, Any] | None = None) -> None:
        self._write(row, kind, record_id, "added", None, after)

    def changed(self, row: int, kind: str, record_id: int, before: dict[str, Any], after: dict[str, Any]) -> None:
        self._write(row, kind, record_id, "changed", before, after)

    def _write(self, row: int, kind: str, record_id: int, action: str, before: Any, after: Any) -> None:
        entry = {"row": row, "kind": kind, "record_id": record_id, "action": action, "before": before, "after": after}
        self.rows.append({"import_id": self.import_id, **entry})

    def count(self, key: str, number: int = 1) -> None:
        self.counts[key] = self.counts.get(key, 0) + number


def write_part(work: Work, imported: Import, plans: Sequence[Plan], mapping: Mapping, policy: Policy) -> Journal:
    """Everything these plans say, or nothing. Afterwards each plan's ids are those of kept records."""
    journal = Journal(imported.id or 0)
    going = [plan for plan in plans if plan.outcome in ("new", "update")]
    _make(work, imported, going, mapping, journal)
    enriching.enrich(work, going, policy, mapping, journal)
    if policy.households:
        joining.households(work, going, journal)
    joining.employers(work, going, journal)
    joining.belongings(work, going, mapping.form.tool, journal)
    gifts.give(work, imported, going, mapping, journal)
    moreover.keep(work, imported, going, mapping, journal)
    bulk.insert(work.session, ImportWrite, journal.rows)
    return journal


def _make(work: Work, imported: Import, plans: Sequence[Plan], mapping: Mapping, journal: Journal) -> None:
    """New people at once. Somebody who stands in several rows of this part is made once, from all of them."""
    someones: dict[int, Someone] = {}
    for plan in plans:
        for one, number in zip(plan.people, plan.ids, strict=False):
            if number < 0 and number in someones:
                _absorb(someones[number], one)
            elif number < 0:
                someones[number] = one
    made = constituents.create_many(
        work, [_draft(one, imported, mapping) for one in someones.values()], note=f"Import {imported.id}"
    )
    real = dict(zip(someones, made, strict=True))
    for plan in plans:
        plan.ids = [real.get(number, number) for number in plan.ids]
    for one in someones.values():
        journal.count({"person": "people", "organization": "organizations"}.get(one.kind, "households"))
    _mark_bounced(work, [real[number] for number, one in someones.items() if one.bounced])
    for number, one in someones.items():
        if one.note:
            note = constituents.marks.note(work, real[number], one.note)
            journal.count("notes")
            journal.added(0, "note", note)


def _absorb(kept: Someone, again: Someone) -> None:
    for name, value in again.facts.items():
        kept.facts.setdefault(name, value)
    known = {address.lower() for address, _, _ in kept.emails}
    kept.emails += [email for email in again.emails if email[0].lower() not in known]
    numbers = {e164 or text for text, e164, _, _ in kept.phones}
    kept.phones += [phone for phone in again.phones if (phone[1] or phone[0]) not in numbers]
    kept.address = kept.address or again.address
    kept.tags += [tag for tag in again.tags if tag not in kept.tags]
    kept.hats += [hat for hat in again.hats if hat not in kept.hats]
    kept.consents += [said for said in again.consents if said not in kept.consents]
    kept.custom = again.custom | kept.custom
    kept.external = again.external | kept.external
    if again.note and again.note not in kept.note:
        kept.note = f"{kept.note}\n{again.note}".strip()


def _draft(one: Someone, imported: Import, mapping: Mapping) -> ConstituentDraft:
    facts = {name: value for name, value in one.facts.items() if name in FACTS}
    facts.setdefault("source", mapping.form.name if mapping.format != "plain" else imported.name[:80])
    former = one.facts.get("former")
    return ConstituentDraft(
        kind=one.kind,
        **facts,
        import_id=imported.id,
        emails=[{"address": a, "label": label, "primary": first} for a, label, first in one.emails],
        phones=[{"number": e164 or text, "label": label, "primary": first} for text, e164, label, first in one.phones],
        addresses=[one.address] if one.address else [],
        websites=[{"url": site} for site in one.websites],
        other_names=[{"kind": "former", "last_name": former}] if former else [],
        hats=one.hats,
        tags=one.tags,
        consents=[{name: value for name, value in said.items() if value} for said in one.consents],
        external_ids=one.external,
        custom=one.custom,
    )


def _mark_bounced(work: Work, ids: Sequence[int]) -> None:
    if ids:
        stopped = sa.update(Email).where(Email.constituent_id.in_(ids))
        work.session.execute(stopped.values(status="on_hold", status_reason="Stopped working at the mailing tool"))
