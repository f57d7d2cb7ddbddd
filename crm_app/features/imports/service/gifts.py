"""Gifts of a part written at once; refunds find their gift; credits find their person."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from crm_app.core import bulk
from crm_app.core.access import Permission
from crm_app.core.errors import CrmError
from crm_app.core.history import Change, plain
from crm_app.core.work import Work
from crm_app.engine.tabular.mapping import Mapping
from crm_app.features.constituents.folding import fold
from crm_app.features.constituents.models import Email, ExternalId
from crm_app.features.giving import queries as giving_queries
from crm_app.features.giving import service as giving
from crm_app.features.giving.models import Appeal, Campaign, Fund, Gift, GiftSplit, Pledge, RecurringGift, SoftCredit
from crm_app.features.imports import queries
from crm_app.features.imports.models import ASK, SAME, Import
from crm_app.features.imports.service.money import Money
from crm_app.features.imports.service.planning import Plan

if TYPE_CHECKING:
    from crm_app.features.imports.service.writing import Journal


def give(work: Work, imported: Import, plans: Sequence[Plan], mapping: Mapping, journal: "Journal") -> None:
    monied = [plan for plan in plans if plan.money]
    if not monied or mapping.form.brings == "payments":
        return
    if not work.may(Permission.GIVING_EDIT):
        raise CrmError("Your role may not enter gifts.", hint="Somebody who may can publish this import.")
    purposes = Purposes(work)
    refunds = [plan for plan in monied if plan.money and plan.money.refund_of]
    promises = [plan for plan in monied if plan.money and plan.money.promise]
    new = [plan for plan in monied if plan.money and not plan.money.refund_of and not plan.money.promise]
    _insert(work, imported, _once(new), purposes, journal)
    for plan in promises:
        _promise(work, plan, purposes, journal)
    for plan in new:
        if plan.money and plan.money.back and plan.gift_id:
            on = plan.money.back_on or plan.money.on
            giving.refund(work, plan.gift_id, plan.money.back, on=on, reason="Given back where it came from")
    for plan in refunds:
        _refund(work, plan, journal)
    _credits(work, new, mapping, journal)


def _once(plans: list[Plan]) -> list[Plan]:
    """A gift that stands twice in the file with one number is one gift."""
    seen: dict[tuple[str, str], Plan] = {}
    kept = []
    for plan in plans:
        money = plan.money
        if money and money.number and (money.source, money.number) in seen:
            plan.outcome, plan.reason = SAME, f"The gift of row {seen[(money.source, money.number)].row}, once more."
            continue
        if money and money.number:
            seen[(money.source, money.number)] = plan
        kept.append(plan)
    return kept


def giver(plan: Plan) -> int:
    """The organization where the row says so ("Account1"), else whom the row is about."""
    if plan.money and plan.money.giver.casefold().startswith("account1"):
        for one, number in zip(plan.people, plan.ids, strict=False):
            if one.role == "org":
                return number
    return plan.ids[0]


def _insert(work: Work, imported: Import, plans: list[Plan], purposes: "Purposes", journal: "Journal") -> None:
    ids = bulk.numbers(work.session, Gift, len(plans))
    recurring = _recurring(work, plans)
    rows, splits, changes = [], [], []
    for number, plan in zip(ids, plans, strict=True):
        money = plan.money
        assert money is not None
        plan.gift_id = number
        row = _row(work, money, giver(plan), purposes, recurring)
        rows.append({"id": number, "import_id": imported.id, **row})
        splits.append({"gift_id": number, "fund_id": purposes.fund(money.fund), "amount": money.amount})
        changes.append(_change(work, number, row, imported))
    bulk.insert(work.session, Gift, rows)
    bulk.insert(work.session, GiftSplit, splits)
    bulk.insert(work.session, Change, changes)
    journal.count("gifts", len(rows))
    journal.count("amount", sum(row["amount"] for row in rows))
    if rows:
        work.tell("giving")


def _row(work: Work, money: Money, giver_id: int, purposes: "Purposes", recurring: dict[str, int]) -> dict[str, Any]:
    return {
        "constituent_id": giver_id,
        "kind": money.kind,
        "method": money.method,
        "status": "received",
        "status_reason": "",
        "given_on": money.on,
        "amount": money.amount,
        "currency": money.currency,
        "paid": money.amount,
        "benefit": money.benefit,
        "receiptable": max(0, money.amount - money.benefit),
        "fee": money.fee,
        "fee_covered": False,
        "campaign_id": purposes.campaign(money.campaign, money.campaign_ref),
        "appeal_id": purposes.appeal(money.appeal),
        "recurring_gift_id": recurring.get(money.recurring_id) if money.recurring_id else None,
        "reference": money.reference,
        "external_source": money.source if money.number else "",
        "external_id": money.number,
        "description": money.description,
        "anonymous": money.anonymous,
        "tribute": money.tribute,
        "tribute_name": money.tribute_name,
        "thanks": "sent" if money.thanked else "none",
        "thanked_by": "",
        "note": money.note,
        "version": 1,
        "created_at": work.now,
        "updated_at": work.now,
        "created_by": work.actor.name,
    }


def _change(work: Work, number: int, row: dict[str, Any], imported: Import) -> dict[str, Any]:
    said = {name: row[name] for name in ("amount", "currency", "given_on", "method", "kind") if row[name]}
    return {
        "at": work.now, "user_id": work.actor.user_id, "by": work.actor.name, "kind": "gift", "record_id": number, "constituent_id": row["constituent_id"],
        "action": "added", "before": {}, "after": plain(said), "note": f"Import {imported.id}", "seal": None,
    }  # fmt: skip


def _recurring(work: Work, plans: list[Plan]) -> dict[str, int]:
    numbers = sorted({plan.money.recurring_id for plan in plans if plan.money and plan.money.recurring_id})
    found: dict[str, int] = {}
    for part in queries.parts(numbers):
        query = sa.select(RecurringGift.external_id, RecurringGift.id).where(RecurringGift.external_id.in_(part))
        found |= dict(work.session.execute(query).all())
    return found


def _promise(work: Work, plan: Plan, purposes: "Purposes", journal: "Journal") -> None:
    money = plan.money
    assert money is not None
    row = work.add(
        Pledge(
            constituent_id=plan.ids[0],
            amount=money.amount,
            currency=money.currency,
            pledged_on=money.on,
            fund_id=purposes.fund(money.fund),
            campaign_id=purposes.campaign(money.campaign, money.campaign_ref),
            appeal_id=purposes.appeal(money.appeal),
            note=money.note or (f"Number {money.number} in {money.source}" if money.number else ""),
            created_at=work.now,
        )
    )
    journal.added(plan.row, "pledge", row.id)
    journal.count("pledges")


def _refund(work: Work, plan: Plan, journal: "Journal") -> None:
    money = plan.money
    assert money is not None
    found = queries.gifts_by_number(work.session, money.source, [money.refund_of]).get(money.refund_of)
    if found is None:
        plan.outcome, plan.reason = ASK, f"It gives back {money.refund_of}, and that gift is not here."
        return
    gift = work.get(Gift, found)
    plan.gift_id, plan.ids = found, [gift.constituent_id]
    if gift.currency != money.currency or money.amount > (gift.paid or 0):
        plan.outcome, plan.reason = ASK, "It gives back more than the gift has left, or in another currency."
        return
    giving.refund(work, found, money.amount, on=money.on, reason="Given back where it came from")
    journal.added(plan.row, "refund", found, {"amount": money.amount})
    journal.count("refunds")


def _credits(work: Work, plans: list[Plan], mapping: Mapping, journal: "Journal") -> None:
    wanted = [(plan, plan.money) for plan in plans if plan.money and plan.gift_id and plan.outcome != SAME and (plan.money.soft_email or plan.money.soft_id)]  # fmt: skip
    if not wanted:
        return
    emails = dict(
        queries.by_email(work.session, sorted({money.soft_email.lower() for _, money in wanted if money.soft_email}))
    )
    numbers = {value: who for system, value, who in queries.by_external(work.session, sorted({m.soft_id for _, m in wanted if m.soft_id})) if system == mapping.form.tool}  # fmt: skip
    rows = []
    for plan, money in wanted:
        who = numbers.get(money.soft_id) or emails.get(money.soft_email.lower())
        if who and who != plan.ids[0]:
            rows.append({"gift_id": plan.gift_id, "constituent_id": who, "role": "influencer", "amount": money.amount, "created_at": work.now})  # fmt: skip
        elif not who:
            plan.reason = f"{plan.reason} The person of the soft credit is not here.".strip()
    bulk.insert(work.session, SoftCredit, rows)
    journal.count("soft_credits", len(rows))


class Purposes:
    """Funds, campaigns and appeals by name or code; one that is not known yet is added."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.general = giving_queries.general_fund(work.session, work.now)
        self._known = {table: self._read(table) for table in (Fund, Campaign, Appeal)}

    def _read(self, table: type[Any]) -> dict[str, int]:
        found = {}
        for number, name, code in self.work.session.execute(sa.select(table.id, table.name, table.code)):
            found[fold(name)] = number
            found["code:" + code] = number
        return found

    def fund(self, said: str) -> int:
        return self._named(Fund, said, said) or self.general

    def campaign(self, said: str, ref: str = "") -> int | None:
        if ref and (found := self._known[Campaign].get("code:" + ref)):
            return found
        return self._named(Campaign, said, said)

    def appeal(self, said: str) -> int | None:
        return self._named(Appeal, said, said)

    def _named(self, table: type[Any], name: str, code: str) -> int | None:
        if not fold(name):
            return None
        known = self._known[table]
        found = known.get("code:" + code.strip()) or known.get(fold(name))
        if found is None:
            found = self.add(table, name.strip(), fold(name).replace(" ", "-")[:40])
        return found

    def add(self, table: type[Any], name: str, code: str, **more: Any) -> int:
        known = self._known[table]
        base, number = code, 2
        while "code:" + code in known:
            code, number = f"{base}-{number}", number + 1
        made = self.work.add(table(name=name[:200], code=code, created_at=self.work.now, **more)).id
        known[fold(name)] = known["code:" + code] = made
        return made


def person_of(work: Work, tool: str, number: str) -> int | None:
    query = sa.select(ExternalId.constituent_id).where(ExternalId.system == tool, ExternalId.value == number)
    return work.session.execute(query).scalar()


def person_by_email(work: Work, address: str) -> int | None:
    return work.session.execute(
        sa.select(Email.constituent_id).where(Email.folded == address.lower()).limit(1)
    ).scalar()
