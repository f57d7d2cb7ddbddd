"""The file of an export, for its owner."""

import asyncio
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from crm_app.core.access import Actor, Permission
from crm_app.core.database import database
from crm_app.core.work import open_work
from crm_app.features.exports import service
from crm_app.ui.route import route

KINDS = {"csv": "text/csv; charset=utf-8", "vcf": "text/vcard; charset=utf-8", "zip": "application/zip", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip


@route("/exports/{export_id:int}/file.bin", Permission.EXPORT)
async def fetch(request: Request, actor: Actor) -> Response:
    name, path = await asyncio.to_thread(_fetch, actor, request.path_params["export_id"])
    headers = {"cache-control": "no-store"}
    return FileResponse(
        path, filename=name, media_type=KINDS.get(name.rsplit(".", 1)[-1], "application/octet-stream"), headers=headers
    )


def _fetch(actor: Actor, export_id: int) -> tuple[str, Path]:
    with open_work(database(), actor) as work:
        return service.fetch(work, export_id)
