"""A notebook as data: cells, clauses, windows. No code, no SQL; JSON and YAML read and write it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_serializer, model_validator

SCHEMA = 1

Scalar = bool | int | float | str
Unit = Literal["days", "weeks", "months", "years"]
Fn = Literal["exists", "none", "count", "sum", "average", "smallest", "largest", "first", "last"]
Op = Literal[
    "is", "is not", "contains", "does not contain", "starts with",
    "at least", "more than", "at most", "less than", "between",
    "within", "not within", "yes", "no", "known", "unknown",
]  # fmt: skip


class Shape(BaseModel):
    """Frozen, strict about names, and its kind is always written out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_serializer(mode="wrap")
    def _with_kind(self, handler) -> dict[str, Any]:
        kind = getattr(self, "kind", None)
        return {"kind": kind, **handler(self)} if kind is not None else handler(self)


class Last(Shape):
    kind: Literal["last"] = "last"
    n: int = Field(ge=1, le=10_000)
    unit: Unit = "months"


class Next(Shape):
    kind: Literal["next"] = "next"
    n: int = Field(ge=1, le=10_000)
    unit: Unit = "months"


class Before(Shape):
    """Longer ago than."""

    kind: Literal["before"] = "before"
    n: int = Field(ge=0, le=10_000)
    unit: Unit = "months"


class FiscalYear(Shape):
    """0 is this fiscal year, -1 the last one; `years` of them ending there."""

    kind: Literal["fiscal"] = "fiscal"
    year: int = 0
    years: int = Field(default=1, ge=1, le=50)


class CalendarYear(Shape):
    kind: Literal["calendar"] = "calendar"
    year: int = 0
    years: int = Field(default=1, ge=1, le=50)


class Between(Shape):
    kind: Literal["between"] = "between"
    since: dt.date | None = None
    until: dt.date | None = None


Window = Annotated[Last | Next | Before | FiscalYear | CalendarYear | Between, Field(discriminator="kind")]


class FieldTest(Shape):
    """A test of one field: of the person, or of a related row inside `where`."""

    kind: Literal["field"] = "field"
    field: str = ""
    op: Op = "is"
    values: tuple[Scalar, ...] = ()
    window: Window | None = None
    unknown: bool = False  # whether people of whom this is not known count as matching


class Aggregate(Shape):
    """One value per person out of the related rows. The threshold is outside, so moving it costs a comparison."""

    relation: str = ""
    fn: Fn = "exists"
    column: str = ""
    window: Window | None = None
    where: tuple[FieldTest, ...] = ()
    level: Literal["person", "household"] = "person"


class RelatedTest(Shape):
    kind: Literal["related"] = "related"
    of: Aggregate
    op: Op = "at least"
    values: tuple[Scalar, ...] = ()
    window: Window | None = None
    unknown: bool = False


class RowSet(Shape):
    relation: str = ""
    window: Window | None = None
    where: tuple[FieldTest, ...] = ()


class Sequence(Shape):
    """`first`, then `then` within so many days (the same day counts)."""

    kind: Literal["sequence"] = "sequence"
    first: RowSet
    then: RowSet
    days: int = Field(default=60, ge=0, le=36_500)


class Rank(Shape):
    """Where a person stands among the people the cell starts from who have a value other than nothing."""

    kind: Literal["rank"] = "rank"
    of: Aggregate
    top: Literal["percent", "people", "fifth"] = "percent"
    value: int = Field(default=10, ge=1)


class InCell(Shape):
    kind: Literal["in cell"] = "in cell"
    cell: str = ""
    notebook: str = ""
    negate: bool = False


class Group(Shape):
    kind: Literal["group"] = "group"
    mode: Literal["all", "any", "none"] = "all"
    clauses: tuple[Clause, ...] = ()


Clause = Annotated[FieldTest | RelatedTest | Sequence | Rank | InCell | Group, Field(discriminator="kind")]


class Cell(Shape):
    name: str = Field(default="", max_length=80)
    folded: bool = False


class Note(Cell):
    kind: Literal["note"] = "note"
    text: str = Field(default="", max_length=20_000)


class People(Cell):
    kind: Literal["people"] = "people"
    of: str = ""
    match: Group = Group()


