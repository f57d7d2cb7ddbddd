"""The list of people on screen: a window of rows, what narrows it, who is chosen."""

from typing import Any, TypedDict
from urllib.parse import urlencode

import reflex as rx

from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.constituents import service as people
from crm_app.features.constituents.schemas import Filters, ListQuery, PersonRow, Window
from crm_app.features.constituents.service.likely import Likely, likely
from crm_app.features.constituents.service.making import create
from crm_app.features.constituents.service.together import Undo
from crm_app.features.constituents.service.typed import draft_of, filters_of
from crm_app.features.duplicates import service as duplicates
from crm_app.ui import palette, shell
from crm_app.ui.fields import Option
from crm_app.ui.handlers import action
from crm_app.ui.live import listen
from crm_app.ui.session import ask, do
from crm_app.ui.table import ROWS
from crm_app.ui.telling import said, said_with_undo

READ, EDIT = Permission.PEOPLE_READ, Permission.PEOPLE_EDIT
SHOWN = ["name", "email", "phone", "city", "hats", "given", "last"]
NARROW = ("q", "kind", "hat", "tag", "owner", "reach", "deceased", "trash", "ids")


class Row(TypedDict):
    """A line of the list."""

    id: int
    name: str
    to: str
    kind: str
    email: str
    phone: str
    city: str
    hats: str
    tags: str
    owner: str
    given: str
    last: str
    added: str
    changed: str
    ticked: bool


class Choices(TypedDict):
    """What the filters offer."""

    hats: list[Option]
    tags: list[Option]
    owners: list[Option]
    lists: list[Option]


def _choices(work: Work) -> Choices:
    owners = people.listing.user_names(work).items()
    return {
        "hats": [
            {"value": str(one.id), "label": one.name} for one in people.marks.list_hat_types(work) if not one.retired
        ],
        "tags": [{"value": str(one.id), "label": one.name} for one in people.marks.list_tags(work) if not one.retired],
        "owners": [{"value": str(number), "label": name} for number, name in owners],
        "lists": [{"value": str(one.id), "label": one.name} for one in people.listing.saved_lists(work)],
    }


