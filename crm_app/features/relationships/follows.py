"""A household's name follows its members' names and lives."""

from crm_app.core.work import Work
from crm_app.features.constituents.service import follow
from crm_app.features.constituents.service.editing import NAMES
from crm_app.features.relationships import queries, service


@follow
def rename_households(work: Work, constituent_id: int, fields: frozenset[str]) -> None:
    if fields & NAMES:
        for _, household in queries.households_of(work.session, constituent_id):
            service.rename(work, household.id)
