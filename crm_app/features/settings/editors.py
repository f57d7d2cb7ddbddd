"""The lists an organization keeps itself, as values: what a row shows, what a form asks, which service keeps it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypedDict

from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.constituents.models import HatType, Tag
from crm_app.features.constituents.schemas import CustomFieldDraft
from crm_app.features.constituents.service import fields, marks
from crm_app.features.giving.models import Appeal, Campaign, Fund
from crm_app.features.giving.service import purposes
from crm_app.features.relationships import service as relationships
from crm_app.features.relationships.schemas import TypeDraft

Form = dict[str, str]


class Line(TypedDict):
    """One row of a list, ready to show, with what its form starts with."""

    id: int
    title: str
    more: str
    used: str
    retired: bool
    form: dict[str, str]


@dataclass(frozen=True)
class Ask:
    """One field of a form: text, area, date, choice (with options as value and words) or yes/no."""

    name: str
    label: str
    kind: str = "text"
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class Editor:
    """A list that can be added to, changed and retired from."""

    key: str
    title: str
    one: str
    words: str
    asks: tuple[Ask, ...]
    load: Callable[[Work], list[Line]]
    save: Callable[[Work, int | None, Form], int]
    retire: Callable[[Work, int, bool], None]


COLOURS = tuple((colour, colour.capitalize()) for colour in marks.COLOURS)
KINDS = (("person", "Person"), ("household", "Household"), ("organization", "Organization"))
FIELD_KINDS = (
    ("text", "A line of text"),
    ("long_text", "Several lines"),
    ("number", "A number"),
    ("money", "An amount of money"),
    ("date", "A day"),
    ("yes_no", "Yes or no"),
    ("choice", "One of a list"),
    ("choices", "Several of a list"),
    ("link", "A web address"),
    ("person", "Somebody"),
)


def _line(row_id: int, title: str, more: str, used: str, retired: bool, form: Form) -> Line:
    return Line(id=row_id, title=title, more=more, used=used, retired=retired, form=form)


def _people(number: int) -> str:
    return f"{number:,} people" if number != 1 else "1 person"


def _tags(work: Work) -> list[Line]:
    return [
        _line(
            t.id, t.name, t.group, _people(t.people), t.retired, {"name": t.name, "colour": t.colour, "group": t.group}
        )
        for t in marks.list_tags(work)
    ]


def _hats(work: Work) -> list[Line]:
    return [
        _line(h.id, h.name, h.plural, _people(h.people), h.retired, {"name": h.name, "plural": h.plural})
        for h in marks.list_hat_types(work)
    ]


def _relations(work: Work) -> list[Line]:
    return [
        _line(
            r.id,
            r.name,
            f"the other way: {r.reverse_name}",
            f"{r.used:,} times",
            r.retired,
            r.model_dump(include=RELATION),
        )
        for r in relationships.list_types(work, counted=True)
    ]


RELATION = {"name", "reverse_name", "noun", "reverse_noun", "family", "from_kind", "to_kind"}


def _fields(work: Work) -> list[Line]:
    kinds = dict(FIELD_KINDS)
    return [
        _line(
            f.id, f.label, kinds.get(f.kind, f.kind), f"filled for {f.filled:,}", f.retired,
            {"label": f.label, "kind": f.kind, "options": "\n".join(f.options), "section": f.section, "help": f.help},
        )
        for f in fields.defined(work, retired=True)
    ]  # fmt: skip


def _save_field(work: Work, row_id: int | None, form: Form) -> int:
    options = [line.strip() for line in form.pop("options", "").splitlines() if line.strip()]
    return fields.define(work, CustomFieldDraft(**form, options=options), row_id)


def _funds(work: Work) -> list[Line]:
    return [
        _line(f.id, f.name, f.description, f.shown, f.retired,
              {"name": f.name, "description": f.description, "restricted": "on" if f.restricted else ""})
        for f in purposes.list_funds(work, summed=True)
    ]  # fmt: skip


def _save_fund(work: Work, row_id: int | None, form: Form) -> int:
    said = {"name": form.get("name", ""), "description": form.get("description", "")}
    return purposes.save_purpose(work, Fund, row_id, **said, restricted=bool(form.get("restricted")))


def _campaigns(work: Work) -> list[Line]:
    return [
        _line(c.id, c.name, " – ".join(f"{d:%-d %b %Y}" for d in (c.starts_on, c.ends_on) if d), c.shown, c.retired,
              {"name": c.name, "starts_on": _iso(c.starts_on), "ends_on": _iso(c.ends_on),
               "goal": f"{Decimal(c.goal) / 100:.2f}" if c.goal else ""})
        for c in purposes.list_campaigns(work, summed=True)
    ]  # fmt: skip


def _save_campaign(work: Work, row_id: int | None, form: Form) -> int:
    starts, ends = _day(form, "starts_on"), _day(form, "ends_on")
    if starts and ends and ends < starts:
        raise Invalid(fields={"ends_on": "The end is before the beginning."})
    said = {"starts_on": starts, "ends_on": ends, "goal": _cents(form, "goal")}
    return purposes.save_purpose(work, Campaign, row_id, name=form.get("name", ""), **said)


def _appeals(work: Work) -> list[Line]:
    return [
        _line(a.id, a.name, " · ".join(filter(None, (a.campaign, a.channel))), _iso(a.sent_on), a.retired,
              {"name": a.name, "channel": a.channel, "sent_on": _iso(a.sent_on)})
        for a in purposes.list_appeals(work)
    ]  # fmt: skip


def _save_appeal(work: Work, row_id: int | None, form: Form) -> int:
    said = {"name": form.get("name", ""), "channel": form.get("channel", ""), "sent_on": _day(form, "sent_on")}
    return purposes.save_purpose(work, Appeal, row_id, **said)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(form: Form, name: str) -> date | None:
    try:
        return date.fromisoformat(form[name]) if form.get(name) else None
    except ValueError:
        raise Invalid(fields={name: "This is not a day."}) from None


def _cents(form: Form, name: str) -> int | None:
    said = form.get(name, "").replace(",", "").strip()
    try:
        return int(Decimal(said) * 100) if said else None
    except InvalidOperation:
        raise Invalid(fields={name: "An amount, such as 25000."}) from None


def _retire(table: type) -> Callable[[Work, int, bool], None]:
    return lambda work, row_id, retired: marks.retire(work, table, row_id, retired)


def _retire_purpose(table: type) -> Callable[[Work, int, bool], None]:
    return lambda work, row_id, retired: purposes.retire_purpose(work, table, row_id, retired)


EDITORS = (
    Editor("tags", "Tags", "tag", "Words put on people to find them again. Tags of one group stand together.",
           (Ask("name", "Name"), Ask("colour", "Colour", "choice", COLOURS), Ask("group", "Group", hint="Such as interests or skills; may stay empty.")),
           _tags, lambda work, row, form: marks.save_tag(work, row, form.get("name", ""), form.get("colour", "stone"), form.get("group", "")), _retire(Tag)),
    Editor("hats", "Hats", "hat", "The roles people have with you, each with its dates.",
           (Ask("name", "Name"), Ask("plural", "For several", hint="Donors, alumni, …")),
           _hats, lambda work, row, form: marks.save_hat_type(work, row, form.get("name", ""), form.get("plural", "")), _retire(HatType)),
    Editor("relations", "Relationships", "relationship", "What people are to each other, said from both sides.",
           (Ask("name", "The first is …", hint="parent of"), Ask("reverse_name", "The second is …", hint="child of"),
            Ask("family", "Belongs to", "choice", (("family", "Family"), ("work", "Work"), ("social", "Social"), ("care", "Care"))),
            Ask("from_kind", "The first is a", "choice", KINDS), Ask("to_kind", "The second is a", "choice", KINDS)),
           _relations, lambda work, row, form: relationships.save_type(work, TypeDraft(**form), row), relationships.retire_type),
    Editor("fields", "Own fields", "field", "What you need to know and no other field asks. They are on profiles, in lists, files and notebooks at once.",
           (Ask("label", "Name"), Ask("kind", "Holds", "choice", FIELD_KINDS), Ask("options", "The list, one a line", "area", hint="Only for a choice."),
            Ask("section", "Stands under"), Ask("help", "Help, shown beside it")),
           _fields, _save_field, fields.retire),
    Editor("funds", "Funds", "fund", "What money is for.",
           (Ask("name", "Name"), Ask("description", "Description", "area"), Ask("restricted", "Restricted by the giver", "yes_no")),
           _funds, _save_fund, _retire_purpose(Fund)),
    Editor("campaigns", "Campaigns", "campaign", "Efforts with a beginning, an end and a goal.",
           (Ask("name", "Name"), Ask("starts_on", "From", "date"), Ask("ends_on", "Until", "date"), Ask("goal", "Goal")),
           _campaigns, _save_campaign, _retire_purpose(Campaign)),
    Editor("appeals", "Appeals", "appeal", "Single asks: a letter, an e-mail, a phone-a-thon.",
           (Ask("name", "Name"), Ask("channel", "By", "choice", (("", "–"), ("mail", "Letter"), ("email", "E-mail"), ("phone", "Phone"), ("event", "Event"), ("web", "Web"))), Ask("sent_on", "Sent on", "date")),
           _appeals, _save_appeal, _retire_purpose(Appeal)),
)  # fmt: skip
BY_KEY = {editor.key: editor for editor in EDITORS}
