"""Random definitions for property tests: clauses, groups and whole notebooks over the small world."""

from hypothesis import strategies as st

from crm_app.engine.segment.definition import (
    Aggregate,
    Before,
    Between,
    CalendarYear,
    Combine,
    FieldTest,
    FiscalYear,
    Group,
    Household,
    InCell,
    Last,
    Next,
    Notebook,
    Part,
    People,
    Pick,
    Picked,
    Rank,
    Ranked,
    Reason,
    RelatedTest,
    RowSet,
    Sample,
    Sequence,
    Split,
    Stream,
    Suppress,
    Waterfall,
)  # fmt: skip
from tests.engine.segment.segment_world import _days

units = st.sampled_from(["days", "weeks", "months", "years"])
small = st.integers(1, 14)
windows = st.one_of(
    st.builds(Last, n=small, unit=units),
    st.builds(Next, n=small, unit=units),
    st.builds(Before, n=small, unit=units),
    st.builds(FiscalYear, year=st.integers(-2, 1), years=st.integers(1, 3)),
    st.builds(CalendarYear, year=st.integers(-2, 1), years=st.integers(1, 3)),
    st.builds(Between, since=st.none() | st.dates(), until=st.none() | st.dates()),
)
numbers = st.integers(-3, 8)
sides = st.sampled_from(["at least", "more than", "at most", "less than"])


def _number_test(make, **fixed):
    return st.one_of(
        st.builds(make, op=sides, values=st.tuples(numbers), unknown=st.booleans(), **fixed),
        st.builds(make, op=st.just("between"), values=st.tuples(numbers, numbers), **fixed),
        st.builds(make, op=st.sampled_from(["is", "is not"]), values=st.lists(numbers, min_size=1, max_size=2).map(tuple), **fixed),
        st.builds(make, op=st.sampled_from(["known", "unknown"]), **fixed),
    )  # fmt: skip


def _date_test(make, **fixed):
    return st.one_of(
        st.builds(make, op=st.sampled_from(["within", "not within"]), window=windows, unknown=st.booleans(), **fixed),
        st.builds(make, op=st.sampled_from(["at least", "at most", "is"]), values=st.tuples(_days), **fixed),
        st.builds(make, op=st.sampled_from(["known", "unknown"]), **fixed),
    )


def _choice_test(field: str, words: list[str]):
    some = st.lists(st.sampled_from(words), min_size=1, max_size=2).map(tuple)
    return st.builds(FieldTest, field=st.just(field), op=st.sampled_from(["is", "is not", "contains"]), values=some, unknown=st.booleans())  # fmt: skip


texts = st.builds(
    FieldTest,
    field=st.just("name"),
    op=st.sampled_from(["contains", "does not contain", "is", "is not", "starts with"]),
    values=st.tuples(st.sampled_from(["a", "É", "é", "an", "JOSÉ", "%", "_", "Ada"])),
    unknown=st.booleans(),
)
flags = st.builds(FieldTest, field=st.just("deceased"), op=st.sampled_from(["yes", "no", "known", "unknown"]), unknown=st.booleans())  # fmt: skip
fields = st.one_of(
    texts, flags,
    _choice_test("state", ["or", "wa", "ca", "xx"]),
    _number_test(FieldTest, field=st.just("score")),
    _date_test(FieldTest, field=st.just("born")),
)  # fmt: skip
gift_rows = st.one_of(_choice_test("fund", ["roof", "food"]), _number_test(FieldTest, field=st.just("amount")), _date_test(FieldTest, field=st.just("given")))  # fmt: skip
some_rows = st.lists(gift_rows, max_size=2).map(tuple)
levels = st.sampled_from(["person", "person", "household"])


def _gifts(fns, column="amount", levels=levels):
    return st.builds(Aggregate, relation=st.just("gifts"), fn=st.sampled_from(fns), column=st.just(column), window=st.none() | windows, where=some_rows, level=levels)  # fmt: skip


