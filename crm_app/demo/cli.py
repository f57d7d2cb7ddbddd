"""`crm demo`: fill an empty database with the demo world."""

import json
import time
from typing import Annotated

import typer

from crm_app import tables  # noqa: F401
from crm_app.core.access import Actor
from crm_app.core.database import database
from crm_app.core.migrations import migrate
from crm_app.core.work import open_work
from crm_app.demo.making import SIZE, make


def demo(
    people: Annotated[int, typer.Option(help="How many constituents.")] = SIZE,
    seed: Annotated[int, typer.Option(help="Another number, another world.")] = 7,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Fill an empty database with a believable small charity."""
    began = time.monotonic()
    migrate(database())
    with open_work(database(), Actor.system("Demo")) as work:
        made = make(work, people, seed, said=None if as_json else lambda words: print(f"  {words}"))
    if as_json:
        print(json.dumps(made))
        return
    number, gifts = made.get("constituent", 0), made.get("gift", 0)
    print(f"{number:,} constituents and {gifts:,} gifts in {time.monotonic() - began:.1f} s.")
