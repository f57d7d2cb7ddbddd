"""What the organization decides once."""

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from babel.numbers import list_currencies

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.settings import queries
from crm_app.features.settings.models import Organization, Setting
from crm_app.features.settings.schemas import OrganizationRow

KEPT = "organization"


def organization(work: Work) -> OrganizationRow:
    """We ourselves; read once for each work."""
    if KEPT not in work.session.info:
        row = queries.organization(work.session)
        work.session.info[KEPT] = OrganizationRow.model_validate(row) if row else OrganizationRow()
    return work.session.info[KEPT]


def save_organization(work: Work, draft: OrganizationRow) -> None:
    work.require(Permission.SETTINGS_EDIT)
    _check(draft)
    row = queries.organization(work.session) or work.add(Organization(updated_at=work.now))
    work.session.info.pop(KEPT, None)
    before = OrganizationRow.model_validate(row).model_dump()
    for name, value in draft.model_dump().items():
        setattr(row, name, value)
    row.updated_at = work.now
    history.record(work, "organization", row.id, "edited", before=before, after=draft.model_dump())
    work.tell("settings")


def _check(draft: OrganizationRow) -> None:
    wrong: dict[str, str] = {}
    if not 1 <= draft.fiscal_year_start <= 12:
        wrong["fiscal_year_start"] = "Choose a month."
    if draft.currency not in list_currencies():
        wrong["currency"] = "Choose a currency by its three letters, such as USD."
    if draft.time_zone not in available_timezones():
        wrong["time_zone"] = "Choose a time zone, such as America/New_York."
    try:
        Locale.parse(draft.locale)
    except (UnknownLocaleError, ValueError):
        wrong["locale"] = "Choose a language and country, such as en_US."
    if wrong:
        raise Invalid(fields=wrong)


def value(work: Work, name: str, default: Any = None) -> Any:
    row = queries.setting(work.session, name)
    return default if row is None else row.value


def set_value(work: Work, name: str, new: Any) -> None:
    work.require(Permission.SETTINGS_EDIT)
    row = queries.setting(work.session, name)
    before = row.value if row else None
    if row:
        row.value, row.updated_at = new, work.now
    else:
        work.session.add(Setting(name=name, value=new, updated_at=work.now))
    history.record(work, "setting", None, "edited", before={name: before}, after={name: new})
    work.tell("settings")


def fiscal_year(day: date, start_month: int) -> int:
    """The fiscal year a day belongs to, named by the calendar year in which it ends."""
    return day.year + 1 if start_month > 1 and day.month >= start_month else day.year


def fiscal_year_begins(year: int, start_month: int) -> date:
    return date(year - 1 if start_month > 1 else year, start_month, 1)
