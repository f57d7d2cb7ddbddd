"""`crm import`: bring a file in without a browser."""

import json
import time
import zipfile
from pathlib import Path
from typing import Annotated, Any

import typer

from crm_app.core import jobs
from crm_app.core.access import Actor
from crm_app.core.database import Database, database
from crm_app.core.errors import Invalid
from crm_app.core.migrations import migrate
from crm_app.core.work import open_work
from crm_app.features.exports import service as exports
from crm_app.features.imports import jobs as _jobs  # noqa: F401
from crm_app.features.imports import service

WORKING = ("uploaded", "checking", "publishing", "undoing")
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


def bring(
    file: Annotated[
        Path, typer.Argument(help="CSV, Excel, LibreOffice, address cards, or a whole Commonplace (.zip).")
    ],
    check: Annotated[bool, typer.Option("--check", help="Only say what would happen.")] = False,
    existing: Annotated[str, typer.Option(help="People who are here already: fill, update, add or ask.")] = "fill",
    dates: Annotated[str, typer.Option(help="Dates that can be read both ways: dmy or mdy.")] = "",
    sheet: Annotated[str, typer.Option(help="Sheet of a workbook.")] = "",
    as_json: AsJson = False,
) -> None:
    """Bring a file in; every row ends with one outcome and a reason."""
    if not file.is_file():
        raise Invalid(f"There is no file {file}.")
    base = database()
    migrate(base)
    if _is_whole(file):
        rows = exports.bring_back(file, base)
        print(json.dumps({"rows": rows}) if as_json else f"A whole Commonplace came back: {rows:,} rows.")
        return
    actor = Actor.system("Command line")
    with open_work(base, actor) as work:
        number = service.receive(work, file.name, file, sheet)
    seen = _wait(base, actor, number)
    if existing != "fill":
        _do(base, actor, service.set_policy, number, existing=existing)
        seen = _wait(base, actor, number)
    if dates and seen.questions:
        _do(base, actor, service.order_all, number, dates)
        seen = _wait(base, actor, number)
    if not check and seen.publish and not seen.questions:
        _do(base, actor, service.publish, number)
        seen = _wait(base, actor, number)
    _say(base, actor, seen, as_json)


def _is_whole(file: Path) -> bool:
    if not zipfile.is_zipfile(file):
        return False
    with zipfile.ZipFile(file) as pack:
        return "schema.json" in pack.namelist()


def _do(base: Database, actor: Actor, call: Any, *args: Any, **named: Any) -> None:
    with open_work(base, actor) as work:
        call(work, *args, **named)


def _wait(base: Database, actor: Actor, number: int) -> Any:
    """Do the work here, or wait for the server that took it."""
    while True:
        with open_work(base, actor, write=False) as work:
            seen = service.one(work, number)
        if seen.status not in WORKING:
            return seen
        if not jobs.run_one(base):
            time.sleep(0.2)


def _say(base: Database, actor: Actor, seen: Any, as_json: bool) -> None:
    counts = {one.key: one.count for one in seen.counts if one.count}
    if as_json:
        said = {
            "import": seen.id,
            "status": seen.status,
            "format": seen.format,
            "rows": seen.rows,
            "outcomes": counts,
            "words": seen.words,
            "questions": seen.questions,
        }
        print(json.dumps(said, indent=2))
    else:
        print(f"{seen.tool}: {seen.rows:,} rows. {seen.words or 'Nothing was changed.'}")
        for one in seen.counts:
            print(f"  {one.label:14}{one.count:>9,}") if one.count else None
        with open_work(base, actor, write=False) as work:
            rows, _ = service.rows(work, seen.id, "ask", size=10)
        for row in rows:
            print(f"  row {row.row}: {row.summary}: {row.reason}")
    if seen.status == "refused" or seen.questions:
        raise SystemExit(1)
