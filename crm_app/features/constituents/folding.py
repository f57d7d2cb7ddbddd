"""Words as search and comparison see them: small letters, no accents, no apostrophes."""

import re
import unicodedata
from collections.abc import Iterable

SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
APOSTROPHES = re.compile(r"['’‘`´ʼʻ]")
GAPS = re.compile(r"[\W_]+")
LONGEST = 120


def fold(text: str) -> str:
    """`Zoë O'Brien-Łukasz` becomes `zoe obrien lukasz`."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    if text.isascii():
        return GAPS.sub(" ", text.lower().replace("'", "").replace("`", "")).split()
    small = APOSTROPHES.sub("", text.casefold()).translate(SPECIAL)
    bare = "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))
    return GAPS.sub(" ", bare).split()


def spelled_out(text: str) -> list[str]:
    """The words with umlauts written as two letters, where that makes a difference: mueller for Müller."""
    small = unicodedata.normalize("NFC", text.casefold())
    return words(small.translate(UMLAUTS)) if any(c in "äöü" for c in small) else []


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def name_terms(*parts: str) -> set[str]:
    """What a name is found by: each word, the whole, the whole with the last part first, joined double names."""
    said = [word for part in parts for word in words(part)]
    if not said:
        return set()
    found = set(said)
    found.add(" ".join(said))
    if parts[-1] and len(said) > 1:
        last = words(parts[-1])
        found.add(" ".join([*last, *said[: len(said) - len(last)]]))
    for part in parts:
        if "-" in part or "’" in part or "'" in part:
            found.add("".join(words(part)))
        found.update(spelled_out(part))
    return found


def phone_terms(number: str) -> set[str]:
    """A number with its country, without it, and its last seven digits."""
    said = digits(number)
    if len(said) < 3:
        return set()
    found = {said}
    if number.startswith("+1") and len(said) == 11:
        found.add(said[1:])
    elif number.startswith("+"):
        found.update({said[2:], said[3:], "0" + said[2:]})
    if len(said) > 7:
        found.add(said[-7:])
    return found


def shortened(terms: Iterable[str]) -> set[str]:
    return {term[:LONGEST] for term in terms if term}
