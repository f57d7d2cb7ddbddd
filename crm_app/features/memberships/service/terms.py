"""A membership through time: started, renewed, paid, cancelled. Terms are added, never moved."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import select

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Conflict, CrmError, Invalid
from crm_app.core.work import Work
from crm_app.engine import membership as engine
from crm_app.engine.membership import Span, Standing
from crm_app.features.constituents import service as constituents
from crm_app.features.constituents.models import Constituent
from crm_app.features.giving.models import Gift
from crm_app.features.memberships import queries
from crm_app.features.memberships.models import Membership, MembershipTerm, MembershipType
from crm_app.features.memberships.schemas import RenewDraft, StartDraft
from crm_app.features.memberships.service import inheriting
from crm_app.features.memberships.service.types import rule_of


class AlreadyMember(Conflict):
    """They have a membership that counts; `membership_id` tells which."""

    message = "This person is a member already."
    hint = "Renew the membership they have."


class ForLife(CrmError):
    message = "This membership is for life; there is nothing to renew."


class GiftTaken(Conflict):
    message = "This gift has paid for another term."


def spans(terms: Sequence[MembershipTerm]) -> list[Span]:
    return [Span(term.starts_on, term.ends_on, term.waits) for term in terms]


def standing_of(kind: MembershipType, row: Membership, terms: Sequence[MembershipTerm], today: date) -> Standing:
    return engine.standing(rule_of(kind), spans(terms), today, row.cancelled_on)


def start(work: Work, draft: StartDraft) -> int:
    """Somebody joins; the others of the household with them where the type says so."""
    work.require(Permission.GIVING_EDIT)
    kind = work.get(MembershipType, draft.type_id, "This type of membership is not there any more.")
    person = constituents.standing(work, draft.constituent_id)
    if person.deceased or person.deleted_at:
        raise Invalid(f"{person.display_name} cannot become a member any more.")
    work.session.execute(select(Constituent.id).where(Constituent.id == person.id).with_for_update(key_share=True))
    _refuse_second(work, person)
    row = work.add(
        Membership(
            constituent_id=person.id, type_id=kind.id, joined_on=draft.on, note=draft.note,
            created_by=work.actor.name, created_at=work.now,
        )
    )  # fmt: skip
    term = _add(work, row, kind, engine.first_term(rule_of(kind), draft.on), draft.waits, draft.gift_id)
    _recorded(work, row, "started", after={"type": kind.name, **_facts(term)})
    if kind.inherits and draft.inherit:
        inheriting.fill(work, row, kind)
    return row.id


def _refuse_second(work: Work, person: Constituent) -> None:
    for row, _ in queries.held_by(work.session, person.id or 0):
        kind = work.get(MembershipType, row.type_id)
        status = standing_of(kind, row, queries.terms(work.session, row.id), work.now.date()).status
        if status in (engine.CURRENT, engine.GRACE, engine.PENDING):
            words = f"{person.display_name} has a membership already: {kind.name}, {status}."
            raise AlreadyMember(words, AlreadyMember.hint, membership_id=row.id)


def renew(work: Work, membership_id: int, draft: RenewDraft) -> int:
    """Another term: right behind the last one while it counts or is in grace, else from the day of renewing."""
    work.require(Permission.GIVING_EDIT)
    row, kind, span = _next(work, membership_id, draft)
    before = {"type_id": row.type_id, "cancelled_on": row.cancelled_on}
    row.type_id, row.cancelled_on, row.cancel_reason = kind.id, None, ""
    term = _add(work, row, kind, span, draft.waits, draft.gift_id)
    after = {"type_id": kind.id, "cancelled_on": None, "type": kind.name, **_facts(term)}
    _recorded(work, row, "renewed", before=before, after=after)
    return term.id or 0


def preview(work: Work, membership_id: int, draft: RenewDraft) -> str:
    """The days a renewal would cover, before it is done."""
    work.require(Permission.PEOPLE_READ)
    return span_words(_next(work, membership_id, draft)[2])


def span_words(span: Span) -> str:
    until = engine.said(span.ends) if span.ends else "for life"
    return f"{engine.said(span.starts)} – {until}" if span.ends else f"{engine.said(span.starts)}, {until}"


def _next(work: Work, membership_id: int, draft: RenewDraft) -> tuple[Membership, MembershipType, Span]:
    work.get(Membership, membership_id, "This membership is not there any more.")
    row = queries.locked(work.session, membership_id)
    kind = work.get(MembershipType, draft.type_id or row.type_id)
    try:
        span = engine.next_term(rule_of(kind), spans(queries.terms(work.session, membership_id)), draft.on)
    except engine.NeverEnds:
        raise ForLife from None
    return row, kind, span


def _add(
    work: Work, row: Membership, kind: MembershipType, span: Span, waits: bool, gift_id: int | None
) -> MembershipTerm:
    if gift_id is not None:
        _payable(work, gift_id)
    return work.add(
        MembershipTerm(
            membership_id=row.id,
            type_id=kind.id,
            starts_on=span.starts,
            ends_on=span.ends,
            price=kind.price,
            currency=kind.currency,
            gift_id=gift_id,
            waits=waits and gift_id is None,
            by=work.actor.name,
            created_at=work.now,
        )
    )


def _payable(work: Work, gift_id: int) -> Gift:
    gift = work.get(Gift, gift_id, "There is no gift with this number.")
    if not gift.paid:
        raise Invalid("Nothing was received for this gift.")
    if queries.term_of_gift(work.session, gift_id):
        raise GiftTaken(gift_id=gift_id)
    return gift


def link_gift(work: Work, term_id: int, gift_id: int) -> None:
    """This gift paid for this term."""
    work.require(Permission.GIVING_EDIT)
    term, row = _locked(work, term_id)
    _payable(work, gift_id)
    before = _facts(term)
    term.gift_id, term.waits = gift_id, False
    _recorded(work, row, "paid", before=before, after=_facts(term))


def mark_paid(work: Work, term_id: int) -> None:
    """Paid in a way that is no gift here, or given for free."""
    work.require(Permission.GIVING_EDIT)
    term, row = _locked(work, term_id)
    before, term.waits = _facts(term), False
    _recorded(work, row, "paid", before=before, after=_facts(term))


def drop_waiting(work: Work, term_id: int) -> None:
    """The payment did not come: the term is taken out. One that counted stays."""
    work.require(Permission.GIVING_EDIT)
    term, row = _locked(work, term_id)
    if not term.waits:
        raise Invalid("This term was paid; it stays.")
    _recorded(work, row, "term taken out", before=_facts(term))
    work.session.delete(term)


def _locked(work: Work, term_id: int) -> tuple[MembershipTerm, Membership]:
    term = work.get(MembershipTerm, term_id, "This term is not there any more.")
    row = queries.locked(work.session, term.membership_id)
    work.session.refresh(term)
    return term, row


def cancel(work: Work, membership_id: int, reason: str, on: date | None = None) -> None:
    """No member any more from this day; what was paid stays to be seen."""
    work.require(Permission.GIVING_EDIT)
    if not reason.strip():
        raise Invalid(fields={"reason": "Please say why, for whoever asks next year."})
    end(work, membership_id, reason.strip(), on)


def end(work: Work, membership_id: int, reason: str, on: date | None = None) -> None:
    work.get(Membership, membership_id, "This membership is not there any more.")
    row = queries.locked(work.session, membership_id)
    before = {"cancelled_on": row.cancelled_on}
    row.cancelled_on, row.cancel_reason = on or work.now.date(), reason
    _recorded(work, row, "cancelled", before=before, after={"cancelled_on": row.cancelled_on}, note=reason)


def reinstate(work: Work, membership_id: int) -> None:
    """The cancelling was a mistake."""
    work.require(Permission.GIVING_EDIT)
    work.get(Membership, membership_id)
    row = queries.locked(work.session, membership_id)
    before = {"cancelled_on": row.cancelled_on}
    row.cancelled_on, row.cancel_reason = None, ""
    _recorded(work, row, "reinstated", before=before, after={"cancelled_on": None})


def _facts(term: MembershipTerm) -> dict[str, object]:
    return {
        "starts_on": term.starts_on, "ends_on": term.ends_on, "waits": term.waits, "gift_id": term.gift_id,
    }  # fmt: skip


def _recorded(work: Work, row: Membership, action: str, *, note: str = "", **change: dict) -> None:
    work.session.flush()
    history.record(work, "membership", row.id, action, constituent_id=row.constituent_id, note=note, **change)
    work.tell("memberships", f"person:{row.constituent_id}")
