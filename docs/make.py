"""`make docs`: writes docs/schema.md from the tables, and takes the guide's pictures of the demo world."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from sqlmodel import SQLModel

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crm_app import tables  # noqa: E402, F401
from crm_app.core.access import Actor, Role  # noqa: E402
from crm_app.core.work import open_work  # noqa: E402
from crm_app.features.duplicates import service as duplicates  # noqa: E402
from tests.browsing import Server, chromium, new_server  # noqa: E402

PICTURES = ROOT / "docs" / "guide" / "pictures"


def schema() -> None:
    """Every table with its columns and where they point."""
    lines = ["# Tables", "", "Written by `make docs` from the models; do not edit.", ""]
    for name, table in sorted(SQLModel.metadata.tables.items()):
        lines += [f"## {name}", "", "| column | type | |", "|---|---|---|"]
        for column in table.columns:
            notes = ["primary key"] if column.primary_key else []
            notes += [f"→ {key.target_fullname}" for key in column.foreign_keys]
            notes += ["may be empty"] if column.nullable else []
            lines.append(f"| {column.name} | {str(column.type).lower()} | {', '.join(notes)} |")
        lines.append("")
    (ROOT / "docs" / "schema.md").write_text("\n".join(lines))


def pictures() -> None:
    """The signature pages of the demo world, as a steward would see them."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        server = new_server(Path(place) / "data", demo=True)
        try:
            server.work(duplicates.find_all)
            _shoot(server)
        finally:
            server.stop()


def _shoot(server: Server) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 860})
        context.add_cookies([{"name": "crm_session", "value": server.cookie(Role.ADMINISTRATOR), "url": server.url}])
        page = context.new_page()
        for name, path in shown(server).items():
            page.goto(server.url + path, wait_until="networkidle")
            page.locator("[data-here=yes]").first.wait_for(state="attached")
            page.wait_for_timeout(2_000)
            page.screenshot(path=str(PICTURES / f"{name}.png"))
        browser.close()


def shown(server: Server) -> dict[str, str]:
    """Which pages, by the name of their picture."""
    with open_work(server.database, Actor.system(), write=False) as work:
        rich = work.session.connection().exec_driver_sql(
            "SELECT constituent_id FROM gift GROUP BY constituent_id ORDER BY count(*) DESC, sum(amount) DESC LIMIT 1"
        )
        person = rich.scalar() or 1
        event = (
            work.session.connection()
            .exec_driver_sql("SELECT id FROM event WHERE status = 'published' ORDER BY starts_at LIMIT 1")
            .scalar()
            or 1
        )
    return {
        "home": "/",
        "people": "/people",
        "profile": f"/people/{person}",
        "duplicates": "/duplicates",
        "notebooks": "/notebooks",
        "notebook": "/notebooks/1",
        "events": "/events",
        "roster": f"/events/{event}/roster",
        "giving": "/giving",
        "imports": "/imports",
    }


if __name__ == "__main__":
    for wanted in sys.argv[1:] or ["schema", "pictures"]:
        {"schema": schema, "pictures": pictures}[wanted]()
