"""Finding people while the second letter is typed."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import sqlalchemy as sa
from nicknames import NickNamer

from crm_app.core import bulk
from crm_app.core.access import Permission
from crm_app.core.work import Work
from crm_app.features.constituents.folding import digits, fold, name_terms, phone_terms, shortened, words
from crm_app.features.constituents.models import (
    Address,
    Constituent,
    Email,
    ExternalId,
    OtherName,
    Phone,
    SearchTerm,
)
from crm_app.features.constituents.queries import search as queries
from crm_app.features.constituents.schemas import Found

MOST = 20
HOUSEHOLD_WORDS = frozenset({"the", "family", "household", "of", "and"})


def search(work: Work, text: str, limit: int = MOST) -> list[Found]:
    """People whose names, former names, nicknames, e-mails, phones or numbers begin with what was typed."""
    work.require(Permission.PEOPLE_READ)
    return describe(work, find_ids(work, text, limit))


def find_ids(work: Work, text: str, limit: int = MOST) -> list[int]:
    text = text.strip()
    if "@" in text:
        return queries.by_prefix(work.session, text.lower(), limit)
    number = digits(text)
    if len(number) >= 3 and not any(c.isalpha() for c in text):
        return queries.by_prefix(work.session, number, limit)
    said = words(text)
    if not said or len("".join(said)) < 2:
        return []
    whole = queries.by_prefix(work.session, " ".join(said), limit)
    if len(whole) >= limit:
        return whole
    more = _by_words(work, said, limit) if len(said) > 1 else _by_nickname(work, said[0], limit)
    return list(dict.fromkeys([*whole, *more]))[:limit]


def _by_nickname(work: Work, word: str, limit: int) -> list[int]:
    return queries.by_exact(work.session, formal_names(word), limit)


def _by_words(work: Work, said: Sequence[str], limit: int) -> list[int]:
    """Start from the rarest word; the others are looked up for each person it finds."""
    common = sorted((queries.how_common(work.session, word), word) for word in dict.fromkeys(said))
    rarest = common[0][1]
    found: list[int] = []
    if common[0][0]:
        others = [(word, formal_names(word)) for _, word in common[1:]]
        found = queries.by_words(work.session, rarest, others, limit)
    for formal in formal_names(rarest) if len(found) < limit else ():
        others = [(word, ()) for _, word in common[1:]]
        found += queries.by_words(work.session, formal, others, limit)
    return found


@lru_cache
def _nicknames() -> NickNamer:
    return NickNamer()


@lru_cache(maxsize=4_096)
def formal_names(word: str) -> tuple[str, ...]:
    """Names this may be short for, and what they are shortened to: bob finds Robert, robert finds Bob."""
    if len(word) < 3:
        return ()
    known = _nicknames()
    return tuple(sorted(known.canonicals_of(word) | known.nicknames_of(word)))[:12]


def describe(work: Work, ids: Sequence[int]) -> list[Found]:
    """The lines for these people, in this order, each with what tells it from others of the same name."""
    rows = queries.shown(work.session, list(ids))
    emails = _first(work, Email, Email.address, ids)
    cities = _first(work, Address, Address.city, ids)
    phones = _first(work, Phone, Phone.shown, ids)
    found = []
    for row in (rows[i] for i in ids if i in rows):
        detail = " · ".join(part for part in (cities.get(row.id), emails.get(row.id) or phones.get(row.id)) if part)
        also = row.preferred_name or row.nickname
        found.append(
            Found(
                id=row.id,
                name=row.display_name,
                kind=row.kind,
                also="" if fold(also) == fold(row.first_name) else also,
                detail=detail,
                deceased=row.deceased,
            )
        )
    return found


def _first(work: Work, table: type, column: sa.ColumnElement[str], ids: Sequence[int]) -> dict[int, str]:
    query = sa.select(table.constituent_id, column).where(table.constituent_id.in_(ids))
    return dict(reversed(work.session.execute(query.order_by(table.is_primary.desc(), table.id)).all()))


def reindex(work: Work, ids: Iterable[int]) -> None:
    """Write the search words of these people anew; the trash has none."""
    wanted = list(ids)
    for start in range(0, len(wanted), 500):
        _reindex(work, wanted[start : start + 500])


def _reindex(work: Work, ids: list[int]) -> None:
    work.session.flush()
    terms: dict[int, set[str]] = {}
    rows = work.session.execute(sa.select(Constituent).where(Constituent.id.in_(ids))).scalars()
    for row in rows:
        if row.deleted_at is None:
            terms[row.id] = person_terms(row)
    for one in _of(work, OtherName, ids):
        terms.get(one.constituent_id, set()).update(
            name_terms(one.first_name, one.middle_name, one.last_name) | name_terms(one.name)
        )
    for one in _of(work, Email, ids):
        terms.get(one.constituent_id, set()).add(one.folded)
    for one in _of(work, Phone, ids):
        terms.get(one.constituent_id, set()).update(phone_terms(one.number))
    for one in _of(work, ExternalId, ids):
        terms.get(one.constituent_id, set()).update({one.value.lower(), fold(one.value)})
    work.session.execute(sa.delete(SearchTerm).where(SearchTerm.constituent_id.in_(ids)))
    rows = [{"term": term, "constituent_id": who} for who, said in terms.items() for term in shortened(said)]
    bulk.insert(work.session, SearchTerm, rows)


def person_terms(row: Constituent) -> set[str]:
    found = name_terms(row.first_name, row.middle_name, row.last_name) | name_terms(row.name)
    if row.kind == "household":
        found |= name_terms(row.display_name) - HOUSEHOLD_WORDS
    if row.middle_name:
        found |= name_terms(row.first_name, row.last_name)
    for short in (row.nickname, row.preferred_name):
        found |= name_terms(short) | (name_terms(short, row.last_name) if short else set())
    return found


def _of(work: Work, table: type, ids: list[int]) -> Iterable:
    return work.session.execute(sa.select(table).where(table.constituent_id.in_(ids))).scalars()