amounts = st.one_of(_gifts(["count", "sum", "smallest", "largest"]), _gifts(["average", "first", "last"], levels=st.just("person")))  # fmt: skip
dates = st.one_of(_gifts(["smallest", "largest"], "given"), _gifts(["first", "last"], "given", levels=st.just("person")))  # fmt: skip
visits = st.builds(Aggregate, relation=st.just("visits"), fn=st.sampled_from(["exists", "none"]), window=st.none() | windows, level=levels)  # fmt: skip
related = st.one_of(
    st.builds(RelatedTest, of=st.one_of(visits, _gifts(["exists", "none"]))),
    amounts.flatmap(lambda of: _number_test(RelatedTest, of=st.just(of))),
    dates.flatmap(lambda of: _date_test(RelatedTest, of=st.just(of))),
)
gift_set = st.builds(RowSet, relation=st.just("gifts"), window=st.none() | windows, where=some_rows)
visit_set = st.builds(RowSet, relation=st.just("visits"), window=st.none() | windows)
sequences = st.builds(Sequence, first=gift_set | visit_set, then=gift_set | visit_set, days=st.integers(0, 400))
ranks = st.one_of(
    st.builds(Rank, of=amounts | dates, top=st.sampled_from(["percent", "people"]), value=st.integers(1, 40)),
    st.builds(Rank, of=amounts | dates, top=st.just("fifth"), value=st.integers(1, 5)),
)
modes = st.sampled_from(["all", "any", "none"])


def _clauses(leaves):
    return st.recursive(leaves, lambda inner: st.builds(Group, mode=modes, clauses=st.lists(inner, max_size=3).map(tuple)), max_leaves=5)  # fmt: skip


leaves = st.one_of(fields, related, sequences, ranks)
clauses = _clauses(leaves)
groups = st.builds(Group, mode=modes, clauses=st.lists(clauses, max_size=4).map(tuple))


@st.composite
def notebooks(draw) -> Notebook:
    """A notebook whose last cell, “Last”, reads some of the ones before it."""
    made: list = [People(name="Base", match=draw(groups))]
    known = ["", "Base"]

    def name() -> str:
        return draw(st.sampled_from(known))

    def within() -> Group:
        inside = st.builds(InCell, cell=st.sampled_from([one for one in known if one]), negate=st.booleans())
        return Group(mode=draw(modes), clauses=tuple(draw(st.lists(_clauses(leaves | inside), max_size=3))))

    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["people", "combine", "pick", "suppress", "household", "top", "sample", "split", "waterfall"]))  # fmt: skip
        label = f"Cell {number}"
        some = st.lists(st.sampled_from([one for one in known if one]), min_size=1, max_size=3, unique=True).map(tuple)
        match kind:
            case "people":
                cell = People(name=label, of=name(), match=within())
            case "combine":
                cell = Combine(name=label, how=draw(st.sampled_from(["any", "all", "one"])), include=draw(some), leave_out=draw(st.just(()) | some))  # fmt: skip
            case "pick":
                picked = st.lists(st.builds(Picked, constituent=st.integers(1, 60)), max_size=3).map(tuple)
                cell = Pick(name=label, of=name(), put_in=draw(picked), leave_out=draw(picked))
            case "suppress":
                cell = Suppress(name=label, of=name(), asked=draw(st.sampled_from(["", "state"])), reasons=(Reason(name="one", match=within()), Reason(name="two", match=within())))  # fmt: skip
            case "household":
                cell = draw(st.sampled_from([Household(name=label, of=name()), Household(name=label, of=name(), prefer="flag", flag="deceased"), Household(name=label, of=name(), prefer="largest", by=draw(amounts))]))  # fmt: skip
            case "top":
                cell = Ranked(name=label, of=name(), by=draw(amounts), top=draw(st.sampled_from(["people", "percent"])), value=draw(st.integers(1, 60)))  # fmt: skip
            case "sample":
                cell = Sample(name=label, of=name(), people=draw(st.integers(1, 8)), seed=draw(st.integers(0, 9)))
            case "split":
                cell = Split(name=label, of=name(), parts=(Part(name="A"), Part(name="B", share=2)), seed=draw(st.integers(0, 9)))  # fmt: skip
                known += [f"{label}/A", f"{label}/B"]
            case _:
                cell = Waterfall(name=label, of=name(), streams=(Stream(name="X", match=within()), Stream(name="Y", match=within())))  # fmt: skip
                known += [f"{label}/X", f"{label}/Y", f"{label}/Rest"]
        made.append(cell)
        known.append(label)
    return Notebook(title="Random", cells=(*made, People(name="Last", of=name(), match=within())))
