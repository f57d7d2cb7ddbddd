"""Finding a donor while typing."""

from dataclasses import dataclass

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.giving import queries

MOST = 8


@dataclass(frozen=True)
class Donor:
    id: int
    name: str
    detail: str


def find_donors(work: Work, text: str) -> list[Donor]:
    """People whose names fit, each with what tells two of the same name apart."""
    work.require(Permission.PEOPLE_READ)
    if len(text.strip()) < 2:
        return []
    rows = queries.find_donors(work.session, text.strip(), MOST)
    ids = [row.id for row in rows]
    places = queries.addresses(work.session, ids)
    emails, _ = queries.reach(work.session, ids)
    found = []
    for row in rows:
        place = places[row.id].city if row.id in places else ""
        said = [place, emails.get(row.id, ""), "has died" if row.deceased else "", f"no. {row.id}"]
        found.append(Donor(row.id, row.display_name, " · ".join(part for part in said if part)))
    return found
