"""The rest a row brings: registrations, conversations, memberships, recurring gifts, links between records."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from crm_app.core.work import Work
from crm_app.engine.tabular.mapping import Mapping
from crm_app.engine.tabular.similar import propose
from crm_app.features.constituents import service as constituents
from crm_app.features.constituents.folding import fold
from crm_app.features.constituents.schemas import HatDraft
from crm_app.features.giving.models import (
    Campaign,
    Fund,
    Gift,
    GiftSplit,
    Payment,
    RecurringGift,
    RecurringSchedule,
    SoftCredit,
)
from crm_app.features.imports import queries
from crm_app.features.imports.models import ASK, SAME, Import
from crm_app.features.imports.service import joining
from crm_app.features.imports.service.gifts import Purposes, person_of
from crm_app.features.imports.service.planning import Plan
from crm_app.features.interactions.models import Interaction
from crm_app.features.relationships.models import RelationshipType

if TYPE_CHECKING:
    from crm_app.features.imports.service.writing import Journal

OFTEN = {"weekly": ("week", 1), "biweekly": ("week", 2), "monthly": ("month", 1), "quarterly": ("quarter", 1), "twice_yearly": ("month", 6), "yearly": ("year", 1), "once": ("year", 1)}  # fmt: skip
ROLES = {"solicitor": ("solicitor",), "matched_donor": ("matched donor",), "honoree": ("honoree", "honoree contact"), "spouse": ("household member", "spouse"), "influencer": ("soft credit", "influencer"), "fundraiser": ("fundraiser",)}  # fmt: skip
STATES = {"attended": "Came to", "no_show": "Did not come to", "waitlisted": "On the waiting list of", "cancelled": "Cancelled for", "pending": "Asked to come to"}  # fmt: skip


def keep(work: Work, imported: Import, plans: Sequence[Plan], mapping: Mapping, journal: "Journal") -> None:
    for plan in plans:
        if plan.extra and plan.outcome not in (SAME, ASK):
            KEEPERS[plan.extra.kind](work, imported, plan, plan.extra.facts, mapping, journal)
    if mapping.form.brings == "payments":
        for plan in plans:
            if plan.money and plan.outcome not in (SAME, ASK):
                _payment(work, plan, journal)


def _registration(work: Work, imported: Import, plan: Plan, facts: dict[str, Any], mapping: Mapping, journal: "Journal") -> None:  # fmt: skip
    state = STATES.get(facts["state"], "Registered for")
    said = [f"{name}: {answer}" for name, answer in facts["answers"].items()]
    if facts["ticket"]:
        said.insert(0, f"Ticket: {facts['ticket']}" + (f" × {facts['places']}" if facts["places"] > 1 else ""))
    if facts["number"]:
        said.append(f"Number {facts['number']}")
    subject = f"{state} {facts['event']}"
    _talk(work, imported, plan, journal, "other", subject, "\n".join(said), facts["at"], purpose="events")


def _interaction(work: Work, imported: Import, plan: Plan, facts: dict[str, Any], mapping: Mapping, journal: "Journal") -> None:  # fmt: skip
    kind = {"note": "other"}.get(facts["kind"], facts["kind"])
    _talk(work, imported, plan, journal, kind, facts["subject"], facts["body"], facts["at"], minutes=facts["minutes"])


def _talk(work: Work, imported: Import, plan: Plan, journal: "Journal", kind: str, subject: str, body: str, at: Any, **more: Any) -> None:  # fmt: skip
    same = sa.select(Interaction.id).where(
        Interaction.constituent_id == plan.ids[0], Interaction.subject == subject, Interaction.body == body
    )
    if work.session.execute(same).first():
        return
    row = work.add(
        Interaction(
            constituent_id=plan.ids[0], kind=kind, direction="in", subject=subject[:300], body=body, happened_at=at or work.now,
            user_id=None, by=work.actor.name, import_id=imported.id, created_at=work.now, updated_at=work.now, **more,
        )
    )  # fmt: skip
    journal.added(plan.row, "interaction", row.id)
    journal.count("interactions")


def _membership(work: Work, imported: Import, plan: Plan, facts: dict[str, Any], mapping: Mapping, journal: "Journal") -> None:  # fmt: skip
    draft = HatDraft(hat="member", started_on=facts["from"], ended_on=facts["until"], note=facts["name"])
    journal.added(plan.row, "hat", constituents.marks.wear(work, plan.ids[0], draft))
    journal.count("memberships")


def _recurring(work: Work, imported: Import, plan: Plan, facts: dict[str, Any], mapping: Mapping, journal: "Journal") -> None:  # fmt: skip
    tool = mapping.form.tool
    there = sa.select(RecurringGift).where(
        RecurringGift.external_source == tool, RecurringGift.external_id == facts["number"]
    )
    kept = work.session.execute(there).scalars().first() if facts["number"] else None
    if kept:
        if facts["until"] and kept.status != "ended":
            before = {"status": kept.status, "ends_on": kept.ends_on.isoformat() if kept.ends_on else None}
            kept.status, kept.ends_on, kept.status_reason = "ended", facts["until"], facts["why"]
            journal.changed(plan.row, "recurring_gift", kept.id or 0, before, {"status": "ended"})
        return
    begins: date = facts["from"] or work.now.date()
    unit, every = OFTEN.get(facts["often"], ("month", 1))
    purposes = Purposes(work)
    made = work.add(
        RecurringGift(
            constituent_id=plan.ids[0], status="ended" if facts["until"] else "active", status_reason=facts["why"], currency=facts["currency"] or mapping.currency,
            starts_on=begins, ends_on=facts["until"], fund_id=purposes.general, external_source=tool, external_id=facts["number"], created_at=work.now,
        )
    )  # fmt: skip
    work.add(RecurringSchedule(recurring_gift_id=made.id, from_on=begins, amount=facts["amount"], unit=unit, every=every, day=begins.day, created_at=work.now))  # fmt: skip
    journal.added(plan.row, "recurring_gift", made.id)
    journal.count("recurring")


def _soft(work: Work, imported: Import, plan: Plan, facts: dict[str, Any], mapping: Mapping, journal: "Journal") -> None:  # fmt: skip
    gift = _gift(work, mapping, facts["gift"])
    if gift is None:
        plan.outcome, plan.reason = ASK, f"The gift {facts['gift']} is not here."
        return
    role = propose(facts["role"], ROLES).value or "other"
    there = sa.select(SoftCredit).where(SoftCredit.gift_id == gift.id, SoftCredit.constituent_id == plan.ids[0])
    kept = work.session.execute(there).scalars().first()
    if kept is None and plan.ids[0] != gift.constituent_id:
        row = work.add(SoftCredit(gift_id=gift.id, constituent_id=plan.ids[0], role=role, amount=min(facts["amount"] or gift.amount, gift.amount), created_at=work.now))  # fmt: skip
        journal.added(plan.row, "soft_credit", row.id)
        journal.count("soft_credits")
    else:
        plan.outcome, plan.reason = SAME, "This person is credited with the gift already."
    plan.gift_id = gift.id


def _relation(work: Work, imported: Import, plan: Plan, facts: dict[str, Any], mapping: Mapping, journal: "Journal") -> None:  # fmt: skip
    other = person_of(work, mapping.form.tool, facts["other"])
    if other is None:
        plan.outcome, plan.reason = ASK, f"The related person {facts['other']} is not here."
        return
    code, turned = _relation_type(work, facts["type"])
    pair = (other, plan.ids[0]) if not turned else (plan.ids[0], other)
    if code in ("friend", "spouse", "partner", "sibling"):
        pair = (min(pair), max(pair))
    joining.relate(work, {pair: (plan.row, facts["note"][:100])}, code, journal)


def _relation_type(work: Work, said: str) -> tuple[str, bool]:
    """The type whose noun is nearest; `turned` when the row's first person is the first of the pair."""
    choices: dict[str, tuple[str, ...]] = {}
    for row in work.session.execute(sa.select(RelationshipType)).scalars():
        choices.setdefault(f"{row.code}:", (row.noun,))
        choices.setdefault(f"{row.code}:turned", (row.reverse_noun,))
    more = {"father": "parent:", "mother": "parent:", "son": "parent:turned", "daughter": "parent:turned", "husband": "spouse:", "wife": "spouse:", "coworker": "friend:", "brother": "sibling:", "sister": "sibling:"}  # fmt: skip
    found = more.get(fold(said)) or propose(said, choices).value or "friend:"
    code, _, turned = found.partition(":")
    return code, bool(turned)


