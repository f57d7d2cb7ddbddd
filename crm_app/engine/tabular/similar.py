"""Words of a file matched to words we know: exactly, by synonym, or by likeness ("Crecit" → credit card)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from crm_app.engine.tabular.header import normal

SURE = 92.0
LIKELY = 74.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a word of the file most likely means, and how sure that is (0 to 1)."""

    word: str
    value: str
    sure: float

    @property
    def certain(self) -> bool:
        return self.sure >= SURE / 100


def propose(word: str, choices: Mapping[str, Iterable[str]]) -> Proposal:
    """CHOICES maps each value to the words that mean it. No likeness worth a mention gives an empty value."""
    wanted = normal(word)
    known = {normal(name): value for value, names in choices.items() for name in (value, *names)}
    if wanted in known:
        return Proposal(word, known[wanted], 1.0)
    if len(wanted) < 3:
        return Proposal(word, "", 0.0)
    best = process.extractOne(wanted, known.keys(), scorer=_likeness, score_cutoff=LIKELY)
    return Proposal(word, known[best[0]], min(best[1] / 100, 0.99)) if best else Proposal(word, "", 0.0)


def _likeness(a: str, b: str, **_: object) -> float:
    if a[:1] != b[:1]:
        return 0.0
    prefix = 90.0 if min(len(a), len(b)) > 3 and (b.startswith(a + " ") or a.startswith(b + " ")) else 0.0
    first = fuzz.ratio(a, b.split()[0]) - 5 if " " in b and len(a) > 4 else 0.0
    return max(fuzz.ratio(a, b), prefix, first)
