"""Tables people sit at."""

import sqlalchemy as sa

from crm_app.core.tables import Table, key, link


class EventTable(Table, table=True):
    __tablename__ = "event_table"
    __table_args__ = (sa.UniqueConstraint("event_id", "name", name="uq_event_table_name"),)

    id: int | None = key()
    event_id: int = link("event.id", delete="CASCADE")
    name: str
    seats: int = 8
    captain: str = ""
    position: int = 0
