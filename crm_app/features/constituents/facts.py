"""What notebooks may ask about constituents: themselves, how to reach them, what they agreed to, tags, hats, own fields."""

import sqlalchemy as sa
from sqlmodel import Session, select

from crm_app.core.access import Permission
from crm_app.engine.segment.catalogue import Catalogue, Field, Kind, Relation, Source
from crm_app.features.constituents.models import CustomField

HERE = "c.deleted_at IS NULL AND c.merged_into_id IS NULL"
KINDS = {"person": "a person", "household": "a household", "organization": "an organization"}
MONTHS = {str(n): name for n, name in enumerate(["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"], 1)}  # fmt: skip

PEOPLE = Source(
    name="people",
    sql=f"""
SELECT c.id AS constituent_id, c.display_name AS name, c.kind, c.first_name, c.last_name, c.deceased,
 c.birth_year, CAST(c.birth_month AS VARCHAR(2)) AS birth_month, NULLIF(c.language, '') AS language,
 NULLIF(c.job_title, '') AS job_title, c.anonymous, NULLIF(c.source, '') AS source, c.created_at AS added_on,
 NULLIF(c.greeting, '') AS greeting, NULLIF(c.addressee, '') AS addressee,
 CASE WHEN c.kind = 'household' THEN c.id ELSE m.household_id END AS household, m.id IS NOT NULL AS in_household,
 COALESCE(m.role = 'head', FALSE) AS household_head,
 e.address AS email, e.id IS NOT NULL AS has_email, COALESCE(e.status = 'ok', FALSE) AS email_works,
 p.shown AS phone, p.id IS NOT NULL AS has_phone,
 NULLIF(a.line1, '') AS street, NULLIF(a.city, '') AS city, NULLIF(a.region, '') AS region,
 NULLIF(a.postal_code, '') AS postal_code, NULLIF(a.country, '') AS country, a.id IS NOT NULL AS has_address,
 COALESCE(a.status = 'ok', FALSE) AS address_works
FROM constituent AS c
LEFT JOIN email AS e ON e.constituent_id = c.id AND e.is_primary
LEFT JOIN phone AS p ON p.constituent_id = c.id AND p.is_primary
LEFT JOIN address AS a ON a.constituent_id = c.id AND a.is_primary
LEFT JOIN household_member AS m ON m.person_id = c.id AND m.is_primary AND m.ended_on IS NULL
WHERE {HERE} /*only c.id*/""",
    fields=(
        Field("name", "Name"),
        Field("kind", "Kind of constituent", Kind.CHOICE, says="is", says_not="is not", choices=KINDS),
        Field("first_name", "First name", hidden=True),
        Field("last_name", "Last name", hidden=True),
        Field("city", "City", Kind.CHOICE, says="lives in", says_not="does not live in", group="Where they live"),
        Field("region", "State or region", Kind.CHOICE, says="lives in", says_not="does not live in", group="Where they live"),
        Field("postal_code", "Postal code", group="Where they live"),
        Field("country", "Country", Kind.CHOICE, says="lives in", says_not="does not live in", group="Where they live"),
        Field("street", "Street", hidden=True),
        Field("email", "E-mail address", group="How to reach them"),
        Field("has_email", "Has an e-mail address", Kind.FLAG, says="has an e-mail address", says_not="has no e-mail address", group="How to reach them"),
        Field("email_works", "E-mail address works", Kind.FLAG, says="has an e-mail address that works", says_not="has no e-mail address that works", group="How to reach them"),
        Field("phone", "Phone number", group="How to reach them"),
        Field("has_phone", "Has a phone number", Kind.FLAG, says="has a phone number", says_not="has no phone number", group="How to reach them"),
        Field("has_address", "Has a postal address", Kind.FLAG, says="has a postal address", says_not="has no postal address", group="How to reach them"),
        Field("address_works", "Postal address is good", Kind.FLAG, says="has a postal address that is good", says_not="has no postal address that is good", group="How to reach them"),
        Field("deceased", "Has died", Kind.FLAG, says="has died", says_not="is alive"),
        Field("birth_year", "Year of birth", Kind.NUMBER, permission=Permission.BIRTHDATES_READ.name),
        Field("birth_month", "Month of birth", Kind.CHOICE, says="was born in", says_not="was not born in", choices=MONTHS, permission=Permission.BIRTHDATES_READ.name),
        Field("language", "Language", Kind.CHOICE, says="speaks", says_not="does not speak"),
        Field("job_title", "Job title"),
        Field("anonymous", "Wants to stay anonymous", Kind.FLAG, says="wants to stay anonymous", says_not="may be named"),
        Field("source", "Where the record came from", Kind.CHOICE, says="came to us by", says_not="did not come to us by"),
        Field("added_on", "Day the record was added", Kind.DATE),
        Field("in_household", "Belongs to a household", Kind.FLAG, says="belongs to a household", says_not="belongs to no household"),
        Field("household_head", "Head of the household", Kind.FLAG, says="is the head of a household", says_not="is not the head of a household"),
        Field("household", "Household", Kind.NUMBER, hidden=True),
        Field("greeting", "Greeting", hidden=True),
        Field("addressee", "Name on the envelope", hidden=True),
    ),
    tables={
        "constituent": "id", "email": "constituent_id", "phone": "constituent_id", "address": "constituent_id",
        "household_member": "person_id",
    },
)  # fmt: skip

