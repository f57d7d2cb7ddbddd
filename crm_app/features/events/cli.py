"""`crm event`: the list, a roster, and whether seats and places agree."""

import json
from typing import Annotated

import typer

from crm_app.core.access import Actor
from crm_app.core.database import database
from crm_app.core.errors import NotFound
from crm_app.core.work import Work, open_work
from crm_app.features.events import service

event = typer.Typer(no_args_is_help=True, help="Events and their rosters.")
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Which = Annotated[str, typer.Argument(help="Number, or the last part of its public address.")]
COMMAND = Actor.system("Command line")


@event.command("list")
def list_events(
    show: Annotated[str, typer.Option(help="coming, past, draft or all")] = "coming", as_json: AsJson = False
) -> None:
    """Events, the next one first."""
    with open_work(database(), COMMAND, write=False) as work:
        rows = service.events(work, show)
    if as_json:
        print(json.dumps([row.model_dump() for row in rows], indent=2))
        return
    for row in rows:
        waiting = f", {row.waiting} wait" if row.waiting else ""
        print(f"{row.id:>5}  {row.when}  {row.name}  ({row.taken} seats{waiting})")


@event.command()
def roster(
    which: Which,
    show: Annotated[str, typer.Option(help="everybody, to_come, in, due, needs, waiting, to_tell, gone")] = "everybody",
    as_json: AsJson = False,
) -> None:
    """Everybody of an event."""
    with open_work(database(), COMMAND, write=False) as work:
        rows = service.rows(work, _number(work, which), show=show)
    if as_json:
        print(json.dumps([row.model_dump() for row in rows], indent=2))
        return
    for row in rows:
        said = (
            row.table or row.ticket,
            row.attendance if row.attendance != "unknown" else "",
            row.money_words,
            row.diet,
        )
        print(f"{row.name}  {'  '.join(part for part in said if part)}".rstrip())


@event.command()
def check(which: Which) -> None:
    """Do the places taken and the seats given agree? Reports, mends nothing."""
    with open_work(database(), COMMAND, write=False) as work:
        wrong = service.reconcile(work, _number(work, which))
    print("\n".join(wrong) or "Places and seats agree.")
    raise typer.Exit(1 if wrong else 0)


def _number(work: Work, which: str) -> int:
    for row in service.events(work, "all"):
        if which in (str(row.id), row.slug):
            return row.id
    raise NotFound(f"There is no event {which}.")
