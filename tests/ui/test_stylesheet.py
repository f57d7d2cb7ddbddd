"""The colours of the look keep their promise: dark twice the same, every text readable on every ground."""

import re
from itertools import product
from pathlib import Path

import pytest

SHEET = (Path(__file__).resolve().parents[2] / "assets" / "commonplace.css").read_text("utf-8")
TOKEN = re.compile(r"(--[a-z-]+):\s*(#[0-9a-f]{6})\b")
DARK_BY_CHOICE = ':root[data-theme="dark"]'
DARK_BY_DEVICE = ':root:not([data-theme="light"])'


def tokens(selector: str) -> dict[str, str]:
    return dict(TOKEN.findall(SHEET.split(selector + " {", 1)[1].split("}", 1)[0]))


def light_of(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((light_of(one), light_of(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_dark_tokens_are_the_same_by_choice_and_by_device():
    assert tokens(DARK_BY_CHOICE) == tokens(DARK_BY_DEVICE) != {}


@pytest.mark.parametrize("selector", [":root", DARK_BY_CHOICE])
def test_every_text_colour_is_readable_on_every_ground(selector: str):
    found = tokens(selector)
    grounds = ("--paper", "--sheet", "--well", "--hover", "--accent-wash", "--warn-wash")
    texts = ("--ink", "--soft", "--faint", "--accent", "--warn")
    dim = {(t, g): round(contrast(found[t], found[g]), 2) for t, g in product(texts, grounds)}
    assert {pair: ratio for pair, ratio in dim.items() if ratio < 4.5} == {}
    assert contrast(found["--on-accent"], found["--accent"]) >= 4.5
    assert contrast(found["--on-accent"], found["--accent-deep"]) >= 4.5
    assert contrast(found["--edge"], found["--sheet"]) >= 3, "the line under a field shows where the field is"


def test_what_the_sheet_loads_is_there():
    assets = Path(__file__).resolve().parents[2] / "assets"
    loaded = re.findall(r"url\(/([^)]+)\)", SHEET)
    assert loaded
    assert [name for name in loaded if not (assets / name).is_file()] == []
