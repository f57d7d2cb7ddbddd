"""Money of a registration: rows that add up. What is paid is never typed in as a state."""

from sqlmodel import col, select

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.events.models import Event, Registration, RegistrationPayment
from crm_app.features.events.schemas import PaymentDraft
from crm_app.features.events.service import pools
from crm_app.features.events.service.moving import told
from crm_app.features.events.service.registering import refuse_cards

METHODS = {
    "cash": "cash",
    "card_terminal": "card terminal",
    "transfer": "bank transfer",
    "cheque": "cheque",
    "online": "online",
    "waived": "waived",
}


def pay(work: Work, registration_id: int, draft: PaymentDraft) -> int:
    """Record money that came (or, below zero, went back). Returns what is paid now."""
    work.require(Permission.EVENTS_EDIT)
    party = work.get(Registration, registration_id)
    event: Event = pools.lock(work, party.event_id)
    work.session.refresh(party)
    if draft.amount == 0:
        raise Invalid(fields={"amount": "An amount, please."})
    if draft.method not in METHODS:
        raise Invalid(fields={"method": "How was it paid?"})
    if party.paid + draft.amount < 0:
        raise Invalid(fields={"amount": "More than was paid cannot go back."})
    refuse_cards(draft.reference)
    work.session.add(
        RegistrationPayment(
            registration_id=party.id,
            kind="refund" if draft.amount < 0 else draft.kind,
            amount=draft.amount,
            currency=event.currency,
            method=draft.method,
            paid_on=draft.paid_on or work.now.date(),
            reference=draft.reference,
            by=work.actor.name,
            created_at=work.now,
        )
    )
    before = party.paid
    party.paid, party.updated_at = before + draft.amount, work.now
    history.record(
        work,
        "registration",
        party.id,
        "refunded" if draft.amount < 0 else "paid",
        before={"paid": before},
        after={"paid": party.paid, "method": draft.method},
        constituent_id=party.constituent_id,
    )
    told(work, party.event_id)
    return party.paid


def waive(work: Work, registration_id: int, reason: str) -> None:
    """They need not pay; what they owed and why stays written down."""
    work.require(Permission.EVENTS_EDIT)
    party = work.get(Registration, registration_id)
    if not reason.strip():
        raise Invalid(fields={"reason": "Why?"})
    history.record(
        work, "registration", party.id, "waived", before={"due": party.due}, after={"due": party.paid}, note=reason
    )
    party.due = party.paid
    told(work, party.event_id)


def payments(work: Work, registration_id: int) -> list[PaymentDraft]:
    work.require(Permission.EVENTS_READ)
    rows = work.session.execute(
        select(RegistrationPayment)
        .where(RegistrationPayment.registration_id == registration_id)
        .order_by(col(RegistrationPayment.paid_on), RegistrationPayment.id)
    ).scalars()
    return [PaymentDraft.model_validate(row, from_attributes=True) for row in rows]
