"""Every table of every feature, and who follows whom: importing this is knowing the whole house without its screens."""

from importlib import import_module
from pkgutil import iter_modules

from crm_app import features
from crm_app.core import files, history, jobs  # noqa: F401

for _feature in iter_modules(features.__path__):
    _rooms = {room.name for room in iter_modules(import_module(f"crm_app.features.{_feature.name}").__path__)}
    if "models" in _rooms:
        import_module(f"crm_app.features.{_feature.name}.models")

for _feature in iter_modules(features.__path__):
    _package = import_module(f"crm_app.features.{_feature.name}")
    if "follows" in {room.name for room in iter_modules(_package.__path__)}:
        import_module(f"crm_app.features.{_feature.name}.follows")
