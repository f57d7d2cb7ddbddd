"""What notebooks may ask about relationships."""

from crm_app.engine.segment.catalogue import Catalogue, Field, Kind, Relation

SIDE = (
    "SELECT r.{me} AS constituent_id, r.id * 2 + {n} AS row_id, NULLIF(t.{noun}, '') AS other, t.family, r.started_on, "
    "r.ended_on, r.ended_on IS NULL OR r.ended_on >= CURRENT_DATE AS now FROM relationship AS r "
    "JOIN relationship_type AS t ON t.id = r.type_id WHERE 1 = 1 /*only r.{me}*/"
)
FAMILIES = {"family": "family", "work": "work", "social": "social", "care": "care"}

RELATIONSHIPS = Relation(
    name="relationships", label="Relationships", group="Relationships",
    sql=f"{SIDE.format(me='from_id', n=0, noun='reverse_noun')} UNION ALL {SIDE.format(me='to_id', n=1, noun='noun')}",
    fields=(
        Field("other", "The other is their", Kind.CHOICE, says="with their"),
        Field("family", "Kind of relationship", Kind.CHOICE, says="of", choices=FAMILIES),
        Field("now", "Today", Kind.FLAG, says="today", says_not="in the past"),
        Field("started_on", "Since", Kind.DATE),
        Field("ended_on", "Until", Kind.DATE),
    ),
    date="started_on", did="has a relationship", did_not="has no relationship", noun="relationship", nouns="relationships",
    tables={"relationship": "from_id, to_id", "relationship_type": ""},
)  # fmt: skip

CATALOGUE = Catalogue(relations=(RELATIONSHIPS,))
