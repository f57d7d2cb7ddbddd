"""Part: the people, their homes and households, the organizations, and a little mess."""

from datetime import date, timedelta
from random import Random
from typing import Any

from crm_app.demo import names as lists
from crm_app.demo.terms import Terms
from crm_app.demo.world import STAFF, Person, World
from crm_app.features.constituents import naming
from crm_app.features.constituents.folding import fold
from crm_app.features.constituents.models import (
    Address,
    Constituent,
    CustomValue,
    Email,
    ExternalId,
    Hat,
    OtherName,
    Phone,
    Tagging,
    Website,
)
from crm_app.features.constituents.service.reading import match_key
from crm_app.features.relationships.models import HouseholdMember, Relationship

ORDER = 20
AREAS = ("503", "971", "541", "360", "458")
GIVERS = ["sustainer", "yearly", "twice", "now_and_then", "once", "lapsed", "major", "none"]
GIVER_WEIGHTS = [10, 20, 7, 14, 13, 11, 1, 24]
GENEROUS = [24, 22, 9, 12, 8, 8, 1, 16]
"""For large worlds: about ten gifts a person, for benches."""


class Town:
    """Makes people; remembers which mailboxes are taken."""

    def __init__(self, world: World):
        self.world = world
        self.chance = world.chance("people")
        self.terms = Terms(world)
        self.mailboxes: dict[str, int] = {}
        self.calls = 0
        self.givers = GENEROUS if world.loader.large else GIVER_WEIGHTS
        self.days = (world.today - world.begins).days

    def since(self) -> date:
        """When we met them: more of late than at first."""
        return self.world.begins + timedelta(days=int(self.days * self.chance.random() ** 0.8))

    def first_name(self, gender: str) -> str:
        names = lists.WOMEN if gender == "woman" else lists.MEN
        return names[min(int(len(names) * self.chance.random() ** 1.35), len(names) - 1)]

    def last_name(self) -> str:
        last = lists.LAST[min(int(len(lists.LAST) * self.chance.random() ** 1.5), len(lists.LAST) - 1)]
        if self.chance.random() < 0.03:
            other = self.chance.choice(lists.LAST)
            return f"{last}-{other}" if other != last else last
        return last

    def mailbox(self, first: str, last: str) -> str:
        style = self.chance.random()
        one, two = fold(first).replace(" ", ""), fold(last).replace(" ", "")
        local = f"{one}.{two}" if style < 0.55 else f"{one[:1]}{two}" if style < 0.8 else f"{one}{two[:1]}"
        domain = self.chance.choice(lists.MAILBOXES)
        taken = self.mailboxes.get(f"{local}@{domain}", 0)
        self.mailboxes[f"{local}@{domain}"] = taken + 1
        return f"{local}{taken + 1}@{domain}" if taken else f"{local}@{domain}"

    def telephone(self) -> str:
        """Numbers of the exchange that belongs to nobody, as long as there are enough."""
        self.calls += 1
        area, rest = AREAS[self.calls % len(AREAS)], self.calls // len(AREAS)
        exchange = 555 if rest < 10_000 else 200 + rest // 10_000
        return f"+1{area}{exchange}{(rest * 7_919) % 10_000:04}"


