"""What may be asked about people: values that features declare in their `facts.py`, and the words for sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from crm_app.engine.segment.definition import Aggregate


class Kind(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing known about a person or a related row. `name` is also the column in the source's SQL."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    says: str = ""  # "lives in"; the sentence puts the value behind it
    says_not: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    permission: str = ""
    group: str = ""
    hidden: bool = False  # for tables and the engine, not offered as a clause


@dataclass(frozen=True, slots=True)
class Source:
    """One row per constituent: `SELECT constituent_id, …` in SQL that SQLite and PostgreSQL both read."""

    name: str
    sql: str
    fields: tuple[Field, ...]
    tables: Mapping[str, str] = field(default_factory=dict)  # table → its column that holds the constituent, "" if none
    permission: str = ""
    group: str = "About the person"


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows about a constituent: `SELECT constituent_id, row_id, …`; `date` names the field windows speak about."""

    name: str
    label: str
    sql: str
    fields: tuple[Field, ...]
    date: str = ""
    tables: Mapping[str, str] = field(default_factory=dict)
    permission: str = ""
    group: str = ""
    did: str = ""  # "gave"
    did_not: str = ""  # "did not give"
    noun: str = "row"
    nouns: str = "rows"
    amount: str = ""  # the field that sums and averages mean

    def field(self, name: str) -> Field | None:
        return next((one for one in self.fields if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Measure:
    """A ready-made value in the user's words: offered in the builder, in columns and in charts."""

    name: str
    label: str
    of: Aggregate
    group: str = ""


@dataclass(frozen=True)
class Catalogue:
    """Everything that may be asked, put together from the features; the first source is the people themselves."""

    sources: tuple[Source, ...] = ()
    relations: tuple[Relation, ...] = ()
    measures: tuple[Measure, ...] = ()
    household: str = ""  # the field that holds the household's number
    shown: str = ""  # the field that names a person
    forbidden: frozenset[str] = frozenset()  # names this viewer may not use: kept, so that a cell can say why

    def field(self, name: str) -> Field | None:
        return self._fields.get(name)

    def source_of(self, name: str) -> Source | None:
        return next((source for source in self.sources if any(one.name == name for one in source.fields)), None)

    def relation(self, name: str) -> Relation | None:
        return self._relations.get(name)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_fields", {one.name: one for source in self.sources for one in source.fields})
        object.__setattr__(self, "_relations", {one.name: one for one in self.relations})

    def fields(self) -> Iterable[tuple[Source, Field]]:
        return ((source, one) for source in self.sources for one in source.fields)

    def for_viewer(self, permissions: Iterable[str]) -> Catalogue:
        """The same catalogue with what this person may not see marked as forbidden."""
        held = set(permissions)
        hidden: set[str] = set()
        for source in self.sources:
            hidden |= {
                f.name for f in source.fields if not _may(source.permission, held) or not _may(f.permission, held)
            }
        for relation in self.relations:
            if not _may(relation.permission, held):
                hidden.add(relation.name)
            hidden |= {f"{relation.name}.{f.name}" for f in relation.fields if not _may(f.permission, held)}
        return replace(self, forbidden=frozenset(hidden))

    def may_use(self, field_name: str) -> bool:
        return field_name not in self.forbidden


def _may(permission: str, held: set[str]) -> bool:
    return not permission or permission in held


def gather(catalogues: Iterable[Catalogue]) -> Catalogue:
    """One catalogue out of the features' own."""
    parts = list(catalogues)
    return Catalogue(
        sources=tuple(source for part in parts for source in part.sources),
        relations=tuple(relation for part in parts for relation in part.relations),
        measures=tuple(measure for part in parts for measure in part.measures),
        household=next((part.household for part in parts if part.household), ""),
        shown=next((part.shown for part in parts if part.shown), ""),
    )
