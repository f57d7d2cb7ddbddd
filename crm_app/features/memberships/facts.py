"""What notebooks may ask about memberships: who is a member, of which type, until when; terms bought."""

from crm_app.core.access import Permission
from crm_app.engine.segment.catalogue import Catalogue, Field, Kind, Measure, Relation
from crm_app.engine.segment.definition import Aggregate

MAY = Permission.GIVING_READ.name
GROUP = "Membership"
LAST = "(SELECT MAX(COALESCE(t.ends_on, DATE('9999-12-31'))) FROM membership_term AS t WHERE t.membership_id = m.id AND NOT t.waits)"
COLUMNS = f"k.name AS type, m.joined_on, {LAST} AS ends_on, k.period = 'lifetime' AS lifetime, m.cancelled_on IS NOT NULL AS cancelled"
JOINS = "JOIN membership_type AS k ON k.id = m.type_id"
OF_TERM = "SELECT constituent_id FROM membership WHERE id = {row}.membership_id"

MEMBERSHIPS = Relation(
    name="memberships", label="Memberships", group=GROUP,
    sql=f"SELECT m.constituent_id, m.id * 2 AS row_id, {COLUMNS}, 1 = 0 AS inherited FROM membership AS m {JOINS} "
    "WHERE 1 = 1 /*only m.constituent_id*/ UNION ALL "
    f"SELECT i.constituent_id, i.id * 2 + 1 AS row_id, {COLUMNS}, 1 = 1 AS inherited FROM inherited_member AS i "
    f"JOIN membership AS m ON m.id = i.membership_id {JOINS} WHERE i.until IS NULL /*only i.constituent_id*/",
    fields=(
        Field("joined_on", "Joined", Kind.DATE),
        Field("ends_on", "Last paid day", Kind.DATE),
        Field("type", "Type", Kind.CHOICE, says="of the type"),
        Field("lifetime", "For life", Kind.FLAG, says="for life", says_not="that ends"),
        Field("cancelled", "Cancelled", Kind.FLAG, says="that was cancelled", says_not="that was not cancelled"),
        Field("inherited", "Through the household", Kind.FLAG, says="through the household", says_not="of their own"),
    ),
    date="joined_on", did="joined as a member", did_not="did not join as a member", noun="membership", nouns="memberships",
    tables={
        "membership": "SELECT constituent_id FROM membership WHERE id = {row}.id UNION SELECT constituent_id FROM inherited_member WHERE membership_id = {row}.id",
        "inherited_member": "constituent_id",
        "membership_term": OF_TERM + " UNION SELECT constituent_id FROM inherited_member WHERE membership_id = {row}.membership_id",
        "membership_type": "",
    },
)  # fmt: skip

TERMS = Relation(
    name="terms", label="Membership terms", group=GROUP, permission=MAY,
    sql="SELECT m.constituent_id, t.id AS row_id, t.price AS amount, t.starts_on, t.ends_on, k.name AS type "
    "FROM membership_term AS t JOIN membership AS m ON m.id = t.membership_id "
    "JOIN membership_type AS k ON k.id = t.type_id WHERE NOT t.waits /*only m.constituent_id*/",
    fields=(
        Field("amount", "Price", Kind.MONEY),
        Field("starts_on", "First day", Kind.DATE),
        Field("ends_on", "Last day", Kind.DATE),
        Field("type", "Type", Kind.CHOICE, says="of the type"),
    ),
    date="starts_on", amount="amount", did="began a membership term", did_not="began no membership term",
    noun="term", nouns="terms",
    tables={"membership_term": OF_TERM, "membership": "constituent_id", "membership_type": ""},
)  # fmt: skip

CATALOGUE = Catalogue(
    relations=(MEMBERSHIPS, TERMS),
    measures=(
        Measure("member_until", "Member until", Aggregate(relation="memberships", fn="last", column="ends_on"), GROUP),
        Measure("member_since", "Member since", Aggregate(relation="memberships", fn="first", column="joined_on"), GROUP),
        Measure("terms_paid", "Membership terms", Aggregate(relation="terms", fn="count"), GROUP),
    ),
)  # fmt: skip
