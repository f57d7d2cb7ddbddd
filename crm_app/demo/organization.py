"""Part: who we are, what gifts are for, our tags and our own fields."""

from datetime import date

from crm_app.demo.world import ORGANIZATION, YEARS, World
from crm_app.features.constituents.folding import fold
from crm_app.features.constituents.models import CustomField, HatType, Tag
from crm_app.features.giving.models import Appeal, Campaign, Fund
from crm_app.features.relationships.models import RelationshipType
from crm_app.features.settings.models import Organization
from crm_app.features.settings.queries import organization

ORDER = 10
FUNDS = [
    ("General fund", "GENERAL", False),
    ("Kitchen fund", "KITCHEN", True),
    ("Winter table", "WINTER", True),
    ("Youth garden", "GARDEN", True),
    ("Emergency relief", "RELIEF", True),
    ("Endowment", "ENDOW", True),
]
SEASONS = [("Spring appeal", 3, 15, "post"), ("Harvest supper", 10, 4, "email"), ("Giving Tuesday", 11, 28, "email")]
SEASONS += [("Year-end letter", 12, 1, "post")]
TAGS = [
    ("Newsletter reader", "", "stone"), ("Kitchen crew", "Interests", "green"), ("Gardener", "Interests", "green"),
    ("Supper regular", "Interests", "amber"), ("Speaks Spanish", "Skills", "blue"), ("Has a van", "Skills", "blue"),
    ("Can cook for fifty", "Skills", "blue"), ("Prefers letters", "Manners", "violet"), ("No phone calls after 6", "Manners", "violet"),
    ("Legacy conversation", "Giving", "rose"), ("Match eligible", "Giving", "teal"), ("Board prospect", "Giving", "rose"),
]  # fmt: skip
FIELDS = [
    ("Dietary needs", "choices", ["Vegetarian", "Vegan", "Gluten free", "Halal", "Kosher", "Nut allergy"], "Supper"),
    ("T-shirt size", "choice", ["XS", "S", "M", "L", "XL", "XXL"], "Volunteering"),
    ("Food handler card until", "date", [], "Volunteering"),
    ("How they found us", "choice", ["Friend", "Market stall", "Newspaper", "Web", "School", "Church"], "Beginnings"),
]


def build(world: World) -> None:
    _ourselves(world)
    now = world.work.now
    world.named["fund"] = {
        name: world.add(Fund, name=name, code=code, restricted=restricted, created_at=now)
        for name, code, restricted in FUNDS
    }
    _campaigns(world)
    world.named["tag"] = {
        name: world.add(Tag, name=name, folded=fold(name), group=group, colour=colour, created_at=now)
        for name, group, colour in TAGS
    }
    world.named["field"] = {}
    for place, (label, kind, options, section) in enumerate(FIELDS):
        values = {"code": fold(label).replace(" ", "_"), "label": label, "kind": kind, "options": options}
        number = world.add(CustomField, **values, section=section, position=place, created_at=now)
        world.named["field"][label] = number
    session = world.work.session
    world.named["hat"] = dict(
        session.execute(HatType.__table__.select().with_only_columns(HatType.name, HatType.id)).all()
    )
    kinds = RelationshipType.__table__.select().with_only_columns(RelationshipType.code, RelationshipType.id)
    world.named["relation"] = dict(session.execute(kinds).all())


def _ourselves(world: World) -> None:
    row = organization(world.work.session) or Organization(updated_at=world.work.now)
    if not row.name:
        row.name, row.legal_name = ORGANIZATION, f"{ORGANIZATION}, Inc."
        row.currency, row.country, row.locale, row.time_zone = "USD", "US", "en_US", "America/Los_Angeles"
        row.fiscal_year_start = 7
        row.address, row.email = "1212 SE Alder St, Portland, OR 97214", "hello@alderstreet.example"
        row.phone, row.website, row.tax_number = "(503) 555-0100", "https://alderstreet.example", "00-0000000"
    world.work.add(row)


def _campaigns(world: World) -> None:
    now = world.work.now
    campaigns: dict[str, int] = {}
    appeals: dict[str, int] = {}
    for year in range(world.today.year - YEARS, world.today.year + 1):
        for name, month, day, channel in SEASONS:
            sent = date(year, month, day)
            if sent > world.today:
                continue
            title, code = f"{name} {year}", f"{fold(name).replace(' ', '-')}-{year}".upper()
            ends = date(year, 12, 31) if month == 12 else date(year, min(12, month + 2), 28)
            campaign = world.add(Campaign, name=title, code=code, starts_on=sent, ends_on=ends, created_at=now)
            campaigns[title] = campaign
            values = {"campaign_id": campaign, "channel": channel, "sent_on": sent, "created_at": now}
            appeals[title] = world.add(Appeal, name=f"{title}, {channel}", code=f"{code}-{channel}".upper(), **values)
    begun = date(world.today.year - 2, 2, 1)
    goal = max(1, world.size // 5_000) * 400_000_00
    campaigns["New kitchen"] = world.add(
        Campaign, name="New kitchen", code="NEW-KITCHEN", starts_on=begun, goal=goal, currency="USD", created_at=now
    )
    world.named["campaign"], world.named["appeal"] = campaigns, appeals