class Combine(Cell):
    """In any, all or exactly one of `include`, and in none of `leave_out`; the order of names never matters."""

    kind: Literal["combine"] = "combine"
    how: Literal["any", "all", "one"] = "any"
    include: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()


class Picked(Shape):
    constituent: int
    reason: str = Field(default="", max_length=400)


class Pick(Cell):
    kind: Literal["pick"] = "pick"
    of: str = ""
    put_in: tuple[Picked, ...] = ()
    leave_out: tuple[Picked, ...] = ()


class Measure(Cell):
    kind: Literal["measure"] = "measure"
    of: str = ""
    value: Aggregate | None = None
    summary: Literal["people", "sum", "average", "median", "largest", "share"] = "people"


class Reason(Shape):
    name: str
    match: Group


class Suppress(Cell):
    """Leaves people out, each with the first reason that holds; `asked` names a field whose value is a reason."""

    kind: Literal["suppress"] = "suppress"
    of: str = ""
    asked: str = ""
    reasons: tuple[Reason, ...] = ()


class Household(Cell):
    kind: Literal["household"] = "household"
    of: str = ""
    prefer: Literal["first", "flag", "largest"] = "first"
    flag: str = ""
    by: Aggregate | None = None


class Ranked(Cell):
    kind: Literal["top"] = "top"
    of: str = ""
    by: Aggregate | None = None
    top: Literal["percent", "people", "fifth"] = "people"
    value: int = Field(default=100, ge=1)


class Sample(Cell):
    kind: Literal["sample"] = "sample"
    of: str = ""
    people: int = Field(default=100, ge=1)
    seed: int = Field(default=1, ge=0, le=2_000_000_000)


class Part(Shape):
    name: str
    share: int = Field(default=1, ge=1, le=1000)


class Split(Cell):
    kind: Literal["split"] = "split"
    of: str = ""
    parts: tuple[Part, ...] = (Part(name="A"), Part(name="B"))
    seed: int = Field(default=1, ge=0, le=2_000_000_000)


class Stream(Shape):
    name: str
    match: Group = Group()


class Waterfall(Cell):
    """Each person falls into the first stream that matches; the rest is the part `Rest`."""

    kind: Literal["waterfall"] = "waterfall"
    of: str = ""
    streams: tuple[Stream, ...] = ()


class Asked(Shape):
    """A column: a field of the person or a value out of related rows."""

    field: str = ""
    value: Aggregate | None = None
    label: str = ""


class Table(Cell):
    kind: Literal["table"] = "table"
    of: str = ""
    columns: tuple[Asked, ...] = ()
    sort: int = -1
    descending: bool = False


class Chart(Cell):
    kind: Literal["chart"] = "chart"
    of: str = ""
    draw: Literal["bars", "line", "histogram", "pivot"] = "bars"
    by: Asked = Asked()
    across: Asked | None = None
    per: Literal["month", "year", "fiscal"] = "year"
    bands: tuple[int, ...] = ()
    value: Aggregate | None = None


class Snapshot(Cell):
    kind: Literal["snapshot"] = "snapshot"
    of: str = ""
    every: Literal["", "day", "week", "month"] = ""


class SendTo(Cell):
    kind: Literal["send to"] = "send to"
    of: str = ""
    to: Literal["labels", "event", "tag", "tasks", "calls", "export", "mailing"] = "labels"
    channel: str = ""
    purpose: str = ""
    options: dict[str, str] = {}


AnyCell = Annotated[
    Note | People | Combine | Pick | Measure | Suppress | Household | Ranked | Sample | Split
    | Waterfall | Table | Chart | Snapshot | SendTo,
    Field(discriminator="kind"),
]  # fmt: skip

SETS = (People, Combine, Pick, Suppress, Household, Ranked, Sample, Split, Waterfall)


class Notebook(Shape):
    schema_version: Literal[1] = SCHEMA
    title: str = Field(default="Untitled", max_length=200)
    as_of: dt.date | None = None
    cells: tuple[AnyCell, ...] = ()

    @model_validator(mode="after")
    def _names_are_unique(self) -> Notebook:
        names = [cell.name.casefold() for cell in self.cells if cell.name]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"Two cells are called “{twice[0]}”. Give one of them another name.")
        return self

    def cell(self, name: str) -> AnyCell | None:
        return next((cell for cell in self.cells if cell.name.casefold() == name.casefold() and name), None)
