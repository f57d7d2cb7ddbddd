"""Words a constituent is found by: derived from names, e-mails, phones and numbers, rewritten with them."""

import sqlalchemy as sa
from sqlmodel import Field

from crm_app.core.tables import Table
from crm_app.features.constituents.models.bytewise import BYTES


class SearchTerm(Table, table=True):
    __tablename__ = "search_term"
    __table_args__ = (
        sa.Index("ix_search_term_person", "constituent_id", "term"),
        {"sqlite_with_rowid": False},
    )

    term: str = Field(sa_column=sa.Column(BYTES, primary_key=True))
    constituent_id: int = Field(sa_column=sa.Column(sa.Integer, primary_key=True, autoincrement=False))
    """No foreign key: these rows are derived, and rewritten whenever their constituent changes."""
