"""Take a score apart: evidence for and against, field by field, in points and in words."""

import math
from dataclasses import dataclass

from crm_app.engine.match.compare_one import levels_of
from crm_app.engine.match.ladders import SWAPPED
from crm_app.engine.match.model import CHANCE, HOME, LEAST_SHARE, NAMESAKE, SAME, Model, points
from crm_app.engine.match.records import Record
from crm_app.engine.match.score import CERTAIN, HOUSEHOLD, POSSIBLE, REVIEW


@dataclass(frozen=True)
class Evidence:
    """One field's say. Points above 0 speak for one person; each point doubles the odds."""

    field: str
    words: str
    points: float


@dataclass(frozen=True)
class Verdict:
    """One pair, scored: what is most likely, how sure, and why."""

    score: float
    household: float
    certain: bool
    levels: tuple[int, ...]
    evidence: tuple[Evidence, ...]

    @property
    def words(self) -> str:
        return in_words(self.score, self.household)

    @property
    def band(self) -> str:
        return band(self.score, self.household, self.certain)

    def sentence(self) -> str:
        """'The same e-mail (+14), a different address (-2): 99 of 100 pairs like this are the same person.'"""
        said = [f"{e.words} ({e.points:+.0f})" for e in sorted(self.evidence, key=lambda e: -abs(e.points))[:4]]
        text = ", ".join(said)
        return f"{text[:1].upper()}{text[1:]}: {self.words}."


STEPS = (
    (0.9995, "all but 1 in 2,000 pairs like this are the same"), (0.995, "99 of 100 pairs like this are the same"),
    (0.97, "97 of 100 pairs like this are the same"), (0.925, "19 of 20 pairs like this are the same"),
    (0.85, "9 of 10 pairs like this are the same"), (0.7, "3 of 4 pairs like this are the same"),
    (0.4, "half of the pairs like this are the same"), (0.15, "1 of 4 pairs like this is the same"),
    (0.05, "1 of 10 pairs like this is the same"),
)  # fmt: skip


def in_words(score: float, household: float = 0.0) -> str:
    if household >= HOUSEHOLD:
        return "probably two people of one household"
    return next((words for least, words in STEPS if score >= least), "hardly any pair like this is the same")


def band(score: float, household: float = 0.0, certain: bool = False) -> str:
    if certain and score >= CERTAIN:
        return "certain"
    if household >= HOUSEHOLD:
        return "household"
    return "review" if score >= REVIEW else "possible" if score >= POSSIBLE else "unlikely"


def judge(one: Record, other: Record, model: Model) -> Verdict:
    """Score two cleaned records and say why."""
    levels = levels_of(one, other, model.ladders)
    logs = [math.log(max(share, 1e-15)) for share in model.shares]
    rows = []
    for ladder, level in zip(model.ladders, levels, strict=True):
        if level:
            rates = _rates(model, ladder.name, level, one, other)
            rows.append((ladder, level, rates))
            logs = [log + math.log(max(rate, 1e-12)) for log, rate in zip(logs, rates, strict=True)]
    top = max(logs)
    odds = [math.exp(log - top) for log in logs]
    same, home, chance = (odd / sum(odds) for odd in odds)
    rival = HOME if home > chance else CHANCE
    evidence = tuple(
        Evidence(
            ladder.words, _words(ladder.at(level).words, rates, rival), round(points(rates[SAME], rates[rival]), 1)
        )
        for ladder, level, rates in rows
    )
    return Verdict(same, home, same >= CERTAIN and calm(model, levels), tuple(levels), evidence)


def _rates(model: Model, ladder: str, level: int, one: Record, other: Record) -> tuple[float, float, float]:
    """How often this level is seen in each class, a common value weighing less than a rare one."""
    same, home, chance = (max(row[level - 1], LEAST_SHARE) for row in model.rates[ladder])
    if ladder in ("first", "last", "name") and level == 1 and one.get(ladder):
        chance = model.frequency(ladder, one[ladder])
        home = chance + NAMESAKE if ladder == "first" else home
    elif ladder == "first" and level == SWAPPED:
        home = chance = min(_crossing(model, one), _crossing(model, other))
    return same, home, chance


def _crossing(model: Model, record: Record) -> float:
    first, last = record.get("first"), record.get("last")
    return (model.frequency("first", first) if first else 1.0) * (model.frequency("last", last) if last else 1.0)


RARE, COMMON = 0.0002, 0.004


def _words(words: str, rates: tuple[float, float, float], rival: int) -> str:
    if words in ("the same last name", "the same first name") and rival == CHANCE:
        if rates[CHANCE] < RARE:
            return f"{words}, a rare one"
        if rates[CHANCE] > COMMON:
            return f"{words}, a common one"
    return words


def calm(model: Model, levels: list[int] | tuple[int, ...]) -> bool:
    """The automatic rule for one pair; the same as `score.guarded` for many."""
    at = {ladder.name: level for ladder, level in zip(model.ladders, levels, strict=True)}
    if any(level and ladder.at(level).conflict for ladder, level in zip(model.ladders, levels, strict=True)):
        return False
    if model.kind != "person":
        proof = at["phone"] == 1 or at["reference"] == 1 or at["domain"] == 1
        return at["name"] == 1 and at["address"] == 1 and proof
    proof = at["birth"] == 1 or at["reference"] == 1 or (at["email"] == 1 and at["last"] in (1, 2, 3))
    return at["first"] in (1, 2, 3) and proof


def rank(
    record: Record, candidates: dict[int, Record], model: Model, least: float = POSSIBLE
) -> list[tuple[int, Verdict]]:
    """The candidates that may be this record, likeliest first; household members after them."""
    judged = [(key, judge(record, other, model)) for key, other in candidates.items()]
    kept = [(key, verdict) for key, verdict in judged if verdict.score >= least or verdict.household >= HOUSEHOLD]
    return sorted(kept, key=lambda pair: (-pair[1].score, pair[0]))
