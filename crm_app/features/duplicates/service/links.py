"""Everything that points at a constituent, found in the schema: a feature added later is merged without being told."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

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


def all_links() -> tuple[Link, ...]:
    """Links in a settled order: the same on every run."""
    return _sorted(len(SQLModel.metadata.tables))


@cache
def _sorted(_tables: int) -> tuple[Link, ...]:
    return tuple(sorted(_found(), key=lambda link: link.name))


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
    """Columns no two rows may agree on, of those rows for which all conditions of `where` hold."""

    columns: tuple[str, ...]
    where: tuple[tuple[str, str, str], ...] = ()

    @property
    def flag(self) -> str:
        """The one column of yes or no that the rule is about, such as is_primary: a moved row can let go of it."""
        return self.where[0][0] if len(self.where) == 1 and self.where[0][1:] == ("=", "1") else ""

    def holds(self, row: Mapping[str, Any]) -> bool:
        return all(_holds(row[name], sign, value) for name, sign, value in self.where)


def _holds(found: Any, sign: str, value: str) -> bool:
    if sign == "is":
        return (found is None) == (value == "null")
    said = value.strip("'")
    same = bool(found) == (said == "1") if said in ("0", "1") and isinstance(found, bool | int) else str(found) == said
    return found is not None and (same if sign == "=" else not same)


_CONDITION = re.compile(r"""^\W*"?(\w+)"?\s*(is not null|is null|=|<>|!=)\s*('[^']*'|\w+)?\W*$""", re.IGNORECASE)


def _conditions(where: str) -> tuple[tuple[str, str, str], ...]:
    """'kind = "entry" AND left_at IS NULL', taken apart."""
    found = []
    for part in re.split(r"\s+and\s+", where, flags=re.IGNORECASE):
        said = _CONDITION.match(part)
        if said is None:
            raise ValueError(f"a partial unique index this cannot read: {where}")
        name, sign, value = said[1], said[2].lower(), said[3] or ""
        found.append((name, "is", "not" if "not" in sign else "null") if sign.startswith("is") else (name, sign, value))
    return tuple(found)


@cache
def uniques(table: sa.Table) -> list[Unique]:
    """All unique keys of a table: primary key, constraints, indexes, also partial ones."""
    found = {Unique(tuple(c.name for c in table.primary_key.columns))}
    for constraint in table.constraints:
        if isinstance(constraint, sa.UniqueConstraint):
            found.add(Unique(tuple(c.name for c in constraint.columns)))
    for column in table.columns:
        if column.unique:
            found.add(Unique((column.name,)))
    for index in table.indexes:
        where = index.dialect_options["sqlite"].get("where")
        if index.unique:
            found.add(
                Unique(tuple(c.name for c in index.columns), _conditions(str(where)) if where is not None else ())
            )
    return sorted(found, key=lambda unique: (unique.columns, unique.where))
