"""Part: the fundraiser's desk: a batch that was posted, one being typed, receipts of the largest gifts."""

from datetime import timedelta

import sqlalchemy as sa

from crm_app.demo.world import STAFF, Person, World
from crm_app.features.giving import service
from crm_app.features.giving.models import Gift, GiftBatch, GiftSplit, Payment

ORDER = 80
CHEQUES = [2_500, 5_000, 5_000, 10_000, 12_000, 2_000, 25_000, 4_000, 7_500, 1_500, 50_000, 3_000]
RECEIPTS = 12


def build(world: World) -> None:
    chance = world.chance("desk")
    people = chance.sample(world.living(), min(len(CHEQUES) * 2, len(world.living())))
    half = len(people) // 2
    if half:
        _batch(world, "Friday’s post", people[:half], 3, posted=True)
        _batch(world, "Monday’s post", people[half : half + half // 2], 0, posted=False)
    world.loader.write()
    _receipts(world)


def _batch(world: World, name: str, people: list[Person], ago: int, *, posted: bool) -> None:
    day = world.today - timedelta(days=ago)
    amounts = CHEQUES[: len(people)]
    extra = 0 if posted else 7
    number = world.add(
        GiftBatch,
        name=name,
        status="posted" if posted else "open",
        expected_count=len(people) + extra,
        expected_total=sum(amounts) + extra * 5_000,
        currency="USD",
        defaults={"given_on": day.isoformat(), "method": "cheque"},
        opened_by=STAFF[0],
        created_at=world.at(day, 9),
        posted_at=world.at(day, 11) if posted else None,
        posted_by=STAFF[0] if posted else "",
    )
    for nth, (person, amount) in enumerate(zip(people, amounts, strict=False)):
        _cheque(world, number, person, amount, nth, ago, posted)


def _cheque(world: World, batch: int, person: Person, amount: int, nth: int, ago: int, posted: bool) -> None:
    day = world.today - timedelta(days=ago)
    fund = world.named["fund"]["General fund"]
    gift = world.add(
        Gift,
        constituent_id=person.id,
        batch_id=batch,
        given_on=day,
        amount=amount,
        paid=amount if posted else 0,
        receiptable=amount if posted else 0,
        status="received" if posted else "pending",
        currency="USD",
        method="cheque",
        reference=str(2_040 + nth * 7),
        created_at=world.at(day, 9, nth),
        updated_at=world.at(day, 11),
        created_by=STAFF[0],
    )
    world.add(GiftSplit, gift_id=gift, fund_id=fund, amount=amount)
    if posted:
        paid = {"kind": "payment", "amount": amount, "currency": "USD", "method": "cheque", "paid_on": day}
        world.add(Payment, gift_id=gift, **paid, reference="", by=STAFF[0], created_at=world.at(day, 11))


def _receipts(world: World) -> None:
    """The largest gifts of last year, one of them receipted twice because the address was wrong."""
    last = world.today.year - 1
    query = sa.select(Gift.id).where(
        Gift.kind == "donation",
        Gift.paid > 0,
        Gift.given_on.between(
            world.today.replace(year=last, month=1, day=1), world.today.replace(year=last, month=12, day=31)
        ),
    )
    largest = world.work.session.execute(query.order_by(Gift.amount.desc(), Gift.id).limit(RECEIPTS)).scalars().all()
    issued = [service.issue(world.work, [gift_id]) for gift_id in largest]
    if len(issued) > 2:
        service.replace(world.work, issued[2], "The address was an old one.")
