"""A profile on screen: what is known, the timeline, and each thing that can be changed in place."""

from datetime import date
from typing import Any, TypedDict

import reflex as rx

from crm_app.core import live
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid
from crm_app.core.work import Work
from crm_app.features.constituents import service as people
from crm_app.features.constituents.schemas import (
    AddressDraft,
    ConsentDraft,
    EmailDraft,
    HatDraft,
    OtherNameDraft,
    PhoneDraft,
    WebsiteDraft,
)
from crm_app.features.constituents.service.typed import changes_of, day, said
from crm_app.features.interactions import service as interactions
from crm_app.features.interactions.schemas import InteractionDraft, TaskDraft
from crm_app.features.profiles import service
from crm_app.features.profiles.schemas import (
    ConsentLine,
    FigureLine,
    FileLine,
    HatLine,
    Head,
    Home,
    Node,
    NoteLine,
    OwnField,
    Pair,
    Reach,
    Relation,
    TagLine,
    TaskLine,
    TimeLine,
)
from crm_app.features.relationships import service as relationships
from crm_app.features.relationships.schemas import RelationDraft
from crm_app.ui import telling
from crm_app.ui.chart import Stick, sticks
from crm_app.ui.combo import Found
from crm_app.ui.fields import Option
from crm_app.ui.handlers import action
from crm_app.ui.live import listen, listening
from crm_app.ui.session import actor, ask, do, session_of

READ, EDIT = Permission.PEOPLE_READ, Permission.PEOPLE_EDIT
EMPTY: Head = {
    "id": 0, "kind": "person", "name": "", "aside": "", "initials": "", "owner": "", "alert": "", "deceased": "", "trash": False,
    "version": 0, "greeting": "", "formal_greeting": "", "addressee": "", "locked": False, "photo": "",
}  # fmt: skip
MOST = 60
_names: dict[str, str] = {}
"""Who sits in front of which tab, for saying who else is looking."""


class Clash(TypedDict):
    """A field two people changed: what is there now, and what I wanted."""

    name: str
    label: str
    theirs: str
    mine: str


class ProfileState(rx.State):
    """Everything but the timeline and the forms."""

    head: Head = EMPTY
    hats: list[HatLine] = []
    tags: list[TagLine] = []
    reach: list[Reach] = []
    relations: list[Relation] = []
    nodes: list[Node] = []
    homes: list[Home] = []
    about: list[Pair] = []
    fields: list[OwnField] = []
    notes: list[NoteLine] = []
    tasks: list[TaskLine] = []
    files: list[FileLine] = []
    figures: list[FigureLine] = []
    consents: list[ConsentLine] = []
    alike: list[Relation] = []
    columns: list[Stick] = []
    years: str = ""
    looking: str = ""
    missing: str = ""
    _edit: dict[str, Any] = {}

    def _number(self) -> int:
        last = str(self.router.url.path).rstrip("/").rsplit("/", 1)[-1]
        return int(last) if last.isdigit() else 0

    @action(READ)
    async def load(self):
        number, token = self._number(), self.router.session.client_token
        before = self.head["id"]
        self.missing = ""
        if before != number:
            self.head, self.alike = {**EMPTY, "id": number}, []
        await self._read(number)
        timeline, deeds = await self.get_state(TimelineState), await self.get_state(DeedState)
        timeline._begin(self.head["id"], str(self.router.url.query_parameters.get("show", "")))
        await timeline._read_on()
        deeds._shut()
        await listen(self, [f"person:{self.head['id']}", "settings"], ProfileState.refresh)
        await listen(self, f"looking:{self.head['id']}", ProfileState.look_around)
        _names[token] = actor(session_of(self)).name
        live.tell([f"looking:{self.head['id']}", f"looking:{before}"])
        if number != self.head["id"]:
            return rx.redirect(f"/people/{self.head['id']}")
        return ProfileState.look_alike

    @action(READ)
    async def look_alike(self):
        """After the page stands: who may be the same."""
        self.alike = await ask(self, service.alike, self.head["id"])

    @action(READ)
    async def refresh(self):
        await self._read(self.head["id"])
        await (await self.get_state(TimelineState))._read_on()

    async def _read(self, number: int) -> None:
        shown = await ask(self, service.profile, number)
        self.head, self.hats, self.tags, self.reach = shown["head"], shown["hats"], shown["tags"], shown["reach"]
        self.relations, self.nodes, self.homes = shown["relations"], shown["nodes"], shown["homes"]
        self.about, self.fields, self.notes = shown["about"], shown["fields"], shown["notes"]
        self.tasks, self.files, self.figures = shown["tasks"], shown["files"], shown["figures"]
        self.consents, self.years = shown["consents"], shown["years_said"]
        self.columns = sticks(shown["years"], 140, 34)
        self._edit = shown["edit"]

    @action(READ)
    async def look_around(self):
        mine = self.router.session.client_token
        others = [
            _names[token] for token in listening(f"looking:{self.head['id']}") if token != mine and token in _names
        ]
        own = _names.get(mine, "")
        names = sorted({name.split(" ")[0] for name in others if name != own})
        if others and not names:
            names = ["You, in another window,"]
        self.looking = (
            ""
            if not names
            else f"{' and '.join(names)} {'is' if len(names) == 1 and 'You' not in names[0] else 'are'} looking at this too"
        )


