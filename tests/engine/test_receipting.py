"""What a receipt may say, by the rules of three countries."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_app.engine import receipting
from crm_app.engine.receipting import CA, PLAIN, UK, US, Line, Party

CHARITY = Party("Riverside Community Trust", "1 Quay Street", "12345 6789 RR0001", "organization")
MAYA = Party("Maya Okafor", "22 Mill Lane\nPortland OR 97201")


def line(paid: int, benefit: int = 0, **more) -> Line:
    return Line(1, date(2026, 3, 1), paid, benefit, "USD", **more)


def why(pack: receipting.Pack, one: Line, donor: Party = MAYA, issuer: Party = CHARITY) -> list[str]:
    return [problem.code for problem in receipting.draw_up(pack, issuer, donor, [one]).problems]


def test_the_value_of_the_dinner_is_not_receipted() -> None:
    drawn = receipting.draw_up(US, CHARITY, MAYA, [line(10000, 4000, kind="event")])
    assert (drawn.paid, drawn.benefit, drawn.total) == (10000, 4000, 6000)
    assert "limited to what was paid above" in drawn.statements[0]


def test_without_a_benefit_the_statement_says_so() -> None:
    assert receipting.draw_up(US, CHARITY, MAYA, [line(30000)]).statements == (receipting.NO_GOODS,)


def test_written_words_are_needed_from_250_and_a_disclosure_over_75() -> None:
    assert receipting.acknowledgment_needed(US, line(25000))
    assert not receipting.acknowledgment_needed(US, line(24999))
    assert receipting.acknowledgment_needed(US, line(7501, 100))
    assert not receipting.acknowledgment_needed(US, line(7500, 100))


@pytest.mark.parametrize(("benefit", "amount"), [(5000, 50000), (5001, 44999), (40000, 10000)])
def test_canada_ignores_a_small_advantage(benefit: int, amount: int) -> None:
    assert receipting.receiptable(CA, line(50000, benefit)) == amount


def test_canada_sees_no_gift_when_the_advantage_is_over_four_fifths() -> None:
    assert why(CA, line(10000, 8000)) == []
    assert why(CA, line(10000, 8001)) == ["benefit"]


def test_canada_needs_number_and_addresses() -> None:
    assert why(CA, line(10000), Party("Maya"), Party("Trust")) == ["number", "issuer address", "address"]


@pytest.mark.parametrize(("paid", "most"), [(10000, 2500), (20000, 3000), (9_000_000, 250_000)])
def test_the_uk_limits_what_a_donor_may_get(paid: int, most: int) -> None:
    assert why(UK, line(paid, most)) == []
    assert why(UK, line(paid, most + 1)) == ["benefit"]


def test_the_uk_gives_no_gift_aid_on_tickets_or_to_companies() -> None:
    assert why(UK, line(10000, kind="event")) == ["kind"]
    assert why(UK, line(10000), Party("Acme", "x", kind="organization")) == ["donor kind"]


@pytest.mark.parametrize("one", [line(0), line(-500), line(500, status="pending"), line(500, 500)])
def test_nothing_is_receipted_that_was_not_given(one: Line) -> None:
    assert receipting.draw_up(PLAIN, CHARITY, MAYA, [one]).blocked


amounts = st.integers(-1000, 10_000_000)


@given(st.lists(st.tuples(amounts, st.integers(0, 10_000_000)), max_size=12), st.sampled_from([US, CA, UK, PLAIN]))
def test_a_receipt_always_adds_up(rows, pack) -> None:
    lines = [
        Line(n, date(2026, 1, 1), paid, min(benefit, max(paid, 0)), "USD") for n, (paid, benefit) in enumerate(rows)
    ]
    drawn = receipting.draw_up(pack, CHARITY, MAYA, lines)
    assert drawn.total + drawn.benefit == drawn.paid
    assert all(0 < amount <= one.paid for one, amount in zip(drawn.lines, drawn.receiptable, strict=True))
    assert len(drawn.lines) + sum(problem.gift_id is not None for problem in drawn.problems) == len(lines)