def _affiliation(work: Work, imported: Import, plan: Plan, facts: dict[str, Any], mapping: Mapping, journal: "Journal") -> None:  # fmt: skip
    organization = person_of(work, mapping.form.tool, facts["organization"])
    if organization is None:
        plan.outcome, plan.reason = ASK, f"The organization {facts['organization']} is not here."
        return
    joining.relate(work, {(plan.ids[0], organization): (plan.row, facts["title"])}, "employee", journal)


def _named(work: Work, imported: Import, plan: Plan, facts: dict[str, Any], mapping: Mapping, journal: "Journal") -> None:  # fmt: skip
    table = Campaign if mapping.form.brings == "campaigns" else Fund
    same = (
        sa.or_(table.code == facts["code"], table.name == facts["name"])
        if facts["code"]
        else table.name == facts["name"]
    )
    if work.session.execute(sa.select(table.id).where(same)).first():
        plan.outcome, plan.reason = SAME, "It is here already."
        return
    more = (
        {"starts_on": facts["begins"], "ends_on": facts["ends"]}
        if table is Campaign
        else {"description": facts["description"]}
    )
    made = Purposes(work).add(table, facts["name"], facts["code"] or fold(facts["name"]).replace(" ", "-")[:40], **more)
    journal.added(plan.row, table.__tablename__, made)
    journal.count(mapping.form.brings)