class PeopleState(rx.State):
    """The list."""

    rows: list[Row] = []
    first: int = 0
    total: int = 0
    words: str = ""
    query: str = ""
    fresh: int = 0
    """Moves on when the search must show something else than what was typed."""
    sort: str = "name"
    descending: bool = False
    shown: list[str] = SHOWN
    narrow: dict[str, str] = {}
    choices: Choices = {"hats": [], "tags": [], "owners": [], "lists": []}
    chosen: int = 0
    all_chosen: bool = False
    dialog: str = ""
    errors: dict[str, str] = {}
    _ticked: set[int] = set()
    _undo: dict[str, Any] = {}
    _last: int = -1

    @rx.var
    def export_to(self) -> str:
        """The address of the file with what is chosen, or with the whole list."""
        if self.chosen and not self.all_chosen:
            return "/people/export.csv?ids=" + ",".join(str(number) for number in sorted(self._ticked)[:2_000])
        return "/people/export.csv?" + urlencode(self.narrow)

    @action(READ)
    async def load(self):
        """Everything from the address; what was chosen on the page before is forgotten."""
        asked = {
            name: str(value) for name, value in self.router.url.query_parameters.items() if name in NARROW and value
        }
        self.narrow, self._ticked, self.chosen, self.all_chosen, self.dialog = asked, set(), 0, False, ""
        self.fresh += 1
        kept = await ask(self, people.listing.preference, "people")
        self.sort, self.descending = kept.get("sort", "name"), bool(kept.get("descending", False))
        self.shown = kept.get("shown", SHOWN)
        self.choices = await ask(self, _choices)
        await listen(self, "people", PeopleState.refresh)
        await self._show(0)

    @action(READ)
    async def refresh(self):
        await self._show(self.first)

    async def _show(self, first: int) -> None:
        query = ListQuery(
            filters=filters_of(self.narrow), sort=self.sort, descending=self.descending, start=first, size=ROWS
        )
        window: Window = await ask(self, people.listing.window, query)
        self.rows = [self._row(row) for row in window.rows]
        self.first, self.total = first, window.total
        self.query = f"{self.narrow}{self.sort}{self.descending}"
        self.words = f"{window.total:,} {'record' if window.total == 1 else 'records'}"

    def _row(self, row: PersonRow) -> Row:
        return {
            "id": row.id, "name": row.name, "to": f"/people/{row.id}", "kind": row.kind if row.kind != "person" else "",
            "email": row.email, "phone": row.phone, "city": row.city, "hats": row.hats, "tags": ", ".join(row.tags),
            "owner": row.owner, "given": row.given, "last": row.last, "added": row.added,
            "changed": row.changed, "ticked": self.all_chosen or row.id in self._ticked,
        }  # fmt: skip

    @action(READ)
    async def show_from(self, first: int):
        await self._show(max(0, min(first, max(0, self.total - 1))))

    @action(READ, supersedes=True)
    async def seek(self, text: str):
        return await self._narrow("q", text.strip())

    @action(READ)
    async def choose(self, name: str, value: str):
        return await self._narrow(name, value)

    async def _narrow(self, name: str, value: str):
        narrow = {**self.narrow, name: value}
        self.narrow = {key: said_ for key, said_ in narrow.items() if said_ and key in NARROW}
        self._ticked, self.chosen, self.all_chosen = set(), 0, False
        await self._show(0)
        address = "/people" + (f"?{urlencode(self.narrow)}" if self.narrow else "")
        return rx.call_script(f"history.replaceState(history.state, '', {address!r})")

    @action(READ)
    async def clear(self):
        self.narrow = {}
        self.fresh += 1
        return await self._narrow("q", "")

    @action(READ)
    async def sort_by(self, key: str):
        self.descending = key == self.sort and not self.descending
        self.sort = key
        await do(self, people.listing.prefer, "people", self._liked())
        await self._show(0)

    @action(READ)
    async def show_column(self, key: str):
        self.shown = [name for name in self.shown if name != key] if key in self.shown else [*self.shown, key]
        await do(self, people.listing.prefer, "people", self._liked())

    def _liked(self) -> dict[str, Any]:
        return {"sort": self.sort, "descending": self.descending, "shown": list(self.shown)}

    @action(READ)
    async def tick(self, number: int):
        self._ticked ^= {number}
        self._retick(False)

    @action(READ)
    async def tick_all(self):
        self._retick(True)

    @action(READ)
    async def tick_none(self):
        self._ticked = set()
        self._retick(False)

    def _retick(self, everyone: bool) -> None:
        self.all_chosen = everyone
        self.chosen = self.total if everyone else len(self._ticked)
        self.rows = [{**row, "ticked": everyone or row["id"] in self._ticked} for row in self.rows]

    @action(READ)
    async def ask_for(self, what: str):
        self.dialog, self.errors = what, {}

    @action(EDIT)
    async def tag_chosen(self, form: dict[str, Any]):
        return await self._together(people.together.tag_all, str(form.get("tag", "")))

    @action(EDIT)
    async def assign_chosen(self, form: dict[str, Any]):
        owner = str(form.get("owner", ""))
        name = next((one["label"] for one in self.choices["owners"] if one["value"] == owner), "")
        return await self._together(people.together.assign_all, int(owner) if owner.isdigit() else None, name)

    @action(Permission.PEOPLE_DELETE)
    async def discard_chosen(self):
        return await self._together(people.together.discard_all)

    @action(Permission.PEOPLE_DELETE)
    async def restore_chosen(self):
        ids = await self._ids()
        back = await do(self, people.trash.restore, ids)
        await self._done()
        return said(f"{len(back):,} back from the trash.")

    async def _ids(self) -> list[int]:
        return (
            await ask(self, people.listing.matching, filters_of(self.narrow))
            if self.all_chosen
            else sorted(self._ticked)
        )

    async def _together(self, call: Any, *more: Any):
        done: Undo = await do(self, call, await self._ids(), *more)
        self._undo = done.model_dump()
        await self._done()
        return said_with_undo(done.words, PeopleState.undo)

    async def _done(self) -> None:
        self.dialog, self._ticked, self.chosen, self.all_chosen = "", set(), 0, False
        self.choices = await ask(self, _choices)
        await self._show(self.first)

    @action(EDIT)
    async def undo(self):
        if not self._undo:
            return None
        words = await do(self, people.together.undo, Undo.model_validate(self._undo))
        self._undo = {}
        await self._show(self.first)
        return said(words)

    @action(READ)
    async def save_list(self, form: dict[str, Any]):
        query = ListQuery(filters=filters_of(self.narrow), sort=self.sort, descending=self.descending)
        await do(self, people.listing.save_list, str(form.get("name", "")), query, bool(form.get("shared")))
        await self._done()
        return said("Kept under Lists.")

    @action(READ)
    async def open_list(self, number: str):
        lists = {str(one.id): one for one in await ask(self, people.listing.saved_lists)}
        if number not in lists:
            return None
        query = ListQuery.model_validate(lists[number].query)
        filters = query.filters
        narrow = {
            "q": filters.q, "kind": filters.kind, "reach": filters.reach, "deceased": filters.deceased,
            "hat": str(filters.hat_id or ""), "tag": str(filters.tag_id or ""), "trash": "yes" if filters.trash else "",
            "owner": "" if filters.owner_id is None else str(filters.owner_id),
        }  # fmt: skip
        self.sort, self.descending = query.sort, query.descending
        self.narrow = {name: value for name, value in narrow.items() if value}
        return await self._narrow("q", filters.q)


