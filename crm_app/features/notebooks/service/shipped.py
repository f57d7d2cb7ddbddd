"""Notebooks that come with the house: questions most organizations ask, to use, change or copy."""

from __future__ import annotations

from crm_app.core.work import Work
from crm_app.engine.segment.definition import (
    Aggregate,
    Asked,
    Before,
    Chart,
    Combine,
    FieldTest,
    FiscalYear,
    Group,
    Household,
    Last,
    Measure,
    Note,
    Notebook,
    People,
    Reason,
    RelatedTest,
    SendTo,
    Snapshot,
    Suppress,
    Table,
)  # fmt: skip
from crm_app.features.notebooks import queries
from crm_app.features.notebooks.service import keeping


def _of(relation: str, fn: str, column: str = "", **more: object) -> Aggregate:
    return Aggregate(relation=relation, fn=fn, column=column, **more)


def _did(relation: str, *where: FieldTest, window=None, never: bool = False) -> RelatedTest:
    return RelatedTest(of=_of(relation, "none" if never else "exists", where=where, window=window))


def _count(relation: str, least: int, window=None) -> RelatedTest:
    return RelatedTest(of=_of(relation, "count", window=window), op="at least", values=(least,))


def _all(*clauses) -> Group:
    return Group(clauses=clauses)


def _is(field: str, *values: str) -> FieldTest:
    return FieldTest(field=field, op="is", values=values)


PERSON = _is("kind", "person")
ALIVE = FieldTest(field="deceased", op="no")
GIVEN = _of("gifts", "sum", "amount")
GIVEN_YEAR = _of("gifts", "sum", "amount", window=Last(n=12))
LAST_GIFT = _of("gifts", "last", "given_on")
LARGEST = _of("gifts", "largest", "amount")


def _asked(value: Aggregate, label: str) -> Asked:
    return Asked(value=value, label=label)


CONTACT = (Asked(field="city"), Asked(field="email"), Asked(field="phone"))
MONEY = (_asked(GIVEN, "Given in all"), _asked(LAST_GIFT, "Last gift"))
DIED = Reason(name="has died", match=_all(FieldTest(field="deceased", op="yes")))


def _suppress(name: str, of: str, channel: str) -> Suppress:
    return Suppress(name=name, of=of, asked=f"not_{channel}_fundraising", reasons=(DIED,))


