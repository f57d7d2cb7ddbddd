"""Part: eight years of giving, with its seasons, its faithful, its lapsed, and a kitchen to build."""

from datetime import date, timedelta
from random import Random

from crm_app.demo.world import STAFF, Person, World
from crm_app.features.constituents.models import Hat
from crm_app.features.giving.models import (
    Gift,
    GiftSplit,
    Payment,
    Pledge,
    PledgeInstallment,
    RecurringGift,
    RecurringSchedule,
    SoftCredit,
)

ORDER = 30
SMALL = [1_000, 1_500, 2_000, 2_500, 2_500, 5_000, 5_000, 5_000, 7_500, 10_000, 10_000, 12_000, 15_000, 25_000]
MONTHLY = [500, 1_000, 1_000, 1_500, 2_000, 2_000, 2_500, 3_000, 5_000, 10_000]
LARGE = [100_000, 150_000, 250_000, 250_000, 500_000, 1_000_000, 2_500_000]
MONTHS = [3, 5, 5, 6, 4, 4, 2, 2, 4, 8, 16, 36]
"""How likely a gift is in each month: quiet summers, busy Decembers."""


class Till:
    """Takes gifts in and remembers when each person first gave."""

    def __init__(self, world: World):
        self.world = world
        self.chance = world.chance("giving")
        self.first: dict[int, date] = {}
        self.funds = list(world.named["fund"].items())
        self.general = world.named["fund"]["General fund"]

    def take(self, person: Person, day: date, amount: int, **values) -> int:
        """One gift, given on a day that is not in the future."""
        world, chance = self.world, self.chance
        recent = (world.today - day).days
        thanks = "due" if recent < 3 or (recent < 12 and chance.random() < 0.3) else "sent"
        if values.get("recurring_gift_id") and recent < 12:
            thanks = "none"
        method = (
            values.pop("method", "")
            or chance.choices(["card", "cheque", "bank", "cash", "wallet"], [50, 28, 9, 5, 8])[0]
        )
        stamp = world.at(day, 9 + day.toordinal() % 9)
        fund_id = values.pop("fund_id", None) or self.fund()
        number = world.add(
            Gift,
            constituent_id=person.id,
            given_on=day,
            amount=amount,
            paid=values.pop("paid", amount),
            receiptable=values.pop("receiptable", amount),
            currency="USD",
            method=method,
            reference=str(1_000 + day.toordinal() % 8_999) if method == "cheque" else "",
            thanks=thanks,
            thanked_at=world.at(day + timedelta(days=2)) if thanks == "sent" else None,
            thanked_by=STAFF[day.toordinal() % 3] if thanks == "sent" else "",
            created_at=stamp,
            updated_at=stamp,
            created_by=STAFF[day.toordinal() % len(STAFF)],
            **values,
        )
        self._split(number, fund_id, amount)
        self.first[person.id] = min(day, self.first.get(person.id, day))
        return number

    def fund(self) -> int:
        return self.general if self.chance.random() < 0.62 else self.chance.choice(self.funds)[1]

    def _split(self, number: int, fund_id: int, amount: int) -> None:
        if self.chance.random() < 0.015 and amount > 1_000 and fund_id != self.general:
            half = amount // 2
            self.world.add(GiftSplit, gift_id=number, fund_id=self.general, amount=half)
            amount -= half
        self.world.add(GiftSplit, gift_id=number, fund_id=fund_id, amount=amount)

    def ask(self, day: date) -> dict[str, int | None]:
        """The appeal a gift of this day most likely answers."""
        season = {
            12: "Year-end letter",
            11: "Giving Tuesday",
            10: "Harvest supper",
            3: "Spring appeal",
            4: "Spring appeal",
        }
        title = f"{season.get(day.month, '')} {day.year}"
        campaign = self.world.named["campaign"].get(title)
        if not campaign or self.chance.random() < 0.25:
            return {}
        return {"campaign_id": campaign, "appeal_id": self.world.named["appeal"].get(title)}


def build(world: World) -> None:
    till = Till(world)
    habits = {"yearly": _yearly, "twice": _twice, "now_and_then": _now_and_then, "once": _once, "lapsed": _lapsed}
    habits |= {"sustainer": _sustainer, "major": _major}
    for person in [*world.people, *world.organizations]:
        if person.giver in habits and (person.since < world.today):
            habits[person.giver](till, person)
    _kitchen(till)
    _odd_ones(till)
    for number, day in till.first.items():
        values = {"hat_type_id": world.named["hat"]["donor"], "started_on": day, "created_at": world.at(day)}
        world.add(Hat, constituent_id=number, **values)


