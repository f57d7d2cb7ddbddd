"""The list of everyone: one window at a time, counted once."""

import time

from sqlmodel import select

from crm_app.core import live
from crm_app.core.access import Permission
from crm_app.core.errors import Invalid, NotAllowed
from crm_app.core.work import Work
from crm_app.engine.money import written
from crm_app.features.accounts.queries import users
from crm_app.features.constituents.models import Address, Email, ListView, PagePreference, Phone
from crm_app.features.constituents.queries import lists as queries
from crm_app.features.constituents.schemas import Filters, ListQuery, PersonRow, Window
from crm_app.features.constituents.schemas.lists import SavedList
from crm_app.features.constituents.service import finding
from crm_app.features.settings.service import organization

MOST_FOUND = 500
KEPT_FOR = 60.0
_kept: dict[tuple[str, str], tuple[float, int]] = {}


def _forget(topics: set[str]) -> None:
    if "people" in topics:
        _kept.clear()


live.subscribe(_forget)


def window(work: Work, query: ListQuery) -> Window:
    """The rows of one window and how many there are in all."""
    work.require(Permission.PEOPLE_READ)
    filters = _found(work, query.filters)
    if query.sort not in queries.ORDERS:
        raise Invalid("This list cannot be sorted that way.")
    if filters.q and query.sort == "name" and not query.descending:
        ids = _by_relevance(work, filters)
        return Window(rows=rows(work, ids[query.start : query.start + query.size]), start=query.start, total=len(ids))
    ids = queries.ids(work.session, filters, query.sort, query.descending, query.start, query.size)
    return Window(rows=rows(work, ids), start=query.start, total=total(work, filters))


def _found(work: Work, filters: Filters) -> Filters:
    if not filters.q.strip():
        return filters
    return filters.model_copy(update={"ids": finding.find_ids(work, filters.q, MOST_FOUND)})


def _by_relevance(work: Work, filters: Filters) -> list[int]:
    left = set(queries.every_id(work.session, filters, MOST_FOUND))
    return [number for number in filters.ids or [] if number in left]


def total(work: Work, filters: Filters) -> int:
    """How many there are; kept until somebody changes people."""
    name = (work.database.url, filters.model_dump_json())
    kept = _kept.get(name)
    if kept and time.monotonic() - kept[0] < KEPT_FOR:
        return kept[1]
    number = queries.count(work.session, filters)
    if len(_kept) > 500:
        _kept.clear()
    _kept[name] = (time.monotonic(), number)
    return number


def matching(work: Work, filters: Filters, limit: int = 100_000) -> list[int]:
    """Everyone the filters find, for something that is done to all of them."""
    work.require(Permission.PEOPLE_READ)
    return queries.every_id(work.session, _found(work, filters), limit)


def rows(work: Work, ids: list[int]) -> list[PersonRow]:
    """Rows ready to show, in the order of the ids: ten statements whatever their number."""
    session = work.session
    people = queries.people(session, ids)
    emails = queries.primary(session, Email, Email.address, ids)
    phones = queries.primary(session, Phone, Phone.shown, ids)
    cities = queries.primary(session, Address, Address.city, ids)
    hats, tags = queries.hats(session, ids), queries.tags(session, ids)
    owners = user_names(work)
    us = organization(work)
    gave = queries.given(session, ids, us.currency) if work.may(Permission.GIVING_READ) else {}
    return [
        PersonRow(
            id=number,
            name=people[number].display_name,
            kind=people[number].kind,
            email=emails.get(number, ""),
            phone=phones.get(number, ""),
            city=cities.get(number, ""),
            hats=", ".join(hats.get(number, [])),
            tags=tags.get(number, []),
            owner_id=people[number].owner_id,
            owner=owners.get(people[number].owner_id or 0, ""),
            deceased=people[number].deceased,
            given=written(gave[number][0], us.currency, us.locale) if number in gave else "",
            last=f"{gave[number][1]:%-d %b %Y}" if number in gave else "",
            added=f"{people[number].created_at:%-d %b %Y}",
            changed=f"{people[number].updated_at:%-d %b %Y}",
        )
        for number in ids
        if number in people
    ]


def user_names(work: Work) -> dict[int, str]:
    return {row.id: row.name for row in work.session.execute(users()).scalars()}


def preference(work: Work, page: str) -> dict:
    """What this user last chose on a page."""
    row = _preference(work, page)
    return dict(row.value) if row else {}


def _preference(work: Work, page: str) -> PagePreference | None:
    query = select(PagePreference).where(PagePreference.user_id == (work.actor.user_id or 0))
    return work.session.execute(query.where(PagePreference.page == page)).scalars().first()


def prefer(work: Work, page: str, value: dict) -> None:
    row = _preference(work, page)
    if row:
        row.value, row.updated_at = value, work.now
    else:
        user_id = work.actor.user_id or 0
        work.session.add(PagePreference(user_id=user_id, page=page, value=value, updated_at=work.now))


def saved_lists(work: Work, page: str = "people") -> list[SavedList]:
    mine = work.actor.user_id
    query = select(ListView).where(ListView.page == page, (ListView.user_id == mine) | ListView.shared)
    return [
        SavedList(id=row.id, name=row.name, shared=row.shared, mine=row.user_id == mine, query=row.query)
        for row in work.session.execute(query.order_by(ListView.name)).scalars()
    ]


def save_list(work: Work, name: str, query: ListQuery, shared: bool = False, page: str = "people") -> int:
    if not name.strip():
        raise Invalid(fields={"name": "Give the list a name."})
    row = ListView(
        page=page,
        name=name.strip(),
        user_id=work.actor.user_id,
        shared=shared,
        query=query.model_dump(mode="json", exclude_defaults=True),
        created_at=work.now,
    )
    return work.add(row).id


def drop_list(work: Work, list_id: int) -> None:
    row = work.get(ListView, list_id)
    if row.user_id != work.actor.user_id and not work.may(Permission.SETTINGS_EDIT):
        raise NotAllowed("This list belongs to somebody else.")
    work.session.delete(row)