def _split(work: Work, imported: Import, plan: Plan, facts: dict[str, Any], mapping: Mapping, journal: "Journal") -> None:  # fmt: skip
    """One fund share of a gift: it comes out of what still stands with the general fund."""
    gift = _gift(work, mapping, facts["gift"])
    fund = work.session.execute(sa.select(Fund.id).where(Fund.code == facts["fund"])).scalar()
    if gift is None or fund is None:
        plan.outcome, plan.reason = (
            ASK,
            "The gift is not here." if gift is None else "The fund is not here; bring the funds in first.",
        )
        return
    rest = work.session.execute(sa.select(GiftSplit).where(GiftSplit.gift_id == gift.id, GiftSplit.fund_id == Purposes(work).general)).scalars().first()  # fmt: skip
    share = facts["amount"] or (rest.amount if rest else 0)
    if rest is None or share > rest.amount:
        plan.outcome, plan.reason = ASK, "The shares of this gift come to more than the gift."
        return
    before = {"fund_id": rest.fund_id, "amount": rest.amount}
    if rest.amount == share:
        rest.fund_id = fund
        journal.changed(plan.row, "gift_split", rest.id or 0, before, {"fund_id": fund})
    else:
        rest.amount -= share
        made = work.add(GiftSplit(gift_id=gift.id, fund_id=fund, amount=share))
        journal.changed(plan.row, "gift_split", rest.id or 0, before, {"amount": rest.amount, "made": made.id})
    plan.gift_id = gift.id
    journal.count("splits")


def _response(work: Work, imported: Import, plan: Plan, facts: dict[str, Any], mapping: Mapping, journal: "Journal") -> None:  # fmt: skip
    name = work.session.execute(sa.select(Campaign.name).where(Campaign.code == facts["campaign"])).scalar()
    if name is None:
        plan.outcome, plan.reason = ASK, f"The campaign {facts['campaign']} is not here; bring the campaigns in first."
        return
    constituents.marks.tag(work, plan.ids[0], f"{name} · {facts['said']}"[:100])
    journal.added(plan.row, "tagging", plan.ids[0], {"tag": fold(f"{name} · {facts['said']}"[:100])})
    journal.count("tags")


def _payment(work: Work, plan: Plan, journal: "Journal") -> None:
    """A payment of a gift that came before: it says how the money came."""
    gift = work.session.get(Gift, plan.gift_id) if plan.gift_id else None
    if gift is None:
        return
    money = plan.money
    assert money is not None
    kept = work.session.execute(sa.select(Payment).where(Payment.gift_id == gift.id)).scalars().first()
    if kept is None:
        before = {"method": gift.method, "reference": gift.reference}
        gift.method, gift.reference = money.method or gift.method, gift.reference or money.reference
        journal.changed(plan.row, "gift", gift.id or 0, before, {"method": gift.method, "reference": gift.reference})
        journal.count("changed")


def _gift(work: Work, mapping: Mapping, number: str) -> Gift | None:
    found = queries.gifts_by_number(work.session, mapping.form.tool, [number]).get(number)
    return work.session.get(Gift, found) if found else None


Keeper = Callable[[Work, Import, Plan, dict[str, Any], Mapping, "Journal"], None]
KEEPERS: dict[str, Keeper] = {
    "registration": _registration, "interaction": _interaction, "membership": _membership, "recurring": _recurring, "soft": _soft,
    "relation": _relation, "affiliation": _affiliation, "named": _named, "split": _split, "response": _response,
}  # fmt: skip
