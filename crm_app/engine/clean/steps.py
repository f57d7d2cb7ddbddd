"""A cleaner is a short list of steps that means the same for one value and for a whole column."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import polars as pl

MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]"

# Letters that have no decomposition, and the scripts our users' neighbours write their names in.
LETTERS = {
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ħ": "h",
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ґ": "g",
    "є": "ye", "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
    "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y",
    "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_LETTER_TABLE = str.maketrans(LETTERS)


class Step(Protocol):
    """One rule of cleaning, in its two forms."""

    def value(self, text: str) -> str: ...

    def column(self, text: pl.Expr) -> pl.Expr: ...


@dataclass(frozen=True)
class Fold:
    """Lower case, without accents, in Latin letters: 'Łukasz Müller' and 'ЛУКАШ' become plain ASCII words."""

    def value(self, text: str) -> str:
        text = unicodedata.normalize("NFKD", text).lower()
        return text if text.isascii() else re.sub(MARKS, "", text).translate(_LETTER_TABLE)

    def column(self, text: pl.Expr) -> pl.Expr:
        folded = text.str.normalize("NFKD").str.to_lowercase().str.replace_all(MARKS, "")
        return folded.str.replace_many(list(LETTERS), list(LETTERS.values()))


@dataclass(frozen=True)
class Sub:
    """Replace a pattern everywhere. Patterns keep to what Python and Rust read alike (no look-around)."""

    pattern: str
    to: str

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def value(self, text: str) -> str:
        return self._compiled.sub(self.to, text)

    def column(self, text: pl.Expr) -> pl.Expr:
        return text.str.replace_all(self.pattern, self.to)


@dataclass(frozen=True)
class Words:
    """Replace whole words; a word that becomes '' is dropped. Expects words parted by single blanks."""

    table: Mapping[str, str]

    def value(self, text: str) -> str:
        return " ".join(word for word in (self.table.get(word, word) for word in text.split()) if word)

    def column(self, text: pl.Expr) -> pl.Expr:
        padded = pl.concat_str(pl.lit(" "), text.str.replace_all(" ", "  ", literal=True), pl.lit(" "))
        swapped = padded.str.replace_many([f" {w} " for w in self.table], [f" {w} " for w in self.table.values()])
        return swapped.str.replace_all(r"\s+", " ").str.strip_chars()


@dataclass(frozen=True)
class Keep:
    """Only the part of the text the pattern's first group catches; '' when it does not match."""

    pattern: str

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def value(self, text: str) -> str:
        found = self._compiled.search(text)
        return (found.group(1) or "") if found else ""

    def column(self, text: pl.Expr) -> pl.Expr:
        return text.str.extract(self.pattern, 1)


@dataclass(frozen=True)
class Tail:
    """The last n characters."""

    n: int

    def value(self, text: str) -> str:
        return text[-self.n :]

    def column(self, text: pl.Expr) -> pl.Expr:
        return text.str.tail(self.n)


@dataclass(frozen=True)
class Trim:
    """No blanks at either end."""

    def value(self, text: str) -> str:
        return text.strip()

    def column(self, text: pl.Expr) -> pl.Expr:
        return text.str.strip_chars()


@dataclass(frozen=True)
class Cleaner:
    """Steps in order; what is empty or a placeholder in the end is nothing at all."""

    steps: tuple[Step, ...]
    placeholders: frozenset[str] = frozenset()
    nothing: str = ""  # a pattern: what matches it is a placeholder too

    @cached_property
    def _nothing(self) -> re.Pattern[str] | None:
        return re.compile(self.nothing) if self.nothing else None

    def value(self, text: object) -> str | None:
        if text is None:
            return None
        clean = str(text)
        for step in self.steps:
            clean = step.value(clean)
        clean = clean.strip()
        empty = not clean or clean in self.placeholders or (self._nothing and self._nothing.search(clean))
        return None if empty else clean

    def column(self, text: pl.Expr) -> pl.Expr:
        clean = text.cast(pl.String)
        for step in self.steps:
            clean = step.column(clean)
        clean = clean.str.strip_chars()
        empty = (clean == "") | clean.is_in(list(self.placeholders))
        if self.nothing:
            empty = empty | clean.str.contains(self.nothing)
        return pl.when(empty).then(None).otherwise(clean)


SPACES = Sub(r"\s+", " ")
FOLDED = (Sub("[.'’`´ʼ]", ""), Sub(r"[\W_]+", " "), Trim())  # what is folded already, as plain words
PLAIN = (Fold(), *FOLDED)
