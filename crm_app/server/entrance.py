"""Sign-in, invitations and sign-out: plain pages outside the app, so that no anonymous socket exists."""

import asyncio
import html
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from crm_app.core.access import Actor, Role
from crm_app.core.config import settings
from crm_app.core.database import database
from crm_app.core.errors import CrmError, Invalid
from crm_app.core.work import open_work
from crm_app.features.accounts import service as accounts
from crm_app.features.accounts.schemas import Entered
from crm_app.features.accounts.service.entering import LASTS, SecondFactorNeeded
from crm_app.server.shield import COOKIE
from crm_app.ui import session

DOORKEEPER = Actor(None, "Sign-in", Role.VIEWER, frozenset())

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Commonplace</title><link rel="icon" href="/favicon.ico">
<link rel="stylesheet" href="/commonplace.css">
<link rel="stylesheet" href="/entrance.css"><script src="/parts/theme.js"></script></head>
<body><main class="entrance"><p class="brand">Commonplace</p><h1>{title}</h1>{lead}{error}
<form method="post" action="{action}">{fields}<button type="submit">{button}</button></form>{foot}</main></body></html>"""


def field(name: str, label: str, kind: str = "text", value: str = "", hint: str = "", complete: str = "off") -> str:
    shown = f'<small id="{name}-hint">{html.escape(hint)}</small>' if hint else ""
    described = f' aria-describedby="{name}-hint"' if hint else ""
    return (
        f'<label for="{name}">{html.escape(label)}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" value="{html.escape(value)}" '
        f'autocomplete="{complete}"{described} required>{shown}'
    )


def shown(
    title: str, action: str, fields: str, button: str, *, lead: str = "", error: str = "", foot: str = "", status=200
) -> Response:
    said = f'<p class="error" role="alert">{html.escape(error)}</p>' if error else ""
    led = f'<p class="lead">{html.escape(lead)}</p>' if lead else ""
    page = PAGE.format(
        title=html.escape(title),
        lead=led,
        error=said,
        action=html.escape(action),
        fields=fields,
        button=button,
        foot=foot,
    )
    return HTMLResponse(page, status, headers={"cache-control": "no-store"})


async def sign_in(request: Request) -> Response:
    form = await request.form() if request.method == "POST" else {}
    go_on = safe_next(str(form.get("next") or request.query_params.get("next") or "/"))
    email, code = str(form.get("email", "")), str(form.get("code", ""))
    if request.method == "GET":
        return _sign_in_form(email, go_on)
    try:
        entered = await asyncio.to_thread(_enter, request, email, str(form.get("password", "")), code)
    except SecondFactorNeeded:
        return _sign_in_form(email, go_on, password=str(form.get("password", "")), factor=True)
    except CrmError as error:
        return _sign_in_form(email, go_on, error=error.words, factor=bool(code), status=401)
    return _let_in(entered, go_on)


def _sign_in_form(email: str, go_on: str, *, password: str = "", factor: bool = False, error: str = "", status=200):
    fields = field("email", "E-mail", "email", email, complete="username")
    fields += field("password", "Password", "password", password, complete="current-password")
    if factor:
        fields += field("code", "Six digits from your app, or a recovery code", complete="one-time-code")
    fields += f'<input type="hidden" name="next" value="{html.escape(go_on)}">'
    foot = '<p class="foot">Forgotten? An administrator can make you a new link.</p>'
    return shown("Sign in", "/sign-in", fields, "Sign in", error=error, foot=foot, status=status)


def _enter(request: Request, email: str, password: str, code: str) -> Entered:
    """A wrong try is counted in a transaction that commits; only then does it become an error."""
    address = request.client.host if request.client else ""
    agent = request.headers.get("user-agent", "")
    with open_work(database(), DOORKEEPER) as work:
        try:
            return accounts.enter(work, email, password, code, address=address, agent=agent)
        except CrmError as error:
            wrong = error
    raise wrong


async def join(request: Request) -> Response:
    token = request.path_params["token"]
    form = await request.form() if request.method == "POST" else {}
    try:
        purpose, name, email = await asyncio.to_thread(_look_at_link, token)
    except CrmError as error:
        return shown("This link does not work", "/sign-in", "", "Go to sign-in", error=error.words, status=410)
    name, email = str(form.get("name", name)), str(form.get("email", "")) or email
    if request.method == "GET":
        return _join_form(token, purpose, name, email)
    password = str(form.get("password", ""))
    try:
        entered = await asyncio.to_thread(_join, token, name, email, password, request.headers.get("user-agent", ""))
    except Invalid as error:
        return _join_form(token, purpose, name, email, error=error.words, status=422)
    except CrmError as error:
        return shown("This link does not work", "/sign-in", "", "Go to sign-in", error=error.words, status=410)
    return _let_in(entered, "/")


def _join_form(token: str, purpose: str, name: str, email: str, *, error: str = "", status=200) -> Response:
    fields = ""
    if purpose != "reset":
        fields += field("name", "Your name", value=name, complete="name")
    if purpose == "first":
        fields += field("email", "Your e-mail", "email", email, complete="username")
    hint = "At least 10 characters. Three unrelated words are good."
    fields += field("password", "Choose a password", "password", hint=hint, complete="new-password")
    title = {"first": "Welcome", "join": "You are invited", "reset": "A new password"}[purpose]
    lead = {
        "first": "You are the first one here, and so the administrator.",
        "join": f"You come in as {email}.",
        "reset": f"For {email}.",
    }[purpose]
    return shown(title, f"/join/{token}", fields, "Come in", lead=lead, error=error, status=status)


def _look_at_link(token: str) -> tuple[str, str, str]:
    with open_work(database(), DOORKEEPER) as work:
        return accounts.link_for(work, token)


def _join(token: str, name: str, email: str, password: str, agent: str) -> Entered:
    with open_work(database(), DOORKEEPER) as work:
        return accounts.join(work, token, name, email, password, agent)


async def sign_out(request: Request) -> Response:
    cookie = request.cookies.get(COOKIE, "")
    await asyncio.to_thread(_leave, cookie)
    session.forget()
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


def _leave(cookie: str) -> None:
    with open_work(database(), DOORKEEPER) as work:
        accounts.leave(work, cookie)


def _let_in(entered: Entered, go_on: str) -> Response:
    answer = RedirectResponse(go_on, 303)
    seconds = int(LASTS.total_seconds())
    answer.set_cookie(
        COOKIE, entered.cookie, max_age=seconds, path="/", httponly=True, samesite="lax", secure=settings().secure
    )
    return answer


def safe_next(wanted: str) -> str:
    """Only a path of our own: never somebody else's address, never back to sign-in."""
    parts = urlsplit(wanted)
    ours = not parts.scheme and not parts.netloc and wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if ours and not wanted.startswith("/sign-") and "\n" not in wanted else "/"


async def health(_request: Request) -> Response:
    """For a watchdog: the database answers."""

    def look() -> None:
        with database().read() as opened:
            opened.connection().exec_driver_sql("SELECT 1")

    await asyncio.to_thread(look)
    return JSONResponse({"ok": True})


ROUTES = [
    Route("/sign-in", sign_in, methods=["GET", "POST"]),
    Route("/join/{token}", join, methods=["GET", "POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
    Route("/health", health),
]
