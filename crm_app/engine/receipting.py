"""What a receipt may say: rule packs of countries as values, and one function that draws a receipt up.

Preview and issue both call `draw_up`, so what was shown is what is printed. The receiptable amount of a line is
what was paid less the value of what the donor got for it. Numbers here are values with their source and the day
they were read; have them looked over once a year by somebody who knows the law.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Line:
    """A gift as it may stand on a receipt; amounts in minor units."""

    gift_id: int
    given_on: date
    paid: int
    benefit: int
    currency: str
    kind: str = "donation"
    status: str = "received"
    description: str = ""
    benefit_words: str = ""


@dataclass(frozen=True)
class Party:
    """Who gives the receipt, or who gets it."""

    name: str
    address: str = ""
    number: str = ""
    kind: str = "person"


@dataclass(frozen=True)
class Pack:
    """The rules of one country."""

    country: str
    version: str
    title: str
    sources: tuple[str, ...]
    statement: str
    quid_pro_quo: str = ""
    never: frozenset[str] = frozenset()
    """Kinds of gift that are not receipted."""
    only_kinds_of_donor: frozenset[str] = frozenset()
    needs_number: bool = False
    needs_address: bool = False
    words_from: int = 0
    """From this paid amount a written acknowledgment is needed; smaller ones may be given."""
    disclose_over: int = 0
    """Above this payment the value of the benefit must be disclosed."""
    benefit_most_share: tuple[int, int] | None = None
    """No gift at all when the benefit is more than this part of the payment."""
    benefit_ignored_share: tuple[int, int] | None = None
    benefit_ignored_most: int = 0
    """A benefit below both of these counts as nothing."""
    benefit_bands: tuple[tuple[int, int, int], ...] = ()
    """(up to, basis amount, percent of what is above): the most a benefit may be worth."""
    benefit_cap: int = 0
    values_goods: bool = True
    """Whether a value is put on goods given; otherwise they are described only."""


NO_GOODS = "No goods or services were provided in exchange for this contribution."
US = Pack(
    country="US",
    version="US 2026-01",
    title="Acknowledgment of your contribution",
    sources=(
        "https://www.irs.gov/pub/irs-pdf/p1771.pdf, read January 2026",
        "https://www.irs.gov/publications/p526, read January 2026",
    ),
    statement=NO_GOODS,
    quid_pro_quo="The amount deductible for federal income tax is limited to what was paid above the value of the "
    "goods or services received. We estimate that value in good faith as shown.",
    never=frozenset({"sponsorship", "matching", "grant"}),
    words_from=25_000,
    disclose_over=7_500,
    values_goods=False,
)
CA = Pack(
    country="CA",
    version="CA 2026-01",
    title="Official donation receipt for income tax purposes",
    sources=(
        "https://www.canada.ca/en/revenue-agency/services/charities-giving/charities/operating-a-registered-charity"
        "/issuing-receipts/what-information-must-on-official-donation-receipt-a-registered-charity.html, "
        "read January 2026",
        "https://www.canada.ca/en/revenue-agency/services/charities-giving/charities/operating-a-registered-charity"
        "/issuing-receipts/split-receipting.html, read January 2026",
    ),
    statement="Canada Revenue Agency: canada.ca/charities-giving",
    quid_pro_quo="The eligible amount is the amount received less the advantage.",
    never=frozenset({"sponsorship", "grant"}),
    needs_number=True,
    needs_address=True,
    benefit_most_share=(80, 100),
    benefit_ignored_share=(10, 100),
    benefit_ignored_most=7_500,
)
UK = Pack(
    country="GB",
    version="UK 2026-01",
    title="Receipt for your donation",
    sources=(
        "https://www.gov.uk/government/publications/charities-detailed-guidance-notes/chapter-3-gift-aid, "
        "read January 2026",
    ),
    statement="Thank you. If you signed a Gift Aid declaration, we may reclaim tax on this donation.",
    quid_pro_quo="The value of what you received is within the limits for Gift Aid.",
    never=frozenset({"event", "in_kind", "stock", "sponsorship", "matching", "grant"}),
    only_kinds_of_donor=frozenset({"person", "household"}),
    benefit_bands=((10_000, 0, 25), (10**12, 2_500, 5)),
    benefit_cap=250_000,
)
PLAIN = Pack(
    country="",
    version="plain 2026-01",
    title="Receipt for your donation",
    sources=("no rules of a country; ask an adviser what your receipts must say",),
    statement="Thank you for your gift.",
    never=frozenset({"sponsorship"}),
)
PACKS = {pack.country: pack for pack in (US, CA, UK)}


def pack_for(country: str) -> Pack:
    return PACKS.get(country.upper(), PLAIN)


@dataclass(frozen=True)
class Problem:
    """Why there is no receipt (for one gift, or at all)."""

    code: str
    words: str
    gift_id: int | None = None


@dataclass(frozen=True)
class Drawn:
    """A receipt drawn up: the lines that may stand on it, and everything that may not, with the reason."""

    pack: Pack
    lines: tuple[Line, ...]
    receiptable: tuple[int, ...]
    problems: tuple[Problem, ...]
    statements: tuple[str, ...] = field(default=())

    @property
    def paid(self) -> int:
        return sum(line.paid for line in self.lines)

    @property
    def total(self) -> int:
        return sum(self.receiptable)

    @property
    def benefit(self) -> int:
        return self.paid - self.total

    @property
    def blocked(self) -> bool:
        return not self.lines or any(problem.gift_id is None for problem in self.problems)


def draw_up(pack: Pack, issuer: Party, donor: Party, lines: Sequence[Line]) -> Drawn:
    """The receipt for these gifts under these rules; lines that may not stand on it become problems."""
    problems = list(_about_parties(pack, issuer, donor))
    kept: list[tuple[Line, int]] = []
    for line in sorted(lines, key=lambda line: (line.given_on, line.gift_id)):
        wrong = _about_line(pack, line)
        if wrong:
            problems.append(wrong)
        else:
            kept.append((line, receiptable(pack, line)))
    if len({line.currency for line, _ in kept}) > 1:
        problems.append(Problem("currencies", "Gifts in different currencies need a receipt each."))
    good = tuple(line for line, _ in kept)
    return Drawn(pack, good, tuple(amount for _, amount in kept), tuple(problems), _statements(pack, good))


def receiptable(pack: Pack, line: Line) -> int:
    """Paid less the benefit; in Canada a benefit below the lesser of a tenth and $75 counts as nothing."""
    if pack.benefit_ignored_share:
        part, whole = pack.benefit_ignored_share
        if line.benefit <= min(line.paid * part // whole, pack.benefit_ignored_most):
            return line.paid
    return max(0, line.paid - line.benefit)


def _about_parties(pack: Pack, issuer: Party, donor: Party) -> list[Problem]:
    found = []
    if not issuer.name:
        found.append(Problem("issuer", "Your organization needs its legal name in the settings."))
    if pack.needs_number and not issuer.number:
        found.append(Problem("number", "Your registration number is missing in the settings."))
    if pack.needs_address and not issuer.address:
        found.append(Problem("issuer address", "Your organization's address is missing in the settings."))
    if not donor.name:
        found.append(Problem("donor", "The donor has no name."))
    if pack.needs_address and not donor.address:
        found.append(Problem("address", "The donor's address is missing."))
    if pack.only_kinds_of_donor and donor.kind not in pack.only_kinds_of_donor:
        found.append(Problem("donor kind", "Under these rules only people get this receipt, not organizations."))
    return found


def _about_line(pack: Pack, line: Line) -> Problem | None:
    code, words = _why_not(pack, line)
    return Problem(code, words, line.gift_id) if code else None


def _why_not(pack: Pack, line: Line) -> tuple[str, str]:
    if line.status in ("pending", "failed", "cancelled", "corrected") or line.paid <= 0:
        return "not paid", "Nothing was paid for this gift, or all of it went back."
    if line.kind in pack.never:
        return "kind", f"A gift of the kind {line.kind.replace('_', ' ')} is not receipted under these rules."
    if line.kind == "in_kind" and not line.description:
        return "description", "Goods must be described before they stand on a receipt."
    if pack.benefit_most_share and line.benefit * pack.benefit_most_share[1] > line.paid * pack.benefit_most_share[0]:
        return "benefit", "What the donor got is worth more than four fifths of the payment: it is not a gift."
    if pack.benefit_bands and line.benefit > most_benefit(pack, line.paid):
        return "benefit", "What the donor got is worth more than these rules allow."
    if receiptable(pack, line) <= 0:
        return "nothing left", "What the donor got is worth as much as was paid."
    return "", ""


def most_benefit(pack: Pack, paid: int) -> int:
    """The most a benefit may be worth: a quarter of the first £100 and 5 % above it, capped."""
    floor = 0
    for up_to, basis, percent in pack.benefit_bands:
        if paid <= up_to:
            return min(basis + (paid - floor) * percent // 100, pack.benefit_cap)
        floor = up_to
    return pack.benefit_cap


def _statements(pack: Pack, lines: Sequence[Line]) -> tuple[str, ...]:
    said = []
    if any(line.benefit for line in lines):
        if pack.quid_pro_quo:
            said.append(pack.quid_pro_quo)
        if pack is not US:
            said.append(pack.statement)
    else:
        said.append(pack.statement)
    if not pack.values_goods and any(line.kind == "in_kind" for line in lines):
        said.append("The value of goods given is for the donor to determine.")
    return tuple(said)


def acknowledgment_needed(pack: Pack, line: Line) -> str:
    """Why this gift must be acknowledged in writing, or nothing."""
    if pack.words_from and line.paid >= pack.words_from:
        return "A single gift of this size needs a written acknowledgment."
    if pack.disclose_over and line.paid > pack.disclose_over and line.benefit:
        return "A payment of this size partly for goods needs a written disclosure."
    return ""
