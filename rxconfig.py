import reflex as rx

from crm_app.core.config import settings
from crm_app.server.build import prepare

prepare()

config = rx.Config(
    app_name="crm_app",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    state_manager_mode="redis" if settings().redis_url else "memory",
    redis_url=settings().redis_url or None,
    cors_allowed_origins=settings().origins,
    default_color_mode="system",
    plugins=[],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
