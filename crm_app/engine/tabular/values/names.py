"""A whole name in one cell, taken apart: "Bachman, Lincoln", "Dr. Ana María de la Cruz Jr.", "Ann & Bob Lee"."""

import re
from dataclasses import dataclass
from functools import lru_cache

PREFIXES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "rev",
        "revd",
        "fr",
        "sr",
        "sister",
        "brother",
        "rabbi",
        "imam",
        "hon",
        "sir",
        "dame",
        "lord",
        "lady",
        "capt",
        "col",
        "gen",
        "lt",
        "maj",
        "sgt",
        "pastor",
        "msgr",
        "herr",
        "frau",
        "m",
        "mme",
        "mlle",
        "sra",
        "srta",
        "don",
        "doña",
        "ing",
        "dott",
    ]
)
SUFFIXES = frozenset(
    [
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "v",
        "phd",
        "md",
        "dds",
        "esq",
        "cpa",
        "rn",
        "dvm",
        "jd",
        "mba",
        "obe",
        "mbe",
        "cbe",
        "ret",
        "edd",
        "dmin",
    ]
)
PARTICLES = frozenset(
    [
        "van",
        "von",
        "vd",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "los",
        "las",
        "ter",
        "ten",
        "bin",
        "ibn",
        "al",
        "el",
        "st",
        "ap",
        "zu",
        "zur",
        "af",
        "av",
        "mac",
    ]
)
ORGANIZATION = re.compile(
    r"\b(inc|incorporated|ltd|limited|llc|llp|plc|corp|corporation|company|foundation|association|society|trust|church|school|university|college|"
    r"institute|committee|council|club|bank|hospital|group|gmbh|e\.?v|ministries|ministry|centre|center|union|federation|network|fund|charity|"
    r"partners|services|parish|synagogue|temple|mosque|museum|library|city of|county of|department|agency|alliance|coalition|league|guild|"
    r"enterprises|industries|associates|solutions|store|market|bakery|café|cafe|restaurant|team|international|rotary|lions)\b",
    re.IGNORECASE,
)  # fmt: skip
HOUSEHOLD = re.compile(r"\b(household|family|familie|famille)\b", re.IGNORECASE)
AND = re.compile(r"\s+(?:&|and|und|et|y|e)\s+|\s*&\s*|\s*\+\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of one person's name; any may be empty."""

    prefix: str = ""
    first: str = ""
    middle: str = ""
    last: str = ""
    suffix: str = ""


def looks_like_organization(text: str) -> bool:
    return bool(ORGANIZATION.search(text)) and not HOUSEHOLD.search(text)


def looks_like_household(text: str) -> bool:
    return bool(HOUSEHOLD.search(text))


@lru_cache(maxsize=100_000)
def split(text: str) -> tuple[Name, ...]:
    """One name, or two where the cell names a couple; a shared last name goes to both."""
    text = " ".join(text.replace("\u200b", "").split())
    last, comma, rest = text.partition(",")
    if comma and _word(rest) not in SUFFIXES and AND.search(rest):
        return tuple(_with_last(_one(part), last.strip()) for part in AND.split(rest)[:2])
    parts = [part for part in AND.split(text) if part]
    if len(parts) == 2:
        return _couple(*parts)
    return (_one(text),)


def _couple(left: str, right: str) -> tuple[Name, ...]:
    second = _one(right)
    if _word(left) in PREFIXES and " " not in left.strip():
        if _word(right.split()[0]) in PREFIXES and second.first and second.last:
            return (
                Name(left.strip(), second.first, second.middle, second.last, second.suffix),
                Name(second.prefix, "", "", second.last),
            )
        return (Name(left.strip(), "", "", second.last), second)
    first = _one(left)
    if not first.last and first.first:
        first = _with_last(first, second.last)
    return first, second


def _with_last(name: Name, last: str) -> Name:
    given = name if name.first else Name(name.prefix, name.last)
    middle = given.middle if not given.last or given.last == last else f"{given.middle} {given.last}".strip()
    return Name(given.prefix, given.first, middle, last, given.suffix)


def _one(text: str) -> Name:
    last, comma, rest = text.partition(",")
    if comma and _word(rest) not in SUFFIXES:
        inner = _ordered(rest.split())
        given = " ".join(part for part in (inner.middle, inner.last) if part)
        return Name(inner.prefix, inner.first, given, last.strip(), inner.suffix)
    return _ordered(text.replace(",", " ").split())


def _ordered(words: list[str]) -> Name:
    prefix: list[str] = []
    suffix: list[str] = []
    while len(words) > 1 and _word(words[0]) in PREFIXES and words[0].rstrip(".") not in ("M", "Don"):
        prefix.append(words.pop(0))
    while len(words) > 2 and _word(words[-1]) in SUFFIXES:
        suffix.insert(0, words.pop())
    if len(words) < 2:
        only = words[0] if words else ""
        return Name(" ".join(prefix), "" if prefix else only, "", only if prefix else "", " ".join(suffix))
    start = len(words) - 1
    for place in range(1, len(words) - 1):
        if _word(words[place]) in PARTICLES and words[place][0].islower():
            start = place
            break
    middle, last = words[1:start], words[start:]
    return Name(" ".join(prefix), words[0], " ".join(middle), " ".join(last), " ".join(suffix))


def _word(text: str) -> str:
    return text.strip().strip(".").replace(".", "").casefold()
