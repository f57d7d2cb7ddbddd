"""The `crm` command: what the browser does, without a browser."""

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from crm_app.core.access import Actor, Role
from crm_app.core.config import settings
from crm_app.core.database import database
from crm_app.core.errors import CrmError
from crm_app.core.migrations import migrate as bring_up
from crm_app.core.work import open_work
from crm_app.features.accounts import service as accounts

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="Commonplace from the command line.")
user = typer.Typer(no_args_is_help=True, help="Who may sign in.")
app.add_typer(user, name="user")

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 0,
    workers: Annotated[int, typer.Option(help="Processes; more than one needs Redis.")] = 1,
    rebuild: Annotated[bool, typer.Option(help="Build the pages anew.")] = False,
) -> None:
    """Start the server, with everything it needs made ready before."""
    if host:
        os.environ["CRM_HOST"] = host
    if port:
        os.environ["CRM_PORT"] = str(port)
    settings.cache_clear()
    from crm_app.server.serve import serve as start

    start(workers=workers, rebuild=rebuild)


@app.command()
def migrate() -> None:
    """Bring the database to today's tables; nothing is lost."""
    bring_up(database())
    print("The database is up to date.")


@user.command("list")
def list_users(as_json: AsJson = False) -> None:
    """Everyone who may sign in."""
    with open_work(database(), Actor.system(), write=False) as work:
        rows = accounts.everyone(work)
    if as_json:
        print(json.dumps([row.model_dump(mode="json") for row in rows], indent=2))
        return
    for row in rows:
        print(f"{row.name}  <{row.email}>  {row.role}{'' if row.active else '  (kept out)'}")


@user.command()
def invite(email: str, name: str, role: Annotated[Role, typer.Option()] = Role.VIEWER) -> None:
    """Invite somebody: prints the link to send them."""
    with open_work(database(), Actor.system()) as work:
        made = accounts.invite(work, email, name, role)
    print(f"{settings().address}/join/{made.token}")


@user.command()
def reset(email: str) -> None:
    """A link with which somebody chooses a new password."""
    with open_work(database(), Actor.system()) as work:
        found = [row for row in accounts.everyone(work) if row.email == email.lower()]
        if not found:
            raise typer.BadParameter("nobody has this e-mail")
        print(f"{settings().address}/join/{accounts.reset_link(work, found[0].id)}")


def main() -> None:
    """Run the command; what people can mend is said in one line, without a traceback."""
    os.environ.setdefault("CRM_DATA", str(Path("data").resolve()))
    try:
        app()
    except CrmError as error:
        print(f"crm: {error.words}")
        raise SystemExit(1) from None
