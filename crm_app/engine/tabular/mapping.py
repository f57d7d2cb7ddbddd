"""Column → meaning: by the format, by the column's name, by what it holds; each with how sure and why."""

from dataclasses import asdict, dataclass, field, replace

import polars as pl

from crm_app.engine.tabular.content import Content, look
from crm_app.engine.tabular.formats import FORMATS, PLAIN, Format
from crm_app.engine.tabular.header import key, normal
from crm_app.engine.tabular.meanings import ANSWER, BY_WORD, CUSTOM, IGNORE, MEANINGS
from crm_app.engine.tabular.recognise import recognise
from crm_app.engine.tabular.similar import propose
from crm_app.engine.tabular.values import amounts, dates

SAMPLE = 400
OF_WHOM = ("donor", "contact", "primary", "your", "attendee", "supporter", "billing", "customer", "home", "mailing", "guest", "member", "person", "constituent", "participant", "volunteer", "main", "current", "preferred", "individual", "client", "the")  # fmt: skip
OF_OTHERS = {"mother", "father", "parent", "guardian", "emergency", "child", "children", "son", "daughter", "sibling", "friend", "doctor", "reference", "referrer", "assistant", "second", "other", "old", "previous"}  # fmt: skip
NEEDS_AMOUNT = ("Gift", "Recurring")
PEOPLE_NAMES = {"first", "last", "full", "p2_first", "p2_last"}


@dataclass(frozen=True, slots=True)
class Column:
    """What one column means. BLANK is what an empty cell does to a record that has a value: keep or clear."""

    place: int
    header: str
    meaning: str
    sure: float = 1.0
    why: str = ""
    order: str = ""
    mark: str = ""
    blank: str = "keep"