def _last_day(till: Till, person: Person) -> date:
    """Nobody gives after their death."""
    return till.world.today - timedelta(days=700) if person.deceased else till.world.today


def _day_in(chance: Random, year: int) -> date:
    month = chance.choices(range(1, 13), MONTHS)[0]
    return date(year, month, chance.randint(1, 28))


def _give(till: Till, person: Person, day: date, amount: int) -> None:
    if person.since <= day <= _last_day(till, person):
        number = till.take(person, day, amount, **till.ask(day))
        if person.household_id and amount >= 25_000 and till.chance.random() < 0.4:
            _credit_spouse(till, person, number, amount, day)


def _credit_spouse(till: Till, person: Person, number: int, amount: int, day: date) -> None:
    other = next((p for p in _housemates(till, person) if p.id != person.id and p.age > 18), None)
    if other:
        values = {"role": "spouse", "amount": amount, "created_at": till.world.at(day)}
        till.world.add(SoftCredit, gift_id=number, constituent_id=other.id, **values)


def _housemates(till: Till, person: Person) -> list[Person]:
    """People were made home by home: whoever shares this one stands beside them."""
    near = till.world.people
    low, high = 0, len(near)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if near[middle].id < person.id else (low, middle)
    return [other for other in near[max(0, low - 4) : low + 5] if other.household_id == person.household_id]


def _yearly(till: Till, person: Person) -> None:
    amount = till.chance.choice(SMALL) * (10 if person.kind == "organization" else 1)
    for year in range(person.since.year, till.world.today.year + 1):
        if till.chance.random() < 0.82:
            _give(till, person, _day_in(till.chance, year), amount)
        if till.chance.random() < 0.2:
            amount = int(amount * till.chance.choice((1.2, 1.5, 2, 0.8)) / 500) * 500 or amount


def _twice(till: Till, person: Person) -> None:
    amount = till.chance.choice(SMALL)
    for year in range(person.since.year, till.world.today.year + 1):
        for month in (till.chance.randint(3, 5), till.chance.randint(11, 12)):
            if till.chance.random() < 0.85:
                _give(till, person, date(year, month, till.chance.randint(1, 28)), amount)


def _now_and_then(till: Till, person: Person) -> None:
    for year in range(person.since.year, till.world.today.year + 1):
        if till.chance.random() < 0.38:
            _give(till, person, _day_in(till.chance, year), till.chance.choice(SMALL))


def _once(till: Till, person: Person) -> None:
    day = person.since + timedelta(days=till.chance.randint(0, 300))
    _give(till, person, min(day, till.world.today), till.chance.choice(SMALL[:10]))


def _lapsed(till: Till, person: Person) -> None:
    """Gave for a few years, and then no more; some come back after a long while."""
    amount, years = till.chance.choice(SMALL), till.chance.randint(1, 3)
    last = min(person.since.year + years, till.world.today.year - 2)
    for year in range(person.since.year, last + 1):
        _give(till, person, _day_in(till.chance, year), amount)
    if till.chance.random() < 0.1:
        _give(till, person, _day_in(till.chance, till.world.today.year), amount)


def _major(till: Till, person: Person) -> None:
    amount = till.chance.choice(LARGE[:5])
    for year in range(person.since.year, till.world.today.year + 1):
        if till.chance.random() < 0.8:
            _give(till, person, _day_in(till.chance, year), amount)


def _sustainer(till: Till, person: Person) -> None:
    """A gift a month; some raise it, some pause, some stop."""
    world, chance = till.world, till.chance
    start = person.since + timedelta(days=chance.randint(0, 200))
    day = chance.choice((1, 5, 10, 15, 20, 28))
    months = [month for month in _months(start, _last_day(till, person)) if date(*month, day) >= start]
    months = [month for month in months if date(*month, day) <= world.today]
    if not months:
        return
    stays = len(months) if chance.random() < 0.7 else chance.randint(1, len(months))
    active = stays == len(months) and not person.deceased
    fund_id, method = till.fund(), chance.choice(("card", "direct_debit", "bank"))
    recurring = _promise(till, person, start, active, months[stays - 1], fund_id, method, day)
    amount = chance.choice(MONTHLY)
    _agree(till, recurring, start, amount, day)
    for place, month in enumerate(months[:stays]):
        if place and place % 18 == 0 and chance.random() < 0.35:
            amount += chance.choice((500, 1_000))
            _agree(till, recurring, date(*month, 1), amount, day, "upgrade")
        if chance.random() > 0.02:
            on = date(*month, day)
            values = {"recurring_gift_id": recurring, "occurrence_on": on, "fund_id": fund_id, "method": method}
            till.take(person, on, amount, **values)


