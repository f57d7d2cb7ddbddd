"""`crm notebook`: run, keep and bring in notebooks without a browser."""

import json
from pathlib import Path
from typing import Annotated

import typer

from crm_app.core.access import Actor
from crm_app.core.database import database
from crm_app.core.work import open_work
from crm_app.engine.segment.text import Unreadable, from_yaml
from crm_app.features.notebooks.service import keeping, shipped, showing

notebook = typer.Typer(no_args_is_help=True, help="Lists that keep themselves.")
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@notebook.command("list")
def shelf(as_json: AsJson = False) -> None:
    """The notebooks on the shelf."""
    with open_work(database(), Actor.system(), write=False) as work:
        rows = keeping.shelf(work)
    if as_json:
        print(json.dumps([row.model_dump() for row in rows], indent=2))
        return
    for row in rows:
        print(f"{row.id:>5}  {row.title}  ({row.sharing}, {row.changed})")


@notebook.command()
def run(source: str, as_json: AsJson = False) -> None:
    """Count the cells of a file, or of a notebook by its number."""
    with open_work(database(), Actor.system(), write=False) as work:
        if source.isdigit():
            found = keeping.definition(work, int(source))
        else:
            try:
                found = from_yaml(Path(source).read_text("utf-8"))
            except (Unreadable, OSError) as error:
                raise typer.BadParameter(str(error)) from error
        cells = [cell for cell in showing.show(work, found) if cell.kind != "note"]
    if as_json:
        print(json.dumps([_plain(cell) for cell in cells], indent=2, ensure_ascii=False))
        return
    print(found.title)
    for cell in cells:
        sentence = "".join(token.text for token in cell.tokens)
        print(f"{cell.count or '–':>12}  {cell.name}: {cell.problem or sentence or cell.below}")
        for bar in cell.bars:
            print(f"{'':>16}{bar.label:<28} {bar.count:>9} {bar.amount}")


def _plain(cell) -> dict:
    said = {"name": cell.name, "kind": cell.kind, "people": cell.people, "count": cell.count, "problem": cell.problem}
    said["sentence"] = "".join(token.text for token in cell.tokens)
    said["clauses"] = [{"words": one.words, "numbers": one.numbers} for one in cell.clauses]
    said["bars"] = [{"label": bar.label, "people": bar.count, "amount": bar.amount} for bar in cell.bars]
    return {name: value for name, value in said.items() if value not in ("", [])}


@notebook.command("export")
def out(
    number: int, target: Annotated[Path | None, typer.Argument(help="File to write; else the screen.")] = None
) -> None:
    """Write a notebook as a readable file."""
    with open_work(database(), Actor.system(), write=False) as work:
        text = keeping.as_file(work, number)
    if target is None:
        print(text, end="")
    else:
        target.write_text(text, "utf-8")
        print(f"{target}: written.")


@notebook.command("import")
def bring_in(source: Path) -> None:
    """Put a notebook from a file on the shelf."""
    with open_work(database(), Actor.system()) as work:
        number = keeping.from_file(work, source.read_text("utf-8"))
    print(f"Notebook {number} is on the shelf.")


@notebook.command()
def ship() -> None:
    """Put the notebooks that come with the house on the shelf, those that never were there."""
    with open_work(database(), Actor.system()) as work:
        print(f"{shipped.ship(work)} new notebooks are on the shelf.")
