"""The thank-you board: who waits for thanks, how it is said, and what became of it."""

from datetime import date, timedelta

from babel.dates import format_date

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.engine.money import written
from crm_app.features.giving import queries
from crm_app.features.giving.models import Gift, ThankYou
from crm_app.features.giving.schemas import ThanksDraft, ThanksRow

HOURS = 48
LOOK_BACK = timedelta(days=90)
RULES = ((100_000, "call"), (25_000, "letter"), (0, "email"))
"""From this amount (minor units) thanks are said in this way; a first gift of some size is worth a call."""
WAYS = ("email", "letter", "call", "card")
MOST = 300


class ThankedAlready(Invalid):
    message = "This gift was thanked for already."


def board(work: Work, *, mine: bool = False) -> list[ThanksRow]:
    """Gifts of the last three months that nobody has thanked for, the longest waiting first."""
    work.require(Permission.GIVING_READ)
    found = queries.unthanked(work.session, _since(work), MOST)
    gifts = [row[0] for row in found]
    emails, phones = queries.reach(work.session, [gift.constituent_id for gift in gifts])
    before = queries.earlier_givers(work.session, gifts)
    rows = []
    for gift, donor, thanks in found:
        if mine and (thanks is None or thanks.assigned_to != work.actor.user_id):
            continue
        hours = int((work.now - gift.created_at).total_seconds() // 3600)
        rows.append(
            ThanksRow(
                **gift.model_dump(
                    include={"id", "constituent_id", "amount", "currency", "given_on", "kind", "anonymous", "tribute"}
                ),
                name=donor.display_name,
                hours=hours,
                late=hours > HOURS,
                way=thanks.way if thanks else way_for(gift.amount, gift.constituent_id in emails),
                status=thanks.status if thanks else "due",
                assigned_to=thanks.assigned_to if thanks else None,
                assigned_name=thanks.assigned_name if thanks else "",
                first_gift=gift.id not in before,
                email=emails.get(gift.constituent_id, ""),
                phone=phones.get(gift.constituent_id, ""),
            )
        )
    return rows


def count_waiting(work: Work) -> int:
    return queries.count_unthanked(work.session, _since(work))


def way_for(amount: int, has_email: bool) -> str:
    """How thanks are said by the rules; without an e-mail address by letter."""
    way = next(way for least, way in RULES if amount >= least)
    return "letter" if way == "email" and not has_email else way


def take(work: Work, gift_id: int) -> None:
    """I do this one."""
    thanks = _in_hand(work, gift_id)
    thanks.assigned_to, thanks.assigned_name = work.actor.user_id, work.actor.name
    _kept(work, thanks, "thanks taken")


def hand_back(work: Work, gift_id: int) -> None:
    thanks = _in_hand(work, gift_id)
    thanks.assigned_to, thanks.assigned_name, thanks.status = None, "", "assigned"
    _kept(work, thanks, "thanks handed back")


def set_way(work: Work, gift_id: int, way: str) -> None:
    if way not in WAYS:
        raise Invalid("Choose a letter, an e-mail, a call or a card.")
    thanks = _in_hand(work, gift_id)
    thanks.way = way
    _kept(work, thanks, "thanks changed")


def draft(work: Work, gift_id: int) -> ThanksDraft:
    """What could be said: the words kept last, or fresh ones."""
    work.require(Permission.GIVING_READ)
    gift = work.get(Gift, gift_id)
    donor = queries.names(work.session, [gift.constituent_id])[gift.constituent_id]
    emails, _ = queries.reach(work.session, [gift.constituent_id])
    thanks = queries.thank_you(work.session, gift_id)
    us = queries.organization(work.session)
    way = thanks.way if thanks else way_for(gift.amount, gift.constituent_id in emails)
    text = (thanks.draft if thanks else "") or _words(work, gift, donor.greeting or donor.display_name)
    subject = f"Thank you from {us.name or 'all of us'}"
    return ThanksDraft(gift_id=gift_id, way=way, to=emails.get(gift.constituent_id, ""), subject=subject, text=text)


def keep_draft(work: Work, gift_id: int, text: str) -> None:
    thanks = _in_hand(work, gift_id)
    thanks.draft, thanks.status = text, "drafted"
    _kept(work, thanks, "thanks drafted")


def done(work: Work, gift_id: int, way: str = "") -> None:
    """It was said: on the board no more, in the history for ever."""
    thanks = _in_hand(work, gift_id)
    thanks.way = way or thanks.way
    _ended(work, thanks, "done", "sent", "thanked")


def waive(work: Work, gift_id: int, reason: str) -> None:
    """No thanks wanted or needed, and why."""
    if not reason.strip():
        raise Invalid(fields={"reason": "Please say why no thanks are needed."})
    thanks = _in_hand(work, gift_id)
    thanks.reason = reason
    _ended(work, thanks, "waived", "not_wanted", "thanks waived")


def undo_thanks(work: Work, gift_id: int) -> None:
    """Put it back on the board."""
    work.require(Permission.GIVING_EDIT)
    gift, thanks = work.get(Gift, gift_id), queries.thank_you(work.session, gift_id)
    gift.thanks, gift.thanked_at, gift.thanked_by = "due", None, ""
    if thanks:
        thanks.status, thanks.ended_at, thanks.ended_by, thanks.reason = "assigned", None, "", ""
    history.record(work, "gift", gift_id, "thanks put back", constituent_id=gift.constituent_id)
    work.tell("giving")


def _in_hand(work: Work, gift_id: int) -> ThankYou:
    work.require(Permission.GIVING_EDIT)
    gift = work.get(Gift, gift_id)
    if gift.thanks != "due":
        raise ThankedAlready(by=gift.thanked_by)
    found = queries.thank_you(work.session, gift_id)
    if found is None:
        emails, _ = queries.reach(work.session, [gift.constituent_id])
        way = way_for(gift.amount, gift.constituent_id in emails)
        found = work.add(ThankYou(gift_id=gift_id, way=way, created_at=work.now, updated_at=work.now))
    return found


def _ended(work: Work, thanks: ThankYou, status: str, on_gift: str, words: str) -> None:
    gift = work.get(Gift, thanks.gift_id)
    thanks.status, thanks.ended_at, thanks.ended_by = status, work.now, work.actor.name
    gift.thanks, gift.thanked_at, gift.thanked_by = on_gift, work.now, work.actor.name
    _kept(work, thanks, words)


def _kept(work: Work, thanks: ThankYou, words: str) -> None:
    thanks.updated_at = work.now
    gift = work.get(Gift, thanks.gift_id)
    after = {"way": thanks.way, "by": thanks.assigned_name}
    history.record(work, "gift", gift.id, words, after=after, constituent_id=gift.constituent_id, note=thanks.reason)
    work.tell("giving", f"person:{gift.constituent_id}")


def _since(work: Work) -> date:
    return work.now.date() - LOOK_BACK


def _words(work: Work, gift: Gift, greeting: str) -> str:
    us = queries.organization(work.session)
    named = [
        name for name in queries.funds_of(work.session, [gift.id]).get(gift.id, []) if "general" not in name.lower()
    ]
    goes = f"to {', '.join(named)}" if named else "where it is needed most"
    day = format_date(gift.given_on, "long", locale=us.locale)
    what = f"your gift of {written(gift.amount, gift.currency, us.locale)}" if gift.kind != "in_kind" else "your gift"
    honour = f" in {gift.tribute} of {gift.tribute_name}" if gift.tribute and gift.tribute_name else ""
    return (
        f"{greeting if greeting.lower().startswith('dear') else 'Dear ' + greeting},\n\n"
        f"Thank you for {what}{honour}, which reached us on {day}. It goes {goes}.\n\n"
        f"With gratitude,\n{work.actor.name}\n{us.name}"
    )
