"""Which tool wrote a file: told by its header alone."""

from dataclasses import dataclass

from crm_app.engine.tabular.formats import FORMATS, PLAIN, Format
from crm_app.engine.tabular.header import key


@dataclass(frozen=True, slots=True)
class Recognised:
    """The format of a file, and the share of its columns the format knows."""

    form: Format
    sure: float


def words(header: list[str]) -> list[str]:
    """Header cells as formats spell them; a repeat's number is not part of its name."""
    return [key(name) for name in header]


def recognise(header: list[str]) -> Recognised:
    """The format whose needs are all there and that knows the most of the columns; else a plain list."""
    present = frozenset(words(header))
    best = Recognised(PLAIN, 0.0)
    rank = (0.0, 0)
    for form in FORMATS.values():
        told = max((len(need) for need in form.needs if need <= present), default=0)
        if not told:
            continue
        known = sum(1 for name in present if name in form.columns) / max(len(present), 1)
        if form.refuse:
            known = 1.0
        score = (known + told / 20, told)
        if score > rank:
            best, rank = Recognised(form, known), score
    return best


def known(cells: list[str]) -> float:
    """How surely a line of a file is some tool's header; 0 when it is none."""
    found = recognise(cells)
    return 0.0 if found.form is PLAIN else 0.5 + found.sure / 2
