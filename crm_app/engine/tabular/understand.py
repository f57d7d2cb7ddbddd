"""Rows of text to rows of values under a mapping. Every row comes out, with values, an outcome or problems."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import polars as pl

from crm_app.engine.tabular import kept
from crm_app.engine.tabular.formats import Rule
from crm_app.engine.tabular.header import key
from crm_app.engine.tabular.mapping import Column, Mapping
from crm_app.engine.tabular.meanings import ANSWER, CUSTOM, IGNORE, MEANINGS, TAG_IF_YES
from crm_app.engine.tabular.similar import propose
from crm_app.engine.tabular.values import amounts, dates, words
from crm_app.engine.tabular.values.choices import LISTS

NOTHING = frozenset({"n/a", "null", "none", "nan", "#n/a", "-", "--", "\\n", "(blank)", "#ref!", "#value!"})
LISTED = frozenset({ANSWER, CUSTOM, TAG_IF_YES})


@dataclass(slots=True)
class Understood:
    """One row: VALUES by meaning, KEPT columns by header, and PROBLEMS as (meaning, words)."""

    row: int
    line: int
    values: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    cleared: list[str] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    then: str = ""
    why: str = ""


class _Problem(str):
    """A cell that could not be read, in the place of its value."""

    __slots__ = ()


def understand(frame: pl.DataFrame, mapping: Mapping) -> list[Understood]:
    """As many come out as went in, in the same order."""
    rows = [
        Understood(row, line, problems=[("", odd)] if odd else [])
        for row, line, odd in zip(frame[kept.ROW], frame[kept.LINE], frame[kept.ODD], strict=True)
    ]
    _default(rows, mapping)
    for column in _in_order(mapping):
        if f"c{column.place}" in frame.columns:
            _fill(rows, frame[f"c{column.place}"].to_list(), column, mapping)
    _judge(rows, frame, mapping)
    return rows


def _default(rows: list[Understood], mapping: Mapping) -> None:
    fixed = {name: text for name, text in mapping.fixed.items() if name in MEANINGS and text}
    for name, text in fixed.items():
        value = parser(Column(-1, "", name), mapping)(text)
        for row in rows:
            row.values[name] = value


def _in_order(mapping: Mapping) -> list[Column]:
    """The currency of a row is known before its amounts are read."""
    used = [column for column in mapping.columns if column.meaning != IGNORE]
    return sorted(used, key=lambda column: (column.meaning != "currency", column.place))


def _fill(rows: list[Understood], cells: list[str], column: Column, mapping: Mapping) -> None:
    if MEANINGS[column.meaning].kind == "amount":
        _fill_amounts(rows, cells, column, mapping)
        return
    parse = parser(column, mapping)
    read: dict[str, Any] = {}
    meaning, fixed = column.meaning, column.meaning in mapping.fixed
    for row, cell in zip(rows, cells, strict=True):
        if not cell or not (text := cell.strip()) or text.casefold() in NOTHING:
            if column.blank == "clear" and meaning not in row.values:
                row.cleared.append(meaning)
            continue
        if text not in read:
            read[text] = parse(text)
        value = read[text]
        if type(value) is _Problem:
            row.problems.append((meaning, value))
        elif value is None or value == []:
            continue
        elif meaning == CUSTOM:
            row.kept[column.header] = text
        elif meaning == ANSWER:
            row.answers[column.header] = text
        elif meaning == TAG_IF_YES:
            row.values["tags"] = [*row.values.get("tags", []), column.header] if value else row.values.get("tags", [])
        elif isinstance(value, list) and meaning in ("tags", "hat", "restrictions"):
            row.values[meaning] = [*row.values.get(meaning, []), *value]
        elif meaning not in row.values or fixed:
            row.values[meaning] = value


def _fill_amounts(rows: list[Understood], cells: list[str], column: Column, mapping: Mapping) -> None:
    mark = column.mark if column.mark in (".", ",") else ""
    meaning = column.meaning
    for row, cell in zip(rows, cells, strict=True):
        if not cell or not (text := cell.strip()) or text.casefold() in NOTHING or meaning in row.values:
            continue
        currency = row.values.get("currency") or mapping.currency
        try:
            row.values[meaning], found = amounts.amount(text, currency, mark)
        except amounts.NotAnAmount as problem:
            row.problems.append((meaning, str(problem)))
            continue
        if meaning in ("amount", "recurring_amount", "ticket_paid") and "currency" not in row.values:
            row.values["currency"] = found
        elif meaning == "amount" and found != currency:
            row.problems.append((meaning, f"The amount is in {found} but the row says {currency}."))


def parser(column: Column, mapping: Mapping) -> Callable[[str], Any]:
    """Text to a value, or a _Problem that says why not."""
    kind = MEANINGS[column.meaning].kind
    order = column.order if column.order in ("dmy", "mdy") else ""
    readers: dict[str, Callable[[str], Any]] = {
        "text": lambda text: text,
        "name": _name,
        "full": lambda text: text if text.casefold() not in words.NO_EMAIL else None,
        "email": words.emails,
        "phone": lambda text: _phone(text, mapping.region),
        "date": lambda text: None if dates.is_nothing(text) else dates.moment(text, order),
        "birth": lambda text: None if dates.is_nothing(text) else dates.partial(text, order),
        "yes": words.yes
        if column.meaning not in ("no_mail", "no_email", "no_phone", "no_bulk", "no_sms")
        else _yes_or_reason,
        "tags": words.tags,
        "number": _number,
    }
    read = readers.get(kind) or (lambda text: _choice(text, kind, mapping))
    if column.meaning == "currency":
        read = _currency
    if column.meaning in LISTED and kind == "text":
        read = str

    def parse(text: str) -> Any:
        try:
            return read(text)
        except (dates.NotADate, words.NotReadable, amounts.NotAnAmount) as problem:
            return _Problem(problem)

    return parse


def _name(text: str) -> str | None:
    text = " ".join(text.split())
    if text.casefold() in words.NO_EMAIL:
        return None
    return text


def _phone(text: str, region: str) -> tuple[str, str]:
    """(as written, E.164 or nothing): a number nobody can dial is kept as written and mentioned."""
    try:
        return text, words.phone(text, region)
    except words.NotReadable:
        return text, ""


def _yes_or_reason(text: str) -> bool | None:
    try:
        return words.yes(text)
    except words.NotReadable:
        return None


def _number(text: str) -> int:
    digits = re.fullmatch(r"(\d{1,15})(\.0+)?", text)
    if not digits:
        raise words.NotReadable(f"“{text[:40]}” is not a whole number.")
    return int(digits[1])


def _currency(text: str) -> str:
    code = amounts.SIGNS.get(text) or text.upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise words.NotReadable(f"“{text[:20]}” is not a currency.")
    return code


def _choice(text: str, kind: str, mapping: Mapping) -> str | _Problem:
    told = mapping.words.get(kind, {}).get(text)
    if told is not None:
        return told
    found = _proposed(text, kind)
    if found.value and found.sure >= 0.74:
        return found.value
    if kind in ("method", "frequency", "kind", "interaction", "preferred_email", "preferred_phone", "attendance"):
        return {"method": "other", "interaction": "note", "attendance": "registered"}.get(kind, "")
    raise words.NotReadable(f"“{text[:40]}” is not a word we know here. Say what it means.")


@lru_cache(maxsize=5_000)
def _proposed(text: str, kind: str) -> Any:
    return propose(text, LISTS[kind])


def unknown_words(frame: pl.DataFrame, mapping: Mapping) -> dict[str, list[tuple[str, str, float]]]:
    """For every list column, the words of the file that are not ours, with what each most likely means."""
    answer: dict[str, list[tuple[str, str, float]]] = {}
    for column in mapping.columns:
        kind = MEANINGS[column.meaning].kind
        if kind not in LISTS:
            continue
        for word in frame[f"c{column.place}"].unique().sort().to_list()[:200]:
            if word and word.strip() and word.strip() not in mapping.words.get(kind, {}):
                found = _proposed(word.strip(), kind)
                if found.sure < 1:
                    answer.setdefault(kind, []).append((word.strip(), found.value, found.sure))
    return answer


def _judge(rows: list[Understood], frame: pl.DataFrame, mapping: Mapping) -> None:
    """What the format's rules say about whole rows; the first rule that speaks wins."""
    places = {key(column.header): column.place for column in reversed(mapping.columns)}
    for rule in mapping.form.rules:
        place = places.get(key(rule.column))
        if place is not None and f"c{place}" in frame.columns:
            _apply(rule, rows, frame[f"c{place}"].to_list())


def _apply(rule: Rule, rows: list[Understood], cells: list[str]) -> None:
    pattern = re.compile(rule.says, re.IGNORECASE)
    for row, cell in zip(rows, cells, strict=True):
        text = (cell or "").strip()
        if row.then or (not text and not rule.unless):
            continue
        if bool(pattern.fullmatch(text)) != rule.unless:
            row.then, row.why = rule.then, rule.why


def day(value: object) -> dt.date | None:
    """The date of a moment."""
    return value.date() if isinstance(value, dt.datetime) else value if isinstance(value, dt.date) else None
