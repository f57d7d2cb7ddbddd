"""Words as the door hears them: any order, no accents, no apostrophes, the last digits of a phone, the order code."""

from crm_app.features.constituents.folding import APOSTROPHES, digits, spelled_out, words

LONGEST = 400
__all__ = ["asked", "found_by", "pattern", "sort_name", "words"]


def sort_name(name: str) -> str:
    """Family name first, folded; what the roster is ordered by."""
    said = words(name)
    return " ".join([*said[-1:], *said[:-1]])[:160]


def found_by(name: str, *, email: str = "", phone: str = "", code: str = "", host: str = "") -> str:
    """Every word somebody may be asked for by, each with a space before it: a search is `LIKE '% word%'`."""
    said = words(name)
    said += words(APOSTROPHES.sub(" ", name))
    said += spelled_out(name)
    said += ["".join(words(part)) for part in name.split() if "-" in part]
    said += words(host)
    said += [email.casefold().split("@")[0]] if email else []
    number = digits(phone)
    said += [number[-4:], number[-7:]] if len(number) >= 4 else []
    said += [code.lower()] if code else []
    return (" " + " ".join(dict.fromkeys(said)))[:LONGEST]


def asked(text: str) -> list[str]:
    """The patterns a search is made of; each must be found."""
    return [pattern(word) for word in words(text)[:6]]


def pattern(word: str) -> str:
    return f"% {word}%" if word.isascii() else f"%{word}%"
