"""The same definition as plain SQL: a second reading of every list before it leaves, and the twin in the tests.

Text of a query with named parameters, for SQLite and PostgreSQL. Dates are compared as ISO text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from crm_app.engine.segment.catalogue import Catalogue, Field, Kind
from crm_app.engine.segment.cells import REST
from crm_app.engine.segment.clock import Clock
from crm_app.engine.segment.definition import (
    Aggregate,
    AnyCell,
    Combine,
    FieldTest,
    Group,
    Household,
    InCell,
    Notebook,
    People,
    Pick,
    Rank,
    Ranked,
    RelatedTest,
    RowSet,
    Sample,
    Scalar,
    Sequence,
    Split,
    Suppress,
    Waterfall,
)  # fmt: skip
from crm_app.engine.segment.graph import resolve
from crm_app.engine.segment.problems import kind_of, problem

PRIME = 2147483647
SIGNS = {"at least": ">=", "more than": ">", "at most": "<=", "less than": "<"}


@dataclass(frozen=True, slots=True)
class Query:
    sql: str
    params: dict[str, Scalar]


@dataclass
class Twin:
    """Compiles cells of one notebook; every table expression is written once and named."""

    catalogue: Catalogue
    clock: Clock
    notebook: Notebook
    dialect: str = "sqlite"
    library: Callable[[str], Notebook | None] = lambda name: None
    tables: dict[str, str] = field(default_factory=dict)
    params: dict[str, Scalar] = field(default_factory=dict)
    names: dict[object, str] = field(default_factory=dict)

    def people(self, cell: str) -> Query:
        """The numbers of the constituents in a cell or a part of one, ascending."""
        last = self._cell(self.notebook, cell)
        tables = ",\n".join(f"{name} AS ({sql})" for name, sql in self.tables.items())
        return Query(f"WITH {tables}\nSELECT constituent_id FROM {last} ORDER BY constituent_id", dict(self.params))

    # names and values

    def _table(self, sql: str, hint: str) -> str:
        for name, known in self.tables.items():
            if known == sql:
                return name
        name = f"{hint}_{len(self.tables)}"
        self.tables[name] = sql
        return name

    def _value(self, value: Scalar) -> str:
        name = f"p{len(self.params)}"
        self.params[name] = value
        return f":{name}"

    def _text(self, value: Scalar) -> str:
        return f"CAST({self._value(str(value))} AS TEXT)"

    def _source(self, name: str) -> str:
        source = next(one for one in self.catalogue.sources if one.name == name)
        return self._raw(source.sql, source.fields, "constituent_id")

    def _relation(self, name: str) -> str:
        relation = self.catalogue.relation(name)
        return self._raw(relation.sql, relation.fields, "constituent_id, row_id")

    def _raw(self, sql: str, fields: tuple[Field, ...], keys: str) -> str:
        columns = ", ".join([keys, *(f'{_plain(one)} AS "{one.name}"' for one in fields)])
        return self._table(f"SELECT {columns} FROM ({sql}) AS raw", "t")

    def _everyone(self) -> str:
        return self._table(f"SELECT constituent_id FROM {self._source(self.catalogue.sources[0].name)}", "everyone")

    def _homes(self) -> str:
        everyone = self._everyone()
        if not self.catalogue.household:
            return self._table(f"SELECT constituent_id, constituent_id AS home FROM {everyone}", "homes")
        source = self._source(self.catalogue.source_of(self.catalogue.household).name)
        home = f'COALESCE(s."{self.catalogue.household}", -e.constituent_id - 1)'
        join = f"{everyone} AS e LEFT JOIN {source} AS s ON s.constituent_id = e.constituent_id"
        return self._table(f"SELECT e.constituent_id, {home} AS home FROM {join}", "homes")

    # cells

    def _cell(self, notebook: Notebook, name: str) -> str:
        if not name:
            return self._everyone()
        cell, part = resolve(notebook, name)
        if cell is None:
            return self._table(f"SELECT constituent_id FROM {self._everyone()} WHERE 1 = 0", "nobody")
        known = (notebook.title, cell.name, part)
        if known not in self.names:
            self.names[known] = self._part(notebook, cell, part) if part else self._whole(notebook, cell)
        return self.names[known]

    def _whole(self, notebook: Notebook, cell: AnyCell) -> str:
        base = "" if isinstance(cell, Combine) else self._cell(notebook, getattr(cell, "of", ""))
        match cell:
            case People():
                return self._matching(notebook, base, cell.match)
            case Combine():
                return self._combined(notebook, cell)
            case Pick():
                return self._picked(base, cell)
            case Suppress():
                return self._suppressed(notebook, base, cell)
            case Household():
                return self._household(base, cell)
            case Ranked() if cell.by is not None:
                return self._standing(base, cell.by, cell.top, cell.value)
            case Sample():
                order = self._lots(base, cell.seed)
                return self._table(f"SELECT constituent_id FROM {order} WHERE n <= {int(cell.people)}", "sample")
        return base

    def _part(self, notebook: Notebook, cell: AnyCell, part: str) -> str:
        base = self._cell(notebook, cell.of)
        if isinstance(cell, Split):
            return self._split(base, cell, part)
        if not isinstance(cell, Waterfall):
            return self._table(f"SELECT constituent_id FROM {base} WHERE 1 = 0", "nobody")
        for stream in cell.streams:
            mine = self._matching(notebook, base, stream.match)
            if stream.name == part:
                return mine
            base = self._minus(base, mine)
        return base if part == REST else self._table(f"SELECT constituent_id FROM {base} WHERE 1 = 0", "nobody")

    def _minus(self, base: str, gone: str) -> str:
        return self._table(f"SELECT constituent_id FROM {base} EXCEPT SELECT constituent_id FROM {gone}", "left")

    def _matching(self, notebook: Notebook, base: str, group: Group) -> str:
        asked = Asking(self, notebook, base)
        condition = asked.group(group)
        if condition is None:
            return base
        joins = "".join(
            f" LEFT JOIN {table} AS {alias} ON {alias}.constituent_id = b.constituent_id"
            for table, alias in asked.joins.items()
        )
        return self._table(f"SELECT b.constituent_id FROM {base} AS b{joins} WHERE {condition}", "cell")

    def _combined(self, notebook: Notebook, cell: Combine) -> str:
        parts = [f"SELECT constituent_id FROM {self._cell(notebook, name)}" for name in cell.include]
        if not parts:
            sql = f"SELECT constituent_id FROM {self._everyone()} WHERE 1 = 0"
        else:
            wanted = {"any": ">= 1", "all": f"= {len(parts)}", "one": "= 1"}[cell.how]
            union = " UNION ALL ".join(parts)
            sql = f"SELECT constituent_id FROM ({union}) AS u GROUP BY constituent_id HAVING COUNT(*) {wanted}"
        out = self._table(sql, "combined")
        for name in cell.leave_out:
            out = self._minus(out, self._cell(notebook, name))
        return out

    def _picked(self, base: str, cell: Pick) -> str:
        put = ", ".join(self._value(one.constituent) for one in cell.put_in) or "NULL"
        out = ", ".join(self._value(one.constituent) for one in cell.leave_out) or "NULL"
        start = f"constituent_id IN (SELECT constituent_id FROM {base})" if cell.of else "1 = 0"
        where = f"({start} OR constituent_id IN ({put})) AND NOT COALESCE(constituent_id IN ({out}), FALSE)"
        return self._table(f"SELECT constituent_id FROM {self._everyone()} WHERE {where}", "picked")

    def _suppressed(self, notebook: Notebook, base: str, cell: Suppress) -> str:
        out = base
        if cell.asked:
            source = self._source(self.catalogue.source_of(cell.asked).name)
            gone = f'SELECT constituent_id FROM {source} WHERE "{cell.asked}" IS NOT NULL'
            out = self._minus(out, self._table(gone, "asked"))
        for reason in cell.reasons:
            mine = self._matching(notebook, base, reason.match)
            out = out if mine == base else self._minus(out, mine)
        return out

    def _household(self, base: str, cell: Household) -> str:
        joins, order = f"JOIN {self._homes()} AS h ON h.constituent_id = b.constituent_id", ""
        if cell.prefer == "flag" and cell.flag:
            source = self._source(self.catalogue.source_of(cell.flag).name)
            joins += f" LEFT JOIN {source} AS s ON s.constituent_id = b.constituent_id"
            order = f'CASE WHEN s."{cell.flag}" = 1 THEN 0 ELSE 1 END, '
        elif cell.prefer == "largest" and cell.by is not None:
            joins += f" LEFT JOIN {self.aggregate(cell.by)} AS a ON a.constituent_id = b.constituent_id"
            order = "COALESCE(a.v, 0) DESC, "
        number = f"ROW_NUMBER() OVER (PARTITION BY h.home ORDER BY {order}b.constituent_id)"
        inner = f"SELECT b.constituent_id, {number} AS n FROM {base} AS b {joins}"
        return self._table(f"SELECT constituent_id FROM ({inner}) AS x WHERE n = 1", "letters")

    def _lots(self, base: str, seed: int) -> str:
        start = f"(CAST(constituent_id AS BIGINT) * 48271 + {int(seed) * 69621 + 1}) % {PRIME}"
        first = f"SELECT constituent_id, {start} AS s FROM {base}"
        order = f"(s * s + constituent_id) % {PRIME}, constituent_id"
        number = f"ROW_NUMBER() OVER (ORDER BY {order}) AS n, COUNT(*) OVER () AS total"
        return self._table(f"SELECT constituent_id, {number} FROM ({first}) AS x", "lots")

    def _split(self, base: str, cell: Split, part: str) -> str:
        total, before = sum(one.share for one in cell.parts), 0
        for one in cell.parts:
            upto = before + one.share
            if one.name == part:
                span = f"n > total * {before} / {total} AND n <= total * {upto} / {total}"
                return self._table(f"SELECT constituent_id FROM {self._lots(base, cell.seed)} WHERE {span}", "part")
            before = upto
        return self._table(f"SELECT constituent_id FROM {base} WHERE 1 = 0", "nobody")

    def _standing(self, base: str, of: Aggregate, top: str, value: int) -> str:
        something = "" if kind_of(of, self.catalogue) is Kind.DATE else " AND a.v <> 0"
        joined = f"{base} AS b JOIN {self.aggregate(of)} AS a ON a.constituent_id = b.constituent_id"
        order = (
            "RANK() OVER (ORDER BY a.v)"
            if top == "fifth"
            else "ROW_NUMBER() OVER (ORDER BY a.v DESC, b.constituent_id)"
        )
        inner = f"SELECT b.constituent_id, {order} AS n, COUNT(*) OVER () AS total FROM {joined} WHERE a.v IS NOT NULL{something}"
        wanted = {
            "people": f"n <= {int(value)}",
            "percent": f"n <= (total * {int(value)} + 99) / 100",
            "fifth": f"1 + (5 * (n - 1)) / total = {int(value)}",
        }[top]
        return self._table(f"SELECT constituent_id FROM ({inner}) AS x WHERE {wanted}", "standing")

    # related rows

    def rows(self, alias: str, rows: Aggregate | RowSet) -> str:
        relation = self.catalogue.relation(rows.relation)
        tests = []
        if rows.window is not None:
            tests += self.span(f'{alias}."{relation.date}"', rows.window)
        for test in rows.where:
            tests.append(self.tested(f'{alias}."{test.field}"', relation.field(test.field).kind, test))
        return " AND ".join(tests) or "1 = 1"

    def span(self, column: str, window) -> list[str]:
        since, until = self.clock.span(window)
        if since is None and until is None:
            return []
        out = [f"{column} IS NOT NULL"]
        out += [f"{column} >= {self._value(since.isoformat())}"] if since else []
        return out + ([f"{column} <= {self._value(until.isoformat())}"] if until else [])

    def aggregate(self, of: Aggregate) -> str:
        """A table of constituent and value; who is not in it has nothing."""
        table, condition = self._relation(of.relation), self.rows("r", of)
        if of.fn in ("first", "last"):
            return self._edge(table, of, condition)
        column = f'r."{of.column}"'
        value = {
            "sum": f"COALESCE(SUM({column}), 0)",
            "average": f"CAST(SUM({column}) AS DOUBLE PRECISION) / COUNT({column})",
            "smallest": f"MIN({column})",
            "largest": f"MAX({column})",
        }.get(of.fn, "COUNT(*)")
        if of.fn == "average":
            condition += f" AND {column} IS NOT NULL"
        if of.level == "person":
            return self._table(
                f"SELECT r.constituent_id, {value} AS v FROM {table} AS r WHERE {condition} GROUP BY r.constituent_id",
                "a",
            )
        homes = self._homes()
        inner = f"SELECT h.home, {value} AS v FROM {table} AS r JOIN {homes} AS h ON h.constituent_id = r.constituent_id WHERE {condition} GROUP BY h.home"
        return self._table(
            f"SELECT h.constituent_id, x.v FROM {homes} AS h JOIN ({inner}) AS x ON x.home = h.home", "a"
        )

    def _edge(self, table: str, of: Aggregate, condition: str) -> str:
        date = self.catalogue.relation(of.relation).date
        way = "DESC" if of.fn == "last" else "ASC"
        number = f'ROW_NUMBER() OVER (PARTITION BY r.constituent_id ORDER BY r."{date}" {way}, r.row_id {way})'
        inner = f'SELECT r.constituent_id, r."{of.column}" AS v, {number} AS n FROM {table} AS r WHERE {condition} AND r."{date}" IS NOT NULL'
        return self._table(f"SELECT constituent_id, v FROM ({inner}) AS x WHERE n = 1", "a")

    def sequence(self, test: Sequence) -> str:
        tables = [self._relation(rows.relation) for rows in (test.first, test.then)]
        first, then = (self.catalogue.relation(rows.relation).date for rows in (test.first, test.then))
        join = f'y.constituent_id = x.constituent_id AND y."{then}" >= x."{first}" AND y."{then}" <= {self._later(f"""x."{first}" """, test.days)}'
        where = f"{self.rows('x', test.first)} AND {self.rows('y', test.then)}"
        return self._table(
            f"SELECT DISTINCT x.constituent_id FROM {tables[0]} AS x JOIN {tables[1]} AS y ON {join} WHERE {where}",
            "sequence",
        )

    def _later(self, column: str, days: int) -> str:
        if self.dialect == "sqlite":
            return f"date({column}, '+{int(days)} days')"
        return f"to_char(CAST({column} AS DATE) + {int(days)}, 'YYYY-MM-DD')"

    # tests of one column; never null

    def tested(self, column: str, kind: Kind, test: FieldTest | RelatedTest) -> str:
        if test.op in ("known", "unknown"):
            return f"{column} IS {'NOT ' if test.op == 'known' else ''}NULL"
        condition = self._condition(column, kind, test)
        return f"({column} IS NULL OR {condition})" if test.unknown else f"({column} IS NOT NULL AND {condition})"

    def _condition(self, column: str, kind: Kind, test: FieldTest | RelatedTest) -> str:
        if test.op in ("yes", "no"):
            return f"{column} = {int(test.op == 'yes')}"
        if test.op in ("within", "not within"):
            inside = " AND ".join(self.span(column, test.window)) or "1 = 1"
            return f"({inside})" if test.op == "within" else f"NOT ({inside})"
        if kind in (Kind.TEXT, Kind.CHOICE):
            return self._texts(column, kind, test)
        values = [self._value(str(value)[:10] if kind is Kind.DATE else value) for value in test.values]
        if test.op in ("is", "is not"):
            return f"{column} {'NOT ' if test.op == 'is not' else ''}IN ({', '.join(values)})"
        if test.op == "between":
            return f"({column} >= {values[0]} AND {column} <= {values[1]})"
        return f"{column} {SIGNS[test.op]} {values[0]}"

    def _texts(self, column: str, kind: Kind, test: FieldTest | RelatedTest) -> str:
        exact = kind is Kind.CHOICE and test.op in ("is", "is not")
        values = [self._text(value if exact else str(value).lower()) for value in test.values]
        low = column if exact else f"{'folded' if self.dialect == 'sqlite' else 'lower'}({column})"
        if test.op in ("is", "is not"):
            return f"{low} {'NOT ' if test.op == 'is not' else ''}IN ({', '.join(values)})"
        if test.op == "starts with":
            return f"substr({low}, 1, length({values[0]})) = {values[0]}"
        at = "instr" if self.dialect == "sqlite" else "strpos"
        return f"{at}({low}, {values[0]}) {'=' if test.op == 'does not contain' else '>'} 0"


@dataclass
class Asking:
    """The condition of one cell, with the tables it has to look into."""

    twin: Twin
    notebook: Notebook
    base: str
    joins: dict[str, str] = field(default_factory=dict)

    def _join(self, table: str) -> str:
        return self.joins.setdefault(table, f"j{len(self.joins)}")

    def group(self, group: Group) -> str | None:
        parts = [part for child in group.clauses if (part := self.clause(child)) is not None]
        if not parts:
            return None
        joined = (" AND " if group.mode == "all" else " OR ").join(parts)
        return f"NOT ({joined})" if group.mode == "none" else f"({joined})"

    def clause(self, clause) -> str | None:
        if isinstance(clause, Group):
            return self.group(clause)
        if problem(clause, self.twin.catalogue) is not None:
            return None
        match clause:
            case FieldTest():
                one, source = self.twin.catalogue.field(clause.field), self.twin.catalogue.source_of(clause.field)
                alias = self._join(self.twin._source(source.name))
                return self.twin.tested(f'{alias}."{one.name}"', one.kind, clause)
            case RelatedTest():
                return self._related(clause)
            case Sequence():
                return f"{self._join(self.twin.sequence(clause))}.constituent_id IS NOT NULL"
            case Rank():
                table = self.twin._standing(self.base, clause.of, clause.top, clause.value)
                return f"{self._join(table)}.constituent_id IS NOT NULL"
        return self._in_cell(clause)

    def _related(self, test: RelatedTest) -> str:
        alias = self._join(self.twin.aggregate(test.of))
        if test.of.fn in ("exists", "none"):
            return f"COALESCE({alias}.v, 0) {'>' if test.of.fn == 'exists' else '='} 0"
        value = f"COALESCE({alias}.v, 0)" if test.of.fn in ("count", "sum") else f"{alias}.v"
        return self.twin.tested(value, kind_of(test.of, self.twin.catalogue), test)

    def _in_cell(self, clause: InCell) -> str | None:
        notebook = self.twin.library(clause.notebook) if clause.notebook else self.notebook
        if notebook is None:
            return None
        alias = self._join(self.twin._cell(notebook, clause.cell))
        return f"{alias}.constituent_id IS {'' if clause.negate else 'NOT '}NULL"


def _plain(one: Field) -> str:
    column = f'raw."{one.name}"'
    if one.kind is Kind.DATE:
        return f"substr(CAST({column} AS VARCHAR(40)), 1, 10)"
    if one.kind is Kind.FLAG:
        return f"CASE WHEN {column} IS NULL THEN NULL WHEN {column} THEN 1 ELSE 0 END"
    return column
