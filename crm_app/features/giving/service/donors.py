"""Finding a donor while typing."""

from dataclasses import dataclass

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.constituents.service import search

MOST = 8


@dataclass(frozen=True)
class Donor:
    id: int
    name: str
    detail: str


def find_donors(work: Work, text: str) -> list[Donor]:
    """People whose names, e-mails or numbers fit, each with what tells two of the same name apart."""
    work.require(Permission.GIVING_READ)
    return [Donor(row.id, row.name, _detail(row.detail, row.deceased, row.id)) for row in search(work, text, MOST)]


def _detail(detail: str, deceased: bool, number: int) -> str:
    said = [detail, "has died" if deceased else "", f"no. {number}"]
    return " · ".join(part for part in said if part)
