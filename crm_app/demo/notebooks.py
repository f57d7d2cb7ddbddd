"""Part: notebooks on the shelf."""

from crm_app.demo.world import World
from crm_app.features.notebooks.service.shipped import ship

ORDER = 900


def build(world: World) -> None:
    ship(world.work)
