"""Everything that points at a constituent, found in the schema: a feature added later is merged without being told."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import SQLModel

HOME = "constituent"
# Derived rows are rewritten, history and verdicts speak about numbers, the queue follows by itself.
OURS = frozenset({"match_key", "search_term", "change", "verdict", "suggestion", "merge", "merge_row"})
# Numbers without a foreign key that still mean a constituent.
BY_NUMBER = frozenset({"constituent_id"})


@dataclass(frozen=True)
class Link:
    table: sa.Table
    column: sa.Column

    @property
    def name(self) -> str:
        return f"{self.table.name}.{self.column.name}"


@dataclass(frozen=True)
class Policy:
    """What happens when both records have the same thing.

    `same`: besides the schema's unique keys, rows that agree on these columns are one row and are combined.
    `lone`: the row makes no sense between a record and itself and is taken away (and kept for undo).
    """

    words: tuple[str, str]
    same: tuple[str, ...] = ()
    lone: bool = False
    best: str = ""
    order: tuple[str, ...] = field(default_factory=tuple)


POLICIES = {
    "email": Policy(("e-mail", "e-mails"), same=("folded",)),
    "phone": Policy(("phone number", "phone numbers"), same=("number",)),
    "address": Policy(("address", "addresses"), same=("match_key", "line1", "postal_code", "label")),
    "website": Policy(("website", "websites"), same=("url",)),
    "other_name": Policy(("other name", "other names"), same=("first_name", "last_name", "name")),
    "hat": Policy(("hat", "hats"), same=("hat_type_id", "started_on", "ended_on")),
    "tagging": Policy(("tag", "tags")),
    "custom_value": Policy(("custom field", "custom fields")),
    "consent": Policy(("consent statement", "consent statements")),
    "relationship": Policy(
        ("relationship", "relationships"), same=("type_id", "from_id", "to_id", "ended_on"), lone=True
    ),
    "household_member": Policy(("household place", "household places"), lone=True),
    "gift": Policy(("gift", "gifts")),
    "soft_credit": Policy(("soft credit", "soft credits")),
    "pledge": Policy(("pledge", "pledges")),
    "recurring_gift": Policy(("recurring gift", "recurring gifts")),
    "receipt": Policy(("receipt", "receipts")),
    "interaction": Policy(("conversation", "conversations")),
    "task": Policy(("task", "tasks")),
    "note": Policy(("note", "notes")),
    "attachment": Policy(("file", "files")),
    "external_id": Policy(("number elsewhere", "numbers elsewhere")),
    "registration": Policy(("registration", "registrations")),
}


def policy(table: str) -> Policy:
    words = table.replace("_", " ")
    return POLICIES.get(table, Policy((words, words + "s")))


def all_links() -> list[Link]:
    """Links in a settled order: the same on every run."""
    return sorted(_found(), key=lambda link: link.name)


def _found() -> Iterator[Link]:
    for table in SQLModel.metadata.tables.values():
        if table.name in OURS or not table.primary_key.columns:
            continue
        for column in table.columns:
            if table.name == HOME and column.name == "merged_into_id":
                continue
            if points_at(column, HOME) or (column.name in BY_NUMBER and not column.foreign_keys):
                yield Link(table, column)


def points_at(column: sa.Column, table: str) -> bool:
    return any(key.column.table.name == table for key in column.foreign_keys)


def children_of(table: sa.Table) -> list[Link]:
    """What points at rows of this table."""
    found = [
        Link(other, column)
        for other in SQLModel.metadata.tables.values()
        for column in other.columns
        if points_at(column, table.name)
    ]
    return sorted(found, key=lambda link: link.name)


@dataclass(frozen=True)
class Unique:
    """Columns no two rows may agree on; `flag` when only for rows where that column is true (or null)."""

    columns: tuple[str, ...]
    flag: str = ""
    null: str = ""


def uniques(table: sa.Table) -> list[Unique]:
    """All unique keys of a table: primary key, constraints, indexes, also partial ones."""
    found = [Unique(tuple(c.name for c in table.primary_key.columns))]
    for constraint in table.constraints:
        if isinstance(constraint, sa.UniqueConstraint):
            found.append(Unique(tuple(c.name for c in constraint.columns)))
    for index in table.indexes:
        if index.unique:
            where = str(index.dialect_options["sqlite"].get("where") or "")
            flag = where.split("=")[0].strip() if "= 1" in where else ""
            null = where.split()[0] if "IS NULL" in where else ""
            found.append(Unique(tuple(c.name for c in index.columns), flag, null))
    return sorted(set(found), key=lambda unique: (unique.columns, unique.flag))