class NewState(rx.State):
    """Somebody new, and who they may be already."""

    kind: str = "person"
    errors: dict[str, str] = {}
    known: list[Likely] = []
    hats: list[Option] = []
    _typed: dict[str, str] = {}

    @action(EDIT)
    async def load(self):
        kind = str(self.router.url.query_parameters.get("kind", "person"))
        self.kind = kind if kind in ("person", "household", "organization") else "person"
        self.errors, self.known, self._typed = {}, [], {}
        self.hats = (await ask(self, _choices))["hats"]

    @action(EDIT)
    async def be(self, kind: str):
        self.kind = kind if kind in ("person", "household", "organization") else "person"

    async def _look(self, name: str, value: str) -> None:
        """Look, while it is typed, whether this may be somebody who is here."""
        self._typed = {**self._typed, name: value[:200]}
        self.known = await ask(self, _known, {**self._typed, "kind": self.kind})

    # One handler for each field: the browser waits for a pause in each by itself.
    @action(EDIT)
    async def typed_first_name(self, value: str):
        await self._look("first_name", value)

    @action(EDIT)
    async def typed_last_name(self, value: str):
        await self._look("last_name", value)

    @action(EDIT)
    async def typed_name(self, value: str):
        await self._look("name", value)

    @action(EDIT)
    async def typed_email(self, value: str):
        await self._look("email", value)

    @action(EDIT)
    async def typed_phone(self, value: str):
        await self._look("phone", value)

    @action(EDIT)
    async def save(self, form: dict[str, Any]):
        hats = {one["value"]: one["label"] for one in self.hats}
        draft = draft_of({**form, "kind": self.kind, "hat": hats.get(str(form.get("hat", "")), "")})
        number = await do(self, create, draft)
        return rx.redirect(f"/people/{number}")


def _known(work: Work, typed: dict[str, str]) -> list[Likely]:
    """What the finder of duplicates says; names that only begin alike after it."""
    found: list[Likely] = [
        {"id": one.id, "name": one.name, "to": f"/people/{one.id}", "detail": one.detail, "why": one.words}
        for one in duplicates.likely(work, typed)
    ]
    ids = {one["id"] for one in found}
    return (found + [one for one in likely(work, typed) if one["id"] not in ids])[:5]


def _hits(work: Work, text: str) -> list[palette.Hit]:
    return [
        palette.Hit(one.name + (f" ({one.also})" if one.also else ""), f"/people/{one.id}", one.detail)
        for one in people.search(work, text, 8)
    ]


palette.provider("People", _hits, READ)
palette.deed("Add a person", "/people/new", EDIT)
palette.deed("Add an organization", "/people/new?kind=organization", EDIT)
shell.count_in_menu("/people", lambda work: people.listing.total(work, Filters()), needs=READ, topic="people")
