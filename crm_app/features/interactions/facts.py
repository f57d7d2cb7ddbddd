"""What notebooks may ask about conversations."""

from crm_app.engine.segment.catalogue import Catalogue, Field, Kind, Measure, Relation
from crm_app.engine.segment.definition import Aggregate

KINDS = {
    "call": "phone", "meeting": "a meeting", "visit": "a visit", "email": "e-mail", "letter": "letter",
    "text": "text message", "social": "social media", "video": "video", "other": "other",
}  # fmt: skip
OUTCOMES = {
    "reached": "reached", "left_message": "left a message", "no_answer": "no answer", "wrong_number": "wrong number",
    "said_yes": "said yes", "said_no": "said no", "follow_up": "to follow up",
}  # fmt: skip
PURPOSES = {
    "thanks": "thanks", "ask": "an ask", "cultivation": "getting to know", "stewardship": "keeping in touch", "events": "events",
    "volunteering": "volunteering", "service": "service", "other": "other",
}  # fmt: skip

INTERACTIONS = Relation(
    name="interactions", label="Conversations", group="Conversations",
    sql="SELECT i.constituent_id, i.id AS row_id, i.kind, i.direction, NULLIF(i.purpose, '') AS purpose, "
    "NULLIF(i.outcome, '') AS outcome, NULLIF(i.subject, '') AS subject, i.happened_at AS happened_on, i.minutes "
    "FROM interaction AS i WHERE i.deleted_at IS NULL AND i.privacy = 'everyone' /*only i.constituent_id*/",
    fields=(
        Field("happened_on", "Date", Kind.DATE),
        Field("kind", "Way", Kind.CHOICE, says="by", choices=KINDS),
        Field("direction", "Who began", Kind.CHOICE, says="begun by", choices={"out": "us", "in": "them"}),
        Field("purpose", "Purpose", Kind.CHOICE, says="about", choices=PURPOSES),
        Field("outcome", "Outcome", Kind.CHOICE, says="with the outcome", choices=OUTCOMES),
        Field("subject", "Subject"),
        Field("minutes", "Minutes", Kind.NUMBER),
    ),
    date="happened_on", did="was in touch with us", did_not="was not in touch with us", noun="conversation", nouns="conversations",
    tables={"interaction": "constituent_id"},
)  # fmt: skip

CATALOGUE = Catalogue(
    relations=(INTERACTIONS,),
    measures=(
        Measure("talks", "Number of conversations", Aggregate(relation="interactions", fn="count"), "Conversations"),
        Measure("last_talk", "Last conversation", Aggregate(relation="interactions", fn="last", column="happened_on"), "Conversations"),
    ),
)  # fmt: skip
