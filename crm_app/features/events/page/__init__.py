"""Pages of events: the list, one event, its roster, its door, and what came of it."""

from crm_app.features.events.page import after, door, listing, one, roster, seating  # noqa: F401
