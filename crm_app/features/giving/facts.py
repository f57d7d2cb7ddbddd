"""What notebooks may ask about giving: gifts, credits, pledges, recurring gifts."""

from crm_app.core.access import Permission
from crm_app.engine.segment.catalogue import Catalogue, Field, Kind, Measure, Relation
from crm_app.engine.segment.definition import Aggregate, FiscalYear, Last

MAY = Permission.GIVING_READ.name
GROUP = "Giving"
METHODS = {
    "cash": "cash", "cheque": "cheque", "card": "card", "bank": "bank transfer", "direct_debit": "direct debit",
    "wallet": "wallet", "payroll": "payroll", "stock": "stock", "goods": "goods", "other": "other",
}  # fmt: skip
KINDS = {
    "donation": "a donation", "in_kind": "goods", "stock": "stock", "grant": "a grant", "matching": "a match",
    "membership": "a membership", "event": "an event", "bequest": "a bequest", "sponsorship": "a sponsorship", "other": "other",
}  # fmt: skip
FUND = "(SELECT f.name FROM gift_split AS s JOIN fund AS f ON f.id = s.fund_id WHERE s.gift_id = g.id ORDER BY s.amount DESC, s.id LIMIT 1)"
OF_GIFT = "SELECT constituent_id FROM gift WHERE id = {row}.gift_id"

GIFTS = Relation(
    name="gifts", label="Gifts", group=GROUP, permission=MAY,
    sql=f"SELECT g.constituent_id, g.id AS row_id, g.paid AS amount, g.given_on, g.kind, g.method, {FUND} AS fund, "
    "c.name AS campaign, a.name AS appeal, NULLIF(g.tribute, '') AS tribute, g.thanks = 'due' AS unthanked, "
    "g.recurring_gift_id IS NOT NULL AS recurring FROM gift AS g LEFT JOIN campaign AS c ON c.id = g.campaign_id "
    "LEFT JOIN appeal AS a ON a.id = g.appeal_id WHERE g.paid > 0 /*only g.constituent_id*/",
    fields=(
        Field("amount", "Amount", Kind.MONEY),
        Field("given_on", "Date", Kind.DATE),
        Field("fund", "Fund", Kind.CHOICE, says="to"),
        Field("campaign", "Campaign", Kind.CHOICE, says="in the campaign"),
        Field("appeal", "Appeal", Kind.CHOICE, says="after the appeal"),
        Field("kind", "Kind of gift", Kind.CHOICE, says="as", choices=KINDS),
        Field("method", "Way of paying", Kind.CHOICE, says="by", choices=METHODS),
        Field("tribute", "Tribute", Kind.CHOICE, says="in", choices={"honour": "honour of somebody", "memory": "memory of somebody"}),
        Field("recurring", "Part of a recurring gift", Kind.FLAG, says="as part of a recurring gift", says_not="outside a recurring gift"),
        Field("unthanked", "Not thanked yet", Kind.FLAG, says="not thanked yet", says_not="already thanked"),
    ),
    date="given_on", amount="amount", did="gave", did_not="did not give", noun="gift", nouns="gifts",
    tables={"gift": "constituent_id", "gift_split": OF_GIFT, "fund": "", "campaign": "", "appeal": ""},
)  # fmt: skip

CREDITS = Relation(
    name="credits", label="Soft credits", group=GROUP, permission=MAY,
    sql="SELECT s.constituent_id, s.id AS row_id, s.amount, g.given_on, s.role FROM soft_credit AS s "
    "JOIN gift AS g ON g.id = s.gift_id WHERE g.paid > 0 /*only s.constituent_id*/",
    fields=(
        Field("amount", "Amount", Kind.MONEY),
        Field("given_on", "Date", Kind.DATE),
        Field("role", "Role", Kind.CHOICE, says="as"),
    ),
    date="given_on", amount="amount", did="was credited with a gift", did_not="was not credited with a gift",
    noun="credit", nouns="credits",
    tables={"soft_credit": "constituent_id", "gift": "SELECT constituent_id FROM soft_credit WHERE gift_id = {row}.id"},
)  # fmt: skip

PLEDGES = Relation(
    name="pledges", label="Pledges", group=GROUP, permission=MAY,
    sql="SELECT p.constituent_id, p.id AS row_id, p.amount, p.pledged_on, p.status, c.name AS campaign FROM pledge AS p "
    "LEFT JOIN campaign AS c ON c.id = p.campaign_id WHERE 1 = 1 /*only p.constituent_id*/",
    fields=(
        Field("amount", "Amount", Kind.MONEY),
        Field("pledged_on", "Date", Kind.DATE),
        Field("status", "Status", Kind.CHOICE, says="that is", choices={"open": "open", "completed": "fulfilled", "cancelled": "cancelled", "written_off": "written off"}),
        Field("campaign", "Campaign", Kind.CHOICE, says="in the campaign"),
    ),
    date="pledged_on", amount="amount", did="made a pledge", did_not="made no pledge", noun="pledge", nouns="pledges",
    tables={"pledge": "constituent_id", "campaign": ""},
)  # fmt: skip

MONTHLY = "(SELECT s.amount FROM recurring_schedule AS s WHERE s.recurring_gift_id = r.id ORDER BY s.from_on DESC, s.id DESC LIMIT 1)"
RECURRING = Relation(
    name="recurring", label="Recurring gifts", group=GROUP, permission=MAY,
    sql=f"SELECT r.constituent_id, r.id AS row_id, {MONTHLY} AS amount, r.starts_on, r.ends_on, r.status, r.method, r.failures "
    "FROM recurring_gift AS r WHERE 1 = 1 /*only r.constituent_id*/",
    fields=(
        Field("amount", "Amount each time", Kind.MONEY),
        Field("starts_on", "Since", Kind.DATE),
        Field("ends_on", "Until", Kind.DATE),
        Field("status", "Status", Kind.CHOICE, says="that is", choices={"active": "active", "paused": "paused", "failing": "failing", "ended": "ended"}),
        Field("method", "Way of paying", Kind.CHOICE, says="by", choices=METHODS),
        Field("failures", "Payments that failed", Kind.NUMBER),
    ),
    date="starts_on", amount="amount", did="has a recurring gift", did_not="has no recurring gift",
    noun="recurring gift", nouns="recurring gifts",
    tables={"recurring_gift": "constituent_id", "recurring_schedule": "SELECT constituent_id FROM recurring_gift WHERE id = {row}.recurring_gift_id"},
)  # fmt: skip


def _of(fn: str, column: str = "", **more: object) -> Aggregate:
    return Aggregate(relation="gifts", fn=fn, column=column, **more)


CATALOGUE = Catalogue(
    relations=(GIFTS, CREDITS, PLEDGES, RECURRING),
    measures=(
        Measure("given", "Given in all", _of("sum", "amount"), GROUP),
        Measure("given_year", "Given in the last 12 months", _of("sum", "amount", window=Last(n=12)), GROUP),
        Measure("given_fiscal", "Given this fiscal year", _of("sum", "amount", window=FiscalYear()), GROUP),
        Measure("given_last_fiscal", "Given last fiscal year", _of("sum", "amount", window=FiscalYear(year=-1)), GROUP),
        Measure("gifts", "Number of gifts", _of("count"), GROUP),
        Measure("largest", "Largest gift", _of("largest", "amount"), GROUP),
        Measure("last_gift", "Last gift", _of("last", "given_on"), GROUP),
        Measure("first_gift", "First gift", _of("first", "given_on"), GROUP),
    ),
)
