"""What comes in: people as they are typed or imported."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["person", "household", "organization"]
CHANNELS = ("email", "phone", "text", "post")
PURPOSES = ("news", "fundraising", "events", "volunteering", "service")
STATES = ("granted", "refused", "withdrawn", "not_asked")
BASES = ("consent", "legitimate interest", "contract", "legal duty")


class Draft(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True, extra="forbid")


class EmailDraft(Draft):
    address: str
    label: str = "home"
    primary: bool = False


class PhoneDraft(Draft):
    number: str
    label: str = "mobile"
    extension: str = ""
    takes_text: bool = False
    primary: bool = False


class AddressDraft(Draft):
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    label: str = "home"
    season_from: str = ""
    season_to: str = ""
    primary: bool = False


class WebsiteDraft(Draft):
    url: str
    label: str = "main"
    primary: bool = False


class OtherNameDraft(Draft):
    kind: str = "former"
    first_name: str = ""
    middle_name: str = ""
    last_name: str = ""
    name: str = ""
    until: date | None = None


class HatDraft(Draft):
    hat: str
    """Name of the hat type; one that is not known yet is added."""
    started_on: date | None = None
    ended_on: date | None = None
    note: str = ""


class ConsentDraft(Draft):
    channel: str
    purpose: str
    state: str
    basis: str = "consent"
    wording: str = ""
    source: str = ""
    evidence: str = ""
    captured_at: datetime | None = None
    expires_on: date | None = None


class ConstituentDraft(Draft):
    kind: Kind = "person"
    prefix: str = ""
    first_name: str = ""
    middle_name: str = ""
    last_name: str = ""
    suffix: str = ""
    nickname: str = ""
    preferred_name: str = ""
    pronouns: str = ""
    name: str = ""
    gender: str = ""
    birth_year: int | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    deceased: bool = False
    deceased_on: date | None = None
    language: str = ""
    job_title: str = ""
    owner_id: int | None = None
    source: str = ""
    import_id: int | None = None
    emails: list[EmailDraft] = Field(default_factory=list)
    phones: list[PhoneDraft] = Field(default_factory=list)
    addresses: list[AddressDraft] = Field(default_factory=list)
    websites: list[WebsiteDraft] = Field(default_factory=list)
    other_names: list[OtherNameDraft] = Field(default_factory=list)
    hats: list[HatDraft] = Field(default_factory=list)
    tags: list[str] = Field(default_factory=list)
    consents: list[ConsentDraft] = Field(default_factory=list)
    external_ids: dict[str, str] = Field(default_factory=dict)
    custom: dict[str, Any] = Field(default_factory=dict)
    """By the code of the custom field."""


class CustomFieldDraft(Draft):
    label: str
    kind: str = "text"
    options: list[str] = Field(default_factory=list)
    applies_to: list[str] = Field(default_factory=list)
    section: str = ""
    help: str = ""
    required: bool = False
