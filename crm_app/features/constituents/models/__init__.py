"""Tables of constituents."""

from crm_app.features.constituents.models.consent import Consent
from crm_app.features.constituents.models.contact import Address, Email, Phone, Website
from crm_app.features.constituents.models.custom import CustomField, CustomValue
from crm_app.features.constituents.models.lists import ListView, PagePreference
from crm_app.features.constituents.models.marks import Attachment, Hat, HatType, Note, Tag, Tagging
from crm_app.features.constituents.models.person import Constituent, ExternalId, OtherName
from crm_app.features.constituents.models.search import SearchTerm

__all__ = [
    "Address",
    "Attachment",
    "Consent",
    "Constituent",
    "CustomField",
    "CustomValue",
    "Email",
    "ExternalId",
    "Hat",
    "HatType",
    "ListView",
    "Note",
    "OtherName",
    "PagePreference",
    "Phone",
    "SearchTerm",
    "Tag",
    "Tagging",
    "Website",
]
