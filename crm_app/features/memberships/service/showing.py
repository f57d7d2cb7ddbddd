"""Looking at memberships: who is due, who is a member, who lapsed, one of them in full."""

from collections.abc import Sequence
from datetime import date, timedelta

from crm_app.core.access import Permission
from crm_app.core.errors import NotFound
from crm_app.core.work import Work
from crm_app.engine.membership import said
from crm_app.engine.money import written
from crm_app.features.memberships import queries
from crm_app.features.memberships.models import Membership, MembershipTerm, MembershipType
from crm_app.features.memberships.schemas import (
    AlsoRow,
    MembershipPage,
    MembershipRow,
    Numbers,
    PayingGift,
    TermRow,
)
from crm_app.features.memberships.service.terms import span_words, spans, standing_of
from crm_app.features.settings import service as settings

DUE_DAYS = 60
MOST = 100
GIFTS_SINCE = timedelta(days=400)


def due(work: Work, days: int = DUE_DAYS) -> list[MembershipRow]:
    """Memberships to renew: the last paid day is near, or was and is in grace."""
    work.require(Permission.PEOPLE_READ)
    today = work.now.date()
    return _rows(work, queries.due(work.session, today, today + timedelta(days=days), MOST))


def listed(work: Work, status: str = "current", type_id: int | None = None) -> list[MembershipRow]:
    """Memberships with a status today, a screenful or two."""
    work.require(Permission.PEOPLE_READ)
    return _rows(work, queries.with_status(work.session, work.now.date(), status, type_id, MOST))


def of_person(work: Work, constituent_id: int) -> list[MembershipRow]:
    """Memberships somebody holds, and those they are a member through."""
    work.require(Permission.PEOPLE_READ)
    own = _rows(work, queries.held_by(work.session, constituent_id))
    through = _rows(work, queries.inherited_by(work.session, constituent_id))
    return [*own, *(row.model_copy(update={"inherited": True}) for row in through)]


def _rows(work: Work, found: Sequence) -> list[MembershipRow]:
    ids = [row.id for row, _ in found]
    kinds = {kind.id: kind for kind in queries.types(work.session, retired=True)}
    terms, also = queries.terms_of(work.session, ids), queries.how_many_inherited(work.session, ids)
    today = work.now.date()
    return [
        _row(row, name, kinds[row.type_id], terms.get(row.id, []), also.get(row.id, 0), today) for row, name in found
    ]


def _row(
    row: Membership, name: str, kind: MembershipType, terms: Sequence[MembershipTerm], also: int, today: date
) -> MembershipRow:
    now = standing_of(kind, row, terms, today)
    words = (
        f"{now.words.rstrip('.')}: {row.cancel_reason}."
        if now.status == "cancelled" and row.cancel_reason
        else now.words
    )
    return MembershipRow(
        id=row.id or 0,
        constituent_id=row.constituent_id,
        name=name,
        type=kind.name,
        type_id=kind.id or 0,
        status=now.status,
        words=words,
        until=said(now.until) if now.until else "",
        also=also,
    )


def show(work: Work, membership_id: int) -> MembershipPage:
    """One membership: why it stands as it does, its terms, its members, the gifts that could pay."""
    work.require(Permission.PEOPLE_READ)
    found = queries.named(work.session, membership_id)
    if found is None:
        raise NotFound("This membership is not there any more.")
    row = found[0]
    kind = work.get(MembershipType, row.type_id)
    kinds = {one.id: one.name for one in queries.types(work.session, retired=True)}
    members = queries.inherited(work.session, membership_id)
    money = work.may(Permission.GIVING_READ)
    locale = settings.organization(work).locale
    return MembershipPage(
        membership=_rows(work, [found])[0],
        terms=[_term(term, kinds, money, locale) for term in reversed(queries.terms(work.session, membership_id))],
        also=[
            AlsoRow(id=one.id, constituent_id=person.id, name=person.display_name, since=said(one.since))
            for one, person in members
        ],
        gifts=_gifts(work, row, locale) if money else [],
        inherits=kind.inherits,
        room=_room(kind, len(members)),
        cancelled=row.cancelled_on is not None,
        may_edit=work.may(Permission.GIVING_EDIT),
    )


def _term(term: MembershipTerm, kinds: dict, money: bool, locale: str) -> TermRow:
    return TermRow(
        id=term.id or 0,
        type=kinds[term.type_id],
        span=span_words(spans([term])[0]),
        price=written(term.price, term.currency, locale) if money and term.price else "",
        gift_id=term.gift_id,
        waits=term.waits,
        by=term.by,
    )


def _gifts(work: Work, row: Membership, locale: str) -> list[PayingGift]:
    since = work.now.date() - GIFTS_SINCE
    return [
        PayingGift(id=gift.id, words=f"{written(gift.paid, gift.currency, locale)} on {said(gift.given_on)}")
        for gift in queries.gifts_that_could_pay(work.session, row.constituent_id, since, 12)
    ]


def _room(kind: MembershipType, there: int) -> str:
    if not kind.inherits:
        return ""
    if kind.most_inherited is None:
        return "everybody of the household"
    return f"{there} of {kind.most_inherited} of the household"


def numbers(work: Work) -> Numbers:
    """The margin of the page."""
    work.require(Permission.PEOPLE_READ)
    today = work.now.date()
    found = dict.fromkeys(("current", "grace", "lapsed", "pending"), 0)
    for _, status, number in queries.counts(work.session, today):
        if status in found:
            found[status] += number
    return Numbers(
        **found,
        people=queries.members(work.session, today),
        due=queries.how_many_due(work.session, today, today + timedelta(days=DUE_DAYS)),
        may_edit=work.may(Permission.GIVING_EDIT),
    )
