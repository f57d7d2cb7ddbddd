"""What duplicates do when a record changes, whoever changes it: keys are rewritten in the same transaction."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlmodel import Session

from crm_app.core.access import Actor
from crm_app.core.work import Work
from crm_app.features.constituents.models import Address, Constituent, Email, OtherName, Phone, Website
from crm_app.features.duplicates.service import finding, keys

FEW = 3
"""So many changed records are compared with the rest at once; more (an import) wait for the hourly search."""
PARTS = (Email, Phone, Address, Website, OtherName)
WATCHED = {Constituent.__tablename__: "id", **dict.fromkeys((part.__tablename__ for part in PARTS), "constituent_id")}


@sa.event.listens_for(Session, "after_flush")
def _rows_changed(session: Session, _context: UOWTransaction) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        column = WATCHED.get(getattr(row, "__tablename__", ""))
        if column:
            keys.touch(session, [getattr(row, column)])


@sa.event.listens_for(Session, "do_orm_execute")
def _rows_inserted(state: ORMExecuteState) -> None:
    """Rows written many at a time, without objects."""
    if not state.is_insert or not isinstance(state.statement, sa.Insert):
        return
    column = WATCHED.get(getattr(state.statement.table, "name", ""))
    if column:
        given: Any = state.parameters or []
        rows = given if isinstance(given, list | tuple) else [given]
        keys.touch(state.session, [row.get(column) for row in rows])


@sa.event.listens_for(Session, "before_commit")
def _before_commit(session: Session) -> None:
    session.flush()
    if session.info.get(keys.PENDING):
        ids = keys.settle(session)
        if len(ids) <= FEW:
            work = Work(session, Actor.system(), datetime.now(UTC), session.info["database"])
            finding.look(work, ids)


@sa.event.listens_for(Session, "after_rollback")
def _rolled_back(session: Session) -> None:
    session.info.pop(keys.PENDING, None)