CHANNELS = {"email": ("e-mail", "email", "e"), "post": ("post", "address", "a"), "phone": ("phone", "phone", "p"), "text": ("text message", "phone", "p")}  # fmt: skip
PURPOSES = {"news": "news", "fundraising": "fundraising", "events": "events", "volunteering": "volunteering"}
REASONS = {
    "deceased": "has died", "nowhere": "no address or number", "bad": "address or number does not work",
    "not_asked": "not asked yet", "no": "said no", "expired": "their yes has ended",
}  # fmt: skip
CODES = "CASE s.state WHEN 'granted' THEN CASE WHEN s.expires_on < CURRENT_DATE THEN 3 ELSE 1 END WHEN 'refused' THEN 2 WHEN 'withdrawn' THEN 2 ELSE 0 END"  # fmt: skip


def _newest(channel: str, purpose: str) -> str:
    """The newest statement that speaks about this: its place in time and, in the last digit, what it says."""
    fits = f"s.channel IN ('{channel}', 'all') AND s.purpose IN ('{purpose}', 'all')"
    return f"MAX(CASE WHEN {fits} THEN s.place * 10 + {CODES} END) AS {channel}_{purpose}"


def _reason(channel: str, purpose: str) -> str:
    _, _, point = CHANNELS[channel]
    return (
        f"CASE WHEN c.deceased THEN 'deceased' WHEN {point}.many IS NULL THEN 'nowhere' WHEN {point}.good = 0 THEN 'bad' "
        f"WHEN COALESCE(n.{channel}_{purpose} % 10, 0) = 0 THEN 'not_asked' WHEN n.{channel}_{purpose} % 10 = 2 THEN 'no' "
        f"WHEN n.{channel}_{purpose} % 10 = 3 THEN 'expired' END"
    )


def _points(table: str, alias: str) -> str:
    good = "SUM(CASE WHEN status = 'ok' THEN 1 ELSE 0 END) AS good"
    return f"LEFT JOIN (SELECT constituent_id, COUNT(*) AS many, {good} FROM {table} WHERE 1 = 1 /*only constituent_id*/ GROUP BY constituent_id) AS {alias} ON {alias}.constituent_id = c.id"


PAIRS = [(channel, purpose) for channel in CHANNELS for purpose in PURPOSES]


def _consent_sql() -> str:
    """The rule of `may_contact`, for everybody and every channel and purpose at once."""
    newest = ", ".join(_newest(*pair) for pair in PAIRS)
    said = "SELECT *, ROW_NUMBER() OVER (ORDER BY captured_at, id) AS place FROM consent WHERE 1 = 1 /*only constituent_id*/"
    why = ", ".join(f"{_reason(*pair)} AS not_{pair[0]}_{pair[1]}" for pair in PAIRS)
    points = " ".join(_points(table, alias) for table, alias in (("email", "e"), ("address", "a"), ("phone", "p")))
    inner = (
        f"SELECT c.id AS constituent_id, {why} FROM constituent AS c {points} "
        f"LEFT JOIN (SELECT s.constituent_id, {newest} FROM ({said}) AS s GROUP BY s.constituent_id) AS n ON n.constituent_id = c.id "
        f"WHERE {HERE} /*only c.id*/"
    )
    flags = ", ".join(f"not_{c}_{p} IS NULL AS may_{c}_{p}" for c, p in PAIRS)
    return f"SELECT x.*, {flags} FROM ({inner}) AS x"


