"""The roster and its papers as files."""

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from crm_app.core.access import Actor, Permission
from crm_app.core.database import database
from crm_app.core.work import open_work
from crm_app.features.events.service import printing, writing
from crm_app.ui.route import route

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
READ = Permission.EVENTS_READ


def _read(request: Request, actor: Actor, call: Callable[..., Any], *more: Any) -> Any:
    with open_work(database(), actor, write=False) as work:
        return call(work, request.path_params["event_id"], *more)


def _view(request: Request) -> tuple[str, str]:
    return request.query_params.get("show", "everybody"), request.query_params.get("group", "")


def _file(content: bytes, kind: str, name: str, *, inline: bool = False) -> Response:
    how = "inline" if inline else "attachment"
    headers = {"content-disposition": f'{how}; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type=kind, headers=headers)


@route("/events/{event_id:int}/roster.csv", Permission.EXPORT)
async def roster_csv(request: Request, actor: Actor) -> Response:
    made = await asyncio.to_thread(_read, request, actor, writing.as_csv, *_view(request))
    return _file(made, "text/csv; charset=utf-8", "roster.csv")


@route("/events/{event_id:int}/roster.xlsx", Permission.EXPORT)
async def roster_xlsx(request: Request, actor: Actor) -> Response:
    made = await asyncio.to_thread(_read, request, actor, writing.as_xlsx, *_view(request))
    return _file(made, XLSX, "roster.xlsx")


@route("/events/{event_id:int}/roster.pdf", READ)
async def roster_pdf(request: Request, actor: Actor) -> Response:
    made = await asyncio.to_thread(_read, request, actor, printing.sign_in_list, *_view(request))
    return _file(made, PDF, "roster.pdf", inline=True)


@route("/events/{event_id:int}/badges.pdf", READ)
async def badges_pdf(request: Request, actor: Actor) -> Response:
    made = await asyncio.to_thread(_read, request, actor, printing.badges)
    return _file(made, PDF, "badges.pdf", inline=True)


@route("/events/{event_id:int}/tables.pdf", READ)
async def tables_pdf(request: Request, actor: Actor) -> Response:
    made = await asyncio.to_thread(_read, request, actor, printing.table_cards)
    return _file(made, PDF, "tables.pdf", inline=True)
