"""The `crm` command: what the browser does, without a browser."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from crm_app import tables  # noqa: F401
from crm_app.core import backup as backups
from crm_app.core.access import Actor, Role
from crm_app.core.checks import check as ask_all
from crm_app.core.config import settings
from crm_app.core.database import Database, database
from crm_app.core.errors import CrmError
from crm_app.core.migrations import migrate as bring_up
from crm_app.core.moving import move as move_all
from crm_app.core.work import open_work
from crm_app.demo.cli import demo
from crm_app.features.accounts import service as accounts
from crm_app.features.duplicates.cli import duplicates
from crm_app.features.events.cli import event
from crm_app.features.exports.cli import export
from crm_app.features.giving.cli import giving
from crm_app.features.imports.cli import bring
from crm_app.features.notebooks.cli import notebook

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="Commonplace from the command line.")
user = typer.Typer(no_args_is_help=True, help="Who may sign in.")
app.add_typer(user, name="user")
app.add_typer(duplicates, name="duplicates")
app.add_typer(event, name="event")
app.add_typer(notebook, name="notebook")
app.add_typer(giving, name="giving")
app.command()(demo)
app.command("import")(bring)
app.command()(export)

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 0,
    workers: Annotated[int, typer.Option(help="Processes; more than one needs Redis.")] = 1,
    rebuild: Annotated[bool, typer.Option(help="Build the pages anew.")] = False,
    build: Annotated[bool, typer.Option(help="Build the pages if they changed.")] = True,
) -> None:
    """Start the server, with everything it needs made ready before."""
    if host:
        os.environ["CRM_HOST"] = host
    if port:
        os.environ["CRM_PORT"] = str(port)
    settings.cache_clear()
    from crm_app.server.serve import serve as start

    start(workers=workers, rebuild=rebuild, build_pages=build)


@app.command()
def migrate() -> None:
    """Bring the database to today's tables; nothing is lost."""
    bring_up(database())
    print("The database is up to date.")


@app.command()
def backup(
    target: Annotated[Path | None, typer.Argument(help="File to write; else one in the data folder.")] = None,
    passphrase: Annotated[str, typer.Option(envvar="CRM_PASSPHRASE", help="Encrypt with this.")] = "",
    as_json: AsJson = False,
) -> None:
    """Back up database and files into one verified file, while work goes on."""
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    path = target or settings().data / "backups" / f"commonplace-{stamp}.crm"
    made = backups.back_up(database(), path, passphrase=passphrase)
    if as_json:
        print(json.dumps({"file": str(path), **made.model_dump(mode="json")}))
    else:
        print(f"{path}: {sum(made.rows.values()):,} rows and {made.files:,} files, verified.")


@app.command()
def restore(
    source: Path,
    passphrase: Annotated[str, typer.Option(envvar="CRM_PASSPHRASE")] = "",
    as_json: AsJson = False,
) -> None:
    """Restore a backup into an empty place: set CRM_DATA or CRM_DATABASE_URL to a new one."""
    made = backups.restore(source, database(), passphrase=passphrase)
    if as_json:
        print(made.model_dump_json())
    else:
        print(f"Restored {sum(made.rows.values()):,} rows and {made.files:,} files; all counts and sums agree.")


@app.command()
def check(as_json: AsJson = False) -> None:
    """Is everything whole? Tables, file, history, kept files, sums."""
    answers = ask_all(database())
    if as_json:
        print(json.dumps([answer.model_dump() for answer in answers]))
    else:
        for answer in answers:
            print(f"{'ok ' if not answer.faults else 'NO '} {answer.question}")
            for fault in answer.faults:
                print(f"      {fault}")
    if any(answer.faults for answer in answers):
        raise SystemExit(1)


@app.command()
def move(to: Annotated[str, typer.Option(help="An empty PostgreSQL database: postgresql://…")]) -> None:
    """Move everything to a PostgreSQL database; the old one stays as it is."""
    target = Database(to)
    bring_up(database())
    bring_up(target)
    rows = move_all(database(), target, lambda name, count: print(f"{name}: {count:,}"))
    print(f"Moved {rows:,} rows. Set CRM_DATABASE_URL to the new address from now on.")


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
