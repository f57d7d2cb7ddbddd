"""Climb every ladder for many pairs at once: pairs of rows in, a matrix of levels out."""

from collections.abc import Callable
from itertools import product

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import token_sort_ratio

from crm_app.engine.match.columns import Columns, alike
from crm_app.engine.match.ladders import CITY_CLOSE, CLOSE, ELSE, SIMILAR, STREET_CLOSE, SWAPPED, Ladder
from crm_app.engine.match.nicknaming import pairs as nickname_pairs
from crm_app.engine.match.records import only_a_name

Rows = np.ndarray
Levels = np.ndarray


def levels(columns: Columns, ladders: tuple[Ladder, ...], left: Rows, right: Rows) -> Levels:
    """uint8, one row per pair, one column per ladder."""
    made = np.zeros((len(left), len(ladders)), dtype=np.uint8)
    for at, ladder in enumerate(ladders):
        made[:, at] = CLIMB[ladder.name](columns, left, right)
    names = [ladder.name for ladder in ladders]
    if "first" in names:  # swapped names are counted once, in the first name
        made[made[:, names.index("first")] == SWAPPED, names.index("last")] = 0
    return made


def _best(found: list[Levels], rows: int) -> Levels:
    """The best level over all values both sides have; 0 only where none could be compared."""
    best = np.full(rows, 255, dtype=np.uint8)
    for one in found:
        best = np.where((one > 0) & (one < best), one, best)
    return np.where(best == 255, 0, best).astype(np.uint8)


def _across(columns: Columns, name: str, climb: Callable, left: Rows, right: Rows) -> Levels:
    """The same climb over first and second values of a field."""
    sides = [n for n in (name, f"{name}_2") if columns.has(n)]
    return _best([climb(columns, a, b, left, right) for a, b in product(sides, sides)], len(left))


def _codes(columns: Columns, a: str, b: str, left: Rows, right: Rows) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    one, other = columns.codes(a)[left], columns.codes(b)[right]
    return one, other, (one >= 0) & (other >= 0)


def _fill(level: Levels, where: np.ndarray, value: int) -> None:
    level[where & (level == 0)] = value


# --- people ---


def swapped(columns: Columns, left: Rows, right: Rows) -> np.ndarray:
    if not (columns.has("first") and columns.has("last")):
        return np.zeros(len(left), dtype=bool)
    f, s = columns.codes("first"), columns.codes("last")
    here, there = _crossed(columns, f, s, left, right), _crossed(columns, f, s, right, left)
    return (here | there) & ((f[left] != f[right]) | (f[left] < 0))


def _crossed(columns: Columns, f: np.ndarray, s: np.ndarray, left: Rows, right: Rows) -> np.ndarray:
    """One's first name is the other's last name, and what remains is alike or missing on one side."""
    found = (f[left] >= 0) & (f[left] == s[right]) & (s[left] != s[right])
    at = np.flatnonzero(found)
    one, other = s[left[at]], f[right[at]]
    both = (one >= 0) & (other >= 0)
    found[at[both]] = alike(columns, "first", one[both], other[both], JaroWinkler.similarity) >= SIMILAR
    return found


def _first_of(columns: Columns, a: str, b: str, left: Rows, right: Rows) -> Levels:
    one, other, known = _codes(columns, a, b, left, right)
    level = np.zeros(len(left), dtype=np.uint8)
    _fill(level, known & (one == other), 1)
    todo = np.flatnonzero(known & (level == 0))
    level[todo] = ELSE["first"]
    one, other = one[todo], other[todo]
    score = alike(columns, "first", one, other, JaroWinkler.similarity)
    level[todo[score >= SIMILAR]] = 5
    level[todo[_initials(columns, a, b, left[todo], right[todo])]] = 4
    level[todo[(score >= CLOSE) | _same_first_word(columns, a, b, left[todo], right[todo])]] = 3
    level[todo[_nicknames(columns, one, other)]] = 2
    return level


