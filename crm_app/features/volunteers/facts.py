"""What notebooks may ask about volunteering: shifts signed up for."""

from crm_app.core.access import Permission
from crm_app.engine.segment.catalogue import Catalogue, Field, Kind, Measure, Relation
from crm_app.engine.segment.definition import Aggregate

MAY = Permission.EVENTS_READ.name
GROUP = "Volunteering"
STATUSES = {
    "signed_up": "coming", "arrived": "there now", "completed": "done", "no_show": "missed", "cancelled": "cancelled",
}  # fmt: skip

SHIFTS = Relation(
    name="shifts", label="Volunteer shifts", group=GROUP, permission=MAY,
    sql="SELECT s.constituent_id, s.id AS row_id, f.starts_at AS starts_on, s.status, r.name AS role "
    "FROM volunteer_signup AS s JOIN volunteer_shift AS f ON f.id = s.shift_id "
    "JOIN volunteer_role AS r ON r.id = f.role_id WHERE 1 = 1 /*only s.constituent_id*/",
    fields=(
        Field("starts_on", "Date", Kind.DATE),
        Field("status", "Status", Kind.CHOICE, says="that is", choices=STATUSES),
        Field("role", "Role", Kind.CHOICE, says="as"),
    ),
    date="starts_on", did="signed up for a shift", did_not="signed up for no shift", noun="shift", nouns="shifts",
    tables={
        "volunteer_signup": "constituent_id",
        "volunteer_shift": "SELECT constituent_id FROM volunteer_signup WHERE shift_id = {row}.id",
        "volunteer_role": "",
    },
)  # fmt: skip

CATALOGUE = Catalogue(
    relations=(SHIFTS,),
    measures=(Measure("shifts", "Shifts signed up for", Aggregate(relation="shifts", fn="count"), GROUP),),
)