@dataclass(slots=True)
class Mapping:
    """Everything decided about a file before its rows are read."""

    format: str
    columns: list[Column]
    fixed: dict[str, str] = field(default_factory=dict)
    region: str = "US"
    currency: str = "USD"
    words: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def form(self) -> Format:
        return FORMATS.get(self.format, PLAIN)

    def places(self, meaning: str) -> list[int]:
        return [column.place for column in self.columns if column.meaning == meaning]

    def questions(self) -> list[Column]:
        """Columns that cannot be read until somebody says which way."""
        return [column for column in self.columns if "ask" in (column.order, column.mark)]

    def as_dict(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_dict(cls, value: dict) -> "Mapping":
        return cls(**{**value, "columns": [Column(**column) for column in value["columns"]]})


def propose_mapping(header: list[str], frame: pl.DataFrame, *, region: str = "US", currency: str = "USD") -> Mapping:
    """The whole proposal for a file: FRAME holds its rows as read by `reader.read`."""
    form = recognise(header).form
    cells = {place: frame[f"c{place}"].head(SAMPLE).to_list() for place in range(len(header))}
    contents = {place: look(sample) for place, sample in cells.items()}
    columns = [
        _by_format(form, place, name) or _guess(place, name, contents[place]) for place, name in enumerate(header)
    ]
    columns = _settled(columns, contents, form)
    mapping = Mapping(form.key, columns, dict(form.fixed), region, form.fixed.get("currency", currency))
    mapping.columns = [decided(column, frame, form, header) for column in mapping.columns]
    return mapping


def _by_format(form: Format, place: int, name: str) -> Column | None:
    if form.refuse:
        return Column(place, name, IGNORE, 1.0, form.refuse)
    if form is PLAIN:
        return None
    meaning = form.columns.get(key(name))
    if meaning:
        return Column(place, name, meaning, 1.0, f"{form.name} uses this column name.")
    if form.others == "guess":
        return None
    meaning = {"answer": ANSWER, "custom": CUSTOM}.get(form.others, IGNORE)
    return Column(
        place, name, meaning, 0.9, "Not one of the tool's own columns." if meaning != IGNORE else "Nothing to keep."
    )


def _guess(place: int, name: str, content: Content) -> Column:
    by_name = _by_name(place, name)
    if by_name and not _contradicts(by_name, content):
        return by_name
    by_content = _by_content(place, name, content)
    if by_content:
        return by_content
    if by_name:
        return replace(by_name, sure=by_name.sure * 0.5, why=f"{by_name.why} What it holds looks different.")
    if not content.filled:
        return Column(place, name, IGNORE, 0.9, "The column is empty.")
    return Column(place, name, CUSTOM, 0.4, "Nothing we know by this name.")


def _by_name(place: int, name: str) -> Column | None:
    meaning = BY_WORD.get(key(name))
    if meaning:
        return Column(place, name, meaning, 0.97, "By its name.")
    words = normal(name).split()
    while words and words[0] in OF_WHOM:
        words = words[1:]
        if meaning := BY_WORD.get("".join(words)):
            return Column(place, name, meaning, 0.88, "By its name.")
    if len(words) > 5 or not words or OF_OTHERS & set(words):
        return None
    found = propose(" ".join(words), _known_words())
    return (
        Column(place, name, found.value, round(found.sure * 0.85, 2), "Its name is close.")
        if found.sure >= 0.86
        else None
    )


def _known_words() -> dict[str, tuple[str, ...]]:
    return {meaning.key: meaning.words for meaning in MEANINGS.values() if meaning.words}


EXPECTED = {
    "email": ("email",),
    "phone": ("phone", "amount"),
    "date": ("date", "amount"),
    "birth": ("date", "amount"),
    "amount": ("amount",),
    "yes": ("yes",),
}


def _contradicts(column: Column, content: Content) -> bool:
    kinds = EXPECTED.get(MEANINGS[column.meaning].kind, ())
    if MEANINGS[column.meaning].kind in ("name", "full"):
        return max(content.share("money"), content.share("date"), content.share("email")) > 0.6
    if not kinds or content.filled == 0:
        return False
    return max(content.share(kind) for kind in kinds) < 0.35


def _by_content(place: int, name: str, content: Content) -> Column | None:
    ways = (
        ("email", "email", 0.8), ("web", "website", 0.8), ("country", "country", 0.8), ("state", "state", 0.85), ("postal", "postal", 0.9),
        ("money", "amount", 0.9), ("comma_name", "full", 0.8), ("full_address", "address_full", 0.8),
    )  # fmt: skip
    if content.filled < 0.02 or OF_OTHERS & set(normal(name).split()):
        return None
    for kind, meaning, least in ways:
        if content.share(kind) >= least:
            return Column(place, name, meaning, round(0.55 + 0.3 * content.share(kind), 2), "By what it holds.")
    if content.share("phone") >= 0.8 and content.share("amount") < 0.5:
        return Column(place, name, "phone", 0.8, "By what it holds.")
    return None


def _settled(columns: list[Column], contents: dict[int, Content], form: Format) -> list[Column]:
    """Meanings that depend on the company they keep, and no meaning twice."""
    have = {column.meaning for column in columns}
    money = bool(have & {"amount", "recurring_amount", "gift_id", "gift_ref"} & set(_sure(columns))) or form.brings in (
        "gifts",
        "payments",
    )
    doings = form.brings in ("registrations", "checkins") or bool(have & {"event", "ticket", "attendance", "event_id"})
    people = bool(have & PEOPLE_NAMES)
    taken: dict[str, int] = {}
    settled = []
    for column in columns:
        column = _in_company(column, contents[column.place], money, doings, people, have) if column.sure < 1 else column
        settled.append(_once(column, taken))
    return settled


def _sure(columns: list[Column]) -> list[str]:
    return [column.meaning for column in columns if column.sure >= 0.6]


def _in_company(column: Column, content: Content, money: bool, doings: bool, people: bool, have: set[str]) -> Column:
    meaning, group = column.meaning, MEANINGS[column.meaning].group
    if (
        meaning in ("prefix", "job_title")
        and content.filled
        and key(column.header) in ("title", "salutation", "anrede")
    ):
        titles = content.share("title") > 0.5
        plain = "job_title" if key(column.header) == "title" else "informal_greeting"
        return replace(column, meaning="prefix" if titles else plain)
    if group in NEEDS_AMOUNT and not money and meaning != "amount":
        if meaning == "status" and doings:
            return replace(column, meaning="attendance")
        return replace(column, meaning=CUSTOM, sure=0.4, why="It would belong to a gift, but there is no amount.")
    if meaning == "employer" and not people:
        return replace(column, meaning="org_name")
    if meaning == "registered_at" and not doings:
        return (
            replace(column, meaning=CUSTOM, sure=0.4)
            if not money or "gift_date" in have
            else replace(column, meaning="gift_date")
        )
    if meaning in ("quantity", "order_id", "table") and not doings:
        return replace(
            column, meaning="gift_id" if meaning == "order_id" and money and "gift_id" not in have else CUSTOM, sure=0.5
        )
    if meaning == "street" and content.share("full_address") > 0.6 and "city" not in have:
        return replace(column, meaning="address_full")
    return column


AGAIN = {"email": "email_other", "phone": "phone_other"}
MANY = {"tags", "hat", ANSWER, CUSTOM, IGNORE, "tag", "restrictions"}
SHARED = {"gift_note", "gift_type", "amount", "currency", "email", "phone", "gift_date", "gift_id", "full", "appeal", "campaign", "method", "status", "external_id", "soft_id", "member_from", "kind"}  # fmt: skip


def _once(column: Column, taken: dict[str, int]) -> Column:
    meaning = column.meaning
    if meaning in MANY:
        return column
    if meaning not in taken:
        taken[meaning] = column.place
        return column
    if column.sure == 1.0 and meaning in SHARED:
        return column  # the format says several columns carry it; the first that is filled counts
    other = AGAIN.get(meaning, CUSTOM)
    if other in taken:
        other = CUSTOM
    taken.setdefault(other, column.place)
    return replace(column, meaning=other, sure=min(column.sure, 0.6), why="Another column means this already.")


AMERICAN = {"PST", "PDT", "MST", "MDT", "CST", "CDT", "EST", "EDT", "AKST", "AKDT", "HST"}


def _by_zone(frame: pl.DataFrame, header: list[str]) -> str:
    """PayPal writes dates as the account's country does; the time zone beside them tells which."""
    place = next((place for place, name in enumerate(header) if key(name) in ("timezone", "zeitzone")), None)
    zones = set(frame[f"c{place}"].head(SAMPLE).to_list()) - {""} if place is not None else set()
    if not zones:
        return ""
    return "mdy" if zones <= AMERICAN else "" if zones & AMERICAN else "dmy"


def decided(column: Column, frame: pl.DataFrame, form: Format, header: list[str]) -> Column:
    """Day or month first, dot or comma: decided over every different cell of the column."""
    kind = MEANINGS[column.meaning].kind
    if kind not in ("date", "birth", "amount") or f"c{column.place}" not in frame.columns:
        return column
    values = [value for value in frame[f"c{column.place}"].unique().to_list() if value and value.strip()]
    if kind == "amount":
        mark = amounts.decimal_mark(values)
        return replace(column, mark="." if mark == "ask" and form.numbers == "." else mark)
    found = dates.order(values)
    usual = _by_zone(frame, header) if form.dates == "zone" else form.dates
    if found.value == "ask" and usual and "contradict" not in found.because:
        return replace(column, order=usual, why=f"{column.why} {form.name} writes dates this way.")
    return replace(
        column, order=found.value, why=f"{column.why} {found.because}".strip() if found.because else column.why
    )
