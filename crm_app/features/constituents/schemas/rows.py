"""What goes out: rows ready to show."""

from datetime import date, datetime

from pydantic import BaseModel


class Found(BaseModel):
    """One line under the search box."""

    id: int
    name: str
    kind: str
    also: str = ""
    """Nickname or former name."""
    detail: str = ""
    """Town, e-mail or phone: what tells two of the same name apart."""
    deceased: bool = False


class MayContact(BaseModel):
    """The answer of the one function everyone asks before contacting somebody."""

    allowed: bool
    reason: str
    state: str = "not_asked"


class EmailRow(BaseModel):
    id: int
    address: str
    label: str
    is_primary: bool
    status: str
    status_reason: str = ""


class PhoneRow(BaseModel):
    id: int
    number: str
    shown: str
    extension: str
    label: str
    takes_text: bool
    is_primary: bool
    status: str
    status_reason: str = ""


class AddressRow(BaseModel):
    id: int
    line1: str
    line2: str
    city: str
    region: str
    postal_code: str
    country: str
    label: str
    one_line: str
    is_primary: bool
    shared: bool
    season: str
    status: str
    status_reason: str = ""


class WebsiteRow(BaseModel):
    id: int
    url: str
    label: str
    is_primary: bool
    status: str


class OtherNameRow(BaseModel):
    id: int
    kind: str
    shown: str


class HatTypeRow(BaseModel):
    id: int
    name: str
    plural: str = ""
    people: int = 0
    built_in: bool = False
    retired: bool = False


class HatRow(BaseModel):
    id: int
    hat_type_id: int
    name: str
    started_on: date | None
    ended_on: date | None
    note: str = ""


class TagRow(BaseModel):
    id: int
    name: str
    colour: str
    group: str = ""
    by: str = ""
    at: datetime | None = None
    people: int = 0
    retired: bool = False


class NoteRow(BaseModel):
    id: int
    body: str
    privacy: str
    pinned: bool
    by: str
    created_at: datetime


class AttachmentRow(BaseModel):
    id: int
    file_id: int
    title: str
    kind: str
    size: int
    by: str
    created_at: datetime


class ConsentRow(BaseModel):
    """The current statement for a channel and a purpose."""

    channel: str
    purpose: str
    state: str
    basis: str
    source: str
    captured_at: datetime | None = None
    expires_on: date | None = None


class CustomFieldRow(BaseModel):
    id: int
    code: str
    label: str
    kind: str
    options: list[str] = []
    applies_to: list[str] = []
    section: str = ""
    help: str = ""
    required: bool = False
    retired: bool = False
    filled: int = 0


class CustomValueRow(BaseModel):
    field_id: int
    code: str
    label: str
    kind: str
    section: str
    shown: str
    raw: str
    options: list[str] = []


class PersonFacts(BaseModel):
    """The record itself, without what belongs to it; birth dates only for those who may see them."""

    id: int
    kind: str
    version: int
    display_name: str
    sort_name: str
    prefix: str
    first_name: str
    middle_name: str
    last_name: str
    suffix: str
    nickname: str
    preferred_name: str
    pronouns: str
    name: str
    greeting: str
    formal_greeting: str
    addressee: str
    names_locked: bool
    gender: str
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    deceased: bool
    deceased_on: date | None
    language: str
    job_title: str
    anonymous: bool
    owner_id: int | None
    alert: str
    alert_until: date | None
    photo_id: int | None
    source: str
    created_at: datetime
    updated_at: datetime
    deleted: bool
