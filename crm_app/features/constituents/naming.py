"""Names, greetings and the lines on envelopes: rules without a database, so that they can be shown before they count."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from crm_app.features.constituents.folding import fold, words

NOBODY = "No name yet"
MOST_NAMED = 3
"""A household line names this many people at most, then says "and family"."""
LONGEST_LINE = 90


@dataclass(frozen=True)
class Named:
    """The parts of a name, as a rule needs them."""

    kind: str = "person"
    prefix: str = ""
    first: str = ""
    middle: str = ""
    last: str = ""
    suffix: str = ""
    nickname: str = ""
    preferred: str = ""
    name: str = ""
    deceased: bool = False
    fallback: str = ""
    """What to show when there is no name at all: an e-mail, a phone number."""


@dataclass(frozen=True)
class Names:
    display: str
    sort: str
    greeting: str
    formal_greeting: str
    addressee: str


@dataclass(frozen=True)
class Member:
    """Somebody in a household, in the order the household likes."""

    who: Named
    child: bool = False
    in_name: bool = True
    in_formal: bool = True
    in_greeting: bool = True
    extra: dict[str, str] = field(default_factory=dict)


def line(*parts: str) -> str:
    return " ".join(part.strip() for part in parts if part and part.strip())


def names(who: Named) -> Names:
    return _person(who) if who.kind == "person" else _body(who)


def _person(who: Named) -> Names:
    display = line(who.first or who.preferred or who.nickname, who.last, who.suffix) or who.fallback or NOBODY
    sort = fold(line(who.last, who.first, who.middle)) or fold(display)
    if who.deceased:
        return Names(display, sort, "", "", "")
    named = bool(who.first or who.last or who.preferred or who.nickname)
    return Names(
        display,
        sort,
        (informal(who) or line(who.prefix, who.last)) if named else "Friend",
        formal(who) if named else "Friend",
        line(who.prefix, who.first or who.preferred, who.last, who.suffix) if named else "",
    )


def _body(who: Named) -> Names:
    display = who.name.strip() or who.fallback or NOBODY
    said = words(display)
    sort = " ".join(said[1:] if len(said) > 1 and said[0] == "the" else said)
    return Names(display, sort, f"Friends at {display}", f"Friends at {display}", display)


def informal(who: Named) -> str:
    return (who.preferred or who.nickname or who.first).strip()


def formal(who: Named) -> str:
    if who.prefix and who.last:
        return line(who.prefix, who.last)
    return line(who.first or who.preferred, who.last) or informal(who)


def household(members: Sequence[Member], before: Names | None = None) -> Names:
    """Name and greetings of a household; when nobody in it lives any more, it keeps the name it had, and gets no letters."""
    living = [member for member in members if not member.who.deceased]
    if not living:
        kept = before.display if before and before.display else _household_name([m for m in members if m.in_name])
        return Names(kept, fold(kept), "", "", "")
    adults = [member for member in living if not member.child] or living
    name = _household_name([m for m in living if m.in_name] or living)
    return Names(
        name,
        _household_sort(name, living),
        _joined([informal(m.who) or formal(m.who) for m in adults if m.in_greeting]) or "Friends",
        _joined([formal(m.who) for m in adults if m.in_formal]) or "Friends",
        _addressee([m.who for m in adults if m.in_formal] or [m.who for m in adults]),
    )


def _household_name(members: Sequence[Member]) -> str:
    surnames = _unlike(m.who.last for m in members if m.who.last.strip())
    grown = [m for m in members if not m.child] or list(members)
    if len(surnames) == 1:
        return f"The {surnames[0]} family" if len(members) > 1 else f"{surnames[0]} household"
    if len(surnames) > 1:
        return _fit([line(m.who.first or informal(m.who), m.who.last) for m in grown])
    given = [informal(m.who) for m in grown if informal(m.who)]
    if given:
        return f"{_joined(given)}’s household"
    reached = next((m.who.fallback for m in members if m.who.fallback), "")
    return f"Household of {reached}" if reached else "Unnamed household"


def _household_sort(name: str, living: Sequence[Member]) -> str:
    first = next((m.who for m in living if m.who.last), None)
    return fold(line(first.last, name)) if first else fold(name)


def _addressee(people: Sequence[Named]) -> str:
    """One line for the envelope. A surname is said once only where everybody has it and nobody has a suffix."""
    people = [who for who in people if line(who.first, who.preferred, who.last)]
    if not people:
        return ""
    surnames = _unlike(who.last for who in people)
    plain = len(surnames) == 1 and all(who.first and not who.suffix and not who.prefix for who in people)
    if plain and len(people) > 1:
        return line(_joined([who.first for who in people[:MOST_NAMED]]), surnames[0])
    return _fit([line(who.prefix, who.first or who.preferred, who.last, who.suffix) for who in people])


def _fit(said: Sequence[str]) -> str:
    said = list(dict.fromkeys(text for text in said if text))
    whole = _joined(said)
    if len(said) <= MOST_NAMED and len(whole) <= LONGEST_LINE:
        return whole
    return f"{said[0]} and family" if said else ""


def _joined(said: Sequence[str]) -> str:
    said = [text for text in said if text]
    if len(said) > MOST_NAMED:
        return f"{', '.join(said[:MOST_NAMED])} and family"
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 2 else said)


def _unlike(surnames: object) -> list[str]:
    """Surnames that differ, as first written: smith and SMITH are one."""
    seen: dict[str, str] = {}
    for surname in surnames:  # type: ignore[attr-defined]
        if surname and fold(surname):
            seen.setdefault(fold(surname), surname.strip())
    return list(seen.values())
