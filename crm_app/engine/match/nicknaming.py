"""Which first names go by which: pairs, not roots, since Alex is Alexander, Alexandra and Alejandro."""

from collections.abc import Iterable
from functools import cache

from nicknames import NickNamer

# What the English list lacks and our neighbours use.
MORE = (
    ("hans", "johannes"), ("johann", "johannes"), ("hannes", "johannes"), ("sepp", "josef"), ("fritz", "friedrich"),
    ("heinz", "heinrich"), ("kurt", "konrad"), ("willi", "wilhelm"), ("gretl", "margarete"), ("grete", "margarete"),
    ("resi", "theresia"), ("lisl", "elisabeth"), ("uli", "ulrich"), ("sascha", "alexander"), ("sasha", "aleksandr"),
    ("misha", "mikhail"), ("natasha", "natalia"), ("kolya", "nikolai"), ("olya", "olga"), ("katya", "ekaterina"),
    ("pepe", "jose"), ("paco", "francisco"), ("lola", "dolores"), ("nacho", "ignacio"), ("beppe", "giuseppe"),
    ("gianni", "giovanni"), ("kasia", "katarzyna"), ("gosia", "malgorzata"), ("janek", "jan"), ("asia", "joanna"),
)  # fmt: skip


def ordered(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


@cache
def pairs() -> frozenset[tuple[str, str]]:
    """Every known pair, the earlier name in the alphabet first."""
    lookup = NickNamer.default_lookup()
    found = {ordered(name, nick) for name, nicks in lookup.items() for nick in nicks if name != nick}
    return frozenset(found | {ordered(*pair) for pair in MORE})


def is_nickname(one: str, other: str, extra: Iterable[tuple[str, str]] = ()) -> bool:
    pair = ordered(one, other)
    return pair in pairs() or pair in extra