REGULARS = Notebook(
    title="Regular guests who never gave",
    cells=(
        Note(name="Why", text="They come again and again, and nobody has asked them yet. A warm first letter does more here than anywhere else."),
        People(name="Regulars", match=_all(PERSON, ALIVE, _count("visits", 3, Last(n=24)))),
        People(name="Never gave", of="Regulars", match=_all(_did("gifts", never=True))),
        _suppress("May be written to", "Never gave", "email"),
        Table(name="List", of="Never gave", columns=(_asked(_of("visits", "count", window=Last(n=24)), "Events in two years"), _asked(_of("visits", "last", "day"), "Last event"), *CONTACT), sort=0, descending=True),
        SendTo(name="Send", of="May be written to", to="export"),
    ),
)  # fmt: skip
PETITION = Notebook(
    title="Petition signers to ask",
    cells=(
        Note(name="Why", text="People who put their name to something we stand for, and who are not donors yet."),
        People(name="Signers", match=_all(PERSON, ALIVE, Group(mode="any", clauses=(_did("hats", _is("hat", "Advocate")), _did("tags", FieldTest(field="tag", op="contains", values=("petition",))))))),
        People(name="To ask", of="Signers", match=_all(_did("gifts", window=Last(n=24), never=True))),
        _suppress("May be written to", "To ask", "email"),
        Table(name="List", of="To ask", columns=CONTACT),
    ),
)  # fmt: skip
VOLUNTEERS = Notebook(
    title="Board prospects among volunteers",
    cells=(
        Note(name="Why", text="Who helped more than twice in a year knows us from inside. Those who gave as well are worth a conversation."),
        People(name="Helped often", match=_all(PERSON, ALIVE, _count("hours", 3, Last(n=12)))),
        People(name="Gave as well", of="Helped often", match=_all(_did("gifts", window=Last(n=36)))),
        Table(name="List", of="Helped often", columns=(_asked(_of("hours", "count", window=Last(n=12)), "Times in 12 months"), *MONEY, *CONTACT), sort=0, descending=True),
    ),
)  # fmt: skip
LYBUNT = Notebook(
    title="Gave last year, not yet this year",
    cells=(
        Note(name="Why", text="LYBUNT: last year but unfortunately not this. Each of them gave before and only has to be asked again."),
        People(name="Lapsing", match=_all(ALIVE, _did("gifts", window=FiscalYear(year=-1)), _did("gifts", window=FiscalYear(), never=True))),
        Measure(name="What they gave last year", of="Lapsing", summary="sum", value=_of("gifts", "sum", "amount", window=FiscalYear(year=-1))),
        Chart(name="By largest gift", of="Lapsing", draw="histogram", by=_asked(LARGEST, "Largest gift"), bands=(5000, 25000, 100000), value=_of("gifts", "sum", "amount", window=FiscalYear(year=-1))),
        Table(name="List", of="Lapsing", columns=(*MONEY, *CONTACT), sort=0, descending=True),
        Snapshot(name="Kept", of="Lapsing", every="month"),
    ),
)  # fmt: skip
LAPSED = Notebook(
    title="Lapsed major donors",
    cells=(
        Note(name="Why", text="Households that once gave a thousand or more at once, and nothing for two years. For a call, not for a letter."),
        People(name="Majors", match=_all(PERSON, ALIVE, RelatedTest(of=_of("gifts", "largest", "amount", level="household"), op="at least", values=(100000,)))),
        People(name="Lapsed", of="Majors", match=_all(RelatedTest(of=LAST_GIFT, op="within", window=Before(n=2, unit="years")))),
        Table(name="To call", of="Lapsed", columns=(*MONEY, _asked(_of("interactions", "last", "happened_on"), "Last conversation"), Asked(field="phone")), sort=0, descending=True),
        SendTo(name="Send", of="Lapsed", to="tasks"),
    ),
)  # fmt: skip
NEW = Notebook(
    title="New donors to welcome",
    cells=(
        Note(name="Why", text="First gift in the last three months. A second one within the year decides whether they stay."),
        People(name="New donors", match=_all(PERSON, ALIVE, RelatedTest(of=_of("gifts", "first", "given_on"), op="within", window=Last(n=3)))),
        People(name="Not spoken to", of="New donors", match=_all(_did("interactions", window=Last(n=3), never=True))),
        Chart(name="By month", of="New donors", draw="line", by=_asked(_of("gifts", "first", "given_on"), "First gift"), per="month", value=GIVEN),
        Table(name="List", of="New donors", columns=(*MONEY, *CONTACT), sort=1, descending=True),
    ),
)  # fmt: skip
MONTHLY = Notebook(
    title="Monthly donors at risk",
    cells=(
        Note(name="Why", text="A recurring gift that fails or pauses is mended with one friendly call, if it comes soon."),
        People(name="Monthly", match=_all(_did("recurring", _is("status", "active", "paused", "failing")))),
        People(name="At risk", of="Monthly", match=Group(mode="any", clauses=(
            _did("recurring", _is("status", "paused", "failing")), _did("gifts", window=Last(n=2), never=True),
        ))),
        Table(name="To call", of="At risk", columns=(_asked(_of("recurring", "largest", "amount"), "Each time"), *MONEY, Asked(field="phone")), sort=0, descending=True),
    ),
)  # fmt: skip
SPRING = Notebook(
    title="Spring appeal letters",
    cells=(
        Note(name="Why", text="One letter per household. People who gave last year but not yet this year, without major donors: those get a call."),
        People(name="Lapsing", match=_all(
            PERSON, _did("gifts", window=FiscalYear(year=-1)), _did("gifts", window=FiscalYear(), never=True),
            FieldTest(field="address_works", op="yes"),
        )),
        People(name="Majors", match=_all(RelatedTest(of=_of("gifts", "sum", "amount", window=FiscalYear(year=-1, years=3), level="household"), op="at least", values=(500000,)))),
        Combine(name="To write", include=("Lapsing",), leave_out=("Majors",)),
        _suppress("May be written to", "To write", "post"),
        Household(name="Letters", of="May be written to", prefer="largest", by=GIVEN),
        Chart(name="By largest gift", of="Letters", draw="histogram", by=_asked(LARGEST, "Largest gift"), bands=(5000, 25000, 100000), value=_of("gifts", "sum", "amount", window=FiscalYear(year=-1))),
        SendTo(name="Send", of="Letters", to="labels", channel="post", purpose="fundraising"),
    ),
)  # fmt: skip
BOARD = Notebook(
    title="Board page",
    cells=(
        Note(name="Why", text="One page for the board. Each number opens the people it is made of."),
        People(name="Donors this year", match=_all(_did("gifts", window=FiscalYear()))),
        Measure(name="Given this year", of="Donors this year", summary="sum", value=_of("gifts", "sum", "amount", window=FiscalYear())),
        Measure(name="Average donor", of="Donors this year", summary="average", value=_of("gifts", "sum", "amount", window=FiscalYear())),
        People(name="Donors last year", match=_all(_did("gifts", window=FiscalYear(year=-1)))),
        Combine(name="Kept", how="all", include=("Donors this year", "Donors last year")),
        People(name="New donors", of="Donors this year", match=_all(RelatedTest(of=_of("gifts", "first", "given_on"), op="within", window=FiscalYear()))),
        Chart(name="Given by band", of="Donors this year", draw="histogram", by=_asked(_of("gifts", "sum", "amount", window=FiscalYear()), "Given this year"), bands=(5000, 25000, 100000, 500000), value=_of("gifts", "sum", "amount", window=FiscalYear())),
        People(name="Guests", match=_all(_did("visits", window=Last(n=12)))),
        People(name="Volunteers", match=_all(_did("hours", window=Last(n=12)))),
        Chart(name="Donors by town", of="Donors this year", by=Asked(field="city")),
    ),
)  # fmt: skip

SHIPPED = {
    "spring": SPRING, "board": BOARD, "lybunt": LYBUNT, "lapsed": LAPSED, "new": NEW, "monthly": MONTHLY,
    "regulars": REGULARS, "petition": PETITION, "prospects": VOLUNTEERS,
}  # fmt: skip


def ship(work: Work) -> int:
    """Put those on the shelf that were never there; one that was thrown away stays away."""
    known = queries.shipped(work.session)
    new = [code for code in reversed(SHIPPED) if code not in known]
    for code in new:
        keeping.create(work, SHIPPED[code], shipped=code)
    return len(new)
