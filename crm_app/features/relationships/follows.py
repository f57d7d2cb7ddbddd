"""A household's name follows its members' names and lives."""

from crm_app.core.work import Work
from crm_app.features.constituents.models import Constituent
from crm_app.features.constituents.service import follow
from crm_app.features.constituents.service.editing import NAMES
from crm_app.features.relationships import queries, service


@follow
def rename_households(work: Work, constituent_id: int, fields: frozenset[str]) -> None:
    if not fields & (NAMES | {"names_locked"}):
        return
    if work.get(Constituent, constituent_id).kind == "household":
        service.rename(work, constituent_id)
    else:
        for _, household in queries.households_of(work.session, constituent_id):
            service.rename(work, household.id)
