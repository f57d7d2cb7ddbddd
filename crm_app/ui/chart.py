"""Drawn numbers as inline SVG: a line beside a count, bars, a year of columns. No library is loaded for them."""

from collections.abc import Sequence
from typing import Any, TypedDict

import reflex as rx

from crm_app.ui.inline import inline
from crm_app.ui.words import Words, link


class Share(TypedDict):
    """A bar: what it is, how long (0 to 100), the number beside it, and where its rows are."""

    label: str
    share: float
    words: str
    to: str


class Stick(TypedDict):
    """A column of a chart: where it stands, how tall (also as 0 to 100), its words, where its rows are."""

    x: float
    y: float
    height: float
    width: float
    share: float
    label: str
    words: str
    to: str


def path(values: Sequence[float], width: int = 140, height: int = 26) -> str:
    """The path of a line through the values, lowest at the bottom: keep it in a var, give it to `spark`."""
    if not values:
        return ""
    low, high = min(values), max(values)
    span, step = (high - low) or 1, width / max(1, len(values) - 1)
    points = [
        f"{n * step:.1f} {height - 2 - (value - low) / span * (height - 4):.1f}" for n, value in enumerate(values)
    ]
    return "M" + " L".join(points)


def sticks(
    values: Sequence[tuple[str, float, str]], width: int = 640, height: int = 150, gap: float = 0.28
) -> list[Stick]:
    """Columns for (label, value, words): keep them in a var, give them to `columns_chart` or `spark_columns`."""
    if not values:
        return []
    top, step = max(value for _, value, _ in values) or 1, width / len(values)
    return [_placed(n, label, value / top, words, step, height, gap) for n, (label, value, words) in enumerate(values)]


def _placed(n: int, label: str, part: float, words: str, step: float, height: int, gap: float) -> Stick:
    return {
        "x": round(n * step + step * gap / 2, 1), "y": round(height - part * height, 1), "height": round(part * height, 1),
        "width": round(step * (1 - gap), 1), "share": round(part * 80, 1), "label": label, "words": words, "to": "",
    }  # fmt: skip


def spark(drawn: Any, label: Words, *, width: int = 140, height: int = 26) -> rx.Component:
    """A small line in the margin; `label` says it to those who do not see it."""
    return rx.el.svg(
        rx.el.path(d=drawn), view_box=f"0 0 {width} {height}", width=str(width), height=str(height), class_name="spark", role="img", aria_label=label,
        custom_attrs={"preserveAspectRatio": "none"},
    )  # fmt: skip


def spark_columns(drawn: Any, label: Words, *, width: int = 140, height: int = 34) -> rx.Component:
    """Small columns in the margin: a year each. `drawn` comes from `sticks(values, width, height)`."""
    return rx.el.svg(
        _each(drawn, _stick),
        view_box=f"0 0 {width} {height}",
        width=str(width),
        height=str(height),
        class_name="spark",
        role="img",
        aria_label=label,
    )


def columns_chart(drawn: Any, label: Words) -> rx.Component:
    """Columns with their labels below; pointing at one shows its value. Each may open its rows (`to`)."""
    return rx.el.div(_each(drawn, _column), class_name="sticks", role="group", aria_label=label)


def bars(shares: Any, label: Words) -> rx.Component:
    """Bars with words on both sides: a list for those who hear it, a chart for those who see it."""
    return rx.el.div(_each(shares, _bar), class_name="bars", role="group", aria_label=label)


def evidence(pixels: Any, words: Words, *, against: Any = False) -> rx.Component:
    """How much something speaks for (green) or against (rust): a short bar and its words."""
    look = rx.cond(against, "ev m", "ev") if isinstance(against, rx.Var) else "ev m" if against else "ev"
    length = rx.Var.create(pixels).to(str) + "px" if isinstance(pixels, rx.Var) else f"{pixels}px"
    return rx.el.span(rx.el.span(class_name=look, aria_hidden="true", custom_attrs=inline(width=length)), " ", words)


def _each(values: Any, draw: Any) -> Any:
    return rx.foreach(values, draw) if isinstance(values, rx.Var) else rx.fragment(*[draw(one) for one in values])


def _stick(one: Any) -> rx.Component:
    return rx.el.rect(x=_s(one["x"]), y=_s(one["y"]), width=_s(one["width"]), height=_s(one["height"]), rx="1")


def _column(one: Any) -> rx.Component:
    share = one["share"].to(str) + "%" if isinstance(one, rx.Var) else f"{one['share']}%"
    inside = (
        rx.el.span(one["words"], class_name="v"),
        rx.el.i(custom_attrs=inline(height=share)),
        rx.el.span(one["label"], class_name="l"),
    )
    plain = rx.el.div(*inside, title=one["words"])
    if not isinstance(one, rx.Var):
        return link(*inside, to=one["to"]) if one["to"] else plain
    return rx.cond(one["to"] != "", link(*inside, to=one["to"], title=one["words"]), plain)


def _bar(one: Any) -> rx.Component:
    share = one["share"]
    width = share.to(str) + "%" if isinstance(share, rx.Var) else f"{share}%"
    return rx.fragment(
        rx.el.span(one["label"]),
        rx.el.span(class_name="bar", aria_hidden="true", custom_attrs=inline(width=width)),
        rx.el.span(one["words"], class_name="n"),
    )


def _s(number: Any) -> Any:
    return number.to_string() if isinstance(number, rx.Var) else str(number)
