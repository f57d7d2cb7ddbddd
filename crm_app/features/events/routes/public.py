"""The public page of an event: plain HTML for strangers, without scripts, without signing in."""

import asyncio
import time
import uuid
from collections.abc import Callable
from html import escape
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from crm_app.core.database import database
from crm_app.core.errors import CrmError, Invalid, NotFound
from crm_app.core.limits import Limit
from crm_app.core.work import open_work
from crm_app.features.events.routes import html
from crm_app.features.events.schemas import PartyDraft, PublicEvent
from crm_app.features.events.service import public
from crm_app.ui.route import open_route

LOOKS = Limit(burst=600, per_minute=15_000)
ASKS = Limit(burst=10, per_minute=20)
FRESH = 1.0
LARGEST = 20_000
_seen: dict[str, tuple[float, PublicEvent]] = {}


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _run(write: bool, call: Callable[..., Any], *arguments: Any) -> Any:
    with open_work(database(), public.VISITOR, write=write) as work:
        return call(work, *arguments)


async def _look(slug: str) -> PublicEvent:
    """The event, at most a second old: a crowd that reloads costs one look."""
    found = _seen.get(slug)
    if found and time.monotonic() - found[0] < FRESH:
        return found[1]
    event = await asyncio.to_thread(_run, False, public.public_event, slug)
    if len(_seen) > 500:
        _seen.clear()
    _seen[slug] = (time.monotonic(), event)
    return event


def _sorry(error: CrmError, status: int) -> Response:
    return HTMLResponse(html.page("Sorry", f"<h1>Sorry</h1><p class='lead'>{escape(error.words)}</p>"), status)


@open_route("/e/{slug}", methods=("GET", "POST"))
async def event_page(request: Request) -> Response:
    slug = request.path_params["slug"][:120]
    try:
        LOOKS.spend(_address(request))
        if request.method == "POST":
            return await _register(request, slug)
        return HTMLResponse(html.event(await _look(slug), uuid.uuid4().hex), headers={"cache-control": "no-store"})
    except NotFound as missing:
        return _sorry(missing, 404)
    except CrmError as error:
        return _sorry(error, 429)


async def _register(request: Request, slug: str) -> Response:
    if int(request.headers.get("content-length") or LARGEST) >= LARGEST:
        return PlainTextResponse("Too much.", 413)
    form = await request.form(max_files=0, max_fields=80)
    event = await _look(slug)
    if form.get("website"):
        return RedirectResponse(f"/e/{slug}", 303)  # a field people do not see was filled in
    ASKS.spend(_address(request))
    try:
        draft = _draft(event, form)
        _, key = await asyncio.to_thread(_run, True, public.register_publicly, slug, draft)
    except CrmError as error:
        _seen.pop(slug, None)
        fields = error.fields if isinstance(error, Invalid) else {}
        shown = html.event(await _look(slug), uuid.uuid4().hex, form, error.words, fields)
        return HTMLResponse(shown, 422, headers={"cache-control": "no-store"})
    _seen.pop(slug, None)
    return RedirectResponse(f"/e/mine/{key}", 303)


def _said(form: FormData, name: str, most: int = 160) -> str:
    return str(form.get(name) or "").strip()[:most]


def _draft(event: PublicEvent, form: FormData) -> PartyDraft:
    seats, ticket = _said(form, "seats", 3) or "1", _said(form, "ticket", 9)
    email = _said(form, "email")
    wrong = {} if _said(form, "name") else {"name": "Your name, please."}
    if "@" not in email or len(email) < 5:
        wrong["email"] = "An e-mail address, so that we can reach you."
    if not seats.isdigit() or not 1 <= int(seats) <= event.most:
        wrong["seats"] = f"From one to {event.most}."
    if wrong:
        raise Invalid(fields=wrong)
    answers, kept = {}, {"diet": "", "access": ""}
    for number, _, kind, _, _, of in event.questions:
        answer = _said(form, f"q{number}", 400)
        if of in (0, int(ticket) if ticket.isdigit() else 0):
            if kind in kept:
                kept[kind] = answer
            elif answer:
                answers[str(number)] = answer
    return PartyDraft(
        name=_said(form, "name"),
        email=email,
        phone=_said(form, "phone", 40),
        seats=int(seats),
        ticket_type_id=int(ticket) if ticket.isdigit() else None,
        answers=answers,
        source="public",
        nonce=f"public:{_said(form, 'nonce', 40)}" if form.get("nonce") else None,
        **kept,
    )


@open_route("/e/mine/{key}", methods=("GET", "POST"))
async def own_page(request: Request) -> Response:
    key = request.path_params["key"][:80]
    try:
        LOOKS.spend(_address(request))
        if request.method == "GET":
            own = await asyncio.to_thread(_run, False, public.own_registration, key)
            return HTMLResponse(html.own(own), headers={"cache-control": "no-store", "referrer-policy": "no-referrer"})
        ASKS.spend(_address(request))
        form = await request.form(max_files=0, max_fields=10)
        verb = _said(form, "do", 20)
        own = await asyncio.to_thread(
            _run, True, public.change_own, key, verb, _said(form, "name"), _said(form, "email")
        )
        _seen.pop(own.slug, None)
        return RedirectResponse(f"/e/mine/{own.key}", 303)
    except NotFound as missing:
        return _sorry(missing, 404)
    except CrmError as error:
        return _sorry(error, 422)


@open_route("/e/{slug}/calendar.ics")
async def event_calendar(request: Request) -> Response:
    return await _calendar(request, "", request.path_params["slug"])


@open_route("/e/mine/{key}/calendar.ics")
async def own_calendar(request: Request) -> Response:
    return await _calendar(request, request.path_params["key"], "")


async def _calendar(request: Request, key: str, slug: str) -> Response:
    try:
        LOOKS.spend(_address(request))
        made = await asyncio.to_thread(_run, False, public.calendar, key, slug)
    except CrmError as error:
        return PlainTextResponse(error.words, 404)
    headers = {"content-disposition": 'attachment; filename="event.ics"'}
    return Response(made, media_type="text/calendar; charset=utf-8", headers=headers)
