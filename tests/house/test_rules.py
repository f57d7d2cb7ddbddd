"""Rules of the house that no other tool holds."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from reflex_base.registry import RegistrationContext

from crm_app.crm_app import app
from crm_app.ui.page import MAP

ROOT = Path(__file__).resolve().parents[2]
HOSTS = re.compile(
    "|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs", "npmjs" + r"\.org"])
)
MACHINE = re.compile(r"/(?:work|home|root)/[a-z]")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_no_file_names_a_registry_or_a_path_of_a_machine():
    said = []
    for path in tracked():
        if path.suffix in {".png", ".woff2", ".ico", ".jpg"} or path == Path(__file__):
            continue
        text = path.read_text("utf-8", errors="ignore")
        if HOSTS.search(text) or MACHINE.search(text):
            said.append(str(path.relative_to(ROOT)))
    assert said == []


def test_locks_have_no_addresses():
    for path in [*ROOT.glob("requirements*.lock"), *(ROOT / "reflex.lock").glob("*")]:
        assert not re.search(r"https?://", path.read_text()), path.name
    assert not (ROOT / "uv.lock").exists()


def test_every_handler_a_browser_can_call_says_who_may():
    handlers = RegistrationContext.get().event_handlers
    ours = {name: h.handler.fn for name, h in handlers.items() if h.handler.fn.__module__.startswith("crm_app")}
    assert ours
    assert [name for name, fn in ours.items() if not hasattr(fn, "__needs__")] == []
    assert [name for name in handlers if name.endswith(".setvar") and "crm_app" in name] == []


@pytest.mark.parametrize("route", sorted(MAP))
def test_every_page_builds(route: str):
    known = {path.strip("/") or "index" for path in [*app._unevaluated_pages, *app._pages]}
    assert (route.strip("/") or "index") in known
    name = next(
        path for path in app._unevaluated_pages if (path.strip("/") or "index") == (route.strip("/") or "index")
    )
    app._compile_page(name)


def test_only_the_settings_read_the_environment():
    allowed = {"core/config.py", "server/build.py", "server/serve.py", "cli.py"}
    wrong = []
    for path in (ROOT / "crm_app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
                name = str(path.relative_to(ROOT / "crm_app"))
                if name not in allowed:
                    wrong.append(name)
    assert wrong == []


def test_states_touch_no_database():
    """Selects live in queries, work in services."""
    wrong = []
    for path in (ROOT / "crm_app" / "features").rglob("*.py"):
        room = "/".join(path.relative_to(ROOT / "crm_app" / "features").parts[1:2]).removesuffix(".py")
        if room in ("page", "components", "state") and re.search(r"\b(sqlalchemy|sqlmodel|polars)\b", path.read_text()):
            wrong.append(str(path))
    assert wrong == []
