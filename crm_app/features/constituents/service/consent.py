"""Whether we may contact somebody, and what they said about it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from crm_app.core import bulk, history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.constituents.models import Address, Consent, Constituent, Email, Phone
from crm_app.features.constituents.queries import about
from crm_app.features.constituents.schemas import ConsentDraft, ConsentRow, MayContact
from crm_app.features.constituents.schemas.drafts import BASES, CHANNELS, PURPOSES, STATES

POINTS: dict[str, tuple[type[Any], str]] = {
    "email": (Email, "e-mail address"),
    "phone": (Phone, "phone number"),
    "text": (Phone, "phone number"),
    "post": (Address, "postal address"),
}
ALL = "all"
NO = {"refused": "said no", "withdrawn": "asked us to stop"}


def say(work: Work, constituent_id: int, draft: ConsentDraft) -> None:
    """Write down what somebody said; nothing said before is changed."""
    work.require(Permission.CONSENT_EDIT)
    person = work.get(Constituent, constituent_id)
    _check(draft)
    keep(work, [(constituent_id, draft)])
    after = draft.model_dump(exclude_defaults=True, mode="json")
    history.record(work, "consent", None, draft.state, after=after, constituent_id=person.id)
    work.tell("people", f"person:{constituent_id}")


def _check(draft: ConsentDraft) -> None:
    wrong = {}
    if draft.channel not in (*CHANNELS, ALL):
        wrong["channel"] = "Choose a channel."
    if draft.state not in STATES:
        wrong["state"] = "Choose what they said."
    if draft.basis not in BASES:
        wrong["basis"] = "Choose the reason in law."
    if not draft.purpose:
        wrong["purpose"] = "Choose what for."
    if wrong:
        raise Invalid(fields=wrong)


def keep(work: Work, said: Iterable[tuple[int, ConsentDraft]]) -> None:
    rows = [
        {
            **draft.model_dump(exclude={"captured_at"}),
            "captured_at": draft.captured_at or work.now,
            "constituent_id": number,
            "user_id": work.actor.user_id,
            "by": work.actor.name,
            "created_at": work.now,
        }
        for number, draft in said
    ]
    bulk.insert(work.session, Consent, rows)


def may_contact(work: Work, constituent_id: int, channel: str, purpose: str, on: date | None = None) -> MayContact:
    """The one function everyone asks before an e-mail, a call, a text or a letter; says why, or why not.

    Service mail (a receipt, a change of plans) needs no consent, but an address that works and a living person.
    """
    person = work.session.get(Constituent, constituent_id)
    if person is None or person.deleted_at is not None:
        return MayContact(allowed=False, reason="This record is in the trash.")
    statements = about.consents(work.session, constituent_id)
    points = about.of(work.session, POINTS[channel][0], constituent_id)
    return answer(person, statements, points, channel, purpose, on or work.now.date())


def answer(
    person: Constituent, statements: Sequence[Consent], points: Sequence[Any], channel: str, purpose: str, today: date
) -> MayContact:
    """The rule itself, from rows already read; statements newest first."""
    if person.deceased:
        return MayContact(allowed=False, reason=f"{person.display_name} has died.")
    if not any(point.status == "ok" for point in points):
        what = POINTS[channel][1]
        return MayContact(allowed=False, reason=f"No working {what}." if points else f"No {what}.")
    if purpose == "service":
        return MayContact(allowed=True, reason="Needed for something they asked for.", state="granted")
    current = newest(statements, channel, purpose)
    if current is None:
        return MayContact(allowed=False, reason="Not asked yet.")
    if current.state in NO:
        return MayContact(allowed=False, reason=f"They {NO[current.state]} on {_day(current)}.", state=current.state)
    if current.state != "granted":
        return MayContact(allowed=False, reason="Not asked yet.")
    if current.expires_on and current.expires_on < today:
        return MayContact(allowed=False, reason=f"Their yes ended on {current.expires_on:%-d %b %Y}.", state="expired")
    return MayContact(allowed=True, reason=f"They said yes on {_day(current)}.", state="granted")


def _day(statement: Consent) -> str:
    return f"{statement.captured_at:%-d %b %Y}"


def newest(statements: Sequence[Consent], channel: str, purpose: str) -> Consent | None:
    """The statement that counts: the newest that speaks about this, whether by name or about all."""
    return next((s for s in statements if s.channel in (channel, ALL) and s.purpose in (purpose, ALL)), None)


def matrix(work: Work, constituent_id: int) -> list[ConsentRow]:
    """What is known for each channel and purpose; not asked is a state as well."""
    work.require(Permission.PEOPLE_READ)
    statements = about.consents(work.session, constituent_id)
    own = {statement.purpose for statement in statements} - {ALL, *PURPOSES}
    return [
        consent_row(channel, purpose, newest(statements, channel, purpose), work.now.date())
        for channel in CHANNELS
        for purpose in (*PURPOSES[:-1], *sorted(own))
    ]


def consent_row(channel: str, purpose: str, statement: Consent | None, today: date) -> ConsentRow:
    if statement is None:
        return ConsentRow(channel=channel, purpose=purpose, state="not_asked", basis="", source="")
    ended = statement.state == "granted" and statement.expires_on is not None and statement.expires_on < today
    return ConsentRow(
        channel=channel,
        purpose=purpose,
        state="expired" if ended else statement.state,
        basis=statement.basis,
        source=statement.source,
        captured_at=statement.captured_at,
        expires_on=statement.expires_on,
    )