class TimelineState(rx.State):
    """The lines of everything that happened."""

    lines: list[TimeLine] = []
    show: str = ""
    more: bool = False
    _number: int = 0
    _most: int = MOST

    def _begin(self, number: int, show: str) -> None:
        self._number, self.show, self._most = number, show, MOST

    async def _read_on(self) -> None:
        self.lines = await ask(self, service.timeline, self._number, self.show, self._most)
        self.more = len(self.lines) == self._most

    @action(READ)
    async def choose(self, kind: str):
        self.show, self._most = kind, MOST
        await self._read_on()

    @action(READ)
    async def show_more(self):
        self._most = min(self._most + 200, 2_000)
        await self._read_on()


class DeedState(rx.State):
    """What is being done to this person: which form is open, what is wrong in it, what clashed."""

    doing: str = ""
    errors: dict[str, str] = {}
    clashes: list[Clash] = []
    draft: dict[str, str] = {}
    switches: dict[str, bool] = {}
    owners: list[Option] = []
    hats: list[Option] = []
    types: list[Option] = []
    tags: list[str] = []
    found: list[Found] = []
    chosen: str = ""
    point: dict[str, str] = {}
    field: OwnField = {"code": "", "label": "", "kind": "text", "shown": "", "raw": "", "options": []}
    _seen: dict[str, Any] = {}
    _mine: dict[str, Any] = {}
    _other: int = 0

    def _shut(self) -> None:
        self.doing, self.errors, self.clashes, self.found, self.chosen, self._other = "", {}, [], [], "", 0

    async def _who(self) -> int:
        return (await self.get_state(ProfileState)).head["id"]

    @action(READ)
    async def shut(self):
        self._shut()

    @action(EDIT)
    async def begin(self, what: str):
        """Open a form: names, alert, reach-email, hat, tag, note, task, talk, relate, consent, file …"""
        self._shut()
        page = await self.get_state(ProfileState)
        self._seen = dict(page._edit)
        self.draft = {name: _shown(value) for name, value in page._edit.items()}
        self.switches = {name: bool(page._edit.get(name)) for name in ("deceased", "anonymous", "names_locked")}
        choices = await ask(self, _choices)
        self.owners, self.hats, self.types, self.tags = (
            choices["owners"],
            choices["hats"],
            choices["types"],
            choices["tags"],
        )
        self.doing = what

    @action(EDIT)
    async def save(self, form: dict[str, Any]):
        """Keep the fields of the record; where somebody else was quicker, show both."""
        changes = changes_of(form)
        changes = {name: value for name, value in changes.items() if value != self._seen.get(name)}
        return await self._keep(changes, self._seen)

    async def _keep(self, changes: dict[str, Any], seen: dict[str, Any]):
        try:
            await do(self, people.edit, await self._who(), changes, seen)
        except people.EditConflict as clash:
            self._mine = changes
            self.clashes = [
                {"name": name, "label": name.replace("_", " ").capitalize(), "theirs": _shown(both["theirs"]) or "(empty)", "mine": _shown(both["mine"]) or "(empty)"}
                for name, both in clash.data["fields"].items()
            ]  # fmt: skip
            return None
        self._shut()
        return telling.said("Saved.")

    @action(EDIT)
    async def take_mine(self):
        """Write mine over theirs, knowingly."""
        return await self._keep(self._mine, {})

    @action(EDIT)
    async def take_theirs(self):
        """Keep theirs where we clash; my other fields are kept."""
        clashing = {one["name"] for one in self.clashes}
        return await self._keep({name: value for name, value in self._mine.items() if name not in clashing}, {})

    @action(EDIT)
    async def begin_point(self, kind: str, number: int):
        await self._begin_point(kind, number)

    async def _begin_point(self, kind: str, number: int) -> None:
        self._shut()
        self.point = await ask(self, _point, kind, number) if number else {"kind": kind, "id": "0"}
        self.doing = "point"

    @action(EDIT)
    async def save_point(self, form: dict[str, Any]):
        kind, number = self.point["kind"], int(self.point["id"])
        draft = _point_draft(kind, form)
        if number:
            await do(self, people.reaching.correct, kind, number, draft)
        else:
            await do(self, people.reaching.add, await self._who(), draft)
        self._shut()
        return telling.said("Saved.")

    @action(EDIT)
    async def mark_point(self, status: str):
        kind, number = self.point["kind"], int(self.point["id"])
        reasons = {
            "ok": "",
            "former": "Not theirs any more",
            "undeliverable": "Mail came back",
            "invalid": "Does not work",
        }
        await do(self, people.reaching.mark, kind, number, status, reasons.get(status, ""))
        self._shut()

    @action(EDIT)
    async def make_primary(self):
        await do(self, people.reaching.make_primary, self.point["kind"], int(self.point["id"]))
        self._shut()

    @action(EDIT)
    async def remove_point(self):
        await do(self, people.reaching.remove, self.point["kind"], int(self.point["id"]))
        self._shut()

    @action(Permission.CONSENT_EDIT)
    async def say_consent(self, form: dict[str, Any]):
        draft = ConsentDraft(
            channel=said(form, "channel"), purpose=said(form, "purpose"), state=said(form, "state"),
            basis=said(form, "basis") or "consent", source=said(form, "source"), wording=said(form, "wording"),
            expires_on=day(form, "expires_on"),
        )  # fmt: skip
        await do(self, people.consent.say, await self._who(), draft)
        self._shut()
        return telling.said("Written down.")

    @action(EDIT)
    async def put_hat(self, form: dict[str, Any]):
        draft = HatDraft(
            hat=said(form, "hat"),
            started_on=day(form, "started_on"),
            ended_on=day(form, "ended_on"),
            note=said(form, "note"),
        )
        await do(self, people.marks.wear, await self._who(), draft)
        self._shut()

    @action(EDIT)
    async def end_hat(self, number: int, mistake: bool):
        await do(self, people.marks.take_off, number, None if mistake else date.today())

    @action(EDIT)
    async def put_tag(self, form: dict[str, Any]):
        await do(self, people.marks.tag, await self._who(), said(form, "tag"))
        self._shut()

    @action(EDIT)
    async def drop_tag(self, number: int):
        await do(self, people.marks.untag, await self._who(), number)

    @action(EDIT)
    async def add_note(self, form: dict[str, Any]):
        privacy = said(form, "privacy") or "everyone"
        await do(self, people.marks.note, await self._who(), said(form, "note"), privacy, bool(form.get("pinned")))
        self._shut()

    @action(EDIT)
    async def drop_note(self, number: int):
        await do(self, people.marks.drop_note, number)

    @action(EDIT)
    async def add_name(self, form: dict[str, Any]):
        draft = OtherNameDraft(
            kind=said(form, "kind") or "former", first_name=said(form, "first_name"), last_name=said(form, "last_name")
        )
        await do(self, people.add_name, await self._who(), draft)
        self._shut()

    @action(EDIT)
    async def log_talk(self, form: dict[str, Any]):
        """A conversation, and the task that follows from it."""
        minutes, privacy = said(form, "minutes"), said(form, "privacy") or "everyone"
        draft = InteractionDraft(
            constituent_id=await self._who(), kind=said(form, "kind") or "call", direction=said(form, "direction") or "out",
            outcome=said(form, "outcome"), purpose=said(form, "purpose"), body=said(form, "body"), privacy=privacy,
            minutes=int(minutes) if minutes.isdigit() else None, follow_up_on=day(form, "follow_up_on"), follow_up=said(form, "follow_up"),
        )  # fmt: skip
        on = day(form, "on")
        await do(self, _log, draft, on)
        self._shut()
        return telling.said("Written down.")

    @action(Permission.TASKS)
    async def add_task(self, form: dict[str, Any]):
        owner = said(form, "owner")
        name = next((one["label"] for one in self.owners if one["value"] == owner), "")
        draft = TaskDraft(
            title=said(form, "title"), constituent_id=await self._who(), due_on=day(form, "due_on"),
            owner_id=int(owner) if owner.isdigit() else None, owner_name=name,
        )  # fmt: skip
        await do(self, interactions.add_task, draft)
        self._shut()

    @action(Permission.TASKS)
    async def finish_task(self, number: int):
        await do(self, interactions.finish, number)
        return telling.said_with_undo("Done.", DeedState.reopen_task(number))

    @action(Permission.TASKS)
    async def reopen_task(self, number: int):
        await do(self, interactions.reopen, number)

    @action(READ, supersedes=True)
    async def seek_other(self, text: str):
        lines = await ask(self, people.search, text, 8) if len(text.strip()) > 1 else []
        self.found = [{"value": str(one.id), "label": one.name, "detail": one.detail} for one in lines]

    @action(READ)
    async def choose_other(self, value: str):
        self._other = int(value) if value.isdigit() else 0
        self.chosen = next((one["label"] for one in self.found if one["value"] == value), "")
        self.found = []

    @action(READ)
    async def leave_other(self):
        self.found = []

    @action(EDIT)
    async def relate(self, form: dict[str, Any]):
        if not self._other:
            raise Invalid(fields={"other": "Choose somebody from the list."})
        kind = said(form, "kind")
        if kind.startswith("household"):
            await do(self, _live_together, await self._who(), self._other, kind.removeprefix("household:"))
        else:
            number, _, way = kind.partition(":")
            draft = RelationDraft(
                type_id=int(number or 0), other_id=self._other, reverse=way == "reverse", title=said(form, "title"),
                started_on=day(form, "started_on"), acts_for_other=bool(form.get("acts")),
            )  # fmt: skip
            await do(self, relationships.relate, await self._who(), draft)
        self._shut()

    @action(EDIT)
    async def end_relation(self, number: int):
        await do(self, relationships.end, number, date.today())

    @action(EDIT)
    async def leave_home(self, household: int):
        await do(self, relationships.leave, household, await self._who())

    @action(EDIT)
    async def begin_field(self, field: dict[str, Any]):
        page = await self.get_state(ProfileState)
        code = str(field.get("code", ""))
        self._shut()
        self.field = next((one for one in page.fields if one["code"] == code), self.field)
        self.doing = f"field-{code}"

    @action(EDIT)
    async def save_field(self, form: dict[str, Any]):
        code = self.field["code"]
        try:
            await do(self, people.fields.set_value, await self._who(), code, said(form, "value"))
        except people.fields.NotReadable as wrong:
            self.errors = {"value": " ".join(wrong.fields.values())}
            return
        self._shut()

    @action(EDIT)
    async def detach(self, number: int):
        await do(self, people.marks.detach, number)

    @action(Permission.PEOPLE_DELETE)
    async def discard(self):
        await do(self, people.trash.discard, [await self._who()])
        return telling.said_with_undo("In the trash.", DeedState.restore)

    @action(Permission.PEOPLE_DELETE)
    async def restore(self):
        await do(self, people.trash.restore, [await self._who()])


