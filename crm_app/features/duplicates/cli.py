"""`crm duplicates`: find, score a file, merge, undo."""

import csv
import json
from pathlib import Path
from typing import Annotated

import typer

from crm_app.core.access import Actor
from crm_app.core.database import database
from crm_app.core.work import open_work
from crm_app.features.duplicates import service
from crm_app.features.duplicates.service.scoring import score_file

duplicates = typer.Typer(no_args_is_help=True, help="Find duplicates, merge them, undo it.")
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
COMMAND = Actor.system("Command line")


@duplicates.command()
def find(as_json: AsJson = False) -> None:
    """Look at everybody and renew the queue."""
    with open_work(database(), COMMAND) as work:
        found = service.find_all(work)
        counts = service.counts(work)
    if as_json:
        print(json.dumps({"pairs": found, **counts.model_dump()}))
        return
    print(f"{counts.certain:,} certain, {counts.review:,} to look at, {counts.possible:,} possible pairs;")
    print(f"{counts.household:,} pairs that may share a household.")


@duplicates.command()
def score(
    file: Annotated[Path, typer.Argument(help="CSV or Parquet of people or organizations, with our column names.")],
    out: Annotated[Path, typer.Option(help="Write the scored pairs here: id_l, id_r, score.")],
    id_column: Annotated[str, typer.Option("--id", help="The column that names a row.")] = "id",
    clusters: Annotated[Path | None, typer.Option(help="Write the clusters here: id, cluster.")] = None,
    kind: Annotated[str, typer.Option(help="person or organization; told from the columns when empty.")] = "",
    as_json: AsJson = False,
) -> None:
    """Score a file against itself; no database is needed."""
    found = score_file(file, id_column, kind)
    _write(out, ("id_l", "id_r", "score"), [(a, b, f"{score:.6f}") for a, b, score in found.pairs])
    if clusters:
        _write(clusters, ("id", "cluster"), found.clusters)
    said = {"rows": found.rows, "pairs": len(found.pairs), "file": str(out)}
    print(json.dumps(said) if as_json else f"{found.rows:,} rows, {len(found.pairs):,} pairs in {out}.")


def _write(path: Path, head: tuple[str, ...], rows: list[tuple]) -> None:
    with path.open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(head)
        writer.writerows(rows)


@duplicates.command()
def merge(
    keep: Annotated[int, typer.Argument(help="Number of the record that stays.")],
    drop: Annotated[list[int], typer.Argument(help="Numbers of the records that become part of it.")],
    dry: Annotated[bool, typer.Option("--dry-run", help="Only say what would move.")] = False,
    as_json: AsJson = False,
) -> None:
    """Merge records into one; prints the numbers with which it is undone."""
    with open_work(database(), COMMAND) as work:
        seen = service.preview(work, keep, drop)
        made = [] if dry else service.merge(work, keep, drop, mode="command")
    if as_json:
        print(
            json.dumps({"merges": made, "kinds": [kind.model_dump() for kind in seen.kinds], "warnings": seen.warnings})
        )
        return
    for kind in seen.kinds:
        print(
            f"{kind.moves + kind.combines:>6,} {kind.words}"
            + (f" ({kind.combines:,} combined)" if kind.combines else "")
        )
    for warning in seen.warnings:
        print(f"Note: {warning}")
    print(
        "Nothing was changed." if dry else f"Merged. To undo: crm duplicates undo {' '.join(map(str, reversed(made)))}"
    )


@duplicates.command()
def undo(numbers: Annotated[list[int], typer.Argument(help="Numbers of the merges.")], as_json: AsJson = False) -> None:
    """Take merges back: both records stand again with every row."""
    with open_work(database(), COMMAND) as work:
        undone = [service.undo(work, number) for number in numbers]
    if as_json:
        print(json.dumps([one.model_dump() for one in undone]))
        return
    for one in undone:
        print(f"Merge {one.merge_id} undone: {one.rows:,} rows.")
        for words in one.stayed:
            print(f"  {words}")
