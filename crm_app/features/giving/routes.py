"""Receipts as files."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from crm_app.core.access import Actor, Permission
from crm_app.core.database import database
from crm_app.core.errors import NotFound
from crm_app.core.work import open_work
from crm_app.features.giving import service
from crm_app.ui.route import route


@route("/giving/receipts/{receipt_id}.pdf", Permission.GIVING_READ)
async def receipt_pdf(request: Request, actor: Actor) -> Response:
    """The receipt itself; from the second time on a copy that says so."""
    name, content = await asyncio.to_thread(_read, actor, _number(request, "receipt_id"))
    return Response(
        content, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


@route("/giving/gifts/{gift_id}/receipt-preview.pdf", Permission.GIVING_READ)
async def receipt_preview(request: Request, actor: Actor) -> Response:
    content = await asyncio.to_thread(_previewed, actor, _number(request, "gift_id"))
    return Response(content, media_type="application/pdf", headers={"Content-Disposition": "inline"})


def _number(request: Request, name: str) -> int:
    try:
        return int(request.path_params[name])
    except ValueError:
        raise NotFound from None


def _read(actor: Actor, receipt_id: int) -> tuple[str, bytes]:
    with open_work(database(), actor) as work:
        return service.pdf(work, receipt_id, count_copy=True)


def _previewed(actor: Actor, gift_id: int) -> bytes:
    with open_work(database(), actor, write=False) as work:
        return service.preview_pdf(work, [gift_id])