def _months(first: date, last: date) -> list[tuple[int, int]]:
    count = (last.year - first.year) * 12 + last.month - first.month
    start = first.year * 12 + first.month - 1
    return [((start + n) // 12, (start + n) % 12 + 1) for n in range(count + 1)]


def _promise(
    till: Till, person: Person, start: date, active: bool, last: tuple[int, int], fund_id: int, method: str, day: int
) -> int:
    reason = "" if active else "deceased" if person.deceased else till.chance.choice(("card expired", "asked to stop"))
    following = date(last[0] + last[1] // 12, last[1] % 12 + 1, day)
    status = "ended" if not active else "failing" if till.chance.random() < 0.03 else "active"
    return till.world.add(
        RecurringGift,
        constituent_id=person.id,
        status=status,
        status_reason=reason,
        method=method,
        currency="USD",
        fund_id=fund_id,
        starts_on=start,
        ends_on=None if active else date(*last, day),
        next_on=following if active else None,
        failures=2 if status == "failing" else 0,
        created_at=till.world.at(start),
    )


def _agree(till: Till, recurring: int, on: date, amount: int, day: int, reason: str = "") -> None:
    values = {"from_on": on, "amount": amount, "day": day, "reason": reason, "created_at": till.world.at(on)}
    till.world.add(RecurringSchedule, recurring_gift_id=recurring, **values)


def _kitchen(till: Till) -> None:
    """The new kitchen: pledges paid over three years."""
    world, chance = till.world, till.chance
    able = [p for p in world.living() if p.giver in ("major", "yearly") and p.since.year < world.today.year - 1]
    campaign, fund_id = world.named["campaign"]["New kitchen"], world.named["fund"]["Kitchen fund"]
    for person in chance.sample(able, min(len(able), max(4, world.size // 110))):
        on = date(world.today.year - 2, chance.randint(2, 11), chance.randint(1, 28))
        part = chance.choice(LARGE) // 4 if person.giver == "major" else chance.choice(SMALL[6:])
        codes = {"fund_id": fund_id, "campaign_id": campaign}
        pledge = world.add(
            Pledge,
            constituent_id=person.id,
            amount=part * 6,
            currency="USD",
            pledged_on=on,
            created_at=world.at(on),
            **codes,
        )
        for number in range(6):
            due = date(
                on.year + (on.month - 1 + number * 6) // 12, (on.month - 1 + number * 6) % 12 + 1, min(on.day, 28)
            )
            installment = world.add(PledgeInstallment, pledge_id=pledge, due_on=due, amount=part)
            paid_on = due + timedelta(days=chance.randint(-5, 20))
            if due < world.today and paid_on <= world.today and chance.random() < 0.9:
                values = {"pledge_id": pledge, "installment_id": installment, "campaign_id": campaign}
                till.take(person, paid_on, part, fund_id=fund_id, **values)


def _odd_ones(till: Till) -> None:
    """In kind, in memory, matched, given back: what every giving page must bear."""
    world, chance = till.world, till.chance
    alive = [person for person in world.living() if person.since < world.today - timedelta(days=400)]
    for _ in range(max(3, world.size // 250)):
        person, day = chance.choice(alive), world.today - timedelta(days=chance.randint(1, 390))
        kind = chance.choice(("memory", "honour", "refund", "anonymous"))
        amount = chance.choice(SMALL)
        if kind in ("memory", "honour"):
            name = f"{chance.choice(world.people).first} {person.last}"
            till.take(person, day, amount, tribute=kind, tribute_name=name)
        elif kind == "anonymous":
            till.take(person, day, amount, anonymous=True)
        else:
            _given_back(till, person, day, amount)
    for body in chance.sample(world.organizations, len(world.organizations) // 6):
        day = world.today - timedelta(days=chance.randint(1, 700))
        if day > body.since:
            goods = chance.choice(
                ("Forty loaves of bread", "Two tables", "Printing", "A used van", "Coffee for the supper")
            )
            till.take(
                body, day, chance.choice(SMALL) * 4, kind="in_kind", method="goods", receiptable=0, description=goods
            )


def _given_back(till: Till, person: Person, day: date, amount: int) -> None:
    values = {"paid": 0, "receiptable": 0, "status": "refunded", "status_reason": "Given twice by mistake"}
    number = till.take(person, day, amount, method="card", **values)
    back = {"gift_id": number, "currency": "USD", "method": "card", "by": STAFF[0], "created_at": till.world.at(day)}
    till.world.add(Payment, kind="payment", amount=amount, paid_on=day, **back)
    after = min(day + timedelta(days=3), till.world.today)
    till.world.add(Payment, kind="refund", amount=-amount, paid_on=after, note="Given twice by mistake", **back)
