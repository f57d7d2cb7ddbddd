"""What the organization decides once."""

from datetime import date

import pytest

from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.settings import service as settings
from crm_app.features.settings.schemas import OrganizationRow


def test_settings_are_kept_and_checked(work: Work):
    settings.save_organization(work, OrganizationRow(name="Alder Street", currency="EUR", fiscal_year_start=7))
    assert settings.organization(work).currency == "EUR"
    with pytest.raises(Invalid) as refused:
        settings.save_organization(work, OrganizationRow(currency="XXQ", time_zone="Mars", locale="zz_QQ"))
    assert set(refused.value.fields) == {"currency", "time_zone", "locale"}


def test_any_value_is_kept_by_name(work: Work):
    assert settings.value(work, "thanks.days", 2) == 2
    settings.set_value(work, "thanks.days", 3)
    work.session.flush()
    assert settings.value(work, "thanks.days", 2) == 3


def test_fiscal_years_are_named_by_their_end():
    assert settings.fiscal_year(date(2026, 6, 30), 7) == 2026
    assert settings.fiscal_year(date(2026, 7, 1), 7) == 2027
    assert settings.fiscal_year(date(2026, 7, 1), 1) == 2026
    assert settings.fiscal_year_begins(2027, 7) == date(2026, 7, 1)
