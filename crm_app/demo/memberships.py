"""Part: members: three types, terms through the years, some in grace, some lapsed."""

from datetime import date, timedelta
from random import Random

from crm_app.demo.world import Person, World
from crm_app.engine.membership import Rule, Span, first_term, next_term
from crm_app.features.memberships.models import InheritedMember, Membership, MembershipTerm, MembershipType

ORDER = 60
SHARE = 0.09
LIFE, FRIEND, FAMILY = "Life member", "Friend of the kitchen", "Family table"
TYPES = [
    (FRIEND, Rule("rolling", 12, grace_days=30), 60_00, None),
    (FAMILY, Rule("fixed", 12, (7, 1), (4, 1), 45), 90_00, 3),
    (LIFE, Rule("lifetime"), 1_000_00, None),
]


def build(world: World) -> None:
    chance = world.chance("memberships")
    kinds = {name: (_type(world, name, rule, price, most), rule, price) for name, rule, price, most in TYPES}
    homes: dict[int, list[Person]] = {}
    for person in world.living():
        if person.household_id:
            homes.setdefault(person.household_id, []).append(person)
    taken: set[int] = set()
    for person in world.living():
        if person.kind != "person" or person.age < 20 or person.id in taken or chance.random() > SHARE:
            continue
        others = [one for one in homes.get(person.household_id, []) if one.id != person.id]
        name = LIFE if chance.random() < 0.02 else FAMILY if others and chance.random() < 0.6 else FRIEND
        _member(world, chance, person, name, *kinds[name], others[:3] if name == FAMILY else [])
        taken.update([person.id, *(one.id for one in others)])


def _type(world: World, name: str, rule: Rule, price: int, most: int | None) -> int:
    rollover = rule.rollover or (None, None)
    return world.add(
        MembershipType, name=name, period=rule.period, months=rule.months, begins_month=rule.begins[0],
        begins_day=rule.begins[1], rollover_month=rollover[0], rollover_day=rollover[1], grace_days=rule.grace_days,
        price=price, inherits=most is not None, most_inherited=most,
    )  # fmt: skip


def _member(
    world: World, chance: Random, person: Person, name: str, kind: int, rule: Rule, price: int, others: list[Person]
) -> None:
    since = max(person.since, world.today - timedelta(days=365 * 6))
    joined = since + timedelta(days=chance.randint(0, max(1, (world.today - since).days)))
    number = world.add(
        Membership, constituent_id=person.id, type_id=kind, joined_on=joined, created_by=world.owner,
        created_at=world.at(joined),
    )  # fmt: skip
    for span in _terms(chance, rule, joined, world.today):
        world.add(
            MembershipTerm, membership_id=number, type_id=kind, starts_on=span.starts, ends_on=span.ends, price=price,
            by=world.owner, created_at=world.at(min(span.starts, world.today)),
        )  # fmt: skip
    for other in others:
        world.add(InheritedMember, membership_id=number, constituent_id=other.id, since=joined, by=world.owner)


def _terms(chance: Random, rule: Rule, joined: date, today: date) -> list[Span]:
    terms = [first_term(rule, joined)]
    while (last := terms[-1].ends) is not None:
        renewed = last + timedelta(days=chance.randint(-30, 25))
        if renewed > today or chance.random() < 0.14:
            break
        terms.append(next_term(rule, terms, renewed))
    return terms
