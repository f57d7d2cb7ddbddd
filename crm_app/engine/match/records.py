"""Records in the form they are compared in: the same cleaning for a frame and for one record.

Every column of the input but the id may be absent. A second value of a field stands in `<field>_2`
(another e-mail, a former last name, the name somebody goes by).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import jellyfish
import polars as pl

from crm_app.engine.clean import addresses, contacts, dates, names, organizations
from crm_app.engine.clean.steps import Cleaner, Fold, Sub

Value = str | int | None
Record = dict[str, Value]

reference = Cleaner((Fold(), Sub(r"[\W_]+", "")), nothing="^0*$")


@dataclass(frozen=True)
class Field:
    """One cleaned field: read from the first of `sources` the input has."""

    name: str
    cleaner: Cleaner
    sources: tuple[str, ...]


PERSON_FIELDS = (
    Field("first", names.first_name, ("first", "first_name", "given_name", "fname")),
    Field("first_2", names.first_name, ("first_2", "nickname", "preferred", "preferred_name")),
    Field("middle", names.first_name, ("middle", "middle_name", "middle_initial")),
    Field("last", names.last_name, ("last", "last_name", "surname", "family_name", "lname")),
    Field("last_2", names.last_name, ("last_2", "last2", "former_name", "maiden_name")),
    Field("gender", names.gender, ("gender", "sex")),
)
ORGANIZATION_FIELDS = (
    Field("name", organizations.organization, ("name", "organization", "organization_name")),
    Field("name_2", organizations.organization, ("name_2", "former_name", "dba")),
    Field("name_whole", organizations.organization_whole, ("name", "organization", "organization_name")),
    Field("website", contacts.website, ("website", "url", "web")),
)
CONTACT_FIELDS = (
    Field("email", contacts.email, ("email", "e_mail", "email_address")),
    Field("email_2", contacts.email, ("email_2", "email2")),
    Field("phone", contacts.phone, ("phone", "phone_number", "telephone")),
    Field("phone_2", contacts.phone, ("phone_2", "phone2", "mobile")),
    Field("zip", addresses.zip_code, ("zip", "postcode", "postal_code", "zip_code", "zipcode", "postcode_fake")),
    Field("city", addresses.city, ("city", "town", "suburb", "birth_place")),
    Field("state", addresses.region, ("state", "region", "province")),
    Field("line", addresses.line, ("street", "address", "street_address", "address_1", "street_name", "line1")),
    Field("house_own", reference, ("street_no", "street_number", "house_number", "house")),
    Field("ref", reference, ("ref", "ssn", "soc_sec_id", "member_no", "external_id", "tax_id", "ein")),
)
BIRTH = ("dob", "birth_date", "birthdate", "date_of_birth")
SUFFIX = ("suffix", "name_suffix")


@dataclass(frozen=True)
class Derived:
    """A field made from others that are already clean; for a frame it is made once per different value."""

    name: str
    source: str
    of: Callable[[str], str | None]


def sound(word: str) -> str | None:
    """How a name sounds: Metaphone of its first word; the word itself where Metaphone is at a loss."""
    first = word.split(" ", 1)[0]
    return jellyfish.metaphone(first) or first or None


def _first_word(text: str) -> str | None:
    word, blank, _ = text.partition(" ")
    return word if blank else None


def _word(at: int) -> Callable[[str], str | None]:
    def of(text: str) -> str | None:
        words = text.split(" ")
        return words[at] if len(words[at]) > 1 else None

    return of


def sorted_words(text: str) -> str:
    return " ".join(sorted(text.split(" ")))


def _own_domain(address: str) -> str | None:
    domain = address.rpartition("@")[2]
    return None if domain in contacts.FREE_MAIL else domain


_MAIL = (
    Derived("email_local", "email", contacts.email_local.value),
    Derived("email_local_2", "email_2", contacts.email_local.value),
)
_PHONE = (
    Derived("phone_tail", "phone", contacts.phone_tail.value),
    Derived("phone_tail_2", "phone_2", contacts.phone_tail.value),
)
PERSON_DERIVED = (
    Derived("first_word", "first", _first_word),
    Derived("first_letter", "first", lambda text: text[:1]),
    Derived("first_letter_2", "first_2", lambda text: text[:1]),
    Derived("first_sound", "first", sound),
    Derived("first_sound_2", "first_2", sound),
    Derived("first_start", "first", lambda text: text[:4]),
    Derived("last_sound", "last", sound),
    Derived("last_sound_2", "last_2", sound),
    Derived("last_start", "last", lambda text: text[:4]),
    Derived("email_start", "email", lambda text: text[:5]),
    *_MAIL,
    *_PHONE,
)
ORGANIZATION_DERIVED = (
    Derived("name_sorted", "name", sorted_words),
    Derived("name_first", "name", _word(0)),
    Derived("name_last", "name", _word(-1)),
    Derived("name_sound", "name", sound),
    Derived("name_start", "name", lambda text: text[:5]),
    Derived("domain", "email", _own_domain),
    *_MAIL,
    *_PHONE,
)


def only_a_name(mailbox: str, first: str | None, last: str | None) -> bool:
    """Is the mailbox no more than the name (john.smith@, jsmith@)? Then sharing it elsewhere proves nothing new."""
    letters = contacts.email_letters.value(mailbox)
    return letters is not None and letters in _plain_forms(
        (first or "").split(" ", 1)[0], (last or "").replace(" ", "")
    )


def _plain_forms(first: str, last: str) -> tuple[str, ...]:
    a, b = first[:1], last[:1]
    return (first + last, last + first, a + last, first + b, last + a, b + first, first, last)


def _source(columns: Mapping[str, object] | list[str], field: tuple[str, ...]) -> str | None:
    return next((name for name in field if name in columns), None)


def _fields(kind: str) -> tuple[Field, ...]:
    return (*(PERSON_FIELDS if kind == "person" else ORGANIZATION_FIELDS), *CONTACT_FIELDS)


def _derived(kind: str) -> tuple[Derived, ...]:
    return PERSON_DERIVED if kind == "person" else ORGANIZATION_DERIVED


def one(raw: Mapping[str, object], kind: str = "person") -> Record:
    """One record, cleaned. `raw` uses the same names a frame's columns do."""
    record: Record = {}
    for field in _fields(kind):
        source = _source(raw, field.sources)
        record[field.name] = field.cleaner.value(raw[source]) if source else None
    line, house = record.pop("line"), record.pop("house_own")
    first, last = addresses.house_first_of_line.value(line), addresses.house_last_of_line.value(line)
    record["house"], record["street"] = house or first or last, addresses.street_of_line.value(line)
    if kind == "person":
        _finish_person(record, raw)
    else:
        record["name"] = record["name"] or record.pop("name_whole")
    for derived in _derived(kind):
        text = record.get(derived.source)
        record[derived.name] = derived.of(text) if isinstance(text, str) else None
    return record