def build(world: World) -> None:
    town = Town(world)
    organizations = max(2, world.size // 20)
    for _ in range(organizations):
        _organization(town)
    while len(world.people) + len(world.households) + organizations < world.size:
        _home(town)
    _twins(town)
    _work(town)
    town.terms.finish()


def _organization(town: Town) -> None:
    chance, world = town.chance, town.world
    shape, hat = chance.choice(lists.BODIES)
    last, other = town.last_name(), town.last_name()
    name = shape.format(place=chance.choice(lists.NEIGHBOURHOODS), last=last, other=other)
    since = town.since()
    named = naming.names(naming.Named(kind="organization", name=name))
    number = _constituent(world, "organization", named, since, name=name)
    body = Person(number, name, "", since, kind="organization")
    body.giver = "yearly" if hat in ("funder", "donor") else "now_and_then" if chance.random() < 0.3 else "none"
    terms = town.terms.of_name(name)
    slug = fold(name).replace(" ", "")[:24]
    if chance.random() < 0.7:
        body.email = _email(town, body, f"office@{slug}.example", "work", terms)
        world.add(
            Website, constituent_id=number, url=f"https://{slug}.example", is_primary=True, **_stamps(world, since)
        )
    if chance.random() < 0.6:
        body.phone = _phone(town, body, "work", terms)
    _address(town, body, _place(town), "work")
    world.add(
        Hat, constituent_id=number, hat_type_id=world.named["hat"][hat], started_on=since, created_at=world.at(since)
    )
    town.terms.put(number, terms)
    world.organizations.append(body)


def _constituent(world: World, kind: str, named: naming.Names, since: date, **values: Any) -> int:
    return world.add(
        Constituent,
        kind=kind,
        display_name=named.display,
        sort_name=named.sort[:160],
        greeting=named.greeting,
        formal_greeting=named.formal_greeting,
        addressee=named.addressee,
        created_at=world.at(since),
        updated_at=world.at(since),
        created_by=STAFF[since.toordinal() % len(STAFF)],
        **values,
    )


def _stamps(world: World, since: date) -> dict[str, Any]:
    return {"created_at": world.at(since), "updated_at": world.at(since)}


def _home(town: Town) -> None:
    """Everybody behind one door."""
    chance = town.chance
    last, since, place = town.last_name(), town.since(), _place(town)
    kind = chance.choices(["single", "couple", "family", "sharing"], [48, 27, 16, 9])[0]
    adults = [_person(town, last, since, place)]
    if kind in ("couple", "family"):
        same = chance.random() < 0.66
        adults.append(_person(town, last if same else town.last_name(), since, place))
    if kind == "sharing":
        for _ in range(chance.randint(1, 2)):
            _person(town, town.last_name(), town.since(), place)
    children = []
    if kind == "family" and chance.random() < 0.5:
        children = [_person(town, last, since, place, child=True) for _ in range(chance.randint(1, 2))]
    if len(adults) > 1 and chance.random() < 0.9:
        _household(town, adults, children, place)


Place = tuple[str, str, str, str, str]


def _place(town: Town) -> Place:
    chance = town.chance
    city, region, codes = chance.choices(lists.TOWNS, lists.TOWN_WEIGHTS)[0]
    street = f"{chance.choice(lists.STREETS)} {chance.choice(lists.STREET_KINDS)}"
    quarter = f"{chance.choice(lists.QUARTERS)} " if city == "Portland" else ""
    flat = f"Apt {chance.randint(1, 40)}" if chance.random() < 0.18 else ""
    return f"{chance.randint(1, 9899)} {quarter}{street}", flat, city, region, chance.choice(codes)


def _person(town: Town, last: str, since: date, place: Place, child: bool = False) -> Person:
    chance, world = town.chance, town.world
    gender = "woman" if chance.random() < 0.54 else "man"
    first = town.first_name(gender)
    person = Person(0, first, last, since, age=chance.randint(4, 16) if child else int(chance.triangular(19, 93, 52)))
    person.deceased = not child and chance.random() < (0.08 if person.age > 78 else 0.008)
    person.giver = "none" if child else chance.choices(GIVERS, town.givers)[0]
    person.volunteer = not child and not person.deceased and chance.random() < 0.16
    person.client = not child and person.giver == "none" and chance.random() < 0.25
    person.board = person.giver in ("major", "yearly") and chance.random() < 0.012
    values = _described(town, person, gender)
    named = naming.names(_named(person, values))
    person.id = _constituent(world, "person", named, since, **values)
    terms = town.terms.of_person(values)
    if not child or chance.random() < 0.1:
        _reach(town, person, terms)
    if chance.random() < (0.3 if child else 0.87):
        person.address_id = _address(town, person, place, "home")
    _marks(town, person, terms)
    town.terms.put(person.id, terms)
    world.people.append(person)
    return person


def _named(person: Person, values: dict[str, Any]) -> naming.Named:
    nickname, prefix = values.get("nickname", ""), values.get("prefix", "")
    suffix, dead = values.get("suffix", ""), person.deceased
    return naming.Named(
        prefix=prefix,
        first=values["first_name"],
        last=values["last_name"],
        suffix=suffix,
        nickname=nickname,
        deceased=dead,
    )


def _described(town: Town, person: Person, gender: str) -> dict[str, Any]:
    chance, today = town.chance, town.world.today
    values: dict[str, Any] = {"first_name": person.first, "last_name": person.last, "gender": gender}
    if chance.random() < 0.22:
        values["middle_name"] = town.first_name(gender) if chance.random() < 0.4 else chance.choice("ABCDEGHJKLMNPRST")
    if chance.random() < 0.2:
        values["prefix"] = ("Ms." if gender == "woman" else "Mr.") if chance.random() < 0.85 else "Dr."
    if gender == "man" and chance.random() < 0.015:
        values["suffix"] = chance.choice(("Jr.", "Sr.", "III"))
    if person.first in lists.SHORT and chance.random() < 0.5:
        values["nickname"] = lists.SHORT[person.first]
    if chance.random() < 0.12:
        values["pronouns"] = "she/her" if gender == "woman" else "he/him"
    if chance.random() < 0.55:
        values["birth_year"] = today.year - person.age
        if chance.random() < 0.8:
            values["birth_month"], values["birth_day"] = chance.randint(1, 12), chance.randint(1, 28)
    if person.age > 18 and chance.random() < 0.4:
        values["job_title"] = "Retired" if person.age > 68 else chance.choice(lists.JOBS)
    if person.deceased:
        values |= {"deceased": True, "deceased_on": today - timedelta(days=chance.randint(20, 2_000))}
    if person.giver == "major":
        values["owner_id"] = town.world.owner_id
    if chance.random() < 0.012:
        values["alert"] = chance.choice(
            ("Please only write, never call.", "Speak to Rosa before asking for a gift.", "Hard of hearing: speak up.")
        )
    if chance.random() < 0.02:
        values["last_name"] = values["last_name"].upper()
    return values


def _reach(town: Town, person: Person, terms: set[str]) -> None:
    chance = town.chance
    if chance.random() < 0.79:
        person.email = _email(town, person, town.mailbox(person.first, person.last), "home", terms)
        if chance.random() < 0.08:
            _email(town, person, town.mailbox(person.first, person.last), "work", terms, primary=False)
    if chance.random() < 0.64:
        person.phone = _phone(town, person, "mobile" if chance.random() < 0.75 else "home", terms)


def _email(town: Town, person: Person, address: str, label: str, terms: set[str], primary: bool = True) -> str:
    chance, world = town.chance, town.world
    status, reason = "ok", ""
    if chance.random() < 0.03:
        status, reason = "on_hold", "Mailbox does not exist"
    elif chance.random() < 0.01:
        status, reason = "former", "Left this address"
    written = address.title() if chance.random() < 0.03 else address
    world.add(
        Email,
        constituent_id=person.id,
        address=written,
        folded=address.lower(),
        label=label,
        is_primary=primary,
        status=status,
        status_reason=reason,
        status_on=world.today - timedelta(days=chance.randint(5, 600)) if reason else None,
        bounces=3 if status == "on_hold" else 0,
        **_stamps(world, person.since),
    )
    terms.add(address.lower())
    return address


def _phone(town: Town, person: Person, label: str, terms: set[str]) -> str:
    world, number = town.world, town.telephone()
    world.add(
        Phone,
        constituent_id=person.id,
        number=number,
        shown=f"({number[2:5]}) {number[5:8]}-{number[8:]}",
        label=label,
        takes_text=label == "mobile",
        is_primary=True,
        **_stamps(world, person.since),
    )
    terms.update((number[1:], number[2:], number[-7:]))
    return number


def _address(town: Town, person: Person, place: Place, label: str) -> int:
    line1, line2, city, region, code = place
    bad = town.chance.random() < 0.025
    return town.world.add(
        Address,
        constituent_id=person.id,
        line1=line1,
        line2=line2,
        city=city,
        region=region,
        postal_code=code,
        country="US",
        match_key=match_key(line1, code),
        label=label,
        is_primary=True,
        status="undeliverable" if bad else "ok",
        status_reason="Returned by the post office" if bad else "",
        status_on=town.world.today - timedelta(days=town.chance.randint(10, 500)) if bad else None,
        **_stamps(town.world, person.since),
    )


def _marks(town: Town, person: Person, terms: set[str]) -> None:
    chance, world = town.chance, town.world
    hats = {"volunteer": person.volunteer, "client": person.client, "board member": person.board}
    hats["member"] = person.age > 18 and chance.random() < 0.09
    for hat, worn in hats.items():
        if worn:
            began = person.since + timedelta(days=chance.randint(0, 400))
            ended = None
            if hat == "board member" and chance.random() < 0.5:
                ended = min(began + timedelta(days=1_095), world.today)
            began = min(began, world.today)
            values = {"hat_type_id": world.named["hat"][hat], "started_on": began, "ended_on": ended}
            world.add(Hat, constituent_id=person.id, created_at=world.at(began), **values)
    if person.age > 18 and chance.random() < 0.4:
        for name in sorted(set(chance.choices(list(world.named["tag"]), k=chance.randint(1, 2)))):
            values = {"tag_id": world.named["tag"][name], "by": chance.choice(STAFF)}
            world.add(Tagging, constituent_id=person.id, created_at=world.at(person.since), **values)
    if chance.random() < 0.2:
        code = f"MC-{person.id:07}"
        values = {"system": "mailchimp", "value": code, "created_at": world.at(person.since)}
        world.add(ExternalId, constituent_id=person.id, **values)
        terms.update((code.lower(), fold(code)))
    if person.age > 18 and chance.random() < 0.04 and person.first in lists.WOMEN:
        birth = town.last_name()
        values = {"kind": "birth", "first_name": person.first, "last_name": birth}
        world.add(OtherName, constituent_id=person.id, created_at=world.at(person.since), **values)
        terms.update(town.terms.of_person(values))
    _own_fields(world, chance, person)


def _own_fields(world: World, chance: Random, person: Person) -> None:
    values: dict[str, dict[str, Any]] = {}
    if chance.random() < 0.12:
        values["Dietary needs"] = {"text_value": chance.choice(("Vegetarian", "Vegan", "Gluten free", "Halal"))}
    if person.volunteer and chance.random() < 0.7:
        values["T-shirt size"] = {"text_value": chance.choice(("S", "M", "M", "L", "L", "XL"))}
    if person.volunteer and chance.random() < 0.3:
        values["Food handler card until"] = {"date_value": world.today + timedelta(days=chance.randint(-200, 900))}
    if person.age > 18 and chance.random() < 0.25:
        values["How they found us"] = {"text_value": chance.choice(("Friend", "Market stall", "Web", "Church"))}
    for label, value in values.items():
        stamp = world.at(person.since)
        world.add(
            CustomValue, constituent_id=person.id, field_id=world.named["field"][label], updated_at=stamp, **value
        )


def _household(town: Town, adults: list[Person], children: list[Person], place: Place) -> None:
    world, since = town.world, adults[0].since
    members = [naming.Member(_plain(person)) for person in adults]
    members += [naming.Member(_plain(person), child=True) for person in children]
    named = naming.household(members)
    number = _constituent(world, "household", named, since)
    home = Person(number, named.display, "", since, kind="household")
    home.address_id = _address(town, home, place, "home")
    for position, person in enumerate([*adults, *children]):
        role = "head" if position == 0 else "child" if person in children else "adult"
        values = {"role": role, "position": position, "started_on": since, "created_at": world.at(since)}
        world.add(HouseholdMember, household_id=number, person_id=person.id, **values)
        person.household_id = number
    relation = world.named["relation"]
    _relate(world, relation["spouse" if adults[0].last == adults[1].last else "partner"], adults[0], adults[1], since)
    for child in children:
        for adult in adults:
            _relate(world, relation["parent"], adult, child, since, from_acts_for_to=True)
    town.terms.put(number, town.terms.of_name(named.display) - {"the", "family", "household", "and"})
    world.households.append(home)


def _plain(person: Person) -> naming.Named:
    return naming.Named(first=person.first, last=person.last, deceased=person.deceased)


def _relate(world: World, kind: int, first: Person, second: Person, since: date, **values: Any) -> None:
    pair = {"type_id": kind, "from_id": first.id, "to_id": second.id}
    world.add(Relationship, **pair, started_on=since, created_at=world.at(since), **values)


def _twins(town: Town) -> None:
    """People who are here twice, as it happens: another form, a nickname, a slip, a move, a marriage."""
    chance, world = town.chance, town.world
    grown = [person for person in world.people if person.age > 18]
    for original in chance.sample(grown, max(3, len(grown) // 40)):
        gender = "woman" if original.first in lists.WOMEN else "man"
        first, last = original.first, original.last
        way = chance.random()
        if way < 0.3 and first in lists.SHORT:
            first = lists.SHORT[first]
        elif way < 0.55 and len(last) > 4:
            slip = chance.randint(1, len(last) - 2)
            last = last[:slip] + last[slip + 1] + last[slip] + last[slip + 2 :]
        elif way < 0.65 and gender == "woman":
            last = town.last_name()
        elif way < 0.75:
            first, last = first.lower(), last.lower()
        since = min(world.today, original.since + timedelta(days=chance.randint(20, 1_200)))
        twin = Person(0, first, last, since, age=original.age, twin_of=original.id, giver="once")
        values = {"first_name": first, "last_name": last, "source": "Web form"}
        named = naming.names(naming.Named(first=first, last=last))
        twin.id = _constituent(world, "person", named, since, **values)
        terms = town.terms.of_person(values)
        if original.email and chance.random() < 0.6:
            twin.email = _email(town, twin, original.email, "home", terms)
        if original.phone and (not twin.email or chance.random() < 0.4):
            twin.phone = _same_phone(town, twin, original.phone, terms)
        if not (twin.email or twin.phone) or chance.random() < 0.5:
            _address(town, twin, _place(town), "home")
        if not twin.email:
            twin.email = _email(town, twin, town.mailbox(first, last), "home", terms)
        mark = {"system": "demo_twin", "value": f"{original.id}.{twin.id}", "created_at": world.at(since)}
        world.add(ExternalId, constituent_id=twin.id, **mark)
        town.terms.put(twin.id, terms)
        world.people.append(twin)


def _same_phone(town: Town, twin: Person, number: str, terms: set[str]) -> str:
    shown = f"{number[2:5]}.{number[5:8]}.{number[8:]}"
    values = {"number": number, "shown": shown, "is_primary": True, **_stamps(town.world, twin.since)}
    town.world.add(Phone, constituent_id=twin.id, **values)
    terms.update((number[1:], number[2:], number[-7:]))
    return number


def _work(town: Town) -> None:
    """Some of our people work for, or sit on the board of, some of our organizations."""
    chance, world = town.chance, town.world
    grown = [person for person in world.people if 20 < person.age < 70 and not person.twin_of]
    if not world.organizations or not grown:
        return
    for person in chance.sample(grown, len(grown) // 16):
        code = chance.choices(["employee", "contact", "trustee"], [70, 20, 10])[0]
        began = person.since - timedelta(days=chance.randint(0, 2_000))
        ended = began + timedelta(days=chance.randint(300, 1_500)) if chance.random() < 0.15 else None
        if ended and ended > world.today:
            ended = None
        values = {"title": chance.choice(lists.TITLES), "is_primary": code == "employee", "ended_on": ended}
        _relate(world, world.named["relation"][code], person, chance.choice(world.organizations), began, **values)
