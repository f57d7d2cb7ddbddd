"""Worlds of a million: a town made person by person, then as many more like it, written by the database itself."""

from collections.abc import Callable

import sqlalchemy as sa

from crm_app.demo import names as lists
from crm_app.demo.world import World
from crm_app.features.constituents.folding import fold
from crm_app.features.constituents.models import (
    Address,
    Consent,
    Constituent,
    CustomValue,
    Email,
    ExternalId,
    Hat,
    Note,
    OtherName,
    Phone,
    SearchTerm,
    Tagging,
    Website,
)
from crm_app.features.giving.models import (
    Gift,
    GiftSplit,
    Payment,
    Pledge,
    PledgeInstallment,
    RecurringGift,
    RecurringSchedule,
    SoftCredit,
)
from crm_app.features.interactions.models import Interaction
from crm_app.features.relationships.models import HouseholdMember, Relationship

MODELS = [
    Constituent, Email, Phone, Address, Website, OtherName, ExternalId, Hat, Tagging, CustomValue, Note, Consent,
    HouseholdMember, Relationship, Interaction, RecurringGift, RecurringSchedule, Pledge, PledgeInstallment, Gift,
    GiftSplit, SoftCredit, Payment,
]  # fmt: skip
RENAMED = ("display_name", "greeting", "formal_greeting", "addressee")
NAME_OF = "LEFT JOIN demo_last l ON l.id = c.id LEFT JOIN demo_names n ON n.old = l.last"
TEMPORARY = (
    "CREATE TEMPORARY TABLE demo_names (old VARCHAR(80) PRIMARY KEY, new TEXT, old_folded TEXT, new_folded TEXT)",
    "CREATE TEMPORARY TABLE demo_terms (term TEXT, constituent_id INTEGER)",
    "CREATE TEMPORARY TABLE demo_last (id INTEGER PRIMARY KEY, last TEXT)",
    "INSERT INTO demo_last SELECT id, last_name FROM constituent WHERE last_name <> ''",
    "INSERT INTO demo_last SELECT hm.household_id, p.last_name FROM household_member hm "
    "JOIN constituent p ON p.id = hm.person_id WHERE hm.position = 0",
)


def more(world: World, copies: int, said: Callable[[str], None] | None = None) -> dict[str, int]:
    """Add towns like the one that is there: other surnames, mailboxes, numbers and doors; returns rows by table."""
    session = world.work.session
    ends = {m.__tablename__: session.execute(sa.select(sa.func.max(m.__table__.c.id))).scalar() or 0 for m in MODELS}
    for statement in TEMPORARY:
        session.execute(sa.text(statement))
    for copy in range(1, copies + 1):
        if said and copy % 5 == 0:
            said(f"town {copy} of {copies}")
        _rename(world, copy)
        session.execute(sa.text(_terms(copy, ends["constituent"])))
        for model in MODELS:
            session.execute(sa.text(_copied(model.__table__, copy, ends)))
    _index_terms(world)
    session.execute(sa.text("DROP TABLE demo_names"))
    session.execute(sa.text("DROP TABLE demo_last"))
    for model in MODELS:
        if shelf := world.loader.shelves.get(model):
            shelf.next_id = ends[model.__tablename__] * (copies + 1) + 1
    return {name: end * (copies + 1) for name, end in ends.items()}


def _rename(world: World, copy: int) -> None:
    """The surnames of this town: each becomes another one of the same list."""
    names = list(dict.fromkeys(lists.LAST))
    turned = [(old, names[(place + 7 * copy) % len(names)]) for place, old in enumerate(names)]
    world.work.session.execute(sa.text("DELETE FROM demo_names"))
    world.work.session.execute(
        sa.text("INSERT INTO demo_names VALUES (:old, :new, :old_folded, :new_folded)"),
        [{"old": old, "new": new, "old_folded": fold(old), "new_folded": fold(new)} for old, new in turned],
    )


def _terms(copy: int, end: int) -> str:
    """Search words: mailboxes and numbers of this town, and names with the new surname in place of the old."""
    return f"""
    INSERT INTO demo_terms SELECT CASE WHEN t.term LIKE '%@%' THEN replace(t.term, '@', '.{copy}@')
      WHEN t.term < ':' THEN replace(t.term, '555', '{200 + copy}')
      WHEN n.new IS NULL THEN t.term ELSE replace(t.term, n.old_folded, n.new_folded) END, t.constituent_id + {copy * end}
    FROM search_term t JOIN constituent c ON c.id = t.constituent_id {NAME_OF} WHERE c.id <= {end}"""


def _copied(table: sa.Table, copy: int, ends: dict[str, int]) -> str:
    columns, values = [], []
    for column in table.columns:
        columns.append(f'"{column.name}"')
        values.append(_value(table, column, copy, ends))
    source = f"FROM {table.name} c " + (NAME_OF if table.name == "constituent" else "")
    only = " AND c.system <> 'demo_twin'" if table.name == "external_id" else ""
    into = f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT {', '.join(values)}"
    return f"{into} {source} WHERE c.id <= {ends[table.name]}{only}"


def _value(table: sa.Table, column: sa.Column, copy: int, ends: dict[str, int]) -> str:
    """What stands in a column of the copy: ids and links moved on, what must be unlike made unlike."""
    own = f'c."{column.name}"'
    if column.name == "id":
        return f"{own} + {copy * ends[table.name]}"
    for link in column.foreign_keys:
        target = link.column.table.name
        if target in ends:
            return f"{own} + {copy * ends[target]}"
    match (table.name, column.name):
        case ("email", "address" | "folded"):
            return f"replace({own}, '@', '.{copy}@')"
        case ("phone", "number" | "shown"):
            return f"replace({own}, '555', '{200 + copy}')"
        case ("address", "line1"):
            return f"'{copy}' || {own}"
        case ("address", "match_key"):
            return f"CASE WHEN {own} = '' THEN '' ELSE '{copy}' || {own} END"
        case ("external_id", "value"):
            return f"{own} || '-{copy}'"
        case ("constituent", "last_name"):
            return f"CASE WHEN {own} = '' THEN '' ELSE coalesce(n.new, {own}) END"
        case ("constituent", "sort_name"):
            return f"CASE WHEN n.new IS NULL THEN {own} ELSE replace({own}, n.old_folded, n.new_folded) END"
        case ("constituent", name) if name in RENAMED:
            return f"CASE WHEN n.new IS NULL THEN {own} ELSE replace({own}, n.old, n.new) END"
    return own


def _index_terms(world: World) -> None:
    session = world.work.session
    aside = list(SearchTerm.__table__.indexes)  # type: ignore[attr-defined]
    for index in aside:
        index.drop(session.connection())
    collation = "" if world.loader.sqlite else ' COLLATE "C"'
    order = "substr(term, 1, 120)"
    query = f"SELECT DISTINCT {order}{collation}, constituent_id FROM demo_terms ORDER BY 1, 2"
    session.execute(sa.text(f"INSERT INTO search_term (term, constituent_id) {query}"))
    session.execute(sa.text("DROP TABLE demo_terms"))
    for index in aside:
        index.create(session.connection())
