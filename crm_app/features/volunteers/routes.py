"""A shift's list as a file."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from crm_app.core.access import Actor, Permission
from crm_app.core.database import database
from crm_app.core.work import open_work
from crm_app.features.volunteers.service import writing
from crm_app.ui.route import route


@route("/volunteers/shifts/{shift_id:int}/list.csv", Permission.EXPORT)
async def shift_csv(request: Request, actor: Actor) -> Response:
    made = await asyncio.to_thread(_write, actor, request.path_params["shift_id"])
    headers = {"content-disposition": 'attachment; filename="shift.csv"', "cache-control": "no-store"}
    return Response(made, media_type="text/csv; charset=utf-8", headers=headers)


def _write(actor: Actor, shift_id: int) -> bytes:
    with open_work(database(), actor, write=False) as work:
        return writing.as_csv(work, shift_id)
