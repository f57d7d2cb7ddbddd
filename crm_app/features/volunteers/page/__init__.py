"""Pages about volunteers."""

from crm_app.features.volunteers.page.one import shift
from crm_app.features.volunteers.page.overview import volunteers

__all__ = ["shift", "volunteers"]
