"""`crm giving`: the numbers of giving and its receipts without a browser."""

import json
from typing import Annotated

import typer

from crm_app.core.access import Actor
from crm_app.core.database import database
from crm_app.core.work import open_work
from crm_app.engine.report.measures import MEASURES
from crm_app.features.giving import service

giving = typer.Typer(no_args_is_help=True, help="Gifts, their totals and receipts.")
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@giving.command()
def totals(as_json: AsJson = False) -> None:
    """This fiscal year so far, with every measure as the overview shows it."""
    with open_work(database(), Actor.system(), write=False) as work:
        found, style = service.totals_now(work), service.style(work)
    if as_json:
        print(json.dumps(found, indent=2))
        return
    print(f"{found['period']} against {found['against']}")
    for key, one in MEASURES.items():
        if key in found:
            print(f"  {one.title:<24} {_said(found[key], one.shows, style):>16}   {one.formula}")


@giving.command()
def receipts(year: Annotated[int, typer.Argument(help="Calendar year.")], as_json: AsJson = False) -> None:
    """Issue one receipt a year to everybody who has none for that year's gifts."""
    with open_work(database(), Actor.system(), write=False) as work:
        waiting = service.donors_without(work, year)
    issued = skipped = 0
    for start in range(0, len(waiting), service.AT_ONCE):
        with open_work(database(), Actor.system()) as work:
            some = service.issue_for(work, year, waiting[start : start + service.AT_ONCE])
        issued, skipped = issued + some.issued, skipped + some.skipped
    print(
        json.dumps({"issued": issued, "skipped": skipped})
        if as_json
        else f"{issued:,} issued, {skipped:,} not possible."
    )


def _said(value: float | int | str | None, shows: str, style: service.Style) -> str:
    if value is None:
        return "–"
    if shows == "share":
        return f"{value:.1%}"
    return style.money(int(value)) if shows == "money" else f"{int(value):,}"
