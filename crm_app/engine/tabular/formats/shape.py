"""A format is a value: how to know a tool's file, what its columns mean, and which rows say more than they show."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from crm_app.engine.tabular.header import key


@dataclass(frozen=True, slots=True)
class Rule:
    """What one cell says about its whole row. THEN: skip, refund, guest (a place without a person) or no_gift."""

    column: str
    says: str
    then: str
    why: str
    unless: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """One tool's file. NEEDS: any of these sets of headers, whole, tells it. OTHERS: what unlisted columns become."""

    key: str
    name: str
    brings: str
    needs: tuple[frozenset[str], ...]
    columns: Mapping[str, str]
    rules: tuple[Rule, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)
    others: str = "guess"
    dates: str = ""
    numbers: str = ""
    refuse: str = ""

    @property
    def tool(self) -> str:
        return self.key.split(".")[0]


def needs(*sets: str) -> tuple[frozenset[str], ...]:
    """Each set is one string of headers with bars between them."""
    return tuple(frozenset(key(header) for header in one.split("|")) for one in sets)


def columns(**headers: str) -> dict[str, str]:
    """Meaning = headers with bars between them; gives header → meaning."""
    return {key(header): meaning for meaning, text in headers.items() for header in text.split("|")}