def _consent_fields() -> tuple[Field, ...]:
    made = []
    for channel, purpose in PAIRS:
        way = CHANNELS[channel][0]
        words = f"about {purpose} by {way}" if channel != "phone" else f"about {purpose} by phone"
        made.append(
            Field(
                f"may_{channel}_{purpose}",
                f"May be contacted {words}",
                Kind.FLAG,
                says=f"may be contacted {words}",
                says_not=f"may not be contacted {words}",
            )
        )
        label = f"Why not {words}"
        made.append(Field(f"not_{channel}_{purpose}", label, Kind.CHOICE, choices=REASONS, hidden=True))
    return tuple(made)


CONSENT = Source(
    name="consent",
    sql=_consent_sql(),
    fields=_consent_fields(),
    tables={
        "consent": "constituent_id", "constituent": "id", "email": "constituent_id", "phone": "constituent_id",
        "address": "constituent_id",
    },
    group="What they agreed to",
)  # fmt: skip

TAGS = Relation(
    name="tags", label="Tags", group="Tags and hats",
    sql="SELECT t.constituent_id, t.id AS row_id, g.name AS tag, NULLIF(g.\"group\", '') AS tag_group, t.created_at AS tagged_on "
    "FROM tagging AS t JOIN tag AS g ON g.id = t.tag_id WHERE 1 = 1 /*only t.constituent_id*/",
    fields=(
        Field("tag", "Tag", Kind.CHOICE, says="as", says_not="not as"),
        Field("tag_group", "Group of tags", Kind.CHOICE, says="in"),
        Field("tagged_on", "Day of the tag", Kind.DATE),
    ),
    date="tagged_on", did="is tagged", did_not="is not tagged", noun="tag", nouns="tags",
    tables={"tagging": "constituent_id", "tag": ""},
)  # fmt: skip

HATS = Relation(
    name="hats", label="Hats", group="Tags and hats",
    sql="SELECT h.constituent_id, h.id AS row_id, t.name AS hat, h.started_on, h.ended_on, "
    "h.ended_on IS NULL OR h.ended_on >= CURRENT_DATE AS now "
    "FROM hat AS h JOIN hat_type AS t ON t.id = h.hat_type_id WHERE 1 = 1 /*only h.constituent_id*/",
    fields=(
        Field("hat", "Hat", Kind.CHOICE, says="as"),
        Field("now", "Today", Kind.FLAG, says="today", says_not="in the past"),
        Field("started_on", "Since", Kind.DATE),
        Field("ended_on", "Until", Kind.DATE),
    ),
    date="started_on", did="has been with us", did_not="has not been with us", noun="hat", nouns="hats",
    tables={"hat": "constituent_id", "hat_type": ""},
)  # fmt: skip

CATALOGUE = Catalogue(sources=(PEOPLE, CONSENT), relations=(TAGS, HATS), household="household", shown="name")

OWN = {"number": Kind.NUMBER, "money": Kind.MONEY, "date": Kind.DATE, "choice": Kind.CHOICE, "yes_no": Kind.FLAG}
COLUMNS = {"number": "number_value", "money": "number_value", "date": "date_value"}


def more(session: Session) -> Catalogue:
    """The fields this organization added itself."""
    fields = session.execute(
        select(CustomField.id, CustomField.code, CustomField.label, CustomField.kind)
        .where(CustomField.retired_at.is_(None), sa.not_(CustomField.kind.in_(["person", "choices"])))
        .order_by(CustomField.position, CustomField.id)
    ).all()
    if not fields:
        return Catalogue()
    columns = ", ".join(
        f"{_own_value(number, kind)} AS own_{code}" for number, code, _, kind in fields if code.isidentifier()
    )
    made = tuple(
        Field(f"own_{code}", label, OWN.get(kind, Kind.TEXT)) for _, code, label, kind in fields if code.isidentifier()
    )
    sql = f"SELECT v.constituent_id, {columns} FROM custom_value AS v WHERE 1 = 1 /*only v.constituent_id*/ GROUP BY v.constituent_id"
    source = Source("own", sql, made, {"custom_value": "constituent_id", "custom_field": ""}, group="Our own fields")
    return Catalogue(sources=(source,)) if made else Catalogue()


def _own_value(number: int, kind: str) -> str:
    value = f"v.{COLUMNS.get(kind, 'text_value')}"
    if kind == "money":
        value = f"CAST({value} AS BIGINT)"
    found = f"MAX(CASE WHEN v.field_id = {int(number)} THEN {value} END)"
    return (
        f"CASE WHEN {found} IS NULL THEN NULL ELSE {found} IN ('yes', 'true', '1') END" if kind == "yes_no" else found
    )
