"""Lists and files that leave the house."""

from crm_app.core import history
from crm_app.core.access import Permission
from crm_app.core.errors import NotFound
from crm_app.core.files import StoredFile
from crm_app.core.work import Work
from crm_app.features.constituents.models import Attachment, Constituent
from crm_app.features.constituents.schemas import Filters
from crm_app.features.constituents.service import listing
from crm_app.features.constituents.service.marks import may_read

TITLES = [
    "Number",
    "Name",
    "Kind",
    "E-mail",
    "Phone",
    "Town",
    "Hats",
    "Tags",
    "Looked after by",
    "Given",
    "Last gift",
    "Added",
]
PART = 500


def rows(work: Work, filters: Filters) -> list[list[str]]:
    """The list as a table of text; it is written down that it was taken out, by whom and how many."""
    work.require(Permission.EXPORT)
    ids = listing.matching(work, filters)
    table = [TITLES]
    for start in range(0, len(ids), PART):
        for row in listing.rows(work, ids[start : start + PART]):
            said = [row.name, row.kind, row.email, row.phone, row.city, row.hats, ", ".join(row.tags), row.owner]
            table.append([str(row.id), *(harmless(text) for text in [*said, row.given, row.last, row.added])])
    after = {"records": len(ids), **filters.model_dump(exclude_defaults=True, exclude={"ids"})}
    history.record(work, "export", None, "taken out", after=after)
    return table


def harmless(text: str) -> str:
    """A spreadsheet must not take what people typed for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def attached(work: Work, number: int) -> StoredFile:
    work.require(Permission.PEOPLE_READ)
    row: Attachment = work.get(Attachment, number, "There is no such file.")
    if row.deleted_at is not None or not may_read(work, row.privacy, None):
        raise NotFound("There is no such file.")
    return work.get(StoredFile, row.file_id)


def photo(work: Work, constituent_id: int) -> StoredFile:
    work.require(Permission.PEOPLE_READ)
    return work.get(StoredFile, work.get(Constituent, constituent_id).photo_id, "There is no picture.")
