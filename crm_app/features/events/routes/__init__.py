"""Plain endpoints of events: taps from the door, files of the roster, the public pages."""

from crm_app.features.events.routes import door, files, public  # noqa: F401
