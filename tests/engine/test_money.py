"""Money is divided without losing a cent and read as people write it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.engine import money
from crm_app.engine.money import Part


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(1, 1000), min_size=1, max_size=20))
def test_dividing_always_sums(total: int, weights: list[int]) -> None:
    parts = money.divide(total, weights)
    assert sum(parts) == total
    assert len(parts) == len(weights)


@given(st.integers(1, 10**9), st.lists(st.decimals("0.01", "30", places=2), min_size=1, max_size=3))
def test_percentages_and_the_rest_always_sum(total: int, percents: list[Decimal]) -> None:
    parts = money.parts_of(total, [*(Part(percent=percent) for percent in percents), Part()])
    assert sum(parts) == total
    assert all(part >= 0 for part in parts)


def test_parts_that_miss_or_exceed_say_by_how_much() -> None:
    with pytest.raises(money.DoesNotSum) as caught:
        money.parts_of(1000, [Part(amount=400)])
    assert caught.value.left == 600
    with pytest.raises(money.DoesNotSum) as caught:
        money.parts_of(1000, [Part(amount=1400), Part()])
    assert caught.value.left == -400


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("50", "USD", 5000),
        ("$1,234.50", "USD", 123450),
        ("1.234,50 €", "EUR", 123450),
        ("1,234", "USD", 123400),
        ("0.5", "USD", 50),
        ("1200", "JPY", 1200),
        ("1.234.567", "EUR", 123456700),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, currency: str, amount: int) -> None:
    assert money.read(text, currency) == amount


@pytest.mark.parametrize("text", ["", "abc", "1.2345,6,", "12.345.6"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        money.read(text, "USD")


def test_money_is_written_for_its_country() -> None:
    assert money.written(123450, "USD") == "$1,234.50"
    assert money.written(123450, "USD", cents=False) in ("$1,234", "$1,235")
    assert money.written(500, "JPY") == "¥500"
