"""Names of people: titles and suffixes off, spelling marks folded, whole names taken apart."""

import re
from dataclasses import dataclass

import polars as pl

from crm_app.engine.clean.steps import PLAIN, SPACES, Cleaner, Fold, Keep, Sub, Trim, Words

TITLES = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "rev",
    "revd",
    "reverend",
    "sir",
    "dame",
    "prof",
    "professor",
    "hon",
    "fr",
    "herr",
    "frau",
    "mme",
    "mlle",
    "sra",
    "sr",
]
DEGREES = ["phd", "md", "esq", "dds", "cpa", "rn", "obe", "mbe", "ret"]
SUFFIXES = {"junior": "jr", "jr": "jr", "2nd": "ii", "ii": "ii", "senior": "sr", "sr": "sr", "iii": "iii",
            "3rd": "iii", "iv": "iv", "4th": "iv"}  # fmt: skip
PLACEHOLDERS = frozenset(
    [
        "unknown",
        "none",
        "na",
        "n a",
        "null",
        "nil",
        "anonymous",
        "anon",
        "test",
        "tbd",
        "no name",
        "not known",
        "not given",
        "friend",
        "baby boy",
        "baby girl",
    ]
)
_TITLE = "|".join(TITLES)
_ENDING = "|".join([*SUFFIXES, *DEGREES])

first_name = Cleaner((*PLAIN, Sub(rf"^(?:(?:{_TITLE}) )+", ""), Sub(r"[0-9]+", " "), SPACES, Trim()), PLACEHOLDERS)
last_name = Cleaner((*PLAIN, Sub(rf"(?: (?:{_ENDING}))+$", ""), Sub(r"[0-9]+", " "), SPACES, Trim()), PLACEHOLDERS)
_suffix_alone = Cleaner((*PLAIN, Words(SUFFIXES)), nothing=r"^(?:.{5,}|[^jsi].*)$")
_suffix_in_name = Cleaner((*PLAIN, Keep(rf" ({'|'.join(SUFFIXES)})$"), Words(SUFFIXES)))
gender = Cleaner((Fold(), Keep(r"^\s*([fmwxn])"), Sub("w", "f")), frozenset("xn"))

COUPLE = re.compile(r"\b(and|und|et|y)\b|[&+]", re.IGNORECASE)
ESTATE = re.compile(r"\b(estate of|in memory of|nachlass)\b", re.IGNORECASE)
FAMILY = re.compile(r"\b(family|families|familie|household)\b", re.IGNORECASE)
PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "la",
        "le",
        "du",
        "da",
        "di",
        "dos",
        "el",
        "al",
        "bin",
        "ibn",
        "ter",
        "ten",
        "zu",
        "mac",
    ]
)


def suffix(alone: object, last: object = None) -> str | None:
    """Jr, Sr, II … from its own field or from the end of the last name."""
    return _suffix_alone.value(alone) or _suffix_in_name.value(last)


def suffix_column(alone: pl.Expr, last: pl.Expr) -> pl.Expr:
    return pl.coalesce(_suffix_alone.column(alone), _suffix_in_name.column(last))


@dataclass(frozen=True)
class Name:
    """A whole name taken apart, as it was written."""

    first: str = ""
    middle: str = ""
    last: str = ""
    suffix: str = ""
    kind: str = "person"  # or couple, estate, family: not one person's record


def kind_of(text: str) -> str:
    """Is this the name of one person? Couples, estates and families glue clusters when taken for people."""
    for pattern, kind in ((ESTATE, "estate"), (FAMILY, "family"), (COUPLE, "couple")):
        if pattern.search(text):
            return kind
    return "person"


def split(text: str) -> Name:
    """'Smith, John A.', 'Dr. John A. Smith Jr' and 'Ludwig van Beethoven' taken apart."""
    kind = kind_of(text)
    last, comma, rest = text.partition(",")
    if comma and _suffix_alone.value(rest) is None:
        text = f"{rest} {last}"
        surname_words = len(last.split())
    else:
        text, surname_words = text.replace(",", " "), 0
    words = [w for w in text.split() if w.strip(".").lower() not in TITLES[:-1]]
    ending = ""
    while len(words) > 1 and words[-1].strip(".").lower() in {*SUFFIXES, *DEGREES}:
        ending = SUFFIXES.get(words.pop().strip(".").lower(), ending)
    if len(words) < 2:
        return Name(last=" ".join(words), suffix=ending, kind=kind)
    cut = len(words) - surname_words if surname_words else len(words) - 1
    while not surname_words and cut > 1 and words[cut - 1].lower() in PARTICLES:
        cut -= 1
    cut = max(cut, 1)
    return Name(words[0], " ".join(words[1:cut]), " ".join(words[cut:]), ending, kind)
