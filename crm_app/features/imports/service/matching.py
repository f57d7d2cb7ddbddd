"""Whom a row is about: by our number, another system's number, e-mail, phone, or a name with something beside it.

Blank never matches. Two different people of one name are never joined; an unsure match is left to a person.
"""

from dataclasses import dataclass, field

from sqlmodel import Session

from crm_app.engine.match.nicknaming import is_nickname
from crm_app.features.constituents.folding import fold
from crm_app.features.imports import queries
from crm_app.features.imports.schemas import Policy
from crm_app.features.imports.service.someone import Someone


@dataclass(slots=True)
class Known:
    """What matching needs to know of a record, kept or still to be made (then its number is below zero)."""

    id: int
    kind: str
    first: str
    last: str
    name: str
    shown: str
    birth: tuple[int | None, int | None, int | None]
    emails: set[str] = field(default_factory=set)
    doors: set[str] = field(default_factory=set)
    numbers: dict[str, set[str]] = field(default_factory=dict)
    row: int = 0


@dataclass(slots=True)
class Match:
    """The record a person of a row is, with the evidence; or why nobody may decide that but a person."""

    id: int = 0
    how: str = ""
    ask: str = ""
    near: str = ""
    """Somebody who looks like them but was not joined."""


class Keys:
    """Who is found by a key: those kept (read anew for each part of the file) and those the file itself adds."""

    def __init__(self) -> None:
        self.kept: dict[object, list[int]] = {}
        self.added: dict[object, list[int]] = {}

    def get(self, key: object) -> list[int]:
        return self.kept.get(key, []) + self.added.get(key, [])

    def add(self, key: object, number: int) -> None:
        """Once each; numbers below zero are the file's own."""
        there = (self.added if number < 0 else self.kept).setdefault(key, [])
        if number not in there:
            there.append(number)


