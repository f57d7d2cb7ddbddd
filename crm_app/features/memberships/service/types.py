"""Types of membership: what they cost, how long they run."""

from calendar import month_abbr, monthrange

from babel.numbers import list_currencies

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.engine.membership import FIXED, LIFETIME, ROLLING, Rule
from crm_app.engine.money import written
from crm_app.features.memberships import queries
from crm_app.features.memberships.models import MembershipType
from crm_app.features.memberships.schemas import TypeDraft, TypeRow
from crm_app.features.settings import service as settings

PERIODS = (ROLLING, FIXED, LIFETIME)
STATUSES = ("current", "grace", "lapsed", "pending")


def rule_of(kind: MembershipType) -> Rule:
    rollover = (kind.rollover_month, kind.rollover_day) if kind.rollover_month and kind.rollover_day else None
    return Rule(kind.period, kind.months, (kind.begins_month, kind.begins_day), rollover, kind.grace_days)


def list_types(work: Work, retired: bool = False) -> list[TypeRow]:
    """Types with their rule in words and how many members each has."""
    work.require(Permission.PEOPLE_READ)
    found = {(type_id, status): number for type_id, status, number in queries.counts(work.session, work.now.date())}
    locale = settings.organization(work).locale
    return [_row(work, kind, found, locale) for kind in queries.types(work.session, retired)]


def _row(work: Work, kind: MembershipType, found: dict[tuple[int, str], int], locale: str) -> TypeRow:
    return TypeRow(
        **kind.model_dump(include=set(TypeDraft.model_fields)),
        id=kind.id or 0,
        words=rule_words(kind),
        price_words=written(kind.price, kind.currency, locale) if kind.price else "free",
        retired=kind.retired_at is not None,
        **{status: found.get((kind.id or 0, status), 0) for status in STATUSES},
    )


def rule_words(kind: MembershipType) -> str:
    """The rule as a member would be told it."""
    if kind.period == LIFETIME:
        said = "for life"
    elif kind.period == FIXED:
        said = f"from {_day(kind.begins_month, kind.begins_day)} for a year"
        if kind.rollover_month and kind.rollover_day:
            said += f"; joining from {_day(kind.rollover_month, kind.rollover_day)} includes the next year"
    else:
        said = "for a year from joining" if kind.months == 12 else f"for {kind.months} months from joining"
    if kind.period != LIFETIME and kind.grace_days:
        said += f"; {kind.grace_days} days of grace"
    if kind.inherits:
        said += (
            "; for the household" if kind.most_inherited is None else f"; and {kind.most_inherited} of the household"
        )
    return said


def _day(month: int, day: int) -> str:
    return f"{day} {month_abbr[month]}"


def save_type(work: Work, draft: TypeDraft, type_id: int | None = None) -> int:
    """Make or change a type. Terms that were sold stay as they are."""
    work.require(Permission.GIVING_EDIT)
    draft = draft.model_copy(update={"currency": draft.currency or settings.organization(work).currency})
    _check(work, draft, type_id)
    row = work.get(MembershipType, type_id) if type_id else MembershipType(name="")
    before = row.model_dump(include=set(TypeDraft.model_fields)) if type_id else {}
    for name, value in draft.model_dump().items():
        setattr(row, name, value)
    work.add(row)
    action = "edited" if type_id else "made"
    history.record(work, "membership type", row.id, action, before=before, after=draft.model_dump())
    work.tell("memberships")
    return row.id


def _check(work: Work, draft: TypeDraft, type_id: int | None) -> None:
    wrong: dict[str, str] = {}
    known = {kind.name.casefold(): kind.id for kind in queries.types(work.session, retired=True)}
    if not draft.name:
        wrong["name"] = "A name, please: Friend, Family, Supporter."
    elif known.get(draft.name.casefold(), type_id) != type_id:
        wrong["name"] = "There is a type of this name already."
    if draft.period not in PERIODS:
        wrong["period"] = "Choose how it runs."
    if not 1 <= draft.months <= 120:
        wrong["months"] = "Between 1 and 120 months."
    if not 0 <= draft.grace_days <= 366:
        wrong["grace_days"] = "Between 0 and 366 days."
    if draft.price < 0:
        wrong["price"] = "Zero or more."
    if draft.most_inherited is not None and draft.most_inherited < 0:
        wrong["most_inherited"] = "Zero or more; leave it empty for all of the household."
    if draft.currency not in list_currencies():
        wrong["currency"] = "Choose a currency by its three letters, such as USD."
    if not _is_day(draft.begins_month, draft.begins_day):
        wrong["begins"] = "Choose a day of the year."
    if draft.rollover_month or draft.rollover_day:
        if not _is_day(draft.rollover_month or 0, draft.rollover_day or 0):
            wrong["rollover"] = "Choose a day of the year, or neither month nor day."
        elif (draft.rollover_month, draft.rollover_day) == (draft.begins_month, draft.begins_day):
            wrong["rollover"] = "Choose a later day than the one the year begins on."
    if wrong:
        raise Invalid(fields=wrong)


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(2024, month)[1]


def retire_type(work: Work, type_id: int, retired: bool = True) -> None:
    """Not sold any more; members keep their terms."""
    work.require(Permission.GIVING_EDIT)
    row = work.get(MembershipType, type_id)
    row.retired_at = work.now if retired else None
    history.record(work, "membership type", type_id, "retired" if retired else "brought back", note=row.name)
    work.tell("memberships")