def _shown(value: Any) -> str:
    if value is None or value is False:
        return ""
    return "yes" if value is True else value.isoformat() if isinstance(value, date) else str(value)


class Choices(TypedDict):
    owners: list[Option]
    hats: list[Option]
    types: list[Option]
    tags: list[str]


def _choices(work: Work) -> Choices:
    types: list[Option] = [{"value": "household:adult", "label": "lives in one household with"}]
    for one in relationships.list_types(work):
        if not one.retired:
            types.append({"value": f"{one.id}:forward", "label": one.name})
            if one.name != one.reverse_name:
                types.append({"value": f"{one.id}:reverse", "label": one.reverse_name})
    owners = people.listing.user_names(work).items()
    return {
        "owners": [{"value": str(number), "label": name} for number, name in owners],
        "hats": [
            {"value": one.name, "label": one.name} for one in people.marks.list_hat_types(work) if not one.retired
        ],
        "types": types,
        "tags": [one.name for one in people.marks.list_tags(work) if not one.retired],
    }


def _live_together(work: Work, here: int, other: int, role: str) -> None:
    """Join the household one of them has, or make one of both."""
    homes = [home for number in (other, here) for home in relationships.households(work, number)]
    if not homes:
        relationships.make_household(work, [here, other])
        return
    inside = {member.person_id for member in homes[0].members}
    for number in (here, other):
        if number not in inside and number != homes[0].id:
            relationships.join(work, homes[0].id, number, role)


def _log(work: Work, draft: InteractionDraft, on: date | None) -> None:
    if on and on != work.now.date():
        at = work.now.replace(year=on.year, month=on.month, day=on.day, hour=12, minute=0)
        draft = draft.model_copy(update={"happened_at": at})
    interactions.log(work, draft)


def _point(work: Work, kind: str, number: int) -> dict[str, str]:
    row = work.get(people.reaching.TABLES[kind], number)
    return {"kind": kind, **{name: _shown(value) for name, value in row.model_dump().items()}}


def _point_draft(kind: str, form: dict[str, Any]) -> Any:
    label, primary = said(form, "label") or "home", bool(form.get("primary"))
    match kind:
        case "email":
            return EmailDraft(address=said(form, "address"), label=label, primary=primary)
        case "phone":
            values = {"extension": said(form, "extension"), "takes_text": bool(form.get("takes_text"))}
            return PhoneDraft(number=said(form, "number"), label=label, primary=primary, **values)
        case "website":
            return WebsiteDraft(url=said(form, "url"), label=label, primary=primary)
        case _:
            names = ("line1", "line2", "city", "region", "postal_code", "country", "season_from", "season_to")
            return AddressDraft(label=label, primary=primary, **{name: said(form, name) for name in names})
