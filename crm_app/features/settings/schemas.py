"""Shapes of the organization's settings."""

from pydantic import BaseModel, ConfigDict


class OrganizationRow(BaseModel):
    """We ourselves."""

    model_config = ConfigDict(from_attributes=True, str_strip_whitespace=True)

    name: str = ""
    legal_name: str = ""
    tax_number: str = ""
    fiscal_year_start: int = 1
    currency: str = "USD"
    country: str = "US"
    locale: str = "en_US"
    time_zone: str = "UTC"
    address: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