def _initials(columns: Columns, a: str, b: str, left: Rows, right: Rows) -> np.ndarray:
    one, other = columns.codes(a)[left], columns.codes(b)[right]
    letter = {"first": "first_letter", "first_2": "first_letter_2"}
    l1, l2 = columns.codes(letter[a])[left], columns.codes(letter[b])[right]
    return (l1 == l2) & ((one == l1) | (other == l2))


def _same_first_word(columns: Columns, a: str, b: str, left: Rows, right: Rows) -> np.ndarray:
    if not columns.has("first_word") or (a, b) != ("first", "first"):
        return np.zeros(len(left), dtype=bool)
    word, whole = columns.codes("first_word"), columns.codes("first")
    one, other = word[left], word[right]
    return (one >= 0) & ((one == other) | (one == whole[right])) | (other >= 0) & (other == whole[left])


def _nicknames(columns: Columns, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    book = {word: code for code, word in enumerate(columns.book("first").to_list())}
    known = [(book[a], book[b]) for a, b in nickname_pairs() if a in book and b in book]
    if not known or not len(one):
        return np.zeros(len(one), dtype=bool)
    table = np.sort(np.array(known, dtype=np.uint64), axis=1)
    packed = np.sort(np.stack([one, other], axis=1).astype(np.uint64), axis=1)
    shift = np.uint64(32)
    return np.isin((packed[:, 0] << shift) | packed[:, 1], (table[:, 0] << shift) | table[:, 1])


def first(columns: Columns, left: Rows, right: Rows) -> Levels:
    level = _across(columns, "first", _first_of, left, right)
    level[swapped(columns, left, right) & (level != 1) & (level != 2)] = SWAPPED
    return level


def _last_of(columns: Columns, a: str, b: str, left: Rows, right: Rows) -> Levels:
    one, other, known = _codes(columns, a, b, left, right)
    level = np.zeros(len(left), dtype=np.uint8)
    _fill(level, known & (one == other), 1 if a == b == "last" else 2)
    todo = np.flatnonzero(known & (level == 0))
    level[todo] = ELSE["last"]
    score = alike(columns, "last", one[todo], other[todo], JaroWinkler.similarity)
    level[todo[score >= SIMILAR]] = 4
    level[todo[score >= CLOSE]] = 3
    level[todo[_shared_word(columns, one[todo], other[todo])]] = 2
    return level


def _shared_word(columns: Columns, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Double names: 'smith jones' and 'jones'. Only the few names with a blank are looked at."""
    double = columns.book("last").str.contains(" ", literal=True).to_numpy()
    found = np.zeros(len(one), dtype=bool)
    at = np.flatnonzero(double[one] | double[other])
    pairs = zip(columns.words("last", one[at]), columns.words("last", other[at]), strict=True)
    found[at] = [share_a_word(a, b) for a, b in pairs]
    return found


def share_a_word(one: str, other: str) -> bool:
    return any(len(word) > 3 for word in set(one.split(" ")) & set(other.split(" ")))


def last(columns: Columns, left: Rows, right: Rows) -> Levels:
    return _across(columns, "last", _last_of, left, right)


def middle(columns: Columns, left: Rows, right: Rows) -> Levels:
    if not columns.has("middle"):
        return np.zeros(len(left), dtype=np.uint8)
    one, other, known = _codes(columns, "middle", "middle", left, right)
    level = np.zeros(len(left), dtype=np.uint8)
    letters = columns.book("middle").str.head(1).rank("dense").to_numpy()
    _fill(level, known & (one == other), 1)
    _fill(level, known & (letters[one] == letters[other]), 2)
    _fill(level, known, 3)
    return level


GENERATIONS = {"jr": 1, "ii": 1, "sr": 2, "iii": 3, "iv": 4}


def suffix(columns: Columns, left: Rows, right: Rows) -> Levels:
    if not columns.has("suffix"):
        return np.zeros(len(left), dtype=np.uint8)
    one, other, known = _codes(columns, "suffix", "suffix", left, right)
    number = np.array([GENERATIONS.get(word, 9) for word in columns.book("suffix").to_list()])
    return np.where(known, np.where(number[one] == number[other], 1, 2), 0).astype(np.uint8)


def gender(columns: Columns, left: Rows, right: Rows) -> Levels:
    if not columns.has("gender"):
        return np.zeros(len(left), dtype=np.uint8)
    one, other, known = _codes(columns, "gender", "gender", left, right)
    return np.where(known, np.where(one == other, 1, 2), 0).astype(np.uint8)


def birth(columns: Columns, left: Rows, right: Rows) -> Levels:
    dates = columns.numbers("dob").astype(np.int64)
    one, other = dates[left], dates[right]
    level = np.zeros(len(left), dtype=np.uint8)
    known = (one > 0) & (other > 0)
    whole = known & (one % 10000 > 0) & (other % 10000 > 0)
    same_year = one // 10000 == other // 10000
    same_month, same_day = one // 100 % 100 == other // 100 % 100, one % 100 == other % 100
    _fill(level, whole & (one == other), 1)
    _fill(level, whole & _slip(one, other), 2)
    _fill(level, whole & (same_year.astype(int) + same_month + same_day == 2), 3)
    _fill(level, known & same_year, 4)
    _fill(level, known, 5)
    return level


def _slip(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """One digit wrong, two neighbours changed places, or day and month swapped."""
    powers = 10 ** np.arange(7, -1, -1)
    a, b = one[:, None] // powers % 10, other[:, None] // powers % 10
    differs = a != b
    count = differs.sum(axis=1)
    crossed = ((a[:, :-1] == b[:, 1:]) & (a[:, 1:] == b[:, :-1]) & differs[:, :-1] & differs[:, 1:]).any(axis=1)
    turned = (one // 10000 == other // 10000) & (one // 100 % 100 == other % 100) & (one % 100 == other // 100 % 100)
    return (count == 1) | ((count == 2) & crossed) | turned


# --- contact points ---

COMMON = 50  # a value more records share than this is nobody's own


def _own(columns: Columns, a: str, codes: np.ndarray) -> np.ndarray:
    shares = columns.shares(a)
    return (codes >= 0) & (shares[codes] <= COMMON)


def _email_of(columns: Columns, a: str, b: str, left: Rows, right: Rows) -> Levels:
    one, other, known = _codes(columns, a, b, left, right)
    level = np.zeros(len(left), dtype=np.uint8)
    _fill(level, known & (one == other) & _own(columns, a, one), 1)
    todo = np.flatnonzero(known & (one != other))
    level[todo] = 3
    ours, theirs = left[todo], right[todo]
    local = {"email": "email_local", "email_2": "email_local_2"}
    same_local = columns.codes(local[a])[ours] == columns.codes(local[b])[theirs]
    close = alike(columns, "email", one[todo], other[todo], OSA.distance, score_cutoff=1) <= 1
    level[todo[close | same_local]] = 2
    ask = np.flatnonzero(same_local | close)
    ask = ask[_only_names(columns, a, ours[ask]) & _only_names(columns, b, theirs[ask])]
    level[todo[ask]] = np.where(same_local[ask], 0, 3)
    return level


def _only_names(columns: Columns, name: str, rows: Rows) -> np.ndarray:
    """A mailbox that is only the name proves nothing new; few pairs share one, so they are looked at singly."""
    if "first" not in columns.records.columns:
        return np.zeros(len(rows), dtype=bool)
    asked = columns.records[rows].select(name, "first", "last")
    return np.array([only_a_name(*row) for row in asked.iter_rows()], dtype=bool)


def email(columns: Columns, left: Rows, right: Rows) -> Levels:
    return _across(columns, "email", _email_of, left, right)


def _phone_of(columns: Columns, a: str, b: str, left: Rows, right: Rows) -> Levels:
    one, other, known = _codes(columns, a, b, left, right)
    level = np.zeros(len(left), dtype=np.uint8)
    _fill(level, known & (one == other) & _own(columns, a, one), 1)
    todo = np.flatnonzero(known & (one != other))
    level[todo] = 3
    tail = {"phone": "phone_tail", "phone_2": "phone_tail_2"}
    t1, t2 = columns.codes(tail[a])[left[todo]], columns.codes(tail[b])[right[todo]]
    close = alike(columns, "phone", one[todo], other[todo], OSA.distance, score_cutoff=1) <= 1
    level[todo[close | ((t1 == t2) & (t1 >= 0))]] = 2
    return level


def phone(columns: Columns, left: Rows, right: Rows) -> Levels:
    return _across(columns, "phone", _phone_of, left, right)


def address(columns: Columns, left: Rows, right: Rows) -> Levels:
    level = np.zeros(len(left), dtype=np.uint8)
    street, other_street, both = _codes(columns, "street", "street", left, right)
    house, other_house, numbered = _codes(columns, "house", "house", left, right)
    zip_, other_zip, coded = _codes(columns, "zip", "zip", left, right)
    city, other_city, placed = _codes(columns, "city", "city", left, right)
    same_house, same_zip = numbered & (house == other_house), coded & (zip_ == other_zip)
    same_city = placed & (city == other_city)
    same_street = both & (street == other_street)
    _fill(level, same_street & (same_house | (house < 0) & (other_house < 0)), 1)
    todo = np.flatnonzero(both & ~same_street & same_house)
    near = alike(columns, "street", street[todo], other_street[todo], JaroWinkler.similarity) >= STREET_CLOSE
    level[todo[near]] = 2
    _fill(level, same_street, 3)
    _fill(level, same_zip, 4)
    todo = np.flatnonzero(placed & ~same_city & (level == 0))
    level[todo[alike(columns, "city", city[todo], other_city[todo], JaroWinkler.similarity) >= CITY_CLOSE]] = 5
    _fill(level, same_city, 5)
    _fill(level, both | coded | placed, 6)
    return level


def reference(columns: Columns, left: Rows, right: Rows) -> Levels:
    one, other, known = _codes(columns, "ref", "ref", left, right)
    level = np.zeros(len(left), dtype=np.uint8)
    _fill(level, known & (one == other), 1)
    todo = np.flatnonzero(known & (one != other))
    level[todo] = 3
    level[todo[alike(columns, "ref", one[todo], other[todo], OSA.distance, score_cutoff=1) <= 1]] = 2
    return level


# --- organisations ---

NAME_CLOSE, NAME_SIMILAR = 0.88, 0.68


def _name_of(columns: Columns, a: str, b: str, left: Rows, right: Rows) -> Levels:
    one, other, known = _codes(columns, a, b, left, right)
    level = np.zeros(len(left), dtype=np.uint8)
    _fill(level, known & (one == other), 1)
    todo = np.flatnonzero(known & (level == 0))
    level[todo] = ELSE["name"]
    one, other = one[todo], other[todo]
    score = alike(columns, "name", one, other, token_sort_ratio) / 100
    level[todo[score >= NAME_SIMILAR]] = 4
    level[todo[score >= NAME_CLOSE]] = 3
    names = zip(columns.words("name", one), columns.words("name", other), strict=True)
    level[todo[np.array([within(x, y) for x, y in names], dtype=bool)]] = 2
    return level


def within(one: str, other: str) -> bool:
    """The same words in another order, or all words of the shorter name in the longer one."""
    a, b = set(one.split(" ")), set(other.split(" "))
    short = a if len(a) <= len(b) else b
    return (a <= b or b <= a) and (len(short) > 1 or a == b or max(map(len, short)) > 3)


def name(columns: Columns, left: Rows, right: Rows) -> Levels:
    return _across(columns, "name", _name_of, left, right)


def domain(columns: Columns, left: Rows, right: Rows) -> Levels:
    sides = [n for n in ("website", "domain") if columns.has(n)]
    found = []
    for a, b in product(sides, sides):
        one, other, known = _codes(columns, a, b, left, right)
        found.append(np.where(known, np.where(one == other, 1, 2), 0).astype(np.uint8))
    return _best(found, len(left))


CLIMB: dict[str, Callable[[Columns, Rows, Rows], Levels]] = {
    "first": first, "last": last, "middle": middle, "suffix": suffix, "birth": birth, "gender": gender,
    "email": email, "phone": phone, "address": address, "reference": reference, "name": name, "domain": domain,
}  # fmt: skip
