"""What notebooks may ask about events: who registered, who came, who helped, for how long."""

from crm_app.core.access import Permission
from crm_app.engine.segment.catalogue import Catalogue, Field, Kind, Measure, Relation
from crm_app.engine.segment.definition import Aggregate, Last

MAY = Permission.EVENTS_READ.name
EVENT = (
    "e.name AS event, e.kind, v.name AS series, e.starts_at AS day FROM {rows} "
    "JOIN event AS e ON e.id = s.event_id LEFT JOIN event_series AS v ON v.id = e.series_id"
)
KINDS = {"event": "an event", "workshop": "a workshop", "fundraiser": "a fundraiser", "meeting": "a meeting", "training": "a training"}  # fmt: skip
FIELDS = (
    Field("event", "Event", Kind.CHOICE, says="to"),
    Field("kind", "Kind of event", Kind.CHOICE, says="to", choices=KINDS),
    Field("series", "Series", Kind.CHOICE, says="in the series"),
    Field("day", "Day of the event", Kind.DATE),
)
OF_EVENT = "SELECT constituent_id FROM registration_seat WHERE event_id = {row}.id"
OF_PARTY = "SELECT constituent_id FROM registration_seat WHERE registration_id = {row}.id"
TABLES = {"registration_seat": "constituent_id", "registration": OF_PARTY, "event": OF_EVENT, "event_series": ""}

REGISTRATIONS = Relation(
    name="registrations", label="Registrations", group="Events", permission=MAY,
    sql=f"SELECT s.constituent_id, s.id AS row_id, r.status, t.name AS ticket, s.attendance, {EVENT.format(rows='registration_seat AS s')} "
    "JOIN registration AS r ON r.id = s.registration_id LEFT JOIN ticket_type AS t ON t.id = r.ticket_type_id "
    "WHERE s.live AND s.constituent_id IS NOT NULL /*only s.constituent_id*/",
    fields=(
        *FIELDS,
        Field("status", "Status", Kind.CHOICE, says="with the status", choices={"registered": "registered", "waitlisted": "on the waiting list", "cancelled": "cancelled"}),
        Field("ticket", "Ticket", Kind.CHOICE, says="with the ticket"),
        Field("attendance", "Attendance", Kind.CHOICE, says="and", choices={"in": "came", "left": "came and left", "no_show": "did not come", "excused": "was excused", "unknown": "not known"}),
    ),
    date="day", did="registered", did_not="did not register", noun="registration", nouns="registrations",
    tables=TABLES,
)  # fmt: skip

VISITS = Relation(
    name="visits", label="Events attended", group="Events", permission=MAY,
    sql=f"SELECT s.constituent_id, s.id AS row_id, s.first_time, {EVENT.format(rows='registration_seat AS s')} "
    "WHERE s.live AND s.attendance IN ('in', 'left') AND s.constituent_id IS NOT NULL /*only s.constituent_id*/",
    fields=(*FIELDS, Field("first_time", "For the first time", Kind.FLAG, says="for the first time", says_not="not for the first time")),
    date="day", did="came", did_not="did not come", noun="event attended", nouns="events attended",
    tables=TABLES,
)  # fmt: skip

HOURS = Relation(
    name="hours", label="Volunteering", group="Volunteering", permission=MAY,
    sql="SELECT s.constituent_id, s.id AS row_id, s.worked_on, s.minutes, "
    "r.name AS role, s.status FROM volunteer_hours_entry AS s LEFT JOIN volunteer_role AS r ON r.id = s.role_id "
    "WHERE s.status <> 'declined' /*only s.constituent_id*/",
    fields=(
        Field("worked_on", "Day", Kind.DATE),
        Field("minutes", "Minutes", Kind.NUMBER),
        Field("role", "Role", Kind.CHOICE, says="as"),
        Field("status", "Status", Kind.CHOICE, says="that is"),
    ),
    date="worked_on", amount="minutes", did="volunteered", did_not="did not volunteer", noun="time volunteered",
    nouns="times volunteered",
    tables={"volunteer_hours_entry": "constituent_id"},
)  # fmt: skip


def _of(relation: str, fn: str, column: str = "", **more: object) -> Aggregate:
    return Aggregate(relation=relation, fn=fn, column=column, **more)


CATALOGUE = Catalogue(
    relations=(VISITS, REGISTRATIONS, HOURS),
    measures=(
        Measure("visits", "Events attended", _of("visits", "count"), "Events"),
        Measure("visits_year", "Events attended in the last 12 months", _of("visits", "count", window=Last(n=12)), "Events"),
        Measure("last_visit", "Last event attended", _of("visits", "last", "day"), "Events"),
        Measure("minutes_year", "Minutes volunteered in the last 12 months", _of("hours", "sum", "minutes", window=Last(n=12)), "Volunteering"),
        Measure("times_year", "Times volunteered in the last 12 months", _of("hours", "count", window=Last(n=12)), "Volunteering"),
    ),
)  # fmt: skip
