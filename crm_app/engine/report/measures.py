"""Measures with their words: what a function's docstring says is what stands beside its number."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

Call = TypeVar("Call", bound=Callable[..., Any])


@dataclass(frozen=True)
class Measure:
    key: str
    title: str
    words: str
    formula: str
    source: str
    shows: str
    """share, money or count"""
    opens: tuple[str, ...]
    """Standings of the people who make up the number."""
    call: Callable[..., Any]


MEASURES: dict[str, Measure] = {}


def measure(title: str, *, shows: str, opens: tuple[str, ...] = ()) -> Callable[[Call], Call]:
    """Declare a measure; its docstring has a sentence, a line `Formula:` and a line `Source:`."""

    def declare(call: Call) -> Call:
        said = inspect.getdoc(call) or ""
        MEASURES[call.__name__] = Measure(
            key=call.__name__,
            title=title,
            words=said.split("\n\n")[0].replace("\n", " "),
            formula=_line(said, "Formula"),
            source=_line(said, "Source"),
            shows=shows,
            opens=opens,
            call=call,
        )
        return call

    return declare


def _line(said: str, name: str) -> str:
    found = re.search(rf"{name}: (.*?)(?=\n\w+: |\Z)", said, re.DOTALL)
    if not found:
        raise ValueError(f"a measure without its {name.lower()}")
    return " ".join(found.group(1).split())