def _finish_person(record: Record, raw: Mapping[str, object]) -> None:
    source, last = _source(raw, SUFFIX), _source(raw, PERSON_FIELDS[3].sources)
    record["suffix"] = names.suffix(raw[source] if source else None, raw[last] if last else None)
    source = _source(raw, BIRTH)
    record["dob"] = dates.birth(raw[source]) if source else 0
    record["year"] = int(record["dob"] or 0) // 10000 or None


def many(frame: pl.DataFrame, kind: str = "person") -> pl.DataFrame:
    """A frame of records, cleaned: the columns of `one`, in the frame's order."""
    cleaned = frame.select(
        (field.cleaner.column(pl.col(source)) if (source := _source(frame.columns, field.sources)) else _nothing())
        .alias(field.name)
        for field in _fields(kind)
    )  # fmt: skip
    line = pl.col("line")
    first, last = addresses.house_first_of_line.column(line), addresses.house_last_of_line.column(line)
    cleaned = cleaned.with_columns(
        house=pl.coalesce(pl.col("house_own"), first, last), street=addresses.street_of_line.column(line)
    ).drop("line", "house_own")
    cleaned = _person_columns(cleaned, frame) if kind == "person" else _organization_columns(cleaned)
    return cleaned.with_columns(_derive(cleaned[d.source], d) for d in _derived(kind))


def _nothing() -> pl.Expr:
    return pl.lit(None, dtype=pl.String)


def _person_columns(cleaned: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    suffix, last = _source(frame.columns, SUFFIX), _source(frame.columns, PERSON_FIELDS[3].sources)
    alone = pl.col(suffix).cast(pl.String) if suffix else _nothing()
    written = pl.col(last).cast(pl.String) if last else _nothing()
    born = _source(frame.columns, BIRTH)
    dob = dates.birth_column(frame[born]) if born else pl.zeros(frame.height, pl.Int32, eager=True)
    return cleaned.with_columns(
        frame.select(names.suffix_column(alone, written).alias("suffix")).to_series()
        if suffix or last
        else _nothing().alias("suffix"),
        dob.alias("dob"),
    ).with_columns(year=pl.when(pl.col("dob") > 0).then(pl.col("dob") // 10000))


def _organization_columns(cleaned: pl.DataFrame) -> pl.DataFrame:
    return cleaned.with_columns(name=pl.coalesce("name", "name_whole")).drop("name_whole")


def _derive(column: pl.Series, derived: Derived) -> pl.Series:
    if column.null_count() == len(column):
        return pl.Series(derived.name, [None] * len(column), dtype=pl.String)
    different = column.drop_nulls().unique()
    made = pl.Series([derived.of(value) for value in different.to_list()], dtype=pl.String)
    return column.replace_strict(different, made, default=None, return_dtype=pl.String).alias(derived.name)
