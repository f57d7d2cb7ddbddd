"""`crm export`: take a list or everything out without a browser."""

import json
from pathlib import Path
from typing import Annotated

import typer

from crm_app.core import history
from crm_app.core.access import Actor
from crm_app.core.database import database
from crm_app.core.errors import Invalid
from crm_app.core.work import open_work
from crm_app.features.exports import service
from crm_app.features.exports.schemas import FORMS, ExportDraft

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


def export(
    file: Annotated[Path, typer.Argument(help="Where to write: .csv, .xlsx, .vcf, or .zip for everything.")],
    what: Annotated[str, typer.Option(help="people or gifts; a .zip holds everything.")] = "people",
    columns: Annotated[str, typer.Option(help="Keys of columns with commas between; empty for the usual ones.")] = "",
    reason: Annotated[str, typer.Option(help="What for; written down.")] = "From the command line",
    as_json: AsJson = False,
) -> None:
    """Take a list out, or everything as one zip that `crm import` reads back."""
    form = file.suffix.lstrip(".").lower()
    if form not in FORMS:
        raise Invalid("The name of the file should end in .csv, .xlsx, .vcf or .zip.")
    kind = "everything" if form == "zip" else what
    chosen = [key.strip() for key in columns.split(",") if key.strip()]
    draft = ExportDraft(kind=kind, form=form, columns=chosen, reason=reason)
    actor = Actor.system("Command line")
    with open_work(database(), actor, write=False) as work:
        rows = service.write(work, draft, file)
    with open_work(database(), actor) as work:
        history.record(work, "export", None, "made", after={"rows": rows, "file": file.name, "reason": reason})
    print(json.dumps({"file": str(file), "rows": rows}) if as_json else f"{rows:,} rows in {file}")
