"""Words as the door hears them: any order, no accents, no apostrophes, the last digits of a phone, the order code."""

import re
import unicodedata

SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
APOSTROPHES = re.compile(r"['’‘`´ʼʻ]")
GAPS = re.compile(r"[\W_]+")
LONGEST = 400


def words(text: str) -> list[str]:
    """`Zoë O'Brien-Łukasz` becomes zoe, obrien, lukasz."""
    small = APOSTROPHES.sub("", text.casefold()).translate(SPECIAL)
    bare = "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))
    return GAPS.sub(" ", bare).split()


def sort_name(name: str) -> str:
    """Family name first, folded; what the roster is ordered by."""
    said = words(name)
    return " ".join([*said[-1:], *said[:-1]])[:160]


def found_by(name: str, *, email: str = "", phone: str = "", code: str = "", host: str = "") -> str:
    """Every word somebody may be asked for by, each with a space before it: a search is `LIKE '% word%'`."""
    said = words(name)
    said += words(APOSTROPHES.sub(" ", name))
    spelled = unicodedata.normalize("NFC", name.casefold())
    said += words(spelled.translate(UMLAUTS)) if any(c in "äöüøå" for c in spelled) else []
    said += ["".join(words(part)) for part in name.split() if "-" in part]
    said += words(host)
    said += [email.casefold().split("@")[0]] if email else []
    digits = re.sub(r"\D", "", phone)
    said += [digits[-4:], digits[-7:]] if len(digits) >= 4 else []
    said += [code.lower()] if code else []
    return (" " + " ".join(dict.fromkeys(said)))[:LONGEST]


def asked(text: str) -> list[str]:
    """The patterns a search is made of; each must be found."""
    return [pattern(word) for word in words(text)[:6]]


def pattern(word: str) -> str:
    return f"% {word}%" if word.isascii() else f"%{word}%"
