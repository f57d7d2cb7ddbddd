"""What a person can do with constituents."""

from crm_app.features.constituents.service import (
    consent,
    fields,
    finding,
    listing,
    marks,
    reaching,
    taking_out,
    together,
    trash,
)
from crm_app.features.constituents.service.consent import may_contact
from crm_app.features.constituents.service.editing import EditConflict, add_name, drop_name, edit, facts, standing
from crm_app.features.constituents.service.finding import find_ids, reindex, search
from crm_app.features.constituents.service.followers import follow
from crm_app.features.constituents.service.making import create, create_many

__all__ = [
    "EditConflict",
    "add_name",
    "consent",
    "create",
    "create_many",
    "drop_name",
    "edit",
    "facts",
    "fields",
    "find_ids",
    "finding",
    "follow",
    "listing",
    "marks",
    "may_contact",
    "reaching",
    "reindex",
    "search",
    "standing",
    "taking_out",
    "together",
    "trash",
]
