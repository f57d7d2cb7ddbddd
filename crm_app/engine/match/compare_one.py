"""Climb every ladder for one pair, in plain Python: the twin of `compare`, for a record somebody is typing."""

from collections.abc import Callable
from itertools import product

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import token_sort_ratio

from crm_app.engine.match.compare import GENERATIONS, NAME_CLOSE, NAME_SIMILAR, share_a_word, within
from crm_app.engine.match.ladders import CITY_CLOSE, CLOSE, ELSE, SIMILAR, STREET_CLOSE, SWAPPED, Ladder
from crm_app.engine.match.nicknaming import is_nickname
from crm_app.engine.match.records import Record, only_a_name


def levels_of(one: Record, other: Record, ladders: tuple[Ladder, ...]) -> list[int]:
    return [CLIMB_ONE[ladder.name](one, other) for ladder in ladders]


def _across(one: Record, other: Record, name: str, climb: Callable[[str, str], int]) -> int:
    second = f"{name}_2"
    ours = [value for value in (one.get(name), one.get(second)) if value]
    theirs = [value for value in (other.get(name), other.get(second)) if value]
    return min((level for a, b in product(ours, theirs) if (level := climb(a, b))), default=0)


def swapped(one: Record, other: Record) -> bool:
    if one.get("first") and one.get("first") == other.get("first"):
        return False
    return _crossed(one, other) or _crossed(other, one)


def _crossed(one: Record, other: Record) -> bool:
    first, last, their_first, their_last = one.get("first"), one.get("last"), other.get("first"), other.get("last")
    if not first or first != their_last or last == their_last:
        return False
    return not (last and their_first) or JaroWinkler.similarity(last, their_first) >= SIMILAR


def _first(one: str, other: str) -> int:
    if one == other:
        return 1
    if is_nickname(one, other):
        return 2
    score = JaroWinkler.similarity(one, other)
    if score >= CLOSE or _same_first_word(one, other):
        return 3
    if one[0] == other[0] and (len(one) == 1 or len(other) == 1):
        return 4
    return 5 if score >= SIMILAR else ELSE["first"]


def _same_first_word(one: str, other: str) -> bool:
    return (" " in one or " " in other) and one.split(" ", 1)[0] == other.split(" ", 1)[0]


def first(one: Record, other: Record) -> int:
    level = _across(one, other, "first", _first)
    return SWAPPED if level not in (1, 2) and swapped(one, other) else level


def _last(one: str, other: str) -> int:
    if one == other:
        return 1
    if (" " in one or " " in other) and share_a_word(one, other):
        return 2
    score = JaroWinkler.similarity(one, other)
    return 3 if score >= CLOSE else 4 if score >= SIMILAR else ELSE["last"]


def last(one: Record, other: Record) -> int:
    if first(one, other) == SWAPPED:
        return 0
    if one.get("last") and one.get("last") == other.get("last"):
        return 1
    level = _across(one, other, "last", _last)
    return 2 if level == 1 else level  # equal, but one of them is a former name


def middle(one: Record, other: Record) -> int:
    a, b = one.get("middle"), other.get("middle")
    if not a or not b:
        return 0
    return 1 if a == b else 2 if a[0] == b[0] else 3


def suffix(one: Record, other: Record) -> int:
    a, b = one.get("suffix"), other.get("suffix")
    if not a or not b:
        return 0
    return 1 if GENERATIONS.get(a, 9) == GENERATIONS.get(b, 9) else 2


def gender(one: Record, other: Record) -> int:
    a, b = one.get("gender"), other.get("gender")
    return (1 if a == b else 2) if a and b else 0


def birth(one: Record, other: Record) -> int:
    a, b = one.get("dob") or 0, other.get("dob") or 0
    if not a or not b:
        return 0
    (year, month, day), (year2, month2, day2) = _parts(a), _parts(b)
    if month and month2 and day and day2:
        if a == b:
            return 1
        if _slip(a, b) or (year == year2 and month == day2 and day == month2):
            return 2
        if (year == year2) + (month == month2) + (day == day2) == 2:
            return 3
    return 4 if year == year2 else 5


def _parts(date: int) -> tuple[int, int, int]:
    return date // 10000, date // 100 % 100, date % 100


def _slip(one: int, other: int) -> bool:
    a, b = f"{one:08d}", f"{other:08d}"
    at = [n for n in range(8) if a[n] != b[n]]
    crossed = len(at) == 2 and at[1] == at[0] + 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]
    return len(at) == 1 or crossed


def _only_a_name(mailbox: str, record: Record) -> bool:
    return only_a_name(mailbox, record.get("first"), record.get("last"))


def email(one: Record, other: Record) -> int:
    def climb(a: str, b: str) -> int:
        if a == b:
            return 1
        same_mailbox = a.partition("@")[0].partition("+")[0] == b.partition("@")[0].partition("+")[0]
        if not same_mailbox and OSA.distance(a, b, score_cutoff=1) > 1:
            return 3
        if "first" in one and _only_a_name(a, one) and _only_a_name(b, other):
            return 0 if same_mailbox else 3
        return 2

    return _across(one, other, "email", climb)


def _phone(one: str, other: str) -> int:
    if one == other:
        return 1
    return 2 if one[-7:] == other[-7:] or OSA.distance(one, other, score_cutoff=1) <= 1 else 3


def phone(one: Record, other: Record) -> int:
    return _across(one, other, "phone", _phone)


def address(one: Record, other: Record) -> int:
    street, street2, house, house2 = one.get("street"), other.get("street"), one.get("house"), other.get("house")
    zip_, zip2, city, city2 = one.get("zip"), other.get("zip"), one.get("city"), other.get("city")
    same_house = bool(house) and house == house2
    if street and street == street2 and (same_house or (not house and not house2)):
        return 1
    if (
        street
        and street2
        and street != street2
        and same_house
        and JaroWinkler.similarity(street, street2) >= STREET_CLOSE
    ):
        return 2
    if street and street == street2:
        return 3
    if zip_ and zip_ == zip2:
        return 4
    if city and city2 and (city == city2 or JaroWinkler.similarity(city, city2) >= CITY_CLOSE):
        return 5
    return 6 if (street and street2) or (zip_ and zip2) or (city and city2) else 0


def reference(one: Record, other: Record) -> int:
    a, b = one.get("ref"), other.get("ref")
    if not a or not b:
        return 0
    return 1 if a == b else 2 if OSA.distance(a, b, score_cutoff=1) <= 1 else 3


def _name(one: str, other: str) -> int:
    if one == other:
        return 1
    if within(one, other):
        return 2
    score = token_sort_ratio(one, other) / 100
    return 3 if score >= NAME_CLOSE else 4 if score >= NAME_SIMILAR else ELSE["name"]


def name(one: Record, other: Record) -> int:
    return _across(one, other, "name", _name)


def domain(one: Record, other: Record) -> int:
    ours = {v for v in (one.get("website"), one.get("domain")) if v}
    theirs = {v for v in (other.get("website"), other.get("domain")) if v}
    return (1 if ours & theirs else 2) if ours and theirs else 0


CLIMB_ONE: dict[str, Callable[[Record, Record], int]] = {
    "first": first, "last": last, "middle": middle, "suffix": suffix, "birth": birth, "gender": gender,
    "email": email, "phone": phone, "address": address, "reference": reference, "name": name, "domain": domain,
}  # fmt: skip
