"""The columns of exports as values: key, words, and how a person or a gift gives them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.engine.tabular.values.amounts import exponent
from crm_app.features.constituents import service as constituents
from crm_app.features.exports import queries

Row = list[Any]


@dataclass
class Person:
    """One person with what a part of an export fetched about them."""

    row: Any
    email: Any = None
    emails: list[Any] = field(default_factory=list)
    phone: Any = None
    phones: list[Any] = field(default_factory=list)
    address: Any = None
    website: Any = None
    hats: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    given: tuple[int, int, Any] = (0, 0, None)
    custom: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """NEEDS is the permission without which the column is not offered."""

    key: str
    label: str
    group: str
    of: Callable[[Any], Any]
    usual: bool = False
    needs: Permission | None = None


def _fact(key: str, label: str, usual: bool = False) -> Column:
    return Column(key, label, "Person", lambda one: getattr(one.row, key) or "", usual)


def _place(key: str, label: str, usual: bool = True) -> Column:
    return Column(f"address_{key}", label, "Address", lambda one: getattr(one.address, key, "") or "", usual)


def _born(one: Person) -> str:
    year, month, day = one.row.birth_year, one.row.birth_month, one.row.birth_day
    if year and month and day:
        return f"{year:04}-{month:02}-{day:02}"
    return f"{year:04}" if year else f"--{month:02}-{day:02}" if month and day else ""


PEOPLE: tuple[Column, ...] = (
    Column("id", "Commonplace ID", "Person", lambda one: one.row.id, True),
    _fact("kind", "Kind", True), _fact("display_name", "Name", True), _fact("prefix", "Prefix"), _fact("first_name", "First name", True), _fact("middle_name", "Middle name"), _fact("last_name", "Last name", True),
    _fact("suffix", "Suffix"), _fact("nickname", "Nickname"), _fact("preferred_name", "Preferred name"), _fact("pronouns", "Pronouns"), _fact("greeting", "Informal greeting"), _fact("formal_greeting", "Formal greeting"), _fact("addressee", "Envelope name"),
    _fact("gender", "Gender"), _fact("language", "Language"), _fact("job_title", "Job title"), _fact("source", "Source"),
    Column("birth", "Birth date", "Person", _born, needs=Permission.BIRTHDATES_READ),
    Column("deceased", "Deceased", "Person", lambda one: "yes" if one.row.deceased else ""),
    Column("email", "Email", "Contact", lambda one: getattr(one.email, "address", ""), True),
    Column("emails", "All e-mails", "Contact", lambda one: "; ".join(point.address for point in one.emails)),
    Column("phone", "Phone", "Contact", lambda one: getattr(one.phone, "shown", "") or getattr(one.phone, "number", ""), True),
    Column("phones", "All phones", "Contact", lambda one: "; ".join(point.number for point in one.phones)),
    _place("line1", "Address line 1"), _place("line2", "Address line 2"), _place("city", "City"), _place("region", "State/Province"), _place("postal_code", "Postal code"), _place("country", "Country"),
    Column("website", "Website", "Contact", lambda one: getattr(one.website, "url", "")),
    Column("hats", "Hats", "Person", lambda one: "; ".join(one.hats), True),
    Column("tags", "Tags", "Person", lambda one: "; ".join(one.tags), True),
    Column("numbers", "Numbers elsewhere", "Person", lambda one: "; ".join(one.numbers)),
    Column("gifts", "Number of gifts", "Giving", lambda one: one.given[0], needs=Permission.GIVING_READ),
    Column("given", "Given in all", "Giving", lambda one: one.given[1] / 100, needs=Permission.GIVING_READ),
    Column("last_gift", "Last gift", "Giving", lambda one: one.given[2].isoformat() if one.given[2] else "", needs=Permission.GIVING_READ),
    Column("added", "Added", "Person", lambda one: f"{one.row.created_at:%Y-%m-%d}"),
)  # fmt: skip


def _money(minor: int, currency: str) -> float:
    return minor / 10 ** exponent(currency)


GIFTS: tuple[Column, ...] = (
    Column("id", "Gift ID", "Gift", lambda one: one[0].id, True), Column("date", "Date", "Gift", lambda one: one[0].given_on.isoformat(), True), Column("donor_id", "Commonplace ID", "Gift", lambda one: one[0].constituent_id, True),
    Column("donor", "Donor name", "Gift", lambda one: one[1], True), Column("amount", "Amount", "Gift", lambda one: _money(one[0].amount, one[0].currency), True), Column("currency", "Currency", "Gift", lambda one: one[0].currency, True),
    Column("paid", "Paid", "Gift", lambda one: _money(one[0].paid or 0, one[0].currency)), Column("status", "Status", "Gift", lambda one: one[0].status, True), Column("kind", "Gift type", "Gift", lambda one: one[0].kind, True),
    Column("method", "Payment method", "Gift", lambda one: one[0].method, True), Column("fund", "Fund", "Gift", lambda one: "; ".join(one[4]), True), Column("campaign", "Campaign", "Gift", lambda one: one[2] or "", True),
    Column("appeal", "Appeal", "Gift", lambda one: one[3] or ""), Column("reference", "Check number", "Gift", lambda one: one[0].reference), Column("tribute", "Tribute", "Gift", lambda one: one[0].tribute_name),
    Column("anonymous", "Anonymous", "Gift", lambda one: "yes" if one[0].anonymous else ""), Column("receiptable", "Receiptable", "Gift", lambda one: _money(one[0].receiptable or 0, one[0].currency)),
    Column("number", "Number elsewhere", "Gift", lambda one: one[0].external_id), Column("note", "Note", "Gift", lambda one: one[0].note),
)  # fmt: skip


def offered(work: Work, kind: str) -> list[Column]:
    """The columns this role may take out, custom fields last."""
    if kind == "gifts":
        return list(GIFTS) if work.may(Permission.GIVING_READ) else []
    own = [
        Column(f"custom:{row.code}", row.label, "Our own fields", lambda one, code=row.code: one.custom.get(code, ""))
        for row in queries.custom_fields(work.session)
    ]
    return [column for column in (*PEOPLE, *own) if column.needs is None or work.may(column.needs)]


def people_rows(work: Work, ids: Sequence[int], chosen: Sequence[Column]) -> Iterator[Row]:
    for one in people(work, ids):
        yield [column.of(one) for column in chosen]


def people(work: Work, ids: Sequence[int]) -> Iterator[Person]:
    """Everything columns may ask, fetched part by part."""
    session = work.session
    fields = queries.custom_fields(session)
    for start in range(0, len(ids), queries.PART):
        part = list(ids[start : start + queries.PART])
        rows = queries.people(session, part)
        reach = {name: queries.points(session, table, part) for name, table in queries.POINTS.items()}
        hats, tags, numbers = queries.hats(session, part), queries.tags(session, part), queries.numbers(session, part)
        values = queries.custom_values(session, part) if fields else {}
        given = queries.given(session, part) if work.may(Permission.GIVING_READ) else {}
        for number in part:
            if number not in rows:
                continue
            first = {name: next(iter(found.get(number, [])), None) for name, found in reach.items()}
            own = {f.code: constituents.fields.shown(f, values.get((number, f.id))) for f in fields}
            yield Person(
                rows[number], first["email"], reach["email"].get(number, []), first["phone"], reach["phone"].get(number, []), first["address"], first["website"],
                hats.get(number, []), tags.get(number, []), numbers.get(number, []), given.get(number, (0, 0, None)), own,
            )  # fmt: skip
        session.expunge_all()


def gift_rows(work: Work, ids: Sequence[int], chosen: Sequence[Column]) -> Iterator[Row]:
    for start in range(0, len(ids), queries.PART):
        part = list(ids[start : start + queries.PART])
        funds = queries.funds(work.session, part)
        for row in queries.gifts(work.session, part):
            one = (*row, funds.get(row[0].id, []))
            yield [column.of(one) for column in chosen]
        work.session.expunge_all()