class Index:
    """Lookups for a part of the file: the database for what is kept, a register for what the file itself adds."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.external, self.emails, self.phones, self.names = Keys(), Keys(), Keys(), Keys()
        self.known: dict[int, Known] = {}
        self.mates: dict[int, set[int]] = {}
        self._kept: list[int] = []
        self._next = 0

    def load(self, session: Session, people: list[Someone]) -> None:
        """Fetch everybody these people could be."""
        for table in (self.external, self.emails, self.phones, self.names):
            table.kept = {}
        for number in self._kept:
            self.known.pop(number, None)
        numbers = {value for one in people for value in one.external.values()}
        for system, value, found in queries.by_external(session, sorted(numbers)):
            self.external.add((system, value), found)
        for address, found in queries.by_email(session, sorted({e[0].lower() for one in people for e in one.emails})):
            self.emails.add(address, found)
        for number, found in queries.by_phone(session, sorted({p[1] for one in people for p in one.phones if p[1]})):
            self.phones.add(number, found)
        for key, found in queries.by_sort_name(session, sorted({one.sort_key() for one in people if one.named()})):
            self.names.add(key, found)
        self._describe(session, {one.our_id for one in people if one.our_id})

    def _describe(self, session: Session, told: set[int]) -> None:
        tables = (self.external, self.emails, self.phones, self.names)
        ids = told | {i for table in tables for found in table.kept.values() for i in found}
        self.mates = {}
        for one, other in queries.mates(session, sorted(ids)):
            self.mates.setdefault(one, set()).add(other)
            ids.add(other)
        for row in queries.people(session, sorted(ids)):
            if row.deleted_at is None and row.merged_into_id is None:
                self.known[row.id] = Known(
                    row.id, row.kind, fold(row.first_name), fold(row.last_name), row.sort_name, row.display_name,
                    (row.birth_year, row.birth_month, row.birth_day),
                )  # fmt: skip
        self._kept = [i for i in ids if i in self.known]
        for number, address in queries.emails_of(session, self._kept):
            self.known[number].emails.add(address)
        for number, door in queries.doors(session, self._kept):
            self.known[number].doors.add(door)
        for number, system, value in queries.numbers(session, self._kept):
            self.known[number].numbers.setdefault(system, set()).add(value)

    def register(self, one: Someone, row: int) -> int:
        """Somebody the file adds: later rows find them. Returns a number below zero."""
        self._next -= 1
        number = self._next
        facts = one.facts
        known = Known(
            number, one.kind, fold(one.first), fold(one.last), one.sort_key(), one.shown,
            (facts.get("birth_year"), facts.get("birth_month"), facts.get("birth_day")), row=row,
        )  # fmt: skip
        self.known[number] = known
        self.learn(number, one)
        return number

    def learn(self, number: int, one: Someone) -> None:
        """What a row adds to somebody of the file makes them easier to find for the rows after it."""
        known = self.known[number]
        for address, _, _ in one.emails:
            known.emails.add(address.lower())
            self.emails.add(address.lower(), number)
        for _, e164, _, _ in one.phones:
            if e164:
                self.phones.add(e164, number)
        for pair in one.external.items():
            self.external.add(pair, number)
            known.numbers.setdefault(pair[0], set()).add(pair[1])
        if one.named():
            self.names.add(one.sort_key(), number)
        if one.address:
            known.doors.add(one.door())

    def among(self, ids: list[int], kind: str) -> list[Known]:
        return [self.known[i] for i in dict.fromkeys(ids) if i in self.known and self.known[i].kind == kind]


def find(one: Someone, index: Index) -> Match:
    """The strongest evidence decides; two kinds of evidence that disagree are a question."""
    policy = index.policy
    if policy.by_our_id and one.our_id:
        known = index.known.get(one.our_id)
        return Match(known.id, "by our own number") if known else Match(ask=f"Nobody here has the number {one.our_id}.")
    by_number = _by_number(one, index) if policy.by_external_id else None
    by_email = _by_email(one, index) if policy.by_email else Match()
    if by_number:
        if by_email.id and by_email.id != by_number.id:
            other = index.known[by_email.id].shown
            return Match(ask=f"The number belongs to {by_number.shown}, the e-mail to {other}.")
        if by_email.near and not _agree(one, by_number):
            return Match(ask=f"The number belongs to {by_number.shown}, but name and e-mail are different.")
        return Match(by_number.id, f"by the number {next(iter(one.external.values()))}")
    if by_email.id or by_email.ask:
        return by_email
    for search in (_by_phone if policy.by_phone else None, _by_name if policy.by_name else None):
        found = search(one, index) if search else Match()
        if found.id:
            return found
        by_email.near = by_email.near or found.near
    return by_email


def spouse(one: Someone, of: int, index: Index) -> Match:
    """Somebody without an e-mail is looked for in the household of the one they stand beside, by the first name."""
    there = [index.known[i] for i in index.mates.get(of, ()) if i in index.known and index.known[i].kind == "person"]
    fits = [known for known in there if one.first and known.first and _firsts(fold(one.first), known.first)]
    return Match(fits[0].id, f"in the household of {index.known[of].shown}") if len(fits) == 1 else Match()


def _by_number(one: Someone, index: Index) -> Known | None:
    for pair in one.external.items():
        for found in index.external.get(pair):
            if found in index.known:
                return index.known[found]
    return None


def _by_email(one: Someone, index: Index) -> Match:
    near = ""
    for address, _, _ in one.emails:
        there = index.among(index.emails.get(address.lower()), one.kind)
        fits = [known for known in there if _agree(one, known)]
        exact = [known for known in fits if one.named() and known.name == one.sort_key()]
        if len(exact) == 1 or len(fits) == 1:
            found = exact[0] if len(exact) == 1 else fits[0]
            return Match(found.id, f"by the e-mail {address}" + (" and the name" if exact else ""))
        if len(fits) > 1:
            return Match(ask=f"{len(fits)} records here use {address}: {', '.join(k.shown for k in fits[:3])}.")
        if there:
            near = near or f"{there[0].shown} uses the same e-mail"
    return Match(near=near)


def _by_phone(one: Someone, index: Index) -> Match:
    for _, e164, _, _ in one.phones:
        there = index.among(index.phones.get(e164), one.kind) if e164 else []
        fits = [known for known in there if one.named() and _agree(one, known, strict=True)]
        if len(fits) == 1:
            return Match(fits[0].id, f"by the phone {e164} and the name")
        if there:
            return Match(near=f"{there[0].shown} has the same phone")
    return Match()


def _by_name(one: Someone, index: Index) -> Match:
    if not one.named():
        return Match()
    there = index.among(index.names.get(one.sort_key()), one.kind)
    if one.kind != "person":
        same = [known for known in there if _agree(one, known)]
        near = f"{there[0].shown} is here already" if there else ""
        return Match(same[0].id, "by the name") if len(same) == 1 else Match(near=near)
    fits = [known for known in there if _agree(one, known) and _beside(one, known)]
    if len(fits) == 1:
        return Match(fits[0].id, f"by the name and {_beside(one, fits[0])}")
    if there:
        return Match(near=f"somebody called {there[0].shown} is here already")
    return Match()


def _beside(one: Someone, known: Known) -> str:
    """What a name needs beside it to count."""
    facts = one.facts
    birth = (facts.get("birth_year"), facts.get("birth_month"), facts.get("birth_day"))
    if all(birth) and birth == known.birth:
        return "the birth date"
    if all(birth) and all(known.birth):
        return ""  # born on different days: different people
    if one.door() and one.door() in known.doors:
        return "the address"
    return ""


def _agree(one: Someone, known: Known, strict: bool = False) -> bool:
    """Names that can be one person's: equal, short for each other, an initial, or not given."""
    if any(known.numbers.get(system, {value}) != {value} for system, value in one.external.items()):
        return False  # another number in the same system is another record
    if one.kind != "person":
        return not one.named() or one.sort_key() == known.name
    first, last = fold(one.first), fold(one.last)
    if not _firsts(first, known.first):
        return False
    if strict:
        return bool(first and last) and last == known.last
    return not last or not known.last or last == known.last or (bool(first) and first == known.first)


def _firsts(a: str, b: str) -> bool:
    if not a or not b or a == b or a.split()[0] == b.split()[0]:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return is_nickname(a.split()[0], b.split()[0])
