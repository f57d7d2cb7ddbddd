"""A small world for the engine's tests: people, gifts, visits, in frames and in SQLite alike."""

import datetime as dt
import sqlite3

import polars as pl
from hypothesis import strategies as st

from crm_app.engine.segment import frames as fr
from crm_app.engine.segment.catalogue import Catalogue, Field, Kind, Relation, Source
from crm_app.engine.segment.clock import Clock
from crm_app.engine.segment.definition import Notebook
from crm_app.engine.segment.sql import Twin
from crm_app.engine.segment.values import Memory, Reader

TODAY = dt.date(2026, 3, 31)
CLOCK = Clock(TODAY, fiscal_month=7)

CATALOGUE = Catalogue(
    sources=(
        Source(
            name="people",
            sql="SELECT id AS constituent_id, name, state, born, deceased, household, score FROM person",
            fields=(
                Field("name", "Name", Kind.TEXT),
                Field("state", "State", Kind.CHOICE, says="lives in", says_not="does not live in", choices={"or": "Oregon", "wa": "Washington"}),
                Field("born", "Date of birth", Kind.DATE, permission="BIRTHDATES_READ"),
                Field("deceased", "Deceased", Kind.FLAG, says="has died", says_not="is alive"),
                Field("household", "Household", Kind.NUMBER, hidden=True),
                Field("score", "Score", Kind.NUMBER),
            ),
            tables={"person": "id"},
        ),
    ),
    relations=(
        Relation(
            name="gifts", label="Gifts", sql="SELECT constituent_id, id AS row_id, amount, given, fund FROM gift",
            fields=(
                Field("amount", "Amount", Kind.MONEY),
                Field("given", "Date", Kind.DATE),
                Field("fund", "Fund", Kind.CHOICE, says="to"),
            ),
            date="given", amount="amount", did="gave", did_not="did not give", noun="gift", nouns="gifts",
            tables={"gift": "constituent_id"}, permission="GIVING_READ",
        ),
        Relation(
            name="visits", label="Visits", sql="SELECT constituent_id, id AS row_id, day, event FROM visit",
            fields=(Field("day", "Day", Kind.DATE), Field("event", "Event", Kind.TEXT)),
            date="day", did="came to an event", did_not="came to no event", noun="visit", nouns="visits",
            tables={"visit": "constituent_id"},
        ),
    ),
    household="household",
    shown="name",
)  # fmt: skip

TABLES = {
    "person": ("id", "name", "state", "born", "deceased", "household", "score"),
    "gift": ("id", "constituent_id", "amount", "given", "fund"),
    "visit": ("id", "constituent_id", "day", "event"),
}
Data = dict[str, list[tuple]]

_days = st.dates(dt.date(2023, 1, 1), dt.date(2026, 6, 30)).map(str)
_maybe_day = st.none() | _days


@st.composite
def data(draw, most: int = 12) -> Data:
    """People whose numbers have gaps, with gifts and visits; anything may be unknown."""
    ids = sorted(draw(st.sets(st.integers(1, 60), min_size=1, max_size=most)))
    person = [
        (
            number,
            draw(st.sampled_from([None, "Ada", "José", "ÉLAN", "bo%b", "Ann_"])),
            draw(st.sampled_from([None, "or", "wa", "ca"])),
            draw(_maybe_day),
            draw(st.sampled_from([None, 0, 1])),
            draw(st.sampled_from([None, 1, 2, 3])),
            draw(st.none() | st.integers(-5, 5)),
        )
        for number in ids
    ]
    gifts = draw(
        st.lists(
            st.tuples(
                st.sampled_from(ids),
                st.none() | st.integers(-2, 9),
                _maybe_day,
                st.sampled_from([None, "roof", "food"]),
            ),
            max_size=30,
        )
    )
    visits = draw(
        st.lists(st.tuples(st.sampled_from(ids), _maybe_day, st.sampled_from([None, "Gala", "Picnic"])), max_size=20)
    )
    return {
        "person": person,
        "gift": [(number, *gift) for number, gift in enumerate(gifts, 1)],
        "visit": [(number, *visit) for number, visit in enumerate(visits, 1)],
    }  # fmt: skip


def database(rows: Data) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.create_function(
        "folded", 1, lambda text: text.lower() if isinstance(text, str) else text, deterministic=True
    )
    for table, columns in TABLES.items():
        connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows[table])
    return connection


def tables(connection: sqlite3.Connection, only: set[int] | None = None):
    """What the store would hand over: one table per source and relation."""

    def read(sql: str, columns: list[str]) -> pl.DataFrame:
        rows = connection.execute(f"SELECT {', '.join(columns)} FROM ({sql})").fetchall()
        rows = [row for row in rows if only is None or row[0] in only]
        return pl.DataFrame({name: [row[at] for row in rows] for at, name in enumerate(columns)}, strict=False)

    people = {s.name: read(s.sql, ["constituent_id", *(f.name for f in s.fields)]) for s in CATALOGUE.sources}
    related = {
        r.name: read(r.sql, ["constituent_id", "row_id", *(f.name for f in r.fields)]) for r in CATALOGUE.relations
    }
    return people, related


def frames(rows: Data) -> fr.Frames:
    return fr.build(CATALOGUE, *tables(database(rows)))


def reader(rows: Data, permissions=("GIVING_READ", "BIRTHDATES_READ"), memory: Memory | None = None) -> Reader:
    return Reader(frames(rows), CLOCK, CATALOGUE.for_viewer(permissions), memory or Memory())


def by_sql(rows: Data, notebook: Notebook, cell: str, library=lambda name: None) -> list[int]:
    query = Twin(CATALOGUE, CLOCK, notebook, library=library).people(cell)
    return [number for (number,) in database(rows).execute(query.sql, query.params)]
